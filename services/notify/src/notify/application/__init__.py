"""What may be asked of notify, and what it does by itself."""
