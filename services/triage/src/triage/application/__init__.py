"""What may be asked of triage: plain async functions."""
