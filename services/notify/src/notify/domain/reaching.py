"""By which way somebody may be reached: only by one that they recorded as safe."""

from alliance.people import Snapshot
from notify.domain.codes import Channel

_KIND_OF = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.LETTER: "address"}


def safe_channel(details: Snapshot | None) -> Channel | None:
    """The first channel whose contact point the person recorded as safe."""
    return next((channel for channel in Channel if safe_address(details, channel) is not None), None)


def safe_address(details: Snapshot | None, channel: Channel) -> str | None:
    """Where to send by `channel`, if that is safe."""
    points = details.contact_points if details else ()
    return next((point.value for point in points if point.kind == _KIND_OF[channel] and point.safe), None)
