"""What the front door's pages ask of staff."""

from typing import Annotated

from alliance.web import NhsNumber, Phone, Text
from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    DayQuestion,
    Form,
    LineQuestion,
    PassageQuestion,
    SelectQuestion,
)
from alliance.web.pages.people import ADJUSTMENTS, LANGUAGES
from intake.api.giving import Email
from intake.domain.codes import (
    ContactChannel,
    ContactOutcome,
    CorrectionReason,
    Elsewhere,
    Ending,
    HelpArea,
    IntroducerRole,
    NhsNumberStatus,
    NumberReason,
    PersonKnows,
    Priority,
    ReopenReason,
    SafetyKind,
    SharingBasis,
    SourceCode,
    WayIn,
)
from intake.pages.words import ALSO_WRITTEN, worded

SAFE = {"safe": "Nobody else sees or hears what arrives there"}
SAFE_TO_CALL = {**SAFE, "voicemail": "A voicemail is fine"}
STAFF_WAYS = (WayIn.PHONE, WayIn.WALK_IN, WayIn.CLUBHOUSE, WayIn.PROFESSIONAL)


class DetailsForm(Form):
    """Who somebody is and how to reach them. Nothing is needed."""

    call_me = LineQuestion("What to call them", of=Annotated[str, Text(100)], optional=True)
    full_name = LineQuestion("Full name", optional=True, more={"autocomplete": "off", "spellcheck": False})
    date_of_birth = DayQuestion("Date of birth", hint="For example, 31 3 1980", past=True, optional=True)
    nhs_number = LineQuestion(
        "NHS number",
        of=NhsNumber,
        hint="For example, 999 123 4567",
        optional=True,
        more={"inputmode": "numeric", "classes": "nhsuk-input--width-10"},
    )
    phone = LineQuestion("Phone number", of=Phone, optional=True, more={"type": "tel", "inputmode": "tel"})
    phone_is = ChoicesQuestion("About this number", SAFE_TO_CALL, optional=True)
    email = LineQuestion("Email address", of=Email, optional=True, more={"type": "email", "spellcheck": False})
    email_is = ChoicesQuestion("About this email address", SAFE, optional=True)
    address = PassageQuestion("Address for letters", of=Annotated[str, Text(320, lines=True)], optional=True)
    address_is = ChoicesQuestion("About this address", SAFE, optional=True)
    interpreter_language = SelectQuestion("Interpreter", LANGUAGES, hint=ALSO_WRITTEN, optional=True)
    adjustments = ChoicesQuestion("What makes it easier for them", ADJUSTMENTS, optional=True)


class IntroducedForm(DetailsForm):
    """Somebody who is introduced, and by whom."""

    danger = ChoiceQuestion(
        "Is somebody in danger now?",
        {"no": "No", **{value: f"Yes: {words.lower()}" for value, words in worded(SafetyKind).items()}},
        hint="If so, call 999 or stay with them. It goes to the top of every queue.",
        missing="Select whether somebody is in danger now",
    )
    going_on = PassageQuestion("What is going on", hint="In their own words, if you can.", optional=True)
    matters_to_me = PassageQuestion("What matters to them", optional=True)
    good_at = PassageQuestion("What they are good at", optional=True)
    would_help = PassageQuestion("What would help", optional=True)
    help_areas = ChoicesQuestion("Which of these is it about?", worded(HelpArea), optional=True)
    introducer_role = SelectQuestion(
        "If somebody else introduces them: who is that?", worded(IntroducerRole), optional=True
    )
    introducer_name = LineQuestion("Their name", optional=True, more={"autocomplete": "off", "spellcheck": False})
    introducer_organisation = LineQuestion("Their organisation", optional=True, more={"autocomplete": "off"})
    introducer_phone = LineQuestion(
        "A phone number on which we may call them back",
        of=Phone,
        optional=True,
        more={"type": "tel", "inputmode": "tel", "autocomplete": "off"},
    )
    introducer_email = LineQuestion(
        "Their email address", of=Email, optional=True, more={"type": "email", "autocomplete": "off"}
    )
    person_knows = ChoiceQuestion("Does the person know of it?", worded(PersonKnows), optional=True)


class StaffIntroductionForm(IntroducedForm):
    way_in = ChoiceQuestion("How did they come to us?", worded(STAFF_WAYS), missing="Select how they came to us")
    source_code = SelectQuestion("Who introduces them?", worded(SourceCode), missing="Select who introduces them")


