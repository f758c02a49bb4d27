"""Pages of measures: entered item by item, corrected, taken back, and looked at over time."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.responses import Response

from alliance.kernel import LONDON
from alliance.web import PathId
from alliance.web.fields import UUID_PATTERN
from alliance.web.pages import Show, attempt, page_router, sent
from alliance.web.pages.listing import Listing, Row, csv_of
from alliance.web.pages.templating import day
from triage.api.giving import TheMeasurements
from triage.application import measures as ask
from triage.application.goals_and_risks import goal_of
from triage.application.talk_queries import series_of
from triage.domain.case_file import State
from triage.domain.codes import CorrectionReason, MeasureTool
from triage.domain.measurement import FilledIn, Measurement
from triage.domain.measures import TOOLS
from triage.pages.asking import MayMeasure, Measuring, SeeingMeasures
from triage.pages.desk import Desk, OnDesk, Step
from triage.pages.measure_forms import MeasureForm, TakeBackForm, correction_of, form_of, measure_sent
from triage.pages.measure_lists import COLUMNS, items_of, rows_of, scores_of
from triage.pages.measure_picture import series_chart
from triage.pages.shelf import Shelf, TheShelf
from triage.pages.talk_words import ANCHORS, FILLED_IN_BY, MEASURES
from triage.pages.telling import reference
from triage.pages.words import label

router = page_router(prefix="/cases/{case_id}")

CORRECT = Step(
    title="Correct this measure",
    submit="Correct it",
    lead="What was typed in before stays to be seen. What the score says is worked out again, and everybody who counts "
    "it is told.",
)
TAKE_BACK = Step(
    title="Take this measure back",
    submit="Take it back",
    warning="It stays to be seen and counts no more. Use this when it should never have been here, as when it is "
    "another person’s; for a typing error, correct it instead.",
)

GBO = MeasureTool.GBO
OfGoal = Annotated[str | None, Query(pattern=UUID_PATTERN)]


@router.get("/measures")
async def measures(case_id: PathId, access: SeeingMeasures, shelf: TheShelf, show: Show) -> Response:
    """Every score over time, and every form that was filled in."""
    case = await shelf.cases.get(case_id)
    found, series = await series_of(case_id, shelf.measurements)
    may_measure = case.state is State.OPEN and access.sees("case.measure")
    return await show(
        "triage/measures.html",
        title="Measures",
        back=f"/cases/{case_id}",
        case_reference=reference(case_id),
        case_id=case_id,
        unsafe=[each for each in found if each.unsafe] and case.unanswered_concerns,
        may_prioritise=access.sees("case.change-priority"),
        charts=[series_chart(each) for each in series],
        goals={goal.id: goal.words for goal in await shelf.goals.with_key("case_id", case_id)},
        listing=Listing(
            "Every form that was filled in",
            COLUMNS,
            [row for each in reversed(found) for row in rows_of(each)],
            empty="Nothing has been measured yet.",
            csv=f"/cases/{case_id}/measures.csv",
        ),
        tools=[(MEASURES[tool], f"/cases/{case_id}/measures/new/{tool.value}") for tool in TOOLS if tool is not GBO],
        may_measure=may_measure,
    )


@router.get("/measures.csv")
async def file(case_id: PathId, _: SeeingMeasures, shelf: TheShelf) -> Response:
    """The same list for spreadsheets; no name in it."""
    await shelf.cases.get(case_id)

    async def rows() -> AsyncIterator[Row]:
        for each in await ask.measurements_of(case_id, shelf.measurements):
            for row in rows_of(each):
                yield row

    return csv_of(Listing("Measures", COLUMNS, ()), "measures", rows())


@router.get("/measures/new/{tool}", dependencies=[MayMeasure])
async def ask_about_measure(tool: MeasureTool, desk: OnDesk, shelf: TheShelf, goal_id: OfGoal = None) -> Response:
    await _goal_words(desk, shelf, goal_id)
    today = desk.clock.now().astimezone(LONDON).date()
    return await _form(desk, shelf, form_of(tool).fresh(measured_on=today), goal_id)


@router.post("/measures/new/{tool}")
async def enter(
    tool: MeasureTool,
    command: Measuring,
    form: Annotated[MeasureForm, measure_sent()],
    desk: OnDesk,
    shelf: TheShelf,
    goal_id: OfGoal = None,
) -> Response:
    if form.validate():
        with attempt(form, command):
            entered = await ask.enter_measure(
                desk.case_id,
                command.id,
                tool,
                _entry(form, command, desk),
                shelf.cases,
                shelf.goals,
                shelf.measurements,
                goal_id=goal_id,
            )
            return desk.done(_said(entered), to=f"/cases/{desk.case_id}/measures/{command.id}")
    return await _form(desk, shelf, form, goal_id)


@router.get("/measures/{measurement_id}")
async def measure(
    case_id: PathId, measurement_id: PathId, access: SeeingMeasures, shelf: TheShelf, show: Show
) -> Response:
    """One filled-in form: its scores, its answers, what to do now, and every correction."""
    case = await shelf.cases.get(case_id)
    found = await ask.measurement_of(case_id, measurement_id, shelf.measurements)
    goal = await shelf.goals.find(found.goal_id) if found.goal_id else None
    return await show(
        "triage/measure.html",
        title=f"{label(found.tool)} of {day(found.entry.measured_on)}",
        back=f"/cases/{case_id}/measures",
        case_reference=reference(case_id),
        case_id=case_id,
        measure=found,
        goal=goal,
        scores=scores_of(found),
        missing=found.asked.missing(found.said),
        items=items_of(found, await ask.first_before(found, shelf.measurements)),
        one_by_one=found.asked.item_reliable is not None,
        filled_in_by=FILLED_IN_BY,
        may_prioritise=access.sees("case.change-priority") and case.state is State.OPEN,
        may_measure=access.sees("case.measure") and not found.taken_back,
        names=await show.names([entry.entered_by for entry in found.entries]),
    )


async def correction_sent(
    request: Request, case_id: PathId, measurement_id: PathId, measurements: TheMeasurements
) -> MeasureForm:
    """The form of the measure that the path names, as it was sent."""
    found = await ask.measurement_of(case_id, measurement_id, measurements)
    await request.body()
    return form_of(found.tool, correcting=True).read(await request.form())


@router.get("/measures/{measurement_id}/correct", dependencies=[MayMeasure])
async def ask_about_correction(measurement_id: PathId, desk: OnDesk, shelf: TheShelf) -> Response:
    found = await ask.measurement_of(desk.case_id, measurement_id, shelf.measurements)
    version = (await shelf.measurements.read(measurement_id)).version
    return await _correction(desk, correction_of(found.tool, found.entry, version), measurement_id)


@router.post("/measures/{measurement_id}/correct")
async def correct(
    measurement_id: PathId,
    command: Measuring,
    form: Annotated[MeasureForm, Depends(correction_sent)],
    desk: OnDesk,
    shelf: TheShelf,
) -> Response:
    if form.validate():
        entry = _entry(form, command, desk, reason=CorrectionReason(form["reason"].data))
        with attempt(form, command):
            corrected = await ask.correct_measure(
                desk.case_id, measurement_id, entry, shelf.measurements, expecting=command.expecting
            )
            return desk.done(_said(corrected), to=f"/cases/{desk.case_id}/measures/{measurement_id}")
    return await _correction(desk, form, measurement_id)


@router.get("/measures/{measurement_id}/take-back", dependencies=[MayMeasure])
async def ask_about_taking_back(measurement_id: PathId, desk: OnDesk, shelf: TheShelf) -> Response:
    await ask.measurement_of(desk.case_id, measurement_id, shelf.measurements)
    version = (await shelf.measurements.read(measurement_id)).version
    return await desk.page(TAKE_BACK, TakeBackForm.fresh(version=version), back=f"/measures/{measurement_id}")


@router.post("/measures/{measurement_id}/take-back")
async def take_back(
    measurement_id: PathId,
    command: Measuring,
    form: Annotated[TakeBackForm, sent(TakeBackForm)],
    desk: OnDesk,
    shelf: TheShelf,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.take_back_measure(
                desk.case_id,
                measurement_id,
                CorrectionReason(form.reason.data),
                shelf.measurements,
                desk.clock,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("The measure is taken back.", to=f"/cases/{desk.case_id}/measures")
    return await desk.page(TAKE_BACK, form, back=f"/measures/{measurement_id}")


async def _form(desk: Desk, shelf: Shelf, form: MeasureForm, goal_id: str | None) -> Response:
    step = Step(title=MEASURES[form.tool], submit="Enter it", lead=_lead(form.tool))
    words = await _goal_words(desk, shelf, goal_id)
    return await desk.page(step, form, template="triage/measuring.html", back="/measures", goal=words)


async def _correction(desk: Desk, form: MeasureForm, measurement_id: str) -> Response:
    return await desk.page(CORRECT, form, template="triage/measuring.html", back=f"/measures/{measurement_id}")


async def _goal_words(desk: Desk, shelf: Shelf, goal_id: str | None) -> str | None:
    return (await goal_of(desk.case_id, goal_id, shelf.goals)).words if goal_id else None


def _lead(tool: MeasureTool) -> str:
    return (
        f"{ANCHORS[tool]} The questions are on the person’s own form; here is only what each is about. An answer that "
        "was not given is entered as not answered: nothing is made up in its place."
    )


def _entry(form: MeasureForm, command: Any, desk: Desk, *, reason: CorrectionReason | None = None) -> FilledIn:
    return FilledIn(
        answers=form.answers,
        wants_help=form.help_with,
        measured_on=form.measured_on.data,
        filled_in_by=form.how,
        entered_by=command.caller.subject,
        entered_at=desk.clock.now(),
        reason=reason,
    )


def _said(measurement: Measurement) -> str:
    if measurement.unsafe:
        return "The measure is entered. Item 9 says that the person may be in danger: read what to do now."
    return "The measure is entered."
