"""The JSON API of housing, under /api/v1."""
