"""What the server under test does otherwise than MongoDB, collected for the end of the run."""

SEEN: set[str] = set()
