"""How long to wait before something is sent again that was not taken, and when that is given up."""

from datetime import timedelta

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=2)
GIVE_UP_AFTER = timedelta(days=5)
"""RFC 5321, 4.5.4.1: a sender goes on for at least four or five days."""


def wait_after(times: int) -> timedelta:
    """Twice as long each time, as far as `LONGEST`."""
    doubled: int = 2 ** min(times, 16)
    return min(FIRST * doubled, LONGEST)
