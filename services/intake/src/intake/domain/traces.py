"""By which few keys a person is found again among a hundred thousand: each leads to a handful, which are compared.

A person leaves at most one trace of each kind, so that every one is a plain index. Whoever is alike enough to be
proposed shares at least one of them: a slip in the year is found by the day, a slip in the day by the year, a changed
surname by the birth date or a way to reach them.
"""

from functools import lru_cache

from intake.domain.details import Details
from intake.domain.names import family_of, sound_of
from intake.domain.resembling import full_name, plain_point, swapped

KINDS = (
    "by_number",
    "by_birth",
    "by_name_and_year",
    "by_name_and_day",
    "by_phone",
    "by_other_phone",
    "by_email",
    "by_address",
)
"""The indexed keys of a person that `traces_of` fills."""
NO_YEAR = "-"


@lru_cache(maxsize=256)
def traces_of(details: Details) -> dict[str, str]:
    """What a person with these details is found by."""
    born, name = details.date_of_birth, sounding(full_name(details))
    phones, emails, addresses = (_points(details, kind) for kind in ("phone", "email", "address"))
    found = {
        "by_number": details.nhs_number,
        "by_birth": born.isoformat() if born else None,
        "by_name_and_year": f"{name}:{born.year if born else NO_YEAR}" if name else None,
        "by_name_and_day": f"{name}:{born:%m-%d}" if name and born else None,
        "by_phone": phones[0] if phones else None,
        "by_other_phone": phones[1] if len(phones) > 1 else None,
        "by_email": emails[0] if emails else None,
        "by_address": addresses[0] if addresses else None,
    }
    return {kind: value for kind, value in found.items() if value}


def where_to_look(details: Details) -> list[tuple[str, str]]:
    """The keys and values by which those are found who may be the same person as somebody with these details.

    A name without a date of birth is no trace: hundreds share it, and alone it would never be proposed.
    """
    traces = traces_of(details)
    elsewhere = {"by_phone", "by_other_phone", *(() if details.date_of_birth else ("by_name_and_year",))}
    found = [(kind, value) for kind, value in traces.items() if kind not in elsewhere]
    for phone in _points(details, "phone")[:2]:
        found += [("by_phone", phone), ("by_other_phone", phone)]
    other = swapped(details.date_of_birth) if details.date_of_birth else None
    return [*found, ("by_birth", other.isoformat())] if other else found


def sounding(parts: tuple[str, ...]) -> str | None:
    """How surname and first name sound, short forms taken back to the long one: `s530:w450`."""
    return f"{sound_of(parts[-1])}:{sound_of(family_of(parts[0]))}" if len(parts) > 1 else None


def _points(details: Details, kind: str) -> list[str]:
    values = (plain_point(kind, point.value) for point in details.contact_points if point.kind == kind)
    return list(dict.fromkeys(value for value in values if value))
