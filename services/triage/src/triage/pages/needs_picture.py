"""Needs as a picture: a bar for each area of life, the longer the more help is needed."""

from collections.abc import Sequence

from alliance.web.charts import Chart, bar_chart
from triage.domain.codes import HelpArea
from triage.domain.plan import Need
from triage.domain.talk_codes import NeedLevel
from triage.pages.talk_words import AREAS, NEED_LEVELS

LEVELS = list(NeedLevel)


def needs_chart(needs: Sequence[Need]) -> Chart:
    """In the order of the list; areas that were not talked about have no bar."""
    known = {need.area: need for need in needs}
    return bar_chart(
        "Needs, area by area",
        [(AREAS[area], float(known[area].level.rank)) for area in HelpArea if area in known],
        sentence=_sentence(needs) if needs else "Needs have not been talked about yet.",
        number=lambda rank: NEED_LEVELS[LEVELS[int(rank)]],
        of=("Area", "How it goes"),
    )


def _sentence(needs: Sequence[Need]) -> str:
    most = [need for need in needs if need.level.rank >= NeedLevel.A_LOT_OF_HELP.rank]
    well = [need for need in needs if need.level is NeedLevel.GOING_WELL]
    silent = [area for area in HelpArea if all(need.area is not area for need in needs)]
    told = []
    if most:
        told.append(f"Most help is needed with: {_named([need.area for need in most])}.")
    if well:
        told.append(f"Going well: {_named([need.area for need in well])}.")
    if silent:
        told.append(f"Not talked about: {_named(silent)}.")
    return " ".join(told) or "A little help would be good in every area talked about."


def _named(areas: Sequence[HelpArea]) -> str:
    return ", ".join(AREAS[area].lower() for area in areas)
