"""Records that may be of one person: the list, two of them side by side, and what a human says about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import ChoiceQuestion, Form, Show, attempt, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing, Row
from alliance.web.pages.templating import day
from intake.api.giving import (
    Sight,
    TheClock,
    TheIntroductions,
    TheMatches,
    TheMerges,
    ThePeople,
    TheRemembering,
    nothing_there,
)
from intake.application import matches as ask
from intake.domain.details import Details
from intake.domain.introduction import Introduction
from intake.domain.match import Answer, Match
from intake.domain.matching import Verdict
from intake.domain.person import Person
from intake.pages.details import called, facts_of, reaching, spaced
from intake.pages.giving import Comparing, Deciding, MaySplit, SeeingMatches, Splitting
from intake.pages.words import LABELS

router = page_router("/matches")
splitting = page_router("/people/{person_id}/merges/{merge_id}")

SHOWN = 20
After = Annotated[str | None, Query(pattern=r"^open:[0-9A-Za-z:.-]{1,150}$")]
SAME, DIFFERENT, LATER = "same", "different", "later"
LIKELY = {
    Verdict.EXACT: ("Almost certain", "red"),
    Verdict.STRONG: ("Likely", "orange"),
    Verdict.POSSIBLE: ("Possible", "blue"),
    Verdict.NONE: ("Nothing in common", "grey"),
}
SAID = {
    Answer.OPEN: "Nobody has said yet whether they are one person.",
    Answer.LATER: "Somebody has to find out first.",
    Answer.DIFFERENT: "They are not the same person.",
    Answer.SAME: "They are the same person: the records have been merged.",
    Answer.ELSEWHERE: "One of them is part of a third record now.",
}


class DecisionForm(Form):
    answer = ChoiceQuestion(
        "Are they the same person?",
        {SAME: "Yes, they are the same person", DIFFERENT: "No, they are not", LATER: "I will find out later"},
        hints={
            SAME: "The newer record becomes part of the older one. You can undo it.",
            DIFFERENT: "We remember it and do not ask again for a long time.",
            LATER: "They are offered again after some days.",
        },
        missing="Select whether they are the same person",
    )


@dataclass(frozen=True)
class Line:
    """One thing about both records."""

    what: str
    older: Sequence[str]
    newer: Sequence[str]

    @property
    def same(self) -> bool:
        return bool(self.older) and self.older == self.newer


@router.get("")
async def possible_duplicates(
    access: SeeingMatches, matches: TheMatches, people: ThePeople, show: Show, after: After = None
) -> Response:
    """Of which the caller may see both. A page may be short: what is left out is not told."""
    sight = Sight(show.control, access.caller, people)
    page = await matches.page("queue", "open:", after=after, limit=SHOWN)
    rows: list[Row] = []
    for match in page.items:
        both = await sight.all_of((match.older_id, match.newer_id))
        if both:
            await sight.shown(*both)
            rows.append(_row(match, both))
    listing = Listing(
        caption="Records that may be of one person",
        caption_hidden=True,
        columns=[
            Column("who", "Who"),
            Column("likely", "How likely"),
            Column("why", "Why"),
            Column("found", "Since"),
        ],
        rows=rows,
        next=page.next,
        after=after,
        empty="No two records here look like one person. New ones are compared as they come in.",
    )
    return await show("intake/matches.html", title="Possible duplicates", wide=True, listing_of_matches=listing)


def _row(match: Match, both: Sequence[Person]) -> Row:
    likely, colour = LIKELY[match.verdict]
    who = " and ".join(called(each.details) for each in both)
    return [
        Cell(who, href=f"/matches/{match.id}"),
        Cell(likely, tag=colour),
        " ".join(match.sentences),
        Cell(day(match.found_at), value=match.found_at),
    ]


@router.get("/{match_id}")
async def compare(
    match_id: PathId,
    access: Comparing,
    matches: TheMatches,
    people: ThePeople,
    introductions: TheIntroductions,
    show: Show,
) -> Response:
    stored = await matches.read(match_id)
    sight = Sight(show.control, access.caller, people)
    form = DecisionForm.fresh(version=stored.version)
    return await _compare(stored.aggregate, form, sight, introductions, show, may_decide=access.sees("match.decide"))


@router.post("/{match_id}")
async def decide(
    match_id: PathId,
    command: Deciding,
    form: Annotated[DecisionForm, sent(DecisionForm)],
    matches: TheMatches,
    merges: TheMerges,
    people: ThePeople,
    introductions: TheIntroductions,
    remembering: TheRemembering,
    clock: TheClock,
    show: Show,
) -> Response:
    match = await matches.get(match_id)
    sight = Sight(show.control, command.caller, people)
    if not await sight.all_of((match.older_id, match.newer_id)):
        raise nothing_there()
    if form.validate():
        with attempt(form, command):
            by = command.caller.subject
            if form.answer.data == SAME:
                await ask.merge_people(match_id, command.id, matches, merges, people, clock, by=by)
                return show.done(f"/people/{match.older_id}", "The two records become one. It takes a moment.")
            expecting = command.expecting
            if form.answer.data == DIFFERENT:
                await ask.say_not_the_same(match_id, matches, remembering, clock, by=by, expecting=expecting)
                return show.done("/matches", f"Noted. They are not offered for {remembering.not_the_same.days} days.")
            await ask.decide_later(match_id, matches, remembering, clock, by=by, expecting=expecting)
            return show.done("/matches", f"Noted. They are offered again in {remembering.later.days} days.")
    return await _compare(match, form, sight, introductions, show, may_decide=True)


async def _compare(
    match: Match, form: Form, sight: Sight, introductions: TheIntroductions, show: Show, *, may_decide: bool
) -> Response:
    both = await sight.all_of((match.older_id, match.newer_id))
    if not both:
        raise nothing_there()
    await sight.shown(*both)
    older, newer = both
    first, second = [await introductions.with_key("person_id", each.id) for each in both]
    deciders = await show.names({each.by for each in match.decisions if each.by})
    return await show(
        "intake/match.html",
        status=409 if form.refusal else 422 if form.errors else 200,
        title="Are they the same person?",
        back="/matches",
        form=form,
        match=match,
        likely=LIKELY[match.verdict],
        older=older,
        newer=newer,
        lines=_side_by_side(older, newer, first, second),
        so_far=SAID[match.answer],
        decisions=[
            (SAID[each.answer], deciders.get(each.by or "", "by itself"), each.at, each.until)
            for each in match.decisions
        ],
        open=may_decide and match.answer not in (Answer.SAME, Answer.ELSEWHERE),
    )


def _side_by_side(
    older: Person, newer: Person, first: Sequence[Introduction], second: Sequence[Introduction]
) -> list[Line]:
    mine, theirs = older.own or older.details, newer.own or newer.details
    told = zip(_told(mine), _told(theirs), strict=True)
    lines = [Line(what, _lines(one), _lines(other)) for (what, one), (_, other) in told]
    since = [[day(each.registered_at)] if each.registered_at else [] for each in (older, newer)]
    came = [[f"{each.reference}, {day(each.received_at)}" for each in found] for found in (first, second)]
    return [*lines, Line("Known since", *since), Line("Introductions", *came)]


def _told(details: Details) -> list[tuple[str, Any]]:
    reached = [f"{kind}: {value[0]}" for kind, value in reaching(details)]
    return [
        ("Full name", details.full_name),
        ("What to call them", details.call_me),
        ("Date of birth", day(details.date_of_birth) if details.date_of_birth else None),
        ("NHS number", spaced(details.nhs_number)),
        ("NHS number status", LABELS.get(details.nhs_number_status or "")),
        ("How to reach them", sorted(reached)),
        *facts_of(details),
    ]


def _lines(value: Any) -> list[str]:
    return [] if not value else [value] if isinstance(value, str) else list(value)


async def possible_duplicates_of(
    person_id: str, access: Access, people: ThePeople, matches: TheMatches, show: Show
) -> list[Match]:
    """Those that are open, for who may decide, and of which they may see both."""
    if not access.sees("match.list"):
        return []
    sight = Sight(show.control, access.caller, people)
    found = [each for each in await ask.matches_of(person_id, matches) if each.is_open]
    return [each for each in found if await sight.all_of((each.older_id, each.newer_id))]


@splitting.get("")
async def ask_about_splitting(
    person_id: PathId, merge_id: PathId, _: MaySplit, people: ThePeople, show: Show
) -> Response:
    person = await people.get(person_id)
    if all(tie.merge_id != merge_id for tie in person.ties):
        raise nothing_there()
    return await _splitting(person_id, Form.fresh(), show)


@splitting.post("")
async def split(
    person_id: PathId,
    merge_id: PathId,
    command: Splitting,
    form: Annotated[Form, sent(Form)],
    merges: TheMerges,
    people: ThePeople,
    clock: TheClock,
    show: Show,
) -> Response:
    person = await people.get(person_id)
    tie = next((each for each in person.ties if each.merge_id == merge_id), None)
    if tie is None:
        raise nothing_there()
    with attempt(form, command):
        merged = tie.person_id if tie.details is not None else person_id
        await ask.undo_merge(merged, merge_id, merges, people, clock, by=command.caller.subject)
        return show.done(f"/people/{person_id}", "The records are two again. It takes a moment.")
    return await _splitting(person_id, form, show)


async def _splitting(person_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Undo the merge?",
        submit="They are two people",
        back=f"/people/{person_id}",
        lead="Both records become what they were, and what changed meanwhile stays with this one. Introductions go "
        "back to the record that they came to; those that came since stay here.",
        warning="Everybody who holds their details is told. The two are not offered as duplicates again.",
    )
