"""Reporting's pages: the scorecard, each figure with its chart and the events behind it, and the months."""
