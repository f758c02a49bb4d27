"""How often an address, and everybody together, may do something without having signed in."""

import hmac
import secrets
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from fastapi import Request
from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

Address = IPv4Address | IPv6Address
FORWARDED = "x-forwarded-for"
SHORTENED = {4: 24, 6: 56}
"""Bits that stay of an address: neighbours share a count, and nobody's own address is worked with."""


class Throttle:
    """A moving window in this process's memory, by a keyed digest: no address is kept, nor can one be found back.

    `each` and `together` as in `"10/10 minutes"`. `proxies`: networks whose `X-Forwarded-For` is believed.
    """

    def __init__(self, each: str, together: str, *, proxies: Iterable[str] = ()) -> None:
        self._each, self._together = parse(each), parse(together)
        self._proxies = tuple(ip_network(proxy) for proxy in proxies)
        self._key = secrets.token_bytes(32)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def allows(self, request: Request) -> bool:
        """Count one more; False if that was too many."""
        one = await self._limiter.hit(self._each, self._who(request))
        return one and await self._limiter.hit(self._together, "everybody")

    def _who(self, request: Request) -> str:
        address = self.address_of(request.client.host if request.client else "", request.headers.get(FORWARDED, ""))
        if address is None:
            return "unknown"
        network = ip_network((address, SHORTENED[address.version]), strict=False)
        return hmac.new(self._key, str(network).encode(), "sha256").hexdigest()

    def address_of(self, peer: str, forwarded: str) -> Address | None:
        """Whoever spoke to the outermost proxy of ours; what is said of addresses beyond that anybody may make up."""
        address = _address(peer)
        for said in reversed(forwarded.split(",")):
            if address is None or not any(address in proxy for proxy in self._proxies):
                return address
            address = _address(said.strip()) or address
        return address


def _address(text: str) -> Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def checked_rate(text: str) -> str:
    """`text` if it says how often, as `10/10 minutes` does; else `ValueError`."""
    parse(text)
    return text
