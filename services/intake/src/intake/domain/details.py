"""Who somebody is and how to reach them safely."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from intake.domain import refusals
from intake.domain.codes import NhsNumberStatus
from intake.domain.facts import ContactPoint
from intake.domain.nhs_number import is_nhs_number


@dataclass(frozen=True, kw_only=True)
class Details:
    """Who somebody is and how to reach them safely; nearly everything is optional."""

    full_name: str | None = None
    call_me: str | None = None
    date_of_birth: date | None = None
    nhs_number: str | None = None
    nhs_number_status: NhsNumberStatus | None = None
    contact_points: tuple[ContactPoint, ...] = ()
    interpreter_language: str | None = None
    adjustments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.nhs_number is not None and not is_nhs_number(self.nhs_number):
            raise refusals.NhsNumberWrong("The check digit of the NHS number does not fit.")


def united(first: Details, *others: Details) -> Details:
    """What several records of one person know together: where two say something, the earlier one counts.

    An NHS number comes with its own status; ways to reach somebody and what makes it easier are added up. The same
    way is safe only where every record says so.
    """
    if not others:
        return first
    records = (first, *others)
    numbered = next((each for each in records if each.nhs_number), first)
    return Details(
        full_name=_first(each.full_name for each in records),
        call_me=_first(each.call_me for each in records),
        date_of_birth=_first(each.date_of_birth for each in records),
        nhs_number=numbered.nhs_number,
        nhs_number_status=numbered.nhs_number_status,
        contact_points=_points(records),
        interpreter_language=_first(each.interpreter_language for each in records),
        adjustments=tuple(dict.fromkeys(code for each in records for code in each.adjustments)),
    )


def differences(before: Details, after: Details) -> dict[str, Any]:
    """The fields that changed, with what they are now."""
    names = [each.name for each in fields(Details)]
    return {name: getattr(after, name) for name in names if getattr(before, name) != getattr(after, name)}


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value), None)


def _points(records: Iterable[Details]) -> tuple[ContactPoint, ...]:
    found: dict[tuple[str, str], ContactPoint] = {}
    for point in (point for each in records for point in each.contact_points):
        known = found.setdefault((point.kind, point.value), point)
        found[point.kind, point.value] = ContactPoint(
            kind=point.kind,
            value=point.value,
            safe=known.safe and point.safe,
            voicemail_ok=known.voicemail_ok and point.voicemail_ok,
        )
    return tuple(found.values())
