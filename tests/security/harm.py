"""Text that does harm where a page forgets to escape it, and how to see that it did."""

from html.parser import HTMLParser

from tests.browser.words import Words

PAYLOAD = """zq'"><script>owned()</script><img src=x onerror=owned()>{{71917*7193}}${71917*7193}"""
EVALUATED = str(71917 * 7193)
FORMULA = "=2+5+cmd|' /C calc'!A0"

HOSTILE = Words(
    full_name=PAYLOAD,
    call_me=PAYLOAD,
    story=f"{PAYLOAD} story",
    notes=f"{PAYLOAD} notes",
    address=f"{PAYLOAD} address",
    email=f"{PAYLOAD}@example.org",
)


class _Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harm: list[str] = []
        self.text: list[str] = []
        self.addresses: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._inside.append(tag)
        self.harm += [f"<{tag} {name}>" for name in said if name.startswith("on")]
        self.harm += [f"<{tag}> of ours" for value in said.values() if tag == "img" and value == "x"]
        addresses = [said[name] or "" for name in ("href", "src", "action", "formaction", "data-url") if name in said]
        self.addresses += addresses
        self.harm += [f"<{tag}> leads to {each}" for each in addresses if each.lower().startswith("javascript:")]
        self.text += [value or "" for value in said.values()]

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "script" and "owned" in data:
            self.harm.append("a script of ours")
        self.text.append(data)


def read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def harm_in(html: str) -> list[str]:
    """What the payload has achieved: elements, attributes, scripts, sums."""
    page = read(html)
    return page.harm + (["a template was evaluated"] if EVALUATED in html else [])


def shows(html: str, text: str = PAYLOAD) -> bool:
    """Whether a reader sees the text, as it was typed."""
    return any(text in each for each in read(html).text)
