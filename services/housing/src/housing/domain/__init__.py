"""Homes and placements: who may have which home, and what becomes of an offer."""
