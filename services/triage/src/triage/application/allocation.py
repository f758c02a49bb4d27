"""What may be asked about who works with a person: taking on, naming a key worker, handing on, suggestions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import Clock, Refusal
from alliance.people import Known
from triage.application.collections import Cases, Teams
from triage.application.teams import all_teams, carried
from triage.domain.allocating import Colleague
from triage.domain.case import Case
from triage.domain.caseload import WEIGHTS
from triage.domain.refusals import NotTheirCase
from triage.domain.suggesting import Candidate, Suggestion, Wanted, suggest

MOST_SUGGESTED = 10


@dataclass(frozen=True)
class HandedOn:
    """What became of one case of several. `refusal` is None where it went well."""

    case_id: str
    refusal: Refusal | None = None


async def take_on(id_: str, who: Colleague, cases: Cases, clock: Clock, *, expecting: int | None = None) -> None:
    at = clock.now()
    await cases.change(id_, lambda case: case.take_on(who, at=at), expecting=expecting)


async def step_back(id_: str, cases: Cases, clock: Clock, *, by: str, expecting: int | None = None) -> None:
    at = clock.now()
    await cases.change(id_, lambda case: case.step_back(by=by, at=at), expecting=expecting)


async def name_key_worker(
    id_: str, who: Colleague, cases: Cases, clock: Clock, *, by: str, expecting: int | None = None
) -> Case:
    """The case as it is then: `naming` is set where the colleague is asked first."""
    at = clock.now()
    return await cases.change(id_, lambda case: case.name_key_worker(who, by=by, at=at), expecting=expecting)


async def accept_naming(id_: str, cases: Cases, clock: Clock, *, expecting: int | None = None) -> None:
    at = clock.now()
    await cases.change(id_, lambda case: case.accept_naming(at=at), expecting=expecting)


async def decline_naming(id_: str, cases: Cases, *, expecting: int | None = None) -> None:
    await cases.change(id_, lambda case: case.decline_naming(), expecting=expecting)


async def hand_on(
    case_ids: Iterable[str], to: Colleague, cases: Cases, clock: Clock, *, of: str, team_id: str
) -> list[HandedOn]:
    """Each case by itself: one that cannot be handed on stops none of the others.

    Only cases for which `of` answers through that team; the others are refused (`NotTheirCase`).
    """
    at = clock.now()

    def act(case: Case) -> None:
        if case.key_worker and case.key_worker.subject == of and case.key_worker.team_id not in (None, team_id):
            raise NotTheirCase("They answer for this case through another team.")
        case.hand_on(to, of=of, at=at)

    found = []
    for case_id in case_ids:
        try:
            await cases.change(case_id, act)
        except Refusal as refusal:
            found.append(HandedOn(case_id, refusal))
        else:
            found.append(HandedOn(case_id))
    return found


async def asked_to_take(subject: str, cases: Cases, *, limit: int) -> list[Case]:
    """The cases of which somebody is asked to become key worker."""
    return (await cases.page("asked_worker", f"{subject} ", limit=limit)).items


async def suggestions(
    case: Case, cases: Cases, teams: Teams, known: Known, now: datetime, *, reader: str
) -> list[Suggestion]:
    """Who could be key worker, the best first; of every organisation that has teams. The person's language counts only
    where the `reader`'s organisation may know it.
    """
    details = await known.details_of(case.person_id, reader=reader)
    ids = await known.ids_of(case.person_id)
    earlier = [each for id_ in ids for each in await cases.with_key("person_id", id_)]
    wanted = Wanted(
        points=WEIGHTS[case.priority],
        language=details.interpreter_language if details else None,
        help_areas=case.help_areas,
        named=frozenset(case.workers),
        former=frozenset(who for each in earlier for who in (*each.former_workers, *_of_another(each, case))),
        key_worker=case.key_worker.subject if case.key_worker else None,
        team_id=case.team_id,
    )
    candidates = [
        Candidate(
            subject=each.member.subject,
            team_id=team.id,
            team=team.name,
            organisation=team.organisation,
            areas=team.areas,
            languages=each.member.languages,
            carries=each.load.points,
            capacity=each.member.capacity,
            away_until=each.member.away_until,
        )
        for team in await all_teams(teams)
        for each in await carried(team, cases, now)
        if not each.member.left
    ]
    return suggest(wanted, candidates, now.date())[:MOST_SUGGESTED]


def _of_another(earlier: Case, case: Case) -> list[str]:
    return [] if earlier.id == case.id else earlier.workers
