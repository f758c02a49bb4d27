"""What the front door holds of a person: how it is told to them, and what is left of it when they are forgotten."""

from alliance.kernel import Clock
from alliance.people import Exempt, Holding, Holdings, by_id, by_key, of_person, tell, wordless
from intake.application import collections as kept
from intake.domain.equality import Equality
from intake.domain.introduction import Introduction
from intake.domain.keeping import Keeping
from intake.domain.person import Person
from intake.domain.record_request import RecordPart

EXEMPT = (
    Exempt(name="person_access", why="who may see the records, and who opened them; the audit trail has it too"),
    Exempt(name="audit_heads", why="how far the audit trail has got"),
    Exempt(name="imports", why="how far the import of a file has got, in counts"),
    Exempt(
        name="import_parts", why="rows of a file leave when they are worked off, or after a day; people have them then"
    ),
    Exempt(name="matches", why="two pseudonyms and by which rule they look alike; it would tell of somebody else"),
    Exempt(name="comparisons", why="a pseudonym, until that person has been compared with everybody known"),
    Exempt(name="resendings", why="how far the details have been sent anew to a service, in counts"),
    Exempt(name="support_waits", why="after how many days support began, by case; for the wait that everybody is told"),
    Exempt(name="erasures", why="that it was asked for, decided and done: codes and times that have to be shown"),
    Exempt(name="record_requests", why="that a copy was asked for and released: codes and times"),
)
NOT_THEIRS_ALONE = ("by", "override_reason")
NOT_OF_THE_PERSON = ("status_key", "introducer_key", "look_by", "overdue", "looks_automated", "contact_check_days")


def holdings(
    *,
    introductions: kept.Introductions,
    people: kept.People,
    progresses: kept.Progresses,
    merges: kept.Merges,
    equalities: kept.Equalities,
    record_parts: kept.RecordParts,
    keepings: kept.Keepings,
    clock: Clock,
) -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""

    def erase(person: Person) -> None:
        person.erase(at=clock.now())

    def forget_introduction(introduction: Introduction) -> None:
        wordless()(introduction)
        introduction.ask_no_more()

    return Holdings(
        (
            Holding(
                kept=people,
                find=by_id(people),
                tell=lambda person: [
                    tell("Who you are to us", person, leave_out=("consent_sequence",), others=NOT_THEIRS_ALONE)
                ],
                forget=erase,
            ),
            Holding(
                kept=introductions,
                find=by_key(introductions),
                tell=lambda each: [
                    tell(
                        "Your introduction",
                        each,
                        leave_out=NOT_OF_THE_PERSON,
                        others=("by", "claimed_by", "introducer"),
                    )
                ],
                forget=forget_introduction,
            ),
            of_person(
                progresses,
                "What we know of messages to you",
                find=by_id(progresses),
                stays="when a message reached somebody, under a pseudonym that leads to nobody",
            ),
            of_person(
                merges,
                "Records of yours that were joined",
                find=by_id(merges),
                others=("by", "undone_by"),
                stays="which pseudonyms were one person's; none of them leads to anybody",
            ),
            Holding(
                kept=keepings,
                find=by_id(keepings),
                tell=lambda each: [tell("How long your record is kept", each, others=("confirmed_by",))],
                forget=Keeping.forget,
            ),
            Holding(
                kept=equalities,
                find=by_id(equalities),
                tell=lambda kept_apart: [tell("What you answered about equality", kept_apart)],
                forget=Equality.forget,
            ),
            Holding(
                kept=record_parts,
                find=by_key(record_parts),
                tell=lambda _: (),
                forget=RecordPart.forget,
            ),
        ),
        EXEMPT,
    )
