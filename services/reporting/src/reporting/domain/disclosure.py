"""Which counts of people may be shown: small ones tell who somebody is, and so does what is left of a total.

The rule is that of NHS England's Mental Health Services Monthly Statistics (`menh_analysis`, notebook
`95.Round_output`): below 5 a star, everything else to the nearest 5. Theirs and not the 1 to 7 of hospital episodes,
since these are people of mental health services in one area, as there. Secondary suppression is that of the Government
Statistical Service, "Disclosure control for tables produced from administrative sources". `tests/policy/disclosure.csv`
is the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rule:
    least: int = 5
    """The smallest count of people that is shown; that nobody came says something of a group too, so nought is not."""
    round_to: int = 5
    fewest_hidden: int = 2
    """Where one count of a table is hidden, so is the smallest of the others, and what looks like it, until there are
    so many. Of two that look alike to hide one alone would say which is the smaller."""


NHS_ENGLAND = Rule()


@dataclass(frozen=True)
class Safe:
    """What may be shown: None is a star. A total of None means that the whole table is hidden."""

    cells: tuple[int | None, ...]
    total: int | None


def safe(counts: Sequence[int], rule: Rule = NHS_ENGLAND) -> Safe:
    """One table: how many people are in each group, every person in one of them."""
    if sum(counts) < rule.least:
        return Safe((None,) * len(counts), None)
    cells = [None if count < rule.least else rounded(count, rule.round_to) for count in counts]
    small = cells.count(None)
    while (shown := [cell for cell in cells if cell]) and _told(sum(counts), shown, small, cells.count(None), rule):
        cells = [None if cell == min(shown) else cell for cell in cells]
    return Safe(tuple(cells), rounded(sum(counts), rule.round_to))


def _told(total: int, shown: Sequence[int], small: int, hidden: int, rule: Rule) -> bool:
    """Whether somebody who knows the total exactly, from the scorecard, could work a star out: there is one alone, or
    what is left for the stars can only be nobody, or only the most that stars can be.
    """
    if hidden == 0:
        return False
    around = rule.round_to // 2
    most_left = total - sum(max(rule.least, cell - around) for cell in shown)
    least_left = total - sum(cell + around for cell in shown)
    return hidden < rule.fewest_hidden or most_left <= 0 or (small == hidden and least_left >= (rule.least - 1) * small)


def rounded(count: int, to: int) -> int:
    """To the nearest multiple, half up."""
    return (2 * count + to) // (2 * to) * to


def share(part: int | None, whole: int | None) -> int | None:
    """In whole percent, of what is shown alone, so that it tells no more than that; None where a star is in it."""
    return None if part is None or not whole else min(100, rounded(1000 * part // whole, 10) // 10)
