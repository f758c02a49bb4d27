"""What somebody who introduces themselves is asked, one thing at a time; nearly all of it may be left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from alliance.web import Phone, Text
from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    Form,
    LineQuestion,
    PassageQuestion,
    SelectQuestion,
)
from alliance.web.pages.people import ADJUSTMENTS, LANGUAGES
from intake.api.giving import Email
from intake.domain.codes import HelpArea
from intake.pages.words import ALSO_WRITTEN, worded

YES_NO = {"yes": "Yes", "no": "No"}
WAYS = {
    "phone": "By phone or text message",
    "email": "By email",
    "letter": "By letter",
    "none": "Please do not contact me: I will look at my status page",
}

CALL_ME = Annotated[str, Text(100)]
ADDRESS = Annotated[str, Text(320, lines=True)]


class WhoForm(Form):
    who = ChoiceQuestion(
        "Who is this about?",
        {"me": "Me", "other": "Somebody I care for or support"},
        missing="Select whether this is about you or somebody else",
    )


class DangerForm(Form):
    danger = ChoiceQuestion("Are you, or is somebody else, in danger now?", YES_NO, optional=True)


class NameForm(Form):
    call_me = LineQuestion("What should we call you?", of=CALL_ME, optional=True, more={"autocomplete": "nickname"})
    full_name = LineQuestion("Full name", optional=True, more={"autocomplete": "name", "spellcheck": False})


class ReachForm(Form):
    way = ChoiceQuestion("How can we reach you safely?", WAYS, optional=True)


class PhoneForm(Form):
    phone = LineQuestion(
        "Phone number",
        of=Phone,
        optional=True,
        more={"type": "tel", "autocomplete": "tel", "classes": "nhsuk-input--width-20"},
    )
    others = ChoiceQuestion("Does anybody else see or hear this phone?", YES_NO, optional=True)
    voicemail = ChoiceQuestion("Is it OK to leave a voicemail?", YES_NO, optional=True)


class EmailForm(Form):
    email = LineQuestion(
        "Email address", of=Email, optional=True, more={"type": "email", "autocomplete": "email", "spellcheck": False}
    )
    others = ChoiceQuestion("Does anybody else read these emails?", YES_NO, optional=True)


class LetterForm(Form):
    address = PassageQuestion("Address", of=ADDRESS, optional=True)
    others = ChoiceQuestion("Does anybody else open your letters?", YES_NO, optional=True)


class StoryForm(Form):
    going_on = PassageQuestion("What is going on?", optional=True)


class StrengthsForm(Form):
    matters_to_me = PassageQuestion("What matters to you?", optional=True)
    good_at = PassageQuestion("What are you good at?", optional=True)
    would_help = PassageQuestion("What would help?", optional=True)


class AreasForm(Form):
    help_areas = ChoicesQuestion("Which of these is it about?", worded(HelpArea), optional=True)


class NeedsForm(Form):
    interpreter_language = SelectQuestion("Do you want an interpreter?", LANGUAGES, hint=ALSO_WRITTEN, optional=True)
    adjustments = ChoicesQuestion("What else would help?", ADJUSTMENTS, optional=True)


def sharing_form(organisations: Mapping[str, str]) -> type[Form]:
    """`organisations`: those that receive details, and what they are called."""

    class SharingForm(Form):
        keep_out = ChoicesQuestion(
            "Is there an organisation that should not have your details?", organisations, optional=True
        )

    return SharingForm


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page. Where it has one question, its title is the question's."""

    slug: str
    title: str
    about_other: str
    """The title where the introduction is about somebody else."""
    form: Callable[[Mapping[str, str]], type[Form]]
    lead: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    """Labels of its questions where the introduction is about somebody else."""


def _always(form: type[Form]) -> Callable[[Mapping[str, str]], type[Form]]:
    return lambda organisations: form


LEAVE_EMPTY = "You can leave this empty."

STEPS = (
    Step(
        slug="who",
        title="Who is this about?",
        about_other="Who is this about?",
        form=_always(WhoForm),
    ),
    Step(
        slug="danger",
        title="Are you, or is somebody else, in danger now?",
        about_other="Is somebody in danger now?",
        form=_always(DangerForm),
        lead="If you say yes, we show you whom to call, and your introduction goes to the top of our list.",
    ),
    Step(
        slug="name",
        title="Your name",
        about_other="Their name",
        form=_always(NameForm),
        lead="Any name will do. You can leave both empty.",
        others={"call_me": "What should we call them?"},
    ),
    Step(
        slug="reach",
        title="How can we reach you safely?",
        about_other="How can we reach them safely?",
        form=_always(ReachForm),
        lead="We only use what you give us here. We never say why we call.",
    ),
    Step(
        slug="phone",
        title="The phone number",
        about_other="The phone number",
        form=_always(PhoneForm),
        lead="If somebody else may hear, we take extra care. For example, 07700 900123.",
    ),
    Step(
        slug="email",
        title="The email address",
        about_other="The email address",
        form=_always(EmailForm),
        lead="If somebody else may read it, we take extra care.",
    ),
    Step(
        slug="letter",
        title="The address for letters",
        about_other="The address for letters",
        form=_always(LetterForm),
        lead="Our letters come in plain envelopes.",
        others={"others": "Does anybody else open their letters?"},
    ),
    Step(
        slug="story",
        title="What is going on?",
        about_other="What is going on for them?",
        form=_always(StoryForm),
        lead="In your own words, as much or as little as you like. You can tell us later instead.",
    ),
    Step(
        slug="strengths",
        title="About you",
        about_other="About them",
        form=_always(StrengthsForm),
        lead="This helps us to start with what you want. You can leave everything empty.",
        others={"matters_to_me": "What matters to them?", "good_at": "What are they good at?"},
    ),
    Step(
        slug="areas",
        title="Which of these is it about?",
        about_other="Which of these is it about?",
        form=_always(AreasForm),
        lead="Choose any, or none.",
    ),
    Step(
        slug="needs",
        title="What would make it easier to talk?",
        about_other="What would make it easier for them to talk?",
        form=_always(NeedsForm),
        lead=LEAVE_EMPTY,
        others={"interpreter_language": "Do they want an interpreter?"},
    ),
    Step(
        slug="sharing",
        title="Is there an organisation that should not have your details?",
        about_other="Is there an organisation that should not have their details?",
        form=sharing_form,
        lead="We work together, so that nobody has to tell their story again and again. Choose any that should get "
        "nothing. You can change your mind at any time.",
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
WAYS_WITH_PAGE = {"phone", "email", "letter"}


def following(slug: str, way: str | None) -> str | None:
    """The step after `slug`; of the ways to reach somebody only the one they chose. None after the last."""
    slugs = [step.slug for step in STEPS if step.slug not in WAYS_WITH_PAGE or step.slug in (way, slug)]
    place = slugs.index(slug) + 1
    return slugs[place] if place < len(slugs) else None


def before(slug: str, way: str | None) -> str | None:
    """The step before `slug`; None before the first."""
    slugs = [step.slug for step in STEPS if step.slug not in WAYS_WITH_PAGE or step.slug in (way, slug)]
    place = slugs.index(slug)
    return slugs[place - 1] if place else None


def place_of(slug: str) -> tuple[int, int]:
    """Which question of how many; those about one way to reach somebody count as one."""
    slugs = [step.slug for step in STEPS if step.slug not in WAYS_WITH_PAGE - {"phone"}]
    return slugs.index("phone" if slug in WAYS_WITH_PAGE else slug) + 1, len(slugs)
