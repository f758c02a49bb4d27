"""The JSON API of finance, under /api/v1."""
