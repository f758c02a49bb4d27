"""Named points at which a fault test may kill the process, so that every gap between two writes is proven harmless."""

import os
import sys

CRASH_POINTS = ("after-write", "after-publish", "after-confirm", "after-effect", "before-ack")


class Crash:
    """Kills the process at the n-th passing of one point."""

    def __init__(self, point: str, passing: int = 1) -> None:
        if point not in CRASH_POINTS or passing < 1:
            raise ValueError(f"a crash point is one of {', '.join(CRASH_POINTS)}, then optionally :n from 1")
        self.point, self.left = point, passing

    def pass_by(self, point: str) -> None:
        """Count a passing; at the one asked for, end as a kill -9 would: nothing flushed, nothing closed."""
        if point != self.point:
            return
        self.left -= 1
        if self.left == 0:
            sys.stderr.write(f"crash point {point}\n")
            sys.stderr.flush()
            os._exit(137)


def planned(text: str | None, environment: str | None) -> Crash | None:
    """What `ALLIANCE_CRASH_AT=after-publish:3` asks for; an error unless the environment says development."""
    if not text:
        return None
    if environment != "development":
        raise RuntimeError("ALLIANCE_CRASH_AT is refused in production")
    point, _, passing = text.partition(":")
    return Crash(point, int(passing or 1))


_planned = planned(os.environ.get("ALLIANCE_CRASH_AT"), os.environ.get("ALLIANCE_ENVIRONMENT"))


def crash_point(point: str) -> None:
    """Pass a named point; costs nothing unless a fault test asked for it."""
    if _planned is not None:
        _planned.pass_by(point)
