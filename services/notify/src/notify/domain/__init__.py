"""Alerts, messages and what people let us know: the rules, without any input or output."""
