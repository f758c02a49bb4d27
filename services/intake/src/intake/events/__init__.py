"""The two tables: what the front door hears and what it says."""
