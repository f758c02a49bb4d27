"""Mail to staff has counts, ages and links, and nothing else."""

from datetime import timedelta

from alliance.access import Role
from notify.domain.alert import Alert, Cause
from notify.domain.asking import AUDIENCES, FINANCE
from notify.domain.codes import AlertKind
from notify.domain.digest_letters import Waiting, code_letter, morning_letter, waiting_for
from notify.main import WORDS

from ..builders import NINE, STEPS, an_alert


def a_kept_alert(kind: AlertKind, worker: str) -> Alert:
    alert = Alert(id="an-alert", kind=kind)
    alert.raise_for(Cause(event_id="e", happened_at=NINE, subject_id="s", worker=worker), steps_seconds=STEPS, at=NINE)
    return alert


def test_what_waits_is_counted_by_kind_the_most_pressing_first() -> None:
    alerts = [an_alert(AlertKind.SUPPORT_LAPSED), an_alert(), an_alert()]
    alerts[1].raised_at = NINE - timedelta(hours=3)
    assert waiting_for("staff-7", ["triage-worker"], alerts) == (
        Waiting(kind=AlertKind.SAFETY_CONCERN, count=2, oldest_at=NINE - timedelta(hours=3)),
        Waiting(kind=AlertKind.SUPPORT_LAPSED, count=1, oldest_at=NINE),
    )


def test_nobody_is_told_of_what_is_not_theirs_to_answer() -> None:
    access, budget = an_alert(AlertKind.GLASS_BROKEN), an_alert(AlertKind.BUDGET_THRESHOLD)
    theirs = a_kept_alert(AlertKind.REVIEW_DUE, "staff-1")
    everything = [access, budget, theirs, an_alert()]
    told = {
        role.value: [each.kind.value for each in waiting_for("staff-7", [role], everything)] for role in sorted(Role)
    }
    assert told["governance-lead"] == ["glass-broken"]
    assert told["finance-officer"] == ["budget-threshold"]
    assert told["key-worker"] == ["safety-concern", "budget-threshold"]
    assert told["alliance-lead"] == told["auditor"] == told["integration"] == []
    assert [each.kind for each in waiting_for("staff-1", ["finance-officer"], [theirs])] == [AlertKind.REVIEW_DUE]


def test_the_morning_mail_says_how_much_and_where_and_no_id() -> None:
    alerts = [an_alert(), an_alert(), an_alert(AlertKind.BUDGET_THRESHOLD), an_alert(AlertKind.GLASS_BROKEN)]
    roles = ("key-worker", "governance-lead")
    letter = morning_letter(
        waiting_for("staff-7", roles, alerts),
        WORDS,
        url="https://notify.test",
        off_key="the-key",
        until=NINE + timedelta(days=90),
        now=NINE + timedelta(hours=5),
    )
    assert letter.subject == "4 alerts wait for you"
    assert "Safety concern: 2, the oldest 5 hours ago\nhttps://notify.test/alerts?kind=safety-concern\n" in letter.body
    assert "Budget threshold passed: 1, raised 5 hours ago\nhttps://notify.test/budget-alerts\n" in letter.body
    assert "Closed record opened: 1, raised 5 hours ago\nhttps://notify.test/access-alerts\n" in letter.body
    assert "until 31 January 2027" in letter.body
    assert letter.off == "https://notify.test/digest-off/the-key"
    assert letter.off in letter.body
    for alert in alerts:
        assert alert.cause
        for id_ in (alert.id, alert.cause.subject_id, alert.cause.event_id, str(alert.person_id)):
            assert id_ not in letter.body


def test_a_code_is_in_the_subject_and_nothing_invites_a_click() -> None:
    letter = code_letter("123456")
    assert "123456" in letter.subject
    assert (letter.off, "http" in letter.body) == (None, False)


def test_whoever_is_asked_is_asked_by_a_role_that_there_is() -> None:
    assert {*AUDIENCES, *FINANCE} <= {role.value for role in Role}
