"""What may be asked of the front door: plain async functions."""
