"""What reporting hears and says."""
