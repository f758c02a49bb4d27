"""Whether two records may be of one person, and why: a proposal for a human, who alone decides.

Exact where the NHS number says so; strong where two of NHS number, full name and date of birth agree; possible where
names, dates or ways to reach somebody come near. A number that a family or a hostel shares is never enough alone.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from intake.domain.codes import NhsNumberStatus
from intake.domain.details import Details
from intake.domain.resembling import Born, Name, births, names, numbers, shared


class Verdict(IntEnum):
    """How likely two records are of one person; the higher, the likelier."""

    NONE = 0
    POSSIBLE = 1
    STRONG = 2
    EXACT = 3


class Reason(StrEnum):
    """What two records have in common, or what speaks against."""

    SAME_NHS_NUMBER = "same-nhs-number"
    SAME_NAME = "same-name"
    NAME_IN_ANOTHER_ORDER = "name-in-another-order"
    SHORT_NAME = "short-name"
    NAME_SPELT_ALIKE = "name-spelt-alike"
    SURNAME_DIFFERS = "surname-differs"
    FIRST_NAME_ONLY = "first-name-only"
    SAME_BIRTH_DATE = "same-birth-date"
    DAY_AND_MONTH_SWAPPED = "day-and-month-swapped"
    BIRTH_DATE_NEAR = "birth-date-near"
    BIRTH_DATE_MISSING = "birth-date-missing"
    SAME_PHONE = "same-phone"
    PHONE_NEAR = "phone-near"
    SAME_EMAIL = "same-email"
    SAME_ADDRESS = "same-address"
    OTHER_NHS_NUMBER = "other-nhs-number"
    OTHER_BIRTH_DATE = "other-birth-date"
    OTHER_NAME = "other-name"
    MAYBE_TWINS = "maybe-twins"


SENTENCES = {
    Reason.SAME_NHS_NUMBER: "The NHS number is the same.",
    Reason.SAME_NAME: "The full name is the same.",
    Reason.NAME_IN_ANOTHER_ORDER: "The names are the same in another order.",
    Reason.SHORT_NAME: "One first name is short for the other; the surname is the same.",
    Reason.NAME_SPELT_ALIKE: "The names are spelt almost alike.",
    Reason.SURNAME_DIFFERS: "The first name is the same and the surname is another: it may have changed.",
    Reason.FIRST_NAME_ONLY: "The first name is the same; one record has no surname.",
    Reason.SAME_BIRTH_DATE: "The date of birth is the same.",
    Reason.DAY_AND_MONTH_SWAPPED: "Day and month of the dates of birth are swapped.",
    Reason.BIRTH_DATE_NEAR: "The dates of birth differ by one slip of the pen.",
    Reason.BIRTH_DATE_MISSING: "A date of birth is not known.",
    Reason.SAME_PHONE: "A phone number is the same.",
    Reason.PHONE_NEAR: "The phone numbers differ by one slip of the pen.",
    Reason.SAME_EMAIL: "An email address is the same.",
    Reason.SAME_ADDRESS: "An address is the same.",
    Reason.OTHER_NHS_NUMBER: "Against it: the NHS numbers differ.",
    Reason.OTHER_BIRTH_DATE: "Against it: the dates of birth differ.",
    Reason.OTHER_NAME: "Against it: the names differ.",
    Reason.MAYBE_TWINS: "Against it: only the first names differ. They may be twins.",
}
"""What staff read. No sentence has anything of the record in it."""

_NAMES = {
    Name.SAME: Reason.SAME_NAME,
    Name.REORDERED: Reason.NAME_IN_ANOTHER_ORDER,
    Name.SHORT: Reason.SHORT_NAME,
    Name.SPELT_ALIKE: Reason.NAME_SPELT_ALIKE,
    Name.SURNAME_DIFFERS: Reason.SURNAME_DIFFERS,
    Name.FIRST_ONLY: Reason.FIRST_NAME_ONLY,
    Name.FIRST_DIFFERS: Reason.OTHER_NAME,
    Name.DIFFERENT: Reason.OTHER_NAME,
}
_BIRTHS = {
    Born.SAME: Reason.SAME_BIRTH_DATE,
    Born.SWAPPED: Reason.DAY_AND_MONTH_SWAPPED,
    Born.NEAR: Reason.BIRTH_DATE_NEAR,
    Born.UNKNOWN: Reason.BIRTH_DATE_MISSING,
    Born.DIFFERENT: Reason.OTHER_BIRTH_DATE,
}
_CLOSE = frozenset({Name.SAME, Name.REORDERED, Name.SHORT, Name.SPELT_ALIKE})
_SLIPPED = frozenset({Born.SWAPPED, Born.NEAR})


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What came of comparing two records."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()

    @property
    def sentences(self) -> list[str]:
        return [SENTENCES[reason] for reason in self.reasons]


NO_LIKENESS = Likeness(verdict=Verdict.NONE)


def compare(one: Details, other: Details) -> Likeness:
    """How likely the two are one person; the same whichever comes first."""
    number, name, born = numbers(one, other), names(one, other), births(one, other)
    contact = [Reason(each) for each in shared(one, other)]
    if number is False and _both_verified(one, other):
        return NO_LIKENESS
    twins = number is not True and name is Name.FIRST_DIFFERS and born is Born.SAME
    verdict = (
        _by_number(name, born)
        if number
        else _twins(contact)
        if twins
        else _without_number(name, born, contact, differs=number is False)
    )
    if verdict is Verdict.NONE:
        return NO_LIKENESS
    reasons = [
        Reason.SAME_NHS_NUMBER if number else None,
        Reason.MAYBE_TWINS if twins else _NAMES.get(name),
        _BIRTHS.get(born),
        *contact,
        Reason.OTHER_NHS_NUMBER if number is False else None,
    ]
    return Likeness(verdict=verdict, reasons=tuple(reason for reason in reasons if reason))


def _both_verified(one: Details, other: Details) -> bool:
    """Two numbers that the NHS itself has traced to people are two people's."""
    return one.nhs_number_status is other.nhs_number_status is NhsNumberStatus.VERIFIED


