"""Somebody is reached by a way that they called safe, or not at all."""

from alliance.people import Snapshot
from notify.domain.codes import Channel
from notify.domain.reaching import safe_channel

from ..builders import a_point


def test_only_a_safe_contact_point_is_used() -> None:
    def way(*points: object) -> Channel | None:
        return safe_channel(Snapshot(contact_points=points))  # type: ignore[arg-type]

    assert way(a_point("email", safe=False), a_point("phone")) is Channel.SMS
    assert way(a_point("email", safe=False)) is None
    assert way(a_point("address"), a_point("email")) is Channel.EMAIL
    assert safe_channel(None) is None
