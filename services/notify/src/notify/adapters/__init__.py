"""The outside world: ways by which messages leave."""
