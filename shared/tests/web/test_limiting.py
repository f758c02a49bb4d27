"""Limits for those who have not signed in: by address and together, and whose word about addresses counts."""

import pytest
from starlette.requests import Request

from alliance.web.limiting import Throttle


def asking(peer: str, forwarded: str | None = None) -> Request:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers, "client": (peer, 1)})


async def test_each_address_has_a_count_of_its_own_and_neighbours_share_one() -> None:
    throttle = Throttle("2/minute", "100/minute")
    assert [await throttle.allows(asking("192.0.2.1")) for _ in range(3)] == [True, True, False]
    assert not await throttle.allows(asking("192.0.2.77"))
    assert await throttle.allows(asking("198.51.100.1"))
    assert await throttle.allows(asking("2001:db8::1"))


async def test_everybody_together_has_a_count_too() -> None:
    throttle = Throttle("100/minute", "3/minute")
    allowed = [await throttle.allows(asking(f"10.0.{n}.1")) for n in range(5)]
    assert allowed == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),
        ("10.1.2.3", "198.51.100.9", "198.51.100.9"),
        ("10.1.2.3", "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        ("10.1.2.3", "203.0.113.5, 198.51.100.9, 10.9.9.9", "198.51.100.9"),
        ("10.1.2.3", "nonsense", "10.1.2.3"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", "10.0.0.1", "10.0.0.1"),
        ("", "198.51.100.9", "None"),
    ],
)
def test_only_our_own_proxies_are_believed(peer: str, forwarded: str, address: str) -> None:
    throttle = Throttle("1/minute", "1/minute", proxies=["10.0.0.0/8"])
    assert str(throttle.address_of(peer, forwarded)) == address
