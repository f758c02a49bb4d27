"""What housing hears and says."""
