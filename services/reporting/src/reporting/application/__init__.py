"""Counting, folding and reading figures."""
