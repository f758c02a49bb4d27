"""The two tables: what triage hears and what it says."""
