"""Every page that the services have: who looks at it, and whether sending its form empty is a mistake."""

import re
from dataclasses import dataclass
from typing import Any

from tests.browser.filled import Filled

NOBODY = ""
FAY, KOFI, GWEN, SITA = "Fay Example", "Kofi Notreal", "Gwen Hypothetical", "Sita Standin"
TARA, CONNIE = "Tara Invented", "Connie Sample"
TESS, ADA, GRACE = "Tess Fabricated", "Ada Prototype", "Grace Fictional"
HANNAH, MAX, GORAN = "Hannah Placeholder", "Max Mockup", "Goran Storybook"
KIT = "Kit Imaginary"
FLO, PIA, GIL = "Flo Pretend", "Pia Madeup", "Gil Simulated"
GRETA, LEO, SUNIL = "Greta Rehearsal", "Leo Synthetic", "Sunil Draft"


@dataclass(frozen=True)
class Look:
    """One page in one state. `asks`: its form sent empty must be answered by an error summary."""

    service: str
    who: str
    path: str
    asks: bool = False
    main: bool = False
    """Has its picture taken."""
    status: int = 200

    def address(self, filled: Filled) -> str:
        return re.sub(r"{([\w.]+)}", lambda found: filled[found[1]], self.path)

    @property
    def name(self) -> str:
        words = re.sub(r"[^a-z]+", "-", self.path.lower()).rstrip("-") or "-home"
        return f"{self.service}{words}" + (f"-{self.status}" if self.status != 200 else "")


def _looks(service: str, who: str, *paths: str) -> list[Look]:
    """`!` after a path: its form must be filled in; `*` before it: a main page."""
    return [Look(service, who, path.strip("!*"), asks=path.endswith("!"), main=path.startswith("*")) for path in paths]


INTRODUCTION, PERSON = "/introductions/{introduction.waiting}", "/people/{person.waiting}"
CASE, PLACEMENT, STAY = "/cases/{case.talked}", "/placements/{placement.offered}", "/placements/{placement.housed}"

