"""What finance hears and says."""
