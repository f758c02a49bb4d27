"""Records that may be of one person, and what a human says about them. Whoever may not see both sees neither."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict

from alliance.web import PathId, answers, tag
from intake.api.answers import PeopleFound, PersonFound, PersonId
from intake.api.bodies import WantedBody
from intake.api.giving import (
    Comparing,
    Deciding,
    Searching,
    SeeingMatches,
    Sight,
    Splitting,
    TheClock,
    TheControl,
    TheMatches,
    TheMerges,
    ThePeople,
    TheRemembering,
    nothing_there,
)
from intake.application import matches as ask
from intake.application.searching import look_for
from intake.domain.match import Answer, Match
from intake.domain.matching import Reason
from intake.domain.person import Person

router = APIRouter(prefix="/api/v1", tags=["people"])

SHOWN = 50
After = Annotated[str | None, Query(pattern=r"^open:[0-9A-Za-z:.-]{1,150}$")]


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class DecisionAnswer(_Answer):
    answer: Answer
    by: str | None
    at: datetime
    until: datetime | None


class MatchAnswer(_Answer):
    """`likelihood`: possible, strong or exact. `sentences`: the reasons in plain English."""

    id: str
    older_id: str
    newer_id: str
    likelihood: str
    reasons: tuple[Reason, ...]
    sentences: list[str]
    found_at: datetime
    answer: Answer
    decisions: list[DecisionAnswer]


class PossibleDuplicates(_Answer):
    items: list[MatchAnswer]
    next: str | None


class MergeId(_Answer):
    merge_id: str
    person_id: str
    merged_person_id: str


class MatchId(_Answer):
    match_id: str


def _told(match: Match) -> MatchAnswer:
    values = {name: getattr(match, name) for name in MatchAnswer.model_fields if name != "likelihood"}
    return MatchAnswer.model_validate({**values, "likelihood": match.verdict.name.lower()}, from_attributes=True)


@router.get("/matches")
async def possible_duplicates(
    access: SeeingMatches, matches: TheMatches, people: ThePeople, control: TheControl, after: After = None
) -> PossibleDuplicates:
    """Those that nobody has decided, the likeliest first. A page may be short: what is left out is not told."""
    sight = Sight(control, access.caller, people)
    page = await matches.page("queue", "open:", after=after, limit=SHOWN)
    seen = [each for each in page.items if await sight.all_of((each.older_id, each.newer_id))]
    return PossibleDuplicates(items=[_told(each) for each in seen], next=page.next)


@router.get("/matches/{match_id}")
async def record(
    match_id: PathId,
    access: Comparing,
    matches: TheMatches,
    people: ThePeople,
    control: TheControl,
    response: Response,
) -> MatchAnswer:
    """Why two records are compared, and what was said about them."""
    stored = await matches.read(match_id)
    await _both(stored.aggregate, Sight(control, access.caller, people))
    tag(response, stored.version)
    return _told(stored.aggregate)


@router.post("/matches/{match_id}/same-person", responses=answers(404))
async def same_person(
    match_id: PathId,
    command: Deciding,
    matches: TheMatches,
    merges: TheMerges,
    people: ThePeople,
    control: TheControl,
    clock: TheClock,
) -> MergeId:
    """The newer record becomes part of the older one; everything that hangs on it follows."""
    await _both(await matches.get(match_id), Sight(control, command.caller, people))
    merge = await ask.merge_people(match_id, command.id, matches, merges, people, clock, by=command.caller.subject)
    joining = merge.joinings[-1]
    return MergeId(merge_id=joining.merge_id, person_id=joining.survivor_id, merged_person_id=merge.id)


@router.post("/matches/{match_id}/not-the-same", responses=answers(404))
async def not_the_same(
    match_id: PathId,
    command: Deciding,
    matches: TheMatches,
    people: ThePeople,
    control: TheControl,
    remembering: TheRemembering,
    clock: TheClock,
) -> MatchId:
    """They are two people; they are not offered again until that has run out."""
    await _both(await matches.get(match_id), Sight(control, command.caller, people))
    by, expecting = command.caller.subject, command.expecting
    await ask.say_not_the_same(match_id, matches, remembering, clock, by=by, expecting=expecting)
    return MatchId(match_id=match_id)


@router.post("/matches/{match_id}/later", responses=answers(404))
async def later(
    match_id: PathId,
    command: Deciding,
    matches: TheMatches,
    people: ThePeople,
    control: TheControl,
    remembering: TheRemembering,
    clock: TheClock,
) -> MatchId:
    """Somebody has to find out first."""
    await _both(await matches.get(match_id), Sight(control, command.caller, people))
    by, expecting = command.caller.subject, command.expecting
    await ask.decide_later(match_id, matches, remembering, clock, by=by, expecting=expecting)
    return MatchId(match_id=match_id)


@router.post("/people/{person_id}/merges/{merge_id}/undo", responses=answers(404))
async def undo(
    person_id: PathId, merge_id: PathId, command: Splitting, merges: TheMerges, people: ThePeople, clock: TheClock
) -> PersonId:
    """They are two people after all: both records become what they were."""
    tie = next((each for each in (await people.get(person_id)).ties if each.merge_id == merge_id), None)
    if tie is None:
        raise nothing_there()
    merged = tie.person_id if tie.details is not None else person_id
    await ask.undo_merge(merged, merge_id, merges, people, clock, by=command.caller.subject)
    return PersonId(person_id=person_id)


@router.post("/people/search")
async def search(body: WantedBody, command: Searching, people: ThePeople, control: TheControl) -> PeopleFound:
    """People by what is known of them, the likeliest first; whom the caller may not see is not there."""
    sight = Sight(control, command.caller, people)
    found = [person for each in await look_for(body.wanted(), people) if (person := await sight.of(each))]
    await sight.shown(*found)
    return PeopleFound(items=[PersonFound.model_validate(each) for each in found])


async def _both(match: Match, sight: Sight) -> list[Person]:
    both = await sight.all_of((match.older_id, match.newer_id))
    if both is None:
        raise nothing_there()
    await sight.shown(*both)
    return both
