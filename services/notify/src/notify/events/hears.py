"""What notify hears, and what it does about it."""

from alliance.contracts import finance, housing, intake, notify, triage
from alliance.messaging import listen, on
from notify.domain.refusals import AlreadyAcknowledged
from notify.events.alerting import (
    alert_of_budget,
    alert_of_glass,
    alert_of_missed_wait,
    alert_of_overdue,
    alert_of_safety,
    stand_alert_down,
    tell_who_acknowledged,
)
from notify.events.alerting_of_work import (
    alert_of_directory,
    alert_of_flag,
    alert_of_lapse,
    alert_of_late_decline,
    alert_of_left_alone,
    alert_of_overdue_right,
    alert_of_review,
    alert_of_risk,
    alert_of_transfer,
    note_key_worker,
)
from notify.events.writing import (
    address_message,
    address_waiting_messages,
    write_message,
)

hears = listen(
    on(intake.SafetyConcernRaised, do=alert_of_safety),
    on(intake.IntroductionOverdue, do=alert_of_overdue),
    on(triage.WaitTargetMissedV2, do=alert_of_missed_wait),
    on(
        triage.WaitTargetMissCorrectedV2,
        do=stand_alert_down,
        answers={AlreadyAcknowledged: tell_who_acknowledged},
    ),
    on(finance.BudgetThresholdCrossed, do=alert_of_budget),
    on(triage.KeyWorkerNamed, do=note_key_worker),
    on(triage.SupportDeclined, do=alert_of_late_decline),
    on(triage.SupportLapsed, do=alert_of_lapse),
    on(triage.RiskFlagged, do=alert_of_flag),
    on(triage.WaitAtRisk, do=alert_of_risk),
    on(triage.TransferAsked, do=alert_of_transfer),
    on(triage.TransferReturned, do=alert_of_transfer),
    on(triage.TransferLapsed, do=alert_of_transfer),
    on(triage.ReviewDue, do=alert_of_review),
    on(triage.ReviewOverdue, do=alert_of_review),
    on(triage.DirectoryAssuranceLapsed, do=alert_of_directory),
    on(intake.IntroductionLeftAlone, do=alert_of_left_alone),
    on(intake.ErasureOverdue, do=alert_of_overdue_right),
    on(intake.RecordOverdue, do=alert_of_overdue_right),
    on(intake.GlassBroken, do=alert_of_glass),
    on(triage.GlassBroken, do=alert_of_glass),
    on(housing.GlassBroken, do=alert_of_glass),
    on(notify.GlassBroken, do=alert_of_glass),
    on(intake.IntroductionAccepted, do=[write_message, address_message]),
    on(intake.ContactCheckDue, do=[write_message, address_message]),
    on(triage.SupportStarted, do=[write_message, address_message]),
    on(housing.HomeOffered, do=[write_message, address_message]),
    on(housing.PersonMovedIn, do=[write_message, address_message]),
    on(intake.PersonShared, do=address_waiting_messages),
    on(intake.SharingChanged, do=address_waiting_messages),
    on(intake.PeopleMerged, do=address_waiting_messages),
    on(intake.PeopleUnmerged, do=address_waiting_messages),
    on(intake.PersonDied, do=address_waiting_messages),
    on(intake.PersonErased, do=address_waiting_messages),
)
