"""The answers of somebody who introduces themselves: as they were typed, as the check page shows them, as a command."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData, UploadFile

from alliance.kernel import from_text, new_id, to_text
from alliance.web.pages import Form
from intake.application.introductions import ReceiveIntroduction
from intake.domain.codes import HelpArea, SafetyKind, SourceCode, WayIn
from intake.domain.facts import ContactPoint
from intake.domain.person import Details
from intake.domain.records import Story
from intake.pages.public.questions import BY_SLUG, WAYS, WAYS_WITH_PAGE
from intake.pages.words import LABELS, adjustments, language

Typed = dict[str, dict[str, list[str]]]
"""By step and question, the texts that were sent: only of questions that we ask, and only what was valid."""

KINDS = {"phone": "phone", "email": "email", "letter": "address"}


@dataclass(kw_only=True)
class Draft:
    """What is kept between two pages. Once sent, of the answers nothing stays but which introduction they became."""

    begun_at: datetime
    introduction_id: str = field(default_factory=new_id)
    token: str = field(default_factory=new_id)
    """Of the form that sends it, so that it is sent once."""
    typed: Typed = field(default_factory=dict)
    checked: bool = False
    """The check page has been seen: whatever is changed leads back there."""
    sent: bool = False

    @classmethod
    def of(cls, thing: Mapping[str, Any]) -> "Draft":
        return cls(**{**thing, "begun_at": from_text(thing["begun_at"])})

    def thing(self) -> dict[str, Any]:
        return {**self.__dict__, "begun_at": to_text(self.begun_at)}

    def note(self, slug: str, form: Form) -> None:
        """Keep what a step's form was sent with."""
        self.typed[slug] = {asked.name: list(asked.sent) for asked in form.asked}


class Answers:
    """What a draft says. `organisations`: those that receive details, and what they are called."""

    def __init__(self, draft: Draft | None, organisations: Mapping[str, str]) -> None:
        self._typed: Typed = draft.typed if draft else {}
        self._organisations = organisations
        self._read: dict[str, dict[str, Any]] = {}

    def form(self, slug: str) -> Form:
        """The form of a step with what was typed."""
        kind = BY_SLUG[slug].form(self._organisations)
        pairs: list[tuple[str, str | UploadFile]] = [
            (name, text) for name, texts in self._typed.get(slug, {}).items() for text in texts
        ]
        return kind.read(FormData(pairs)) if pairs else kind.fresh()

    def to(self, slug: str) -> dict[str, Any]:
        """The answers to a step's questions as data; a step that is no longer valid counts as not answered."""
        if slug not in self._read:
            form = self.form(slug)
            valid = form.validate()
            self._read[slug] = {asked.name: asked.data if valid else asked.nothing for asked in form.asked}
        return self._read[slug]

    @property
    def about_other(self) -> bool:
        return bool(self.to("who")["who"] == "other")

    @property
    def in_danger(self) -> bool:
        return bool(self.to("danger")["danger"] == "yes")

    @property
    def way(self) -> str | None:
        way: str | None = self.to("reach")["way"]
        return way

    def details(self) -> Details:
        name, needs = self.to("name"), self.to("needs")
        return Details(
            call_me=name["call_me"],
            full_name=name["full_name"],
            contact_points=tuple(self._points()),
            interpreter_language=needs["interpreter_language"],
            adjustments=needs["adjustments"],
        )

    def _points(self) -> Iterator[ContactPoint]:
        """Only the chosen way. What is not known to be safe is not."""
        if self.way in WAYS_WITH_PAGE and (said := self.to(self.way)) and (value := said[KINDS[self.way]]):
            safe, voicemail = said["others"] == "no", said.get("voicemail") == "yes"
            yield ContactPoint(kind=KINDS[self.way], value=value, safe=safe, voicemail_ok=voicemail)

    def asked(self, introduction_id: str, *, looks_automated: bool) -> ReceiveIntroduction:
        said = {**self.to("story"), **self.to("strengths")}
        return ReceiveIntroduction(
            introduction_id=introduction_id,
            person=self.details(),
            way_in=WayIn.WEB,
            source_code=SourceCode.CARER if self.about_other else SourceCode.SELF,
            help_areas=tuple(HelpArea(area) for area in self.to("areas")["help_areas"]),
            story=Story(**{name: text or "" for name, text in said.items()}),
            danger=SafetyKind.NOT_SAID if self.in_danger else None,
            may_hold_details=[each for each in self._organisations if each not in self.to("sharing")["keep_out"]],
            looks_automated=looks_automated,
        )

    def summaries(self) -> list[tuple[str, list[tuple[str, Any, str]]]]:
        """What the check page shows, group by group: heading, then question, answer and the page that changes it."""
        whom = "them" if self.about_other else "you"
        name, story, strengths, needs = (self.to(slug) for slug in ("name", "story", "strengths", "needs"))
        keep_out = [self._organisations[each] for each in self.to("sharing")["keep_out"]]
        danger = {"yes": "Yes", "no": "No"}.get(self.to("danger")["danger"] or "")
        return [
            (
                "Who and how",
                [
                    ("Who this is about", "Somebody else" if self.about_other else "Me", "/introduce/who"),
                    ("Somebody in danger now", danger, "/introduce/danger"),
                    (f"What to call {whom}", name["call_me"], "/introduce/name"),
                    ("Full name", name["full_name"], "/introduce/name"),
                    (f"How to reach {whom}", WAYS.get(self.way or ""), "/introduce/reach"),
                    *self._reaching(),
                ],
            ),
            (
                "What you tell us",
                [
                    ("What is going on", story["going_on"], "/introduce/story"),
                    (f"What matters to {whom}", strengths["matters_to_me"], "/introduce/strengths"),
                    ("Good at", strengths["good_at"], "/introduce/strengths"),
                    ("What would help", strengths["would_help"], "/introduce/strengths"),
                    (
                        "What it is about",
                        [LABELS[each] for each in self.to("areas")["help_areas"]],
                        "/introduce/areas",
                    ),
                ],
            ),
            (
                "What makes it easier",
                [
                    ("Interpreter", language(needs["interpreter_language"]), "/introduce/needs"),
                    ("What else would help to talk", adjustments(needs["adjustments"]), "/introduce/needs"),
                    ("Must not have the details", keep_out or "Nobody named", "/introduce/sharing"),
                ],
            ),
        ]

    def _reaching(self) -> Iterator[tuple[str, Any, str]]:
        if self.way not in WAYS_WITH_PAGE:
            return
        said, page = self.to(self.way), f"/introduce/{self.way}"
        yes_no = {"yes": "Yes", "no": "No"}
        yield {"phone": "Phone number", "email": "Email address"}.get(self.way, "Address"), said[KINDS[self.way]], page
        yield "Somebody else may see or hear it", yes_no.get(said["others"] or ""), page
        if self.way == "phone":
            yield "Voicemail is OK", yes_no.get(said["voicemail"] or ""), page