class ClaimForm(Form):
    """Nothing to fill in."""


class StillRightForm(Form):
    """Nothing to fill in."""


class AttemptForm(Form):
    channel = ChoiceQuestion(
        "How did you try?",
        worded(ContactChannel),
        hints={"status-page": "What you write below stands there until they look"},
        missing="Select how you tried",
    )
    outcome = ChoiceQuestion("What came of it?", worded(ContactOutcome), missing="Select what came of it")
    message = PassageQuestion("Message for their status page", hint="Only if that is how you tried.", optional=True)


class NoteForm(Form):
    text = PassageQuestion("Note", missing="Write the note")


class ReleaseForm(Form):
    note = PassageQuestion("Note for whoever takes it on next", optional=True)


class ReassignForm(Form):
    subject = LineQuestion(
        "Their staff identifier",
        of=Annotated[str, Text(200)],
        hint="As it stands in their account, such as certitude-door-2.",
        missing="Enter their staff identifier",
        more={"autocomplete": "off", "spellcheck": False},
    )
    note = PassageQuestion("Note for them", optional=True)


class FindForm(Form):
    reference = LineQuestion(
        "Find by reference",
        of=Annotated[str, Text(20)],
        hint="For example, LW-7K3M-92",
        missing="Enter a reference",
        more={"autocomplete": "off", "spellcheck": False, "classes": "nhsuk-input--width-10"},
    )


class AcceptForm(Form):
    suggested_priority = ChoiceQuestion(
        "How soon should the conversation be?",
        worded(Priority),
        hints={"1": "Now", "4": "Within 4 hours", "2": "Within 24 hours", "3": "Support within 7 days"},
        missing="Select how soon the conversation should be",
    )


class CloseForm(Form):
    ending = ChoiceQuestion(
        "How does it end here?",
        worded(each for each in Ending if each is not Ending.OUT_OF_AREA),
        missing="Select how it ends",
    )
    elsewhere = SelectQuestion("If signposted: to where?", worded(Elsewhere), optional=True)
    duplicate_of = LineQuestion(
        "If a duplicate: of which introduction?",
        of=Annotated[str, Text(20)],
        hint="Its reference, for example LW-7K3M-92",
        optional=True,
        more={"autocomplete": "off", "spellcheck": False, "classes": "nhsuk-input--width-10"},
    )
    note = PassageQuestion("Note for the record", hint="What you told them, and what they said.", optional=True)


class HandOverForm(Form):
    area = LineQuestion("Which area?", hint="For example, Southwark", missing="Enter the area")
    service = LineQuestion("Which service there?", missing="Enter the service that is asked to take the person")


class ConfirmForm(Form):
    confirmed_by = LineQuestion(
        "Who there said that they have the person?", hint="A name and what they do there.", missing="Enter who said so"
    )


class ReopenForm(Form):
    reason_code = ChoiceQuestion("Why is it opened again?", worded(ReopenReason), missing="Select why")


class WithdrawForm(Form):
    """Nothing to fill in: the warning is read, the button says it."""


class ConcernForm(Form):
    kind = ChoiceQuestion("What is the danger?", worded(SafetyKind), missing="Select what the danger is")


class SourceForm(Form):
    source_code = SelectQuestion("Who introduced the person?", worded(SourceCode), missing="Select who it was")
    reason_code = ChoiceQuestion("Why is it corrected?", worded(CorrectionReason), missing="Select why")


class SharingForm(Form):
    """Of one organisation, whose name the page says."""

    wish = ChoiceQuestion(
        "May it hold the person's details?",
        {
            SharingBasis.EXPLICIT_AGREEMENT.value: "Yes, the person agreed",
            SharingBasis.DIRECT_CARE_IMPLIED.value: "Yes, it is part of the care the person was introduced to",
            SharingBasis.VITAL_INTEREST.value: "Yes, to protect somebody's life",
            SharingBasis.OBJECTION.value: "No, the person does not want it",
        },
        missing="Select whether it may",
    )
    reason = PassageQuestion(
        "If to protect somebody's life: whose, and why can it not wait?",
        of=Annotated[str, Text(500, lines=True)],
        hint="It stays with the record here and goes to nobody else.",
        optional=True,
    )


class NumberStatusForm(Form):
    status = ChoiceQuestion(
        "What came of tracing the NHS number?", worded(NhsNumberStatus), missing="Select what came of it"
    )
    reason = ChoiceQuestion("Why do you note it?", worded(NumberReason), missing="Select why you note it")
