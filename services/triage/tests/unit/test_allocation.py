"""Who works with a person: key workers of any organisation, what each carries, and suggestions with reasons."""

import csv
from datetime import date
from pathlib import Path

import pytest

from triage.domain import facts, refusals
from triage.domain.allocating import Colleague
from triage.domain.caseload import caseload_of
from triage.domain.codes import HelpArea, Priority, TeamType
from triage.domain.suggesting import Candidate, Wanted, suggest
from triage.domain.team import Member, Team

from ..builders import OURS, a_case, at, take_on

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "policy" / "allocation.csv").read_text().splitlines()))
TODAY = date(2026, 11, 2)
KIT = Colleague(subject="staff-kit", organisation="thames-reach", team_id="team-1")
KOFI = Colleague(subject="staff-kofi", organisation=OURS, team_id="team-2")


def wanted(**more: object) -> Wanted:
    return Wanted(
        **{"points": 2, "language": "pt", "help_areas": (HelpArea.HOME, HelpArea.MONEY), "team_id": "own", **more}  # type: ignore[arg-type]
    )


def a_candidate(row: dict[str, str]) -> Candidate:
    return Candidate(
        subject="staff-1",
        team_id="own" if row["team"] else "other",
        team="Made-up team",
        organisation=OURS,
        areas=tuple(HelpArea(area) for area in row["areas"].split("+") if area),
        languages=("pt",) if row["language"] else (),
        carries=int(row["carries"]),
        capacity=int(row["capacity"]),
        away_until=date.fromisoformat(row["away"]) if row["away"] else None,
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["who"])
def test_the_table_of_suggestions(row: dict[str, str]) -> None:
    asked = wanted(
        named=frozenset({"staff-1"} if row["named"] else ()), former=frozenset({"staff-1"} if row["former"] else ())
    )
    (found,) = suggest(asked, [a_candidate(row)], TODAY)
    assert found.fits is (row["fits"] == "yes"), row["sentence"]
    assert row["says"] in (*found.reasons, *found.doubts), row["sentence"]


def test_whoever_fits_comes_before_whoever_does_not_and_continuity_before_all() -> None:
    rows = {row["who"]: row for row in ROWS}
    named = {"continuity": "a", "knows": "b", "speaks": "c", "room": "d", "over": "e", "away but known": "f"}
    people = [Candidate(**{**vars(a_candidate(rows[who])), "subject": subject}) for who, subject in named.items()]
    asked = wanted(named=frozenset("af"), former=frozenset("b"))
    assert [each.candidate.subject for each in suggest(asked, people, TODAY)] == ["a", "b", "c", "d", "f", "e"]


def test_the_key_worker_is_not_suggested_and_nothing_is_decided() -> None:
    assert suggest(wanted(key_worker="staff-1"), [a_candidate(ROWS[0])], TODAY) == []


def test_the_first_named_worker_is_the_key_worker_and_there_is_exactly_one() -> None:
    case = a_case()
    take_on(case, "staff-1")
    take_on(case, "staff-2")
    assert case.key_worker
    assert case.key_worker.subject == "staff-1"
    assert [type(fact) for fact in case.take_facts()] == [facts.KeyWorkerNamed]


def test_a_colleague_of_another_organisation_is_asked_and_becomes_key_worker_when_they_say_yes() -> None:
    case = a_case()
    take_on(case, "staff-1")
    case.name_key_worker(KIT, by="staff-1", at=at(2))
    assert (case.asked_worker, case.workers) == (f"staff-kit {case.id}", ["staff-1"])
    case.accept_naming(at=at(3))
    assert (case.asked_worker, case.workers) == (None, ["staff-1", "staff-kit"])
    assert case.key_worker
    assert (case.key_worker.subject, case.key_worker.organisation) == ("staff-kit", "thames-reach")
    with pytest.raises(refusals.NamingNotThere):
        case.accept_naming(at=at(4))


def test_whoever_says_no_leaves_all_as_it_was() -> None:
    case = a_case()
    take_on(case, "staff-1")
    case.name_key_worker(KIT, by="staff-1", at=at(2))
    case.decline_naming()
    assert case.key_worker
    assert (case.naming, case.key_worker.subject) == (None, "staff-1")


def test_a_colleague_of_the_organisation_that_holds_the_case_is_key_worker_at_once_and_their_team_has_it() -> None:
    case = a_case()
    case.name_key_worker(KOFI, by="staff-1", at=at(2))
    assert case.key_worker
    assert (case.key_worker.subject, case.team_id) == ("staff-kofi", "team-2")
    assert (case.board_of_team or "").startswith("team-2 waiting:")


def test_a_key_worker_who_steps_back_leaves_it_to_whoever_was_named_longest() -> None:
    case = a_case()
    for subject in ("staff-1", "staff-2", "staff-3"):
        take_on(case, subject)
    case.step_back(by="staff-1", at=at(2))
    assert case.key_worker
    assert (case.key_worker.subject, case.former_workers) == ("staff-2", ["staff-1"])


def test_a_case_is_handed_on_by_the_page_of_the_team_and_only_from_its_key_worker() -> None:
    case = a_case()
    take_on(case, "staff-1")
    case.hand_on(KOFI, of="staff-1", at=at(2))
    assert case.workers == ["staff-kofi"]
    with pytest.raises(refusals.NotTheirCase):
        case.hand_on(KIT, of="staff-1", at=at(3))


def test_what_somebody_carries_is_counted_by_priority() -> None:
    cases = [a_case(priority) for priority in Priority]
    load = caseload_of(cases, at(100))
    assert (load.cases, load.points, load.missed) == (4, 10, 3)
    assert caseload_of([a_case(Priority.URGENT)], at(19)).at_risk == 1
    assert caseload_of([a_case(Priority.URGENT)], at(17)).at_risk == 0


def test_whoever_has_left_a_team_leads_nothing_and_takes_nothing_on() -> None:
    team = Team(id="t", name="Made-up team", organisation=OURS, team_type=TeamType.COMMUNITY_MH)
    team.put_member(Member(subject="staff-1", capacity=10, lead=True))
    assert (team.leads, team.colleague("staff-1").team_id) == (frozenset({"staff-1"}), "t")
    team.note_leaving("staff-1")
    assert team.leads == frozenset()
    with pytest.raises(refusals.NotInTheTeam):
        team.colleague("staff-1")
