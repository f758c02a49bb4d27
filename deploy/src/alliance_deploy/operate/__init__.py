"""What operators do with a running alliance: listen in, look into quarantines, redrive, replay."""
