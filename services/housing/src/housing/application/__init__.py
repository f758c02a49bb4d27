"""What may be asked of housing."""
