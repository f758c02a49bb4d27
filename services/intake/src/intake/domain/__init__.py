"""The front door's own rules: introductions, people, and what may be told about them."""
