"""What a person reads on a page, out of its HTML."""

import html
import re

from alliance.kernel import new_id
from alliance.testing.rooms import Browser


def text_of(page: str) -> str:
    """The words, without tags, in one line."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


async def filled(browser: Browser, path: str, **answers: object) -> dict[str, object]:
    """What the form at `path` sends when it is filled in with `answers`."""
    page = (await browser.get(path)).text
    own = ("form_token", "version") if 'name="version"' in page else ("form_token",)
    return {**{name: hidden(page, name) for name in own}, **answers}


def day(name: str, text: str) -> dict[str, str]:
    """`day("on", "2 11 2026")`: the three inputs of a date."""
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), text.split(), strict=True))


def token() -> str:
    return new_id()
