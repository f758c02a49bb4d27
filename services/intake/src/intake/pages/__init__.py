"""The front door's pages: for staff who work with introductions, and for anybody who introduces themselves."""
