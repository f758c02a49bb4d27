"""What the front door hears, and what it does about it."""

from alliance.contracts import housing, notify, triage
from alliance.messaging import listen, on
from intake.domain.refusals import IntroductionAlreadyWithdrawn
from intake.events.reactions import (
    note_case,
    note_case_closed,
    note_message_delivered,
    note_message_failed,
    note_moved_in,
    say_withdrawn_again,
)

hears = listen(
    on(triage.CaseOpened, do=note_case, answers={IntroductionAlreadyWithdrawn: say_withdrawn_again}),
    on(triage.CaseClosed, do=note_case_closed),
    on(notify.MessageDelivered, do=note_message_delivered),
    on(notify.MessageFailed, do=note_message_failed),
    on(housing.PersonMovedIn, do=note_moved_in),
)
