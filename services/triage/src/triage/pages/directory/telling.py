"""An entry of the directory in plain words: how it stands, how far it can be relied on, and why it fits or not."""

from collections.abc import Mapping
from datetime import datetime

from alliance.kernel import LONDON
from alliance.web.pages.templating import day, when
from triage.domain.codes import EntryStatus
from triage.domain.declining import Parked
from triage.domain.entry import Entry, Freshness
from triage.domain.fit import Aspect, Fit, Standing, Wants
from triage.domain.particulars import Hours, Particulars
from triage.pages.words import label

Names = Mapping[str, str]

FRESHNESS_COLOURS = {
    Freshness.ASSURED: "green",
    Freshness.RUNS_OUT_SOON: "yellow",
    Freshness.STALE: "red",
    Freshness.NEVER: "orange",
}
DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday"} | {
    "SA": "Saturday",
    "SU": "Sunday",
}


def assured(entry: Entry, now: datetime) -> str:
    """How far it can be relied on, in one sentence."""
    match entry.freshness(now):
        case Freshness.NEVER:
            return "Nobody has assured this entry yet: call before you rely on it."
        case Freshness.STALE:
            days = (now - (entry.assured_at or now)).days
            return f"Not assured for {days} days, since {day(entry.assured_at)}: call before you rely on it."
        case Freshness.RUNS_OUT_SOON:
            return f"Assured on {day(entry.assured_at)}, and to be assured again by {day(entry.assured_until)}."
        case _:
            return f"Assured on {day(entry.assured_at)}."


def taking_on(standing: Standing, now: datetime) -> str:
    """Whether anybody is taken on now: `Not taking anybody on now: staff are away, until 3 January 2027`."""
    room, says = standing.entry.room, standing.entry.says
    if says.status is not EntryStatus.ACTIVE:
        return label(says.status)
    if pause := room.pause:
        until = f", until {day(pause.until)}" if pause.until else ""
        return f"Not taking anybody on now: {_lower(label(pause.reason))}{until}"
    if standing.free is None:
        return "Taking people on"
    if standing.free == 0:
        expected = f"; one is expected to be free on {day(room.free_expected_on)}" if room.free_expected_on else ""
        return f"Full: all {room.places} places are taken{expected}"
    return f"{standing.free} of {room.places} places free"


def wait(standing: Standing) -> str:
    """What really happened, in one sentence; nothing is made up where nobody has started."""
    measured = standing.measured
    if measured is None:
        return "Not measured yet: nobody has started through us in the last year"
    days = f"{measured.median_days:g} day" + ("" if measured.median_days == 1 else "s")
    people = "person who has" if measured.of == 1 else "people who have"
    return f"Half started within {days} of the offer (of {measured.of} {people} started in the last year)"


def wait_in_short(standing: Standing) -> str:
    """For a list, where the same sentence in each row would be in the way."""
    measured = standing.measured
    if measured is None:
        return "Not measured yet"
    return f"{measured.median_days:g} day" + ("" if measured.median_days == 1 else "s") + f" (of {measured.of})"


def opening(hours: Hours) -> str:
    """`Monday, Tuesday: 9:00 to 17:30`."""
    return f"{', '.join(DAYS[each] for each in hours.days)}: {hours.opens_at:%H:%M} to {hours.closes_at:%H:%M}"


def ages(says: Particulars) -> str:
    match says.minimum_age, says.maximum_age:
        case None, None:
            return ""
        case low, None:
            return f"{low} and over"
        case None, high:
            return f"up to {high}"
        case low, high:
            return f"{low} to {high}"


def open_now(says: Particulars, now: datetime) -> bool:
    return says.open_at(now.astimezone(LONDON))


def reasons(fit: Fit, wants: Wants, now: datetime, providers: Names) -> list[tuple[bool, str]]:
    """Why it fits and why not: what does not fit first. It is information, and bars nothing."""
    told = [(fits, _reason(aspect, fit, wants, now, providers, fits=fits)) for aspect, fits in fit.points.items()]
    return sorted(told, key=lambda each: each[0])


def _reason(aspect: Aspect, fit: Fit, wants: Wants, now: datetime, providers: Names, *, fits: bool) -> str:
    says = fit.entry.says
    match aspect:
        case Aspect.PARKED if fit.parked:
            return _parked(fit.parked)
        case Aspect.STATUS | Aspect.TAKING_ON | Aspect.ROOM:
            return f"{taking_on(fit.standing, now)}."
        case Aspect.HELP:
            found = [label(each) for each in says.helps_with if each in wants.help_areas]
            given = ", ".join(_lower(label(each)) for each in says.helps_with)
            asked = ", ".join(_lower(each) for each in found)
            return f"Helps with {asked}, as was asked for." if fits else f"Helps with {given}, which nobody asked for."
        case Aspect.AREA:
            there = ", ".join(says.areas)
            return (
                f"For people in {wants.area}." if fits else f"For people in {there}. Ask: they may make an exception."
            )
        case Aspect.LANGUAGE:
            spoken = label(wants.language)
            if wants.language in says.languages:
                return f"{spoken} is spoken there."
            return f"{says.interpretation}" if fits else f"Nobody there speaks {spoken}: bring an interpreter."
        case Aspect.AGE:
            return f"For people of {ages(says)}." + ("" if fits else " Ask: they may make an exception.")
        case Aspect.WAIT:
            return f"{wait(fit.standing)}."
        case _:
            return assured(fit.entry, now)


def _parked(parked: Parked) -> str:
    who, why = label(parked.offer.declined_by).lower(), _lower(label(parked.offer.reason_code))
    again = f"before {day(parked.until)}" if parked.until else "before the next conversation"
    return f"The {who} declined it on {when(parked.offer.ended_at)} ({why}): not to be offered again {again}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
