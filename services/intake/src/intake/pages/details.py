"""From what a form says about a person to their details, and back."""

from collections.abc import Mapping
from typing import Any

from intake.domain.codes import NhsNumberStatus
from intake.domain.facts import ContactPoint
from intake.domain.person import Details
from intake.pages.words import LABELS, adjustments, language

KINDS = ("phone", "email", "address")


def details_from(answers: Mapping[str, Any], before: Details | None = None) -> Details:
    """The details that the form says. What it does not ask, as a second number, stays as it was `before`."""
    number = answers["nhs_number"]
    known = before is not None and before.nhs_number == number
    return Details(
        full_name=answers["full_name"],
        call_me=answers["call_me"],
        date_of_birth=answers["date_of_birth"],
        nhs_number=number,
        nhs_number_status=(before.nhs_number_status if before and known else NhsNumberStatus.NOT_TRACED)
        if number
        else None,
        contact_points=(*_points(answers), *_further(before)),
        interpreter_language=answers["interpreter_language"],
        adjustments=answers["adjustments"],
    )


def answers_of(details: Details) -> dict[str, Any]:
    """What the form shows of details that are known."""
    found: dict[str, Any] = {
        name: getattr(details, name)
        for name in ("full_name", "call_me", "date_of_birth", "nhs_number", "interpreter_language", "adjustments")
    }
    for point in reversed(details.contact_points):
        ticked = (("safe", point.safe), ("voicemail", point.voicemail_ok))
        found |= {point.kind: point.value, f"{point.kind}_is": tuple(name for name, so in ticked if so)}
    return found


def reaching(details: Details) -> list[tuple[str, list[str]]]:
    """How to reach somebody, the safe ways first: what it is, and in words what to mind."""
    points = sorted(details.contact_points, key=lambda point: not point.safe)
    return [(LABELS.get(point.kind, point.kind.capitalize()), [point.value, *_minding(point)]) for point in points]


def facts_of(details: Details) -> list[tuple[str, Any]]:
    """What is needed to talk with somebody."""
    return [
        ("Interpreter", language(details.interpreter_language)),
        ("What makes it easier", adjustments(details.adjustments)),
    ]


def spaced(number: str | None) -> str | None:
    """`9990548609` → `999 054 8609`, as NHS numbers are shown (NHS Data Dictionary: 3-3-4)."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else None


def called(details: Details | None) -> str:
    """The heading of a person's pages; a person whose name is not shown is still somebody."""
    if details is None:
        return "Somebody whose name you may not see"
    return details.call_me or details.full_name or "Somebody who has not said their name"


def _points(answers: Mapping[str, Any]) -> list[ContactPoint]:
    return [
        ContactPoint(
            kind=kind,
            value=answers[kind],
            safe="safe" in answers[f"{kind}_is"],
            voicemail_ok="voicemail" in answers[f"{kind}_is"],
        )
        for kind in KINDS
        if answers[kind]
    ]


def _further(before: Details | None) -> list[ContactPoint]:
    seen: set[str] = set()
    further = []
    for point in before.contact_points if before else ():
        if point.kind in seen or point.kind not in KINDS:
            further.append(point)
        seen.add(point.kind)
    return further


def _minding(point: ContactPoint) -> list[str]:
    said = ["Safe to use." if point.safe else "Not known to be safe: somebody else may see or hear it."]
    if point.kind == "phone":
        said.append("A voicemail is fine." if point.voicemail_ok else "Leave no voicemail.")
    return said