LOOKS: tuple[Look, ...] = (
    *_looks("intake", NOBODY, "*/introduce", "/introduce/call-now", "/introduce/who!", "*/introduce/danger"),
    *_looks("intake", NOBODY, *(f"/introduce/{slug}" for slug in ("name", "reach", "phone", "email", "letter"))),
    *_looks("intake", NOBODY, *(f"/introduce/{slug}" for slug in ("story", "strengths", "areas", "needs", "sharing"))),
    *_looks("intake", NOBODY, "*/introduce-somebody!", "*/introduced!", "*/status!", "/accessibility", "/privacy"),
    *_looks("intake", FAY, "*/", "*/introductions", "/introductions/new!", "/introductions?state=closed"),
    *_looks("intake", FAY, f"*{INTRODUCTION}", "/introductions/{introduction.ended}", f"*{PERSON}"),
    *_looks("intake", FAY, f"{INTRODUCTION}/contact-attempts!", f"*{INTRODUCTION}/accept!", f"{INTRODUCTION}/close!"),
    *_looks("intake", FAY, f"{INTRODUCTION}/notes!", f"{INTRODUCTION}/reassign!", f"{INTRODUCTION}/hand-over!"),
    *_looks("intake", FAY, f"{INTRODUCTION}/release", f"{INTRODUCTION}/confirm-hand-over!", "/introductions/find!"),
    *_looks("intake", FAY, "/introductions/{introduction.ended}/reopen!", "*/introductions/claim-several!"),
    *_looks("intake", FAY, f"{INTRODUCTION}/withdraw", f"{INTRODUCTION}/raise-safety-concern!"),
    *_looks("intake", FAY, f"{INTRODUCTION}/correct-source!", f"{PERSON}/details", f"{PERSON}/sharing/slam!"),
    *_looks("intake", FAY, "/imports", "*/imports/new!", "*/imports/{import}", "/imports/{import}/cancel"),
    *_looks("intake", FAY, f"{PERSON}/resend!"),
    *_looks("intake", FAY, f"{PERSON}/keeping", f"{PERSON}/keeping/death!", f"{PERSON}/keeping/death/take-back"),
    *_looks("intake", GWEN, "/records-to-delete", f"{PERSON}/keeping/hold!", f"{PERSON}/keeping/extension!"),
    *_looks("intake", GWEN, f"{PERSON}/keeping/deletion"),
    *_looks("intake", SITA, "/resendings", "/resendings/new!", "/resendings/{resending}"),
    *_looks("intake", SITA, "/resendings/{resending}/cancel"),
    *_looks("intake", FAY, "*/matches", "*/matches/{match.open}!", "/matches/{match.same}", "*/people/search"),
    *_looks("intake", FAY, f"{PERSON}/nhs-number-status!", "/people/{person.survivor}"),
    *_looks("intake", FAY, "/people/{person.survivor}/merges/{merge}", f"{PERSON}/equality"),
    *_looks("intake", FAY, "*/rights", "/people/{person.ended}/erasure!", "/people/{person.ended}/record!"),
    *_looks("intake", FAY, "/erasures/{erasure}", "/record-requests/{copy}", "/record-requests/{copy}/start!"),
    *_looks("intake", GWEN, "/rights", "*/erasures/{erasure}", "/erasures/{erasure}/decide!"),
    *_looks("intake", GWEN, "/erasures/{erasure}/erase", "*/record-requests/{copy}", "/record-requests/{copy}/record"),
    *_looks("intake", GWEN, "/record-requests/{copy}/release"),
    *_looks("intake", KOFI, "/break-glass/introduction/{introduction.waiting}!"),
    *_looks("intake", GWEN, "*/audit", f"{PERSON}/restriction", "/audit/people/{person.waiting}"),
    *_looks("intake", GWEN, "*/looked-at/introduction/{introduction.waiting}"),
    *_looks("triage", TESS, "*/", "*/cases", f"*{CASE}", "/cases/{case.new}", "/cases/{case.closed}"),
    *_looks("triage", TESS, f"*{CASE}/hold-conversation!", f"{CASE}/change-priority!", f"{CASE}/close!"),
    *_looks("triage", TESS, f"{CASE}/pause!", f"{CASE}/pauses/{{pause}}/resume", f"{CASE}/pauses/{{pause}}/correct!"),
    *_looks("triage", TESS, "/cases/{case.closed}/reopen!", "*/spells", "/spells?standing=ended"),
    *_looks("triage", TESS, "/cases/{case.new}/take-on", f"{CASE}/step-back", f"{CASE}/offer-support!"),
    *_looks("triage", TESS, f"{CASE}/offers/{{offer.made}}/accept", f"{CASE}/offers/{{offer.made}}/decline!"),
    *_looks("triage", TESS, f"{CASE}/offers/{{offer.accept}}/start!", f"{CASE}/offers/{{offer.start}}/end!"),
    *_looks("triage", TESS, f"{CASE}/offers/{{offer.made}}/withdraw!", f"{CASE}/see-to-declines"),
    *_looks("triage", NOBODY, "*/services", "/services/{entry}"),
    *_looks("triage", TESS, f"*{CASE}/offer-support/directory", f"{CASE}/offer-support/{{entry}}"),
    *_looks("triage", TESS, "*/directory", "*/directory/{entry}", "/directory/to-assure", "/directory/add!"),
    *_looks("triage", ADA, "*/directory/import!"),
    *_looks("triage", KIT, "/directory/{entry}/edit", "/directory/{entry}/room", "/directory/{entry}/assure"),
    *_looks("triage", KIT, "*/offers", "/offers/{offer.asked}/accept", "/offers/{offer.asked}/decline!"),
    *_looks("triage", TESS, f"{CASE}/introduce-to-secondary-care!", f"{CASE}/introduce-to-ipsa!"),
    *_looks("triage", TESS, f"*{CASE}/conversation", f"{CASE}/conversation/strengths", f"{CASE}/conversation/needs!"),
    *_looks("triage", TESS, f"{CASE}/conversation/connections!"),
    *_looks("triage", TESS, f"{CASE}/conversation/connections/{{connection}}/remove"),
    *_looks("triage", TESS, f"{CASE}/goals/new!", f"{CASE}/goals/{{goal}}", f"{CASE}/goals/{{goal}}/progress!"),
    *_looks("triage", TESS, f"{CASE}/risks/new!", f"{CASE}/risks/{{risk}}/review!"),
    *_looks("triage", TESS, f"*{CASE}/plan", f"{CASE}/plan/versions/1", f"{CASE}/plan/write!", f"{CASE}/plan/copy!"),
    *_looks("triage", TESS, f"*{CASE}/measures", f"{CASE}/measures/new/dialog!", f"{CASE}/measures/new/phq-9!"),
    *_looks("triage", TESS, f"{CASE}/measures/{{measure}}", f"{CASE}/measures/{{measure}}/correct!"),
    *_looks("triage", TESS, f"{CASE}/measures/{{measure}}/take-back!"),
    *_looks("triage", TESS, "*/board", "/board?stage=waiting", "*/transfers", "/teams", "*/teams/{team.ours}"),
    *_looks("triage", TESS, f"{CASE}/name-key-worker!", f"{CASE}/ask-transfer!", f"{CASE}/plan-review!"),
    *_looks("triage", TESS, f"{CASE}/hold-review!", "/cases/{case.moving}/revoke-transfer!"),
    *_looks("triage", TESS, "/cases/{case.back}/note-return", "/teams/{team.ours}/hand-on/staff-tess!"),
    *_looks("triage", TARA, "*/transfers/{transfer.moving}", "/transfers/{transfer.moving}/accept"),
    *_looks("triage", TARA, "/transfers/{transfer.moving}/return!"),
    *_looks("triage", CONNIE, "/namings/{case.named}"),
    *_looks("triage", ADA, "/teams/add!", "/teams/{team.ours}/describe", "/teams/{team.ours}/members/add!"),
    *_looks("triage", ADA, "/teams/{team.ours}/members/staff-tess", "/teams/{team.ours}/leaving/staff-tess"),
    *_looks("triage", ADA, "/sessions", "/sessions/{session}/end"),
    *_looks("triage", GRACE, "/audit", "/audit?show=refused", "/looked-at/case/{case.talked}"),
    *_looks("housing", MAX, "*/", "*/vacancies", "/homes", "/homes/add!", "*/homes/{home.held}", "/homes/{home.let}"),
    *_looks("housing", MAX, "*/placements", "/placements/list", f"*{PLACEMENT}", STAY, f"{PLACEMENT}/offer-home"),
    *_looks("housing", MAX, f"*{PLACEMENT}/offers/{{offer.offered}}/accept"),
    *_looks("housing", MAX, f"{PLACEMENT}/offers/{{offer.offered}}/decline!", f"{PLACEMENT}/take-on"),
    *_looks("housing", MAX, f"{PLACEMENT}/confirm-move-in!", f"{PLACEMENT}/close!", f"{PLACEMENT}/name-worker!"),
    *_looks("housing", MAX, f"{STAY}/correct-move-in!", f"{STAY}/move-on!", "/placements/{placement.moved}"),
    *_looks("housing", HANNAH, f"{PLACEMENT}/step-back"),
    *_looks("housing", GORAN, "/audit"),
    *_looks("finance", FLO, "*/", "/years/{year}", "*/trial-balance", "*/savings", "*/commitments"),
    *_looks("finance", FLO, "*/commitments/{commitment}", "*/ledger", "*/ledger/new!", "/ledger/{entry.reversed}"),
    *_looks("finance", PIA, "/ledger/{entry.made}", "/ledger/{entry.made}/reverse!"),
    *_looks("finance", GIL, "/audit"),
    *_looks("notify", FAY, "*/", "*/alerts", "*/alerts/{alert}", "/outbox", "*/digest!"),
    *_looks("notify", NOBODY, "/digest-off/a-key-that-opens-nothing"),
    *_looks("notify", GRETA, "/people/{person.housed}/messages", "*/messages/{message}", "/access-alerts", "/audit"),
    *_looks("notify", GRETA, "/access-alerts/{alert.access}", "/digest"),
    *_looks("notify", FLO, "/budget-alerts", "/budget-alerts/{alert.budget}", "/digest"),
    *_looks("reporting", LEO, "*/", "*/figures", "*/figures/introductions", "*/months", "*/months/{month}"),
    *_looks("reporting", LEO, "*/outcomes"),
    *_looks("reporting", LEO, "/figures/introductions/months/{month}", "/months/{month}/close"),
    *_looks("reporting", SUNIL, "*/equality", "*/equality/accepted", "/audit"),
)

