"""How two records resemble each other, one thing at a time: number, name, date of birth, ways to reach somebody."""

from collections.abc import Iterable
from datetime import date
from enum import Enum

from intake.domain.details import Details
from intake.domain.names import is_near, is_short_for, parts_of, slips_between


class Name(Enum):
    UNKNOWN = "one has no name"
    SAME = "the same full name"
    REORDERED = "the same parts in another order"
    SHORT = "one first name is short for the other"
    SPELT_ALIKE = "a slip in one or both names"
    SURNAME_DIFFERS = "the first name is the same, the surname is not"
    FIRST_DIFFERS = "the surname is the same, the first name is not"
    FIRST_ONLY = "the first name is the same, one has no surname"
    DIFFERENT = "different names"


class Born(Enum):
    UNKNOWN = "one has no date of birth"
    SAME = "the same"
    SWAPPED = "day and month swapped"
    NEAR = "one digit wrong, or two neighbours swapped"
    DIFFERENT = "different"


def numbers(one: Details, other: Details) -> bool | None:
    """Whether the NHS numbers are the same; None where one is missing."""
    return None if one.nhs_number is None or other.nhs_number is None else one.nhs_number == other.nhs_number


def births(one: Details, other: Details) -> Born:
    mine, theirs = one.date_of_birth, other.date_of_birth
    if mine is None or theirs is None:
        return Born.UNKNOWN
    if mine == theirs:
        return Born.SAME
    if swapped(mine) == theirs:
        return Born.SWAPPED
    return Born.NEAR if slips_between(f"{mine:%Y%m%d}", f"{theirs:%Y%m%d}") == 1 else Born.DIFFERENT


def swapped(born: date) -> date | None:
    """Day and month exchanged, where that is another date."""
    if born.day > 12 or born.day == born.month:
        return None
    return date(born.year, born.day, born.month)


def full_name(details: Details) -> tuple[str, ...]:
    """The parts of the name: the full one, else what they want to be called."""
    return parts_of(details.full_name or details.call_me or "")


def names(one: Details, other: Details) -> Name:
    mine, theirs = full_name(one), full_name(other)
    if not mine or not theirs:
        return Name.UNKNOWN
    if len(mine) == 1 or len(theirs) == 1:
        return Name.FIRST_ONLY if _first_alike(one, other) else Name.DIFFERENT
    if mine == theirs:
        return Name.SAME
    if sorted(mine) == sorted(theirs):
        return Name.REORDERED
    firsts, surnames = _firsts(one, other), _surnames(mine, theirs)
    if surnames == "same":
        short = Name.SHORT if firsts == "short" else Name.SPELT_ALIKE
        return Name.SAME if firsts == "same" else short if firsts else Name.FIRST_DIFFERS
    if surnames == "near":
        return Name.SPELT_ALIKE if firsts else Name.DIFFERENT
    return Name.SURNAME_DIFFERS if firsts else Name.DIFFERENT


def _firsts(one: Details, other: Details) -> str | None:
    """How the first names agree; what somebody is called counts as a first name too."""
    pairs = [(mine, theirs) for mine in _called(one) for theirs in _called(other)]
    if full_name(one)[0] == full_name(other)[0]:
        return "same"
    if any(mine == theirs or is_short_for(mine, theirs) for mine, theirs in pairs):
        return "short"
    return "near" if any(is_near(mine, theirs) for mine, theirs in pairs) else None


def _first_alike(one: Details, other: Details) -> bool:
    return any(
        mine == theirs or is_short_for(mine, theirs) or is_near(mine, theirs)
        for mine in _called(one)
        for theirs in _called(other)
    )


def _called(details: Details) -> set[str]:
    named = (parts_of(name) for name in (details.full_name, details.call_me) if name)
    return {parts[0] for parts in named if parts}


def _surnames(mine: tuple[str, ...], theirs: tuple[str, ...]) -> str | None:
    """`same` also where one has a second surname that the other leaves out: `garcia lopez` and `garcia`."""
    if mine[-1] == theirs[-1]:
        return "same"
    if set(mine[1:]) <= set(theirs[1:]) or set(theirs[1:]) <= set(mine[1:]):
        return "same"
    return "near" if is_near(mine[-1], theirs[-1]) else None


def shared(one: Details, other: Details) -> Iterable[str]:
    """By which ways both are reached, as the names of reasons; a phone number may differ by one slip."""
    phones, others_phones = points(one, "phone"), points(other, "phone")
    if phones & others_phones:
        yield "same-phone"
    elif any(_one_slip(mine, theirs) for mine in phones for theirs in others_phones):
        yield "phone-near"
    if points(one, "email") & points(other, "email"):
        yield "same-email"
    if points(one, "address") & points(other, "address"):
        yield "same-address"


def points(details: Details, kind: str) -> set[str]:
    """The contact points of a kind as they are compared, without spaces, capitals and country code."""
    found = (plain_point(kind, point.value) for point in details.contact_points if point.kind == kind)
    return {value for value in found if value}


def plain_point(kind: str, value: str) -> str:
    """`+44 (0)7700 900123` → `07700900123`; empty where nothing comparable is left."""
    if kind == "phone":
        digits = "".join(each for each in value if each.isdigit())
        if value.strip().startswith("+44") or digits.startswith("0044"):
            digits = f"0{digits.removeprefix('00').removeprefix('44').removeprefix('0')}"
        return digits if len(digits) >= 7 else ""
    if kind == "email":
        return value.strip().casefold()
    return "".join(each for each in value.casefold() if each.isalnum())


def _one_slip(mine: str, theirs: str) -> bool:
    return min(len(mine), len(theirs)) >= 9 and slips_between(mine, theirs) == 1
