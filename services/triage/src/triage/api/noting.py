"""Writes into the audit trail what a command about a team did to the cases of people."""

from collections.abc import Iterable

from alliance.access import Control
from alliance.kernel import Unknown
from alliance.web import Command
from triage.application.allocation import HandedOn


async def note_handed_on(control: Control, command: Command, done: Iterable[HandedOn]) -> None:
    """One entry for each case: the command's own says only which team it was about."""
    if command.access is None:
        return
    rule = control.policy.rule("team.hand-on")
    for each in done:
        if isinstance(each.refusal, Unknown):
            continue
        about = await control.about["case"](each.case_id)
        outcome = each.refusal.name if each.refusal else "done"
        await control.note(command.caller, rule, about, command.access.ruling, outcome, control.clock.now())
