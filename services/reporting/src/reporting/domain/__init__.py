"""Figures and the months that they belong to: the rules, without any input or output."""
