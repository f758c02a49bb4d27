"""The table and its dispatcher, without a broker."""

import pytest

from alliance.contracts import intake
from alliance.kernel import NotYet, Provenance, Refusal, provenance
from alliance.messaging import Heard, apply_in_memory, listen, on

from .builders import a_concern, a_snapshot, an_envelope


class TooLate(Refusal):
    """It is too late for that."""


class MuchTooLate(TooLate):
    """It is much too late for that."""


class Outage(Exception):
    transient = True


class Notes:
    """What reactions did, in order, and under which mark."""

    def __init__(self) -> None:
        self.marks: list[str] = []
        self.seen: list[Provenance] = []

    def add(self) -> None:
        self.seen.append(provenance())
        self.marks.append(str(provenance().mark))


async def note_withdrawal(heard: Heard[intake.IntroductionWithdrawn], notes: Notes) -> None:
    notes.add()


async def count_withdrawal(heard: Heard[intake.IntroductionWithdrawn], notes: Notes) -> None:
    notes.add()


async def wait_for_concern(heard: Heard[intake.IntroductionWithdrawn], notes: Notes) -> None:
    if not any("note_concern" in mark for mark in notes.marks):
        raise NotYet("no concern yet")
    notes.add()


async def note_concern(heard: Heard[intake.SafetyConcernRaised], notes: Notes) -> None:
    notes.add()


async def refuse(heard: Heard[intake.IntroductionWithdrawn], notes: Notes) -> None:
    raise MuchTooLate


async def say_so(heard: Heard[intake.IntroductionWithdrawn], notes: Notes, refusal: Refusal) -> None:
    assert refusal.name == "much-too-late"
    notes.add()


async def fail(heard: Heard[intake.IntroductionWithdrawn]) -> None:
    raise ZeroDivisionError


async def hit_an_outage(heard: Heard[intake.IntroductionWithdrawn]) -> None:
    raise Outage


async def test_each_reaction_runs_under_a_mark_of_its_own() -> None:
    notes, envelope = Notes(), an_envelope()
    table = listen(on(intake.IntroductionWithdrawn, do=[note_withdrawal, count_withdrawal]))
    applied = await apply_in_memory(table, {"notes": notes}, [envelope], organisation="slam")
    assert notes.marks == [f"reaction:note_withdrawal:{envelope.id}", f"reaction:count_withdrawal:{envelope.id}"]
    assert notes.seen[0].causation_id == envelope.id
    assert notes.seen[0].organisation == "slam"
    assert notes.seen[0].actor == "staff-7"
    assert not applied.quarantined
    assert not applied.waiting


async def test_a_reaction_that_waits_is_tried_again_until_its_data_has_come() -> None:
    notes = Notes()
    table = listen(
        on(intake.IntroductionWithdrawn, do=wait_for_concern), on(intake.SafetyConcernRaised, do=note_concern)
    )
    applied = await apply_in_memory(table, {"notes": notes}, [an_envelope(), a_concern()])
    assert [mark.split(":")[1] for mark in notes.marks] == ["note_concern", "wait_for_concern"]
    assert not applied.waiting


async def test_what_waits_for_ever_is_left_over_as_waiting() -> None:
    table = listen(on(intake.IntroductionWithdrawn, do=wait_for_concern))
    applied = await apply_in_memory(table, {"notes": Notes()}, [an_envelope()])
    assert [name for _, name, _ in applied.waiting] == ["wait_for_concern"]


async def test_a_refusal_is_answered_by_the_reaction_the_table_names_under_a_mark_of_its_own() -> None:
    notes = Notes()
    table = listen(on(intake.IntroductionWithdrawn, do=refuse, answers={TooLate: say_so}))
    applied = await apply_in_memory(table, {"notes": notes}, [an_envelope()])
    assert notes.marks[0].startswith("reaction:say_so:")
    assert not applied.quarantined


async def test_an_unmapped_refusal_and_any_other_error_go_to_quarantine_and_the_next_is_handled() -> None:
    notes = Notes()
    table = listen(on(intake.IntroductionWithdrawn, do=[refuse, fail, note_withdrawal]))
    applied = await apply_in_memory(table, {"notes": notes}, [an_envelope()])
    assert [type(entry.error) for entry in applied.quarantined] == [MuchTooLate, ZeroDivisionError]
    assert len(notes.marks) == 1


async def test_data_that_breaks_its_contract_goes_to_quarantine() -> None:
    table = listen(on(intake.IntroductionWithdrawn, do=note_withdrawal))
    applied = await apply_in_memory(table, {"notes": Notes()}, [an_envelope(data={"person_id": "nobody"})])
    assert applied.quarantined[0].reaction is None


async def test_a_transient_error_is_raised_to_the_test() -> None:
    with pytest.raises(Outage):
        await apply_in_memory(listen(on(intake.IntroductionWithdrawn, do=hit_an_outage)), {}, [an_envelope()])


async def test_what_is_not_in_the_table_or_meant_for_another_is_not_heard() -> None:
    notes = Notes()
    table = listen(on(intake.PersonShared, do=note_withdrawal))
    await apply_in_memory(table, {"notes": notes}, [an_envelope(), a_snapshot(recipient="housing")], service="triage")
    assert notes.marks == []


async def test_a_parameter_that_is_not_given_is_an_error_at_once() -> None:
    with pytest.raises(LookupError, match="notes"):
        await apply_in_memory(listen(on(intake.IntroductionWithdrawn, do=note_withdrawal)), {}, [])


def test_one_reaction_cannot_stand_in_the_table_twice_for_one_event() -> None:
    row = on(intake.IntroductionWithdrawn, do=note_withdrawal)
    with pytest.raises(ValueError, match="twice"):
        listen(row, row)
