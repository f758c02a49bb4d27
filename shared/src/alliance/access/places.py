"""Where somebody may be sent on to after they have signed in: a page of this service, and nowhere else."""

import re
from urllib.parse import unquote

_PLACE = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")
_NOT_PAGES = ("/sign-in", "/sign-out", "/signed-out", "/api/", "/back-channel-")
LONGEST = 1_000


def place(asked: str | None) -> str:
    """`asked` if it is the path of a page here, else the start page.

    Browsers take `//host`, `/\\host` and what turns into them for another site.
    """
    if not asked or len(asked) > LONGEST or not _PLACE.fullmatch(asked):
        return "/"
    seen = unquote(unquote(asked.partition("?")[0]))
    if "//" in seen or "\\" in seen or ".." in seen or not seen.isprintable() or seen.startswith(_NOT_PAGES):
        return "/"
    return asked