def _by_number(name: Name, born: Born) -> Verdict:
    """The number is the same. It may still have been copied from somebody else's letter."""
    name_fits = name in _CLOSE or name is Name.SURNAME_DIFFERS
    born_fits = born is Born.SAME or born in _SLIPPED
    against = name in (Name.DIFFERENT, Name.FIRST_DIFFERS) or born is Born.DIFFERENT
    if not against:
        return Verdict.EXACT
    return Verdict.STRONG if name_fits or born_fits else Verdict.POSSIBLE


def _twins(contact: list[Reason]) -> Verdict:
    """Same surname, same birthday, another first name: worth a look only where they also live or answer together."""
    return Verdict.POSSIBLE if contact else Verdict.NONE


def _without_number(name: Name, born: Born, contact: list[Reason], *, differs: bool) -> Verdict:
    """`differs`: there are two NHS numbers, of which one may have been mistyped or be somebody else's."""
    firm = [reason for reason in contact if reason is not Reason.PHONE_NEAR]
    if differs:
        return Verdict.POSSIBLE if name is Name.SAME and born is Born.SAME else Verdict.NONE
    if born is Born.SAME:
        if name in (Name.SAME, Name.REORDERED):
            return Verdict.STRONG
        if name in _CLOSE:
            return Verdict.STRONG if firm else Verdict.POSSIBLE
        return Verdict.POSSIBLE if name in (Name.SURNAME_DIFFERS, Name.FIRST_ONLY) or (firm and _silent(name)) else _NO
    if born in _SLIPPED and name in _CLOSE:
        return Verdict.STRONG if firm and name is Name.SAME else Verdict.POSSIBLE
    if not firm:
        return _NO
    if born is Born.DIFFERENT:
        return Verdict.POSSIBLE if name in (Name.SAME, Name.REORDERED) else _NO
    return Verdict.POSSIBLE if name in _CLOSE or name is Name.FIRST_ONLY or _silent(name) else _NO


_NO = Verdict.NONE


def _silent(name: Name) -> bool:
    return name is Name.UNKNOWN
