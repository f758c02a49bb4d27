"""What the front door hears, and what it does about it. Its own event leads from a duplicate to what it is one of."""

from alliance.contracts import housing, intake, notify, triage
from alliance.messaging import listen, on
from intake.domain.refusals import IntroductionAlreadyWithdrawn
from intake.events.answering import FORGOTTEN, GATHERED, put_part, track_erasure, track_record
from intake.events.following import (
    absorb_record,
    follow_into_survivor,
    follow_objection,
    keep_restricted,
    move_introductions,
    move_introductions_back,
    owe_comparison,
    restrict_as_before,
    settle_matches,
    settle_split_matches,
    split_off_merged,
    split_off_survivor,
)
from intake.events.reactions import (
    note_case,
    note_case_closed,
    note_case_reopened,
    note_duplicate,
    note_message_delivered,
    note_message_failed,
    note_moved_in,
    note_support_started,
    say_withdrawn_after_reopening,
    say_withdrawn_again,
)

hears = listen(
    on(triage.CaseOpened, do=note_case, answers={IntroductionAlreadyWithdrawn: say_withdrawn_again}),
    on(triage.CaseClosed, do=note_case_closed),
    on(
        triage.CaseReopened,
        do=note_case_reopened,
        answers={IntroductionAlreadyWithdrawn: say_withdrawn_after_reopening},
    ),
    on(triage.SupportStartedV2, do=note_support_started),
    on(intake.IntroductionClosed, do=note_duplicate),
    on(notify.MessageDelivered, do=note_message_delivered),
    on(notify.MessageFailed, do=note_message_failed),
    on(housing.PersonMovedIn, do=note_moved_in),
    on(intake.IntroductionReceived, do=owe_comparison),
    on(
        intake.PeopleMerged,
        do=[absorb_record, follow_into_survivor, move_introductions, settle_matches, keep_restricted],
    ),
    on(
        intake.PeopleUnmerged,
        do=[split_off_survivor, split_off_merged, move_introductions_back, settle_split_matches, restrict_as_before],
    ),
    on(intake.SharingChanged, do=follow_objection),
    *(on(forgotten, do=track_erasure) for forgotten in FORGOTTEN),
    *(on(gathered, do=[put_part, track_record]) for gathered in GATHERED),
)
