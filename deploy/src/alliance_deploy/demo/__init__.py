"""Drives made-up people's journeys through the services' APIs and checks every effect against a readable list."""
