"""Triage's pages: the queue, a case and its timeline, and the forms by which staff work on it."""
