"""What triage hears, and what it does about it."""

from alliance.contracts import housing, intake, triage
from alliance.messaging import listen, on
from triage.domain.refusals import CaseAlreadyClosed
from triage.events.own import finish_talk, note_plan_agreed, raise_measured_concern, say_closed_to_measure
from triage.events.places import ask_for_place, begin_in_place, leave_place, take_place
from triage.events.reactions import (
    close_case_of_introduction,
    close_withdrawn_case,
    correct_moved_in,
    note_moved_in,
    note_moved_on,
    note_placement_closed,
    note_placement_opened,
    open_case,
    raise_priority,
    say_closed_again,
)
from triage.events.spelling import (
    begin_spell,
    count_contact,
    count_plan,
    count_scores,
    count_support,
    end_spell,
    resume_spell,
    tell_case_of_scores,
)

hears = listen(
    on(intake.IntroductionAccepted, do=open_case),
    on(intake.IntroductionClosed, do=close_case_of_introduction),
    on(intake.IntroductionWithdrawn, do=close_withdrawn_case),
    on(intake.SafetyConcernRaised, do=raise_priority, answers={CaseAlreadyClosed: say_closed_again}),
    on(housing.PlacementOpened, do=note_placement_opened),
    on(housing.PersonMovedIn, do=note_moved_in),
    on(housing.MoveInCorrected, do=correct_moved_in),
    on(housing.PersonMovedOn, do=note_moved_on),
    on(housing.PlacementClosed, do=note_placement_closed),
    on(triage.SupportOffered, do=ask_for_place),
    on(triage.SupportAccepted, do=take_place),
    on(triage.SupportStartedV2, do=[begin_in_place, count_support]),
    on(triage.SupportDeclined, do=leave_place),
    on(triage.SupportLapsed, do=leave_place),
    on(triage.SupportWithdrawn, do=leave_place),
    on(triage.SupportEnded, do=leave_place),
    on(triage.ConversationHeld, do=[finish_talk, count_contact]),
    on(triage.PlanAgreed, do=[note_plan_agreed, count_plan]),
    on(triage.OutcomeMeasured, do=[tell_case_of_scores, count_scores]),
    on(triage.OutcomeCorrected, do=[tell_case_of_scores, count_scores]),
    on(triage.CaseOpened, do=begin_spell),
    on(triage.CaseClosed, do=end_spell),
    on(triage.CaseReopened, do=resume_spell),
    on(triage.RiskFlagged, do=raise_measured_concern, answers={CaseAlreadyClosed: say_closed_to_measure}),
)
