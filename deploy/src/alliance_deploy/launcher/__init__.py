"""Starts the whole alliance on one machine and keeps it running: broker, store and the six services."""
