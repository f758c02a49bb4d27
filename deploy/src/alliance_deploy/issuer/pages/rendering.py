"""Renders the issuer's pages: what they share, and who can be chosen on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse

from alliance.web.pages.assets import asset
from alliance.web.pages.templating import environment
from alliance_deploy.issuer.asking import Asked
from alliance_deploy.issuer.desk import Desk
from alliance_deploy.issuer.guarding import NONCE
from alliance_deploy.issuer.personas import Persona, by_organisation
from alliance_deploy.issuer.signings_in import SignedIn

ABOUT = {
    "intake": "Where people introduce themselves, or are introduced by somebody",
    "triage": "The first conversation, and who stays with the person",
    "housing": "A home of one's own, with support",
    "finance": "One budget for all, without names",
    "notify": "Messages to people, and what must not be missed",
    "reporting": "What all of it brings about, counted",
}
FRONT_DOOR = "/introduce"
"""Where the front door's public pages begin."""

WALK = (
    ("staff-fay", "take the introduction in"),
    ("staff-tess", "hold the first conversation, and introduce the person to the team for homes"),
    ("staff-hannah", "offer a home and confirm the move"),
    ("staff-flo", "see what it costs, without a name"),
    ("staff-leo", "see it counted among the outcomes"),
)


@dataclass(frozen=True)
class House:
    """The people of one organisation."""

    name: str
    people: list[Persona]


class Pages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._templates = environment("alliance_deploy.issuer")
        told = desk.services.values()
        self._names = {str(each["organisation"]): str(each["organisation_name"]) for each in told}

    def start(self, states: Mapping[str, bool], present: SignedIn | None) -> HTMLResponse:
        people = self._houses(self._desk.personas)
        steps = [(person, step) for subject, step in WALK if (person := self._desk.persona(subject))]
        return self._page(
            "start",
            services=self._desk.services,
            about=ABOUT,
            front_door=FRONT_DOOR,
            walk=steps,
            states=states,
            houses=people,
            present=present,
        )

    def who(self, wanted: Asked, present: SignedIn | None) -> HTMLResponse:
        """Those whose roles count at the service that asks, and below them everybody else."""
        at, services = wanted.client.id, self._desk.services
        able = [persona for persona in self._desk.personas if persona.works_at(services, at)]
        others = [persona for persona in self._desk.personas if not persona.works_at(services, at)]
        return self._page(
            "who",
            service=services[at],
            houses=self._houses(able),
            others=self._houses(others),
            asked_with=wanted.query,
            present=present,
        )

    def leave(self, present: SignedIn, then: str | None) -> HTMLResponse:
        return self._page("leave", present=present, then=then)

    def left(self) -> HTMLResponse:
        return self._page("left")

    def problem(self, what: str) -> HTMLResponse:
        return self._page("problem", 400, what=what)

    def _houses(self, personas: tuple[Persona, ...] | list[Persona]) -> list[House]:
        return [House(self._names.get(name, name), people) for name, people in by_organisation(personas).items()]

    def _page(self, name: str, status: int = 200, **context: Any) -> HTMLResponse:
        template = self._templates.get_template(f"issuer/{name}.html")
        return HTMLResponse(template.render(asset=asset, csp_nonce=NONCE.get(), names=self._names, **context), status)
