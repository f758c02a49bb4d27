"""Somebody who introduces themselves in a browser, as the tests of the public pages need them."""

import re
from typing import Any

from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser
from intake.domain.introduction import Introduction

from ..builders import FrontDoor

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
KEY = re.compile(r"Status key\s*</dt>\s*<dd[^>]*>\s*([A-Za-z0-9_-]+)")

FULL: dict[str, dict[str, Any]] = {
    "who": {"who": "me"},
    "danger": {"danger": "no"},
    "name": {"call_me": "Testa", "full_name": "Testa Example-Person"},
    "reach": {"way": "phone"},
    "phone": {"phone": "07700 900123", "others": "no", "voicemail": "yes"},
    "story": {"going_on": "A made-up story"},
    "strengths": {"matters_to_me": "made-up music", "good_at": "made-up maths", "would_help": "a made-up home"},
    "areas": {"help_areas": ["home", "money"]},
    "needs": {"interpreter_language": "bfi", "adjustments": ["quiet-room"]},
    "sharing": {"keep_out": ["slam"]},
}


async def answer_all(browser: Browser, clock: FixedClock | None = None, **instead: dict[str, Any]) -> None:
    """Answer every question in turn, by `FULL` or by what stands `instead`; a minute passes if there is a clock."""
    for step, answers in {**FULL, **instead}.items():
        answer = await browser.send_form(f"/introduce/{step}", **answers)
        assert answer.status_code == 303, answer.text
    if clock is not None:
        clock.advance(minutes=1)


async def token_on(browser: Browser, path: str = "/introduce/check") -> str:
    found = TOKEN.search((await browser.get(path)).text)
    assert found
    return found.group(1)


async def send(browser: Browser, **more: str) -> Any:
    """Press “Send my introduction”."""
    return await browser.send_form("/introduce/check", **{"form_token": await token_on(browser), **more})


async def only(door: FrontDoor) -> Introduction:
    """The one introduction at the door."""
    (found,) = (await door.given["introductions"].page("queue")).items
    assert isinstance(found, Introduction)
    return found
