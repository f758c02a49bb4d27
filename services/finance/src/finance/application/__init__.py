"""What may be asked of finance."""
