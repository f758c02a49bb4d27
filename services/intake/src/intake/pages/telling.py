"""From what a form says about somebody who is introduced, and by whom, to the introduction that is asked for."""

from collections.abc import Mapping
from typing import Any

from intake.application.introductions import ReceiveIntroduction
from intake.domain.codes import HelpArea, IntroducerRole, PersonKnows, SafetyKind, SourceCode, WayIn
from intake.domain.records import Introducer, Story
from intake.pages.details import details_from


def introduction_from(
    said: Mapping[str, Any], *, id_: str, way_in: WayIn, source_code: SourceCode, looks_automated: bool = False
) -> ReceiveIntroduction:
    return ReceiveIntroduction(
        introduction_id=id_,
        person=details_from(said),
        way_in=way_in,
        source_code=source_code,
        help_areas=tuple(HelpArea(area) for area in said["help_areas"]),
        story=Story(**{name: said[name] or "" for name in Story.__dataclass_fields__}),
        introducer=introducer_from(said),
        danger=None if said["danger"] == "no" else SafetyKind(said["danger"]),
        looks_automated=looks_automated,
    )


def introducer_from(said: Mapping[str, Any]) -> Introducer | None:
    """Whoever introduces the person; nobody where the form does not say as what."""
    if not said["introducer_role"]:
        return None
    texts = {name: said[f"introducer_{name}"] or "" for name in ("name", "organisation", "phone", "email")}
    knows = PersonKnows(said["person_knows"]) if said["person_knows"] else PersonKnows.KNOWS
    return Introducer(role=IntroducerRole(said["introducer_role"]), person_knows=knows, **texts)
