"""Events that unmistakably belong to nobody."""

from datetime import UTC, datetime

from alliance.contracts import Envelope, intake
from alliance.kernel import derived_id, new_id, to_text

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def an_id(*words: str) -> str:
    return derived_id("test", *words)


def an_envelope(
    type_: str = intake.IntroductionWithdrawn.type,
    *,
    about: str = "someone",
    person: str | None = None,
    sequence: int = 1,
    at: datetime = NINE,
    data: dict[str, object] | None = None,
    recipient: str | None = None,
    id: str | None = None,  # noqa: A002 - the envelope's own word
) -> Envelope:
    """By default: the introduction `about` was withdrawn."""
    subject, person_id = an_id("introduction", about), an_id("person", person or about)
    body = {"introduction_id": subject, "person_id": person_id, "withdrawn_at": to_text(at)}
    return Envelope(
        id=id or new_id(),
        source=f"/alliance/{type_.partition('.')[0]}",
        type=type_,
        subject=subject,
        time=at,
        sequence=sequence,
        partitionkey=person_id,
        correlationid="correlation-1",
        actor="staff-7",
        organisation="certitude",
        recipient=recipient,
        data=body if data is None else data,
    )


def a_concern(*, about: str = "someone", person: str | None = None, at: datetime = NINE) -> Envelope:
    """An event of the urgent lane."""
    return an_envelope(
        intake.SafetyConcernRaised.type,
        about=about,
        person=person,
        at=at,
        data={
            "introduction_id": an_id("introduction", about),
            "person_id": an_id("person", person or about),
            "kind": "not-said",
            "raised_at": to_text(at),
        },
    )


def a_snapshot(*, recipient: str, about: str = "someone", at: datetime = NINE) -> Envelope:
    """A personal event with nothing personal in it."""
    return an_envelope(
        intake.PersonShared.type,
        about=about,
        at=at,
        recipient=recipient,
        data={"person_id": an_id("person", about), "organisation_id": "slam", "consent_sequence": 1},
    )
