"""Terms that must hold whatever the services do: known members, shares that add up, steps that climb."""

from collections.abc import Iterator

from alliance.contracts.wait_codes import WaitClockV2
from alliance_deploy.agreement.model import Agreement, Budget, FunderShare


def broken_terms(agreement: Agreement) -> Iterator[str]:
    """One sentence per term that does not hold."""
    members = ", ".join(agreement.members)
    for service, terms in agreement.services.items():
        if terms.owner not in agreement.members:
            yield f"{service} is owned by {terms.owner!r}, who is not a member (members: {members})"
        if service in agreement.broker.operators:
            yield f"{service} is a service and cannot be an operator of the broker"
        for setting in terms.settings:
            if not setting.startswith(prefix := service.upper().replace("-", "_") + "_"):
                yield f"{service} has the setting {setting}, but its own settings begin with {prefix}"
    ports = [terms.port for terms in agreement.services.values() if terms.port]
    if len(ports) != len(set(ports)):
        yield "two services have the same port"
    if agreement.budget:
        yield from _broken_budget(agreement, agreement.budget)
    yield from _broken_times(agreement)


def _broken_budget(agreement: Agreement, budget: Budget) -> Iterator[str]:
    for contribution in budget.contributions:
        member = agreement.members.get(contribution.member)
        if member is None:
            yield f"{contribution.member!r} contributes to the budget, but is not a member"
        elif "commissioner" not in member.capacities:
            yield f"{contribution.member} contributes to the budget, but is not a commissioner"
    for name, shares in (
        ("funder", budget.funder_shares),
        ("section 117", budget.funder_shares_section_117),
        ("gain", budget.gain_shares),
    ):
        yield from _broken_shares(agreement, name, shares)


def _broken_shares(agreement: Agreement, name: str, shares: tuple[FunderShare, ...]) -> Iterator[str]:
    for share in shares:
        if share.member not in agreement.members:
            yield f"{share.member!r} has a {name} share, but is not a member"
    total = sum(share.percent for share in shares)
    if shares and total != 100:
        yield f"the {name} shares add up to {total} %, not to 100 %"


def _broken_times(agreement: Agreement) -> Iterator[str]:
    for wait in agreement.waits:
        if wait.clock not in set(WaitClockV2):
            yield f"there is no wait clock {wait.clock!r} (clocks: {', '.join(WaitClockV2)})"
    steps = [step.after_seconds for step in agreement.escalation]
    if steps != sorted(set(steps)):
        yield "each escalation step must come later than the one before it"
    audiences = [step.audience for step in agreement.escalation]
    if len(audiences) != len(set(audiences)):
        yield "an escalation step names an audience that has been told already"
