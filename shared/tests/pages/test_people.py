"""How to reach somebody, as every service's staff read it."""

from dataclasses import dataclass

from alliance.web.pages.people import ways_to_reach


@dataclass(frozen=True)
class Point:
    kind: str
    value: str
    safe: bool = True
    voicemail_ok: bool = False


def test_safe_ways_come_first_and_what_is_not_safe_keeps_its_value_back() -> None:
    points = [
        Point("phone", "07700 900456", safe=False),
        Point("phone", "07700 900123"),
        Point("email", "a@example.org"),
    ]
    assert ways_to_reach(points) == [
        ("Phone", ["07700 900123", "Do not leave a voicemail"]),
        ("Email", ["a@example.org"]),
        ("Phone", ["Not safe to use: somebody else may see or hear it"]),
    ]


def test_a_voicemail_is_left_only_where_that_was_said_to_be_fine() -> None:
    ((_, lines),) = ways_to_reach([Point("phone", "07700 900123", voicemail_ok=True)])
    assert lines == ["07700 900123", "You may leave a voicemail"]
