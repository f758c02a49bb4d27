"""Notify's pages: what needs me now, an alert and taking it on, and what became of messages to people."""