REFUSED: tuple[Look, ...] = (
    Look("intake", NOBODY, "/introduce/check", main=True, status=404),
    Look("intake", NOBODY, "/introduce/nowhere", status=404),
    Look("intake", NOBODY, "/status/mine/nowhere", status=404),
    Look("intake", TESS, f"{PERSON}/details", status=403),
    Look("intake", KOFI, INTRODUCTION, main=True, status=403),
    Look("triage", MAX, CASE, status=403),
    Look("triage", TESS, "/cases/00000000-0000-4000-8000-000000000000", main=True, status=404),
    Look("housing", FAY, PLACEMENT, main=True, status=403),
    Look("housing", MAX, "/nowhere", main=True, status=404),
    Look("finance", TESS, "/ledger", status=403),
    Look("finance", FLO, "/ledger/00000000-0000-4000-8000-000000000000", status=404),
    Look("notify", FAY, "/access-alerts", status=403),
    Look("reporting", FAY, "/months/{month}/close", status=403),
)

NO_PAGES = re.compile(
    r"\.(csv|zip)$|/changes$|/rows$|/columns$|/board$|^/introduce/(sent|equality)$|^/introduce-somebody/sent$"
    r"|^/status/(mine|add|withdraw|reach|copy|forget)$"
)
"""Files, streams, parts of pages, and what is reached only by sending something (looked at in its own test)."""


def unlooked(service: str, routes: list[Any]) -> list[str]:
    """The page routes of a service that no `Look` reaches; pages that every service has count wherever they are."""
    everywhere = re.compile(r"^/(sessions|looked-at|audit|break-glass|accessibility|privacy)\b")
    looked = [(look.service, look.path.partition("?")[0]) for look in (*LOOKS, *REFUSED)]
    missing = []
    for path in routes:
        pattern = re.compile(re.sub(r"{\w+}", "[^/]+", path) + "$")
        here = {each for name, each in looked if name == service or everywhere.match(path)}
        if not NO_PAGES.search(path) and not any(pattern.match(each) for each in here):
            missing.append(path)
    return missing
