"""What finance's codes, accounts and pages are called in plain English."""

from collections.abc import Callable

from alliance.web.pages import Item

MENU = (
    Item(text="This year", href="/", action="home.see"),
    Item(text="Commitments", href="/commitments", action="commitment.list"),
    Item(text="Ledger", href="/ledger", action="ledger.read"),
    Item(text="Trial balance", href="/trial-balance", action="book.read"),
    Item(text="Savings", href="/savings", action="book.read"),
)

LABELS = {
    "awaited": "Waiting for the move in",
    "open": "Open",
    "ended": "Ended",
    "closed": "Year closed",
    "misposting": "Entered wrongly",
    "year-end": "End of the year",
}

STATE_COLOURS = {"open": "green", "ended": "grey", "closed": "grey", "awaited": "blue"}

_KINDS = {
    "commitment-opened": "Commitment opened",
    "commitment-restated": "Commitment restated",
    "commitment-ended": "Commitment ended",
}


def kind_in_words(kind: str) -> str:
    """`journal:year-end` → `By hand: end of the year`."""
    what, _, reason = kind.partition(":")
    why = LABELS.get(reason, reason.replace("-", " ").capitalize()).lower()
    match what:
        case "journal":
            return f"By hand: {why}"
        case "reversal":
            return f"Taken back: {why}"
        case _:
            return _KINDS.get(what, what.replace("-", " ").capitalize())


def account_in_words(account: str, name_of: Callable[[str], str]) -> str:
    """`funder:lambeth-council` → `Lambeth Council`; an account without a word for it keeps its code."""
    what, _, rest = account.partition(":")
    match what:
        case "funder" if rest:
            return f"{name_of(rest)} (funder)"
        case "commitments" if rest:
            return f"Committed for stays, {rest}"
        case _:
            return account
