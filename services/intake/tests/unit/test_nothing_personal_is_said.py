"""No open event carries a name, a way to reach somebody, a birthday, an NHS number or a word of their story."""

from datetime import date

from alliance.kernel import FixedClock
from alliance.testing import as_staff
from intake.application import introductions as ask
from intake.application import working as work
from intake.application.people import change_details, stop_sharing
from intake.domain.codes import Elsewhere, Ending, IntroducerRole, ReopenReason, SafetyKind
from intake.domain.facts import ContactPoint
from intake.domain.person import Details
from intake.domain.records import Ended, Introducer, Story

from ..builders import NHS_NUMBER, FrontDoor, asking

MARKED = [
    *("MARKED-NAME", "MARKED-CALL", "MARKED-PLACE", "MARKED-STORY", "MARKED-NOTE", "MARKED-AREA", "MARKED-SERVICE"),
    *("MARKED-COLLEAGUE", "MARKED-GP", "1975-02-28", NHS_NUMBER),
]
GP = Introducer(role=IntroducerRole.GP, name="MARKED-GP", phone="MARKED-GP", organisation="MARKED-GP")
PERSON = Details(
    full_name="MARKED-NAME",
    call_me="MARKED-CALL",
    date_of_birth=date(1975, 2, 28),
    nhs_number=NHS_NUMBER,
    contact_points=(ContactPoint(kind="address", value="MARKED-PLACE", safe=True),),
)


async def test_only_personal_events_carry_personal_data_and_each_names_its_recipient(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    given = door.given
    story = Story(going_on="MARKED-STORY", matters_to_me="MARKED-STORY", good_at="MARKED-STORY")
    with as_staff(mark="command:1:x"):
        introduction = await ask.receive_introduction(
            asking(person=PERSON, story=story, danger=SafetyKind.NOT_SAID, introducer=GP),
            given["introductions"],
            given["people"],
            given["recipients"],
            given["promise"],
            clock,
            agreement=given["agreement"],
        )
    with as_staff(mark="command:2:x"):
        await work.note_for_next_shift(
            introduction.id, "MARKED-NOTE", given["introductions"], given["promise"], clock, by="staff-1"
        )
    with as_staff(mark="command:4:x"):
        elsewhere = Ended(ending=Ending.SIGNPOSTED, elsewhere=Elsewhere.GP, note="MARKED-NOTE")
        await ask.close_introduction(
            introduction.id, elsewhere, given["introductions"], given["people"], given["promise"], clock
        )
    with as_staff(mark="command:5:x"):
        await ask.reopen_introduction(
            introduction.id,
            ReopenReason.HANDED_BACK,
            given["introductions"],
            given["known"],
            given["promise"],
            clock,
            by="staff-1",
        )
    with as_staff(mark="command:6:x"):
        await ask.hand_over_introduction(
            introduction.id,
            "MARKED-AREA",
            "MARKED-SERVICE",
            given["introductions"],
            given["promise"],
            clock,
            by="staff-1",
        )
    with as_staff(mark="command:7:x"):
        await ask.confirm_hand_over(introduction.id, "MARKED-COLLEAGUE", given["introductions"], clock)
    with as_staff(mark="command:8:x"):
        await stop_sharing(introduction.person_id, "slam", given["people"], given["recipients"], clock)
    with as_staff(mark="command:3:x"):
        await change_details(introduction.person_id, Details(), given["people"], given["contacts"])
    personal = [envelope for envelope in door.said if envelope.type == "intake.person-shared.v1"]
    assert {envelope.recipient for envelope in personal} == {"triage", "housing", "notify"}
    assert any("MARKED-NAME" in str(envelope.data) for envelope in personal), "else this test could not fail"
    for envelope in door.said:
        if envelope not in personal:
            assert envelope.recipient is None
            assert not [value for value in MARKED if value in envelope.model_dump_json() + str(envelope.data)]


async def test_the_withdrawn_organisation_gets_nothing_more(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock)
    given = door.given
    with as_staff(mark="command:1:x"):
        introduction = await ask.receive_introduction(
            asking(person=PERSON),
            given["introductions"],
            given["people"],
            given["recipients"],
            given["promise"],
            clock,
            agreement=given["agreement"],
        )
    before = len(door.said)
    with as_staff(mark="command:2:x"):
        await stop_sharing(introduction.person_id, "slam", given["people"], given["recipients"], clock)
    after = door.said[before:]
    assert {envelope.recipient for envelope in after} == {None, "housing", "notify"}
