"""The demo's list is readable and complete, its people made up, and its comparison bites."""

import re
from dataclasses import replace

import pytest

from alliance.contracts.catalogue import catalogue
from alliance_deploy.demo.comparison import compare, is_complete
from alliance_deploy.demo.expected import Effect, Expected, expected
from alliance_deploy.demo.journey import Journey, Step
from alliance_deploy.demo.journeys import JOURNEYS
from alliance_deploy.demo.outcome import Outcome, Result
from alliance_deploy.demo.people import made_up
from alliance_deploy.operate.tap import Said

BEGAN = "2026-11-02T09:00:00.000000Z"
ACCEPTED = Said(
    id="1",
    type="intake.introduction-accepted.v1",
    subject="i",
    time="2026-11-02T09:00:01.000000Z",
    partitionkey="p",
    correlationid="c",
    causationid=None,
    organisation="certitude",
    recipient=None,
    data={},
)
OPENED = replace(ACCEPTED, id="2", type="triage.case-opened.v1", time="2026-11-02T09:00:02.000000Z", causationid="1")
SHARED = replace(ACCEPTED, id="3", type="intake.person-shared.v1", recipient="triage", data=None)
JOURNEY = Expected(
    name="short",
    story="An introduction is accepted, and a case opens.",
    effects=(
        Effect(service="intake", fact="introduction-accepted.v1"),
        Effect(service="triage", fact="case-opened.v1", follows="intake.introduction-accepted.v1", within=2),
        Effect(service="intake", fact="person-shared.v1", to="triage"),
    ),
)


def test_every_journey_of_the_list_is_driven_and_every_one_driven_is_listed() -> None:
    assert list(expected()) == list(JOURNEYS)


def test_every_listed_fact_is_a_contract_of_the_service_that_says_it() -> None:
    for journey in expected().values():
        for effect in journey.effects:
            assert effect.type in catalogue()
            assert effect.follows is None or effect.follows in catalogue()
            assert (catalogue()[effect.type].confidentiality == "personal") == (effect.to is not None)


def test_as_listed_is_well() -> None:
    findings = compare(JOURNEY, [ACCEPTED, OPENED, SHARED], began=BEGAN)
    assert (findings.wrong, findings.late) == ((), ())


def test_what_is_missing_is_named() -> None:
    assert not is_complete(JOURNEY, [ACCEPTED, SHARED])
    assert compare(JOURNEY, [ACCEPTED, SHARED], began=BEGAN).missing == ("missing: triage.case-opened.v1",)


def test_what_is_unexpected_is_named() -> None:
    again = replace(OPENED, id="4")
    stranger = replace(OPENED, id="5", type="housing.placement-opened.v1")
    findings = compare(JOURNEY, [ACCEPTED, OPENED, SHARED, again, stranger], began=BEGAN)
    assert findings.unexpected == (
        "unexpected: triage.case-opened.v1, 1 more than listed",
        "unexpected: housing.placement-opened.v1, 1 more than listed",
    )


def test_one_event_heard_twice_counts_once() -> None:
    assert compare(JOURNEY, [ACCEPTED, OPENED, OPENED, SHARED], began=BEGAN).wrong == ()


def test_details_sent_to_somebody_else_are_both_missing_and_unexpected() -> None:
    findings = compare(JOURNEY, [ACCEPTED, OPENED, replace(SHARED, recipient="housing")], began=BEGAN)
    assert findings.missing == ("missing: intake.person-shared.v1 to triage",)
    assert findings.unexpected == ("unexpected: intake.person-shared.v1 to housing, 1 more than listed",)


def test_what_is_late_is_told_with_what_it_followed() -> None:
    late = replace(OPENED, time="2026-11-02T09:00:05.000000Z")
    findings = compare(JOURNEY, [ACCEPTED, late, SHARED], began=BEGAN)
    assert findings.late == ("late: triage.case-opened.v1 4.0 s after intake.introduction-accepted.v1, agreed 2 s",)


@pytest.mark.parametrize(("restarted", "ok"), [((), False), (("triage",), True)])
def test_a_delay_is_forgiven_only_when_something_was_restarted(restarted: tuple[str, ...], ok: bool) -> None:
    findings = compare(JOURNEY, [ACCEPTED, replace(OPENED, time="2026-11-02T09:01:00.000000Z"), SHARED], began=BEGAN)
    journey = Journey("short", {}, steps=[Step("accepted", ok=True)])
    assert Result(journey, (), findings, 1.0, restarted).ok is ok


def test_the_json_has_the_agreed_shape() -> None:
    findings = compare(JOURNEY, [ACCEPTED, OPENED, SHARED], began=BEGAN)
    journey = Journey("short", {}, steps=[Step("accepted", ok=True, seconds=0.5)])
    outcome = Outcome((Result(journey, (ACCEPTED, OPENED, SHARED), findings, 1.5),), 0).as_json()
    assert outcome.keys() == {"ok", "journeys", "events", "quarantined"}
    assert (outcome["ok"], outcome["events"], outcome["quarantined"]) == (True, 3, 0)
    assert [row.keys() for row in outcome["journeys"]] == [{"name", "ok", "steps", "seconds"}]


def test_a_message_in_quarantine_or_a_failed_step_is_not_ok() -> None:
    findings = compare(JOURNEY, [ACCEPTED, OPENED, SHARED], began=BEGAN)
    good = Result(Journey("short", {}, steps=[Step("accepted", ok=True)]), (), findings, 1.0)
    bad = Result(Journey("short", {}, steps=[Step("accepted", ok=False, why="refused")]), (), findings, 1.0)
    assert Outcome((good,), 0).ok
    assert not Outcome((good,), 1).ok
    assert not Outcome((good, bad), 0).ok
    assert not Outcome((), 0).ok


def test_there_are_a_dozen_people_and_all_are_unmistakably_made_up() -> None:
    people = made_up().values()
    assert len(people) >= 12
    assert len({person.nhs_number for person in people}) == len(people)
    for person in people:
        assert 900 <= int(person.nhs_number[:3]) <= 999
        weighted = sum(int(digit) * (10 - place) for place, digit in enumerate(person.nhs_number[:9]))
        assert (11 - weighted % 11) % 11 == int(person.nhs_number[9])
        assert re.fullmatch(r"07700 900\d{3}", person.phone)
        assert person.email.endswith("@example.org")
