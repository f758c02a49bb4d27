"""What tests of every service need: somebody to act, a clock that stands still, a store without a server."""

from collections.abc import Iterator
from contextlib import contextmanager

from alliance.kernel import Provenance, acting, new_id

__all__ = ["as_staff"]


@contextmanager
def as_staff(
    actor: str = "staff-1", *, organisation: str = "slam", mark: str | None = None, causation_id: str | None = None
) -> Iterator[Provenance]:
    """Run the block in the name of a member of staff; `mark` is the command or reaction being applied."""
    somebody = Provenance(
        actor=actor, organisation=organisation, correlation_id=new_id(), causation_id=causation_id, mark=mark
    )
    with acting(somebody) as current:
        yield current
