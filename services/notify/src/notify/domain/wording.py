"""The words of each message. Anybody may see the screen or the envelope: nothing in them says what it is about."""

from dataclasses import dataclass

from notify.domain.codes import Template


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


_CLOSING = "If you would like to talk, use the way to reach us that you already know.\nYour Living Well team"

_WORDING = {
    Template.INTRODUCTION_ACCEPTED: ("Thank you for getting in touch", "We are glad to hear from you, and reply soon."),
    Template.SUPPORT_STARTED: ("We look forward to seeing you", "Everything is ready for you to begin."),
    Template.HOME_OFFERED: ("There is some news for you", "There is some news that we would like to share with you."),
    Template.MOVED_IN: ("Good wishes", "We hope that you have settled in well. We are still there for you."),
}


def worded(template: Template, *, call_me: str | None) -> Letter:
    """The message, addressed as the person likes to be called."""
    subject, sentence = _WORDING[template]
    return Letter(subject, f"Hello {call_me or 'there'},\n\n{sentence}\n\n{_CLOSING}\n")
