"""The front door's JSON API, under /api/v1."""
