"""The agreement as people sign it: who may hear what from whom, why, and on what basis."""

from collections.abc import Iterator, Mapping
from inspect import getdoc

from alliance.contracts import Event
from alliance.contracts.catalogue import catalogue
from alliance_deploy.agreement.manifest import Manifest
from alliance_deploy.agreement.model import Agreement
from alliance_deploy.agreement.people import who_works_where
from alliance_deploy.agreement.tables import table
from alliance_deploy.topology import Topology


def matrix(agreement: Agreement, manifests: Mapping[str, Manifest], topology: Topology) -> str:
    """Markdown. Every figure in it is the agreement's own."""
    sections = (
        _members(agreement),
        _overview(agreement),
        _hearing(agreement, manifests),
        _personal(agreement),
        _logs(agreement, manifests),
        _times(agreement),
        _money(agreement),
        _retention(agreement),
        who_works_where(agreement),
        _rights(topology),
    )
    title = [f"# {agreement.name}", "", "Compiled from the agreement; change it there.", ""]
    return "\n".join([*title, *(line for section in sections for line in section)]).rstrip() + "\n"


def _members(agreement: Agreement) -> Iterator[str]:
    yield from ("## 1. Members", "")
    rows = []
    for name, member in agreement.members.items():
        runs = [service for service, terms in agreement.services.items() if terms.owner == name]
        state = "suspended: hears nothing" if member.suspended else "active"
        rows.append((member.name, " and ".join(member.capacities), ", ".join(runs) or "–", state))
    yield from table(("member", "capacity", "runs", "state"), rows)


def _overview(agreement: Agreement) -> Iterator[str]:
    yield from ("## 2. Who hears whom", "")
    yield from (
        "Number of kinds of event that the row may hear from the column; **P** personal data, **L** the log.",
        "",
    )
    services = list(agreement.services)
    rows = [(listener, *(_cell(agreement, listener, publisher) for publisher in services)) for listener in services]
    yield from table(("hears ↓ from →", *services), rows)


def _cell(agreement: Agreement, listener: str, publisher: str) -> str:
    spoken = sum(kind.startswith(f"{publisher}.") for kind in agreement.may_hear(listener))
    personal = any(kind.startswith(f"{publisher}.") for kind in agreement.may_receive(listener))
    marks = [str(spoken) if spoken else "", "P" if personal else ""]
    marks.append("L" if publisher in agreement.may_read_log_of(listener) else "")
    return " ".join(filter(None, marks)) or "–"


def _hearing(agreement: Agreement, manifests: Mapping[str, Manifest]) -> Iterator[str]:
    known = catalogue()
    yield from ("## 3. What they may hear, and why", "")
    yield from ("No service hears anything that is not listed here. None may speak in another's name.", "")
    for listener in agreement.services:
        yield from (f"### {listener}, run by {_owner(agreement, listener)}", "")
        heard = manifests.get(listener, Manifest(service=listener)).hears
        grants = [grant for grant in agreement.hears if grant.listener == listener]
        for grant in grants:
            yield from (f"**From {_from(agreement, grant.publisher, listener)}**: {grant.why}.", "")
            for kind in grant.types():
                yield f"- `{kind}`{_how(known, kind, kind in heard)}: {_meaning(known, kind)}"
            yield ""
        if not grants:
            yield from ("Nothing.", "")


def _personal(agreement: Agreement) -> Iterator[str]:
    known = catalogue()
    yield from ("## 4. Who may be sent personal data, and on what basis", "")
    yield from ("One message for each recipient, and only while the person's own preferences allow it.", "")
    rows = [
        (
            f"{grant.recipient} ({_owner(agreement, grant.recipient)})",
            f"`{kind}`",
            _fields(known, kind),
            grant.basis.value.replace("-", " "),
            grant.why,
        )
        for grant in agreement.personal
        for kind in grant.types()
    ]
    yield from table(("recipient", "event", "what is in it", "basis", "because"), rows)


def _logs(agreement: Agreement, manifests: Mapping[str, Manifest]) -> Iterator[str]:
    yield from ("## 5. Whose log may be read", "")
    days = agreement.broker.log_days
    yield from (f"A log holds every open event of its publisher for {days} days: a grant is a grant for all of it.", "")
    rows = []
    for grant in agreement.logs:
        known, said = catalogue(), manifests.get(grant.publisher, Manifest(service=grant.publisher)).says
        kept = [f"`{kind}`" for kind in said if kind in known and known[kind].confidentiality == "open"]
        reader = f"{grant.reader} ({_owner(agreement, grant.reader)})"
        rows.append((reader, grant.publisher, ", ".join(kept) or "nothing yet", grant.why))
    yield from table(("reader", "log of", "which holds", "because"), rows)


def _times(agreement: Agreement) -> Iterator[str]:
    yield from ("## 6. What is promised, and who is told when it is not kept", "")
    yield from table(
        ("clock", "within", "source"), [(w.clock, _span(w.hours * 3600), w.source) for w in agreement.waits]
    )
    steps = [(step.audience.value.replace("-", " "), _span(step.after_seconds)) for step in agreement.escalation]
    yield from table(("an alert is told to", "when nobody has acknowledged it after"), steps)


def _money(agreement: Agreement) -> Iterator[str]:
    if (budget := agreement.budget) is None:
        return
    yield from ("## 7. One budget", "", f"The year starts on {budget.year_starts_on:%-d %B}.", "")
    paid = [(_member(agreement, row.member), f"£{row.annual_pence / 100:,.2f}") for row in budget.contributions]
    yield from table(("commissioner", "contributes a year"), paid)
    for title, shares in (
        ("bears of each commitment", budget.funder_shares),
        ("bears of aftercare under section 117", budget.funder_shares_section_117),
        ("share of gain and pain", budget.gain_shares),
    ):
        yield from table(("member", title), [(_member(agreement, row.member), f"{row.percent} %") for row in shares])


def _retention(agreement: Agreement) -> Iterator[str]:
    yield from ("## 8. How long what is kept", "")
    rows = [(row.what, f"{row.days} days", row.why) for row in agreement.retention]
    yield from table(("what", "for", "because"), rows)


def _rights(topology: Topology) -> Iterator[str]:
    yield from ("## 10. What the broker enforces", "")
    yield from ("Nobody may create, change or delete anything. `.b` is the second key of the same service.", "")
    rows = [(u.name, f"`{u.write}`", f"`{u.read}`", str(u.max_connections)) for u in topology.users]
    rows = [tuple(cell.replace("|", "\\|") for cell in row) for row in rows]  # type: ignore[misc]
    yield from table(("user", "may write to", "may read from", "connections"), rows)


def _member(agreement: Agreement, name: str) -> str:
    return agreement.members[name].name if name in agreement.members else name


def _owner(agreement: Agreement, service: str) -> str:
    return _member(agreement, agreement.services[service].owner) if service in agreement.services else "unknown"


def _from(agreement: Agreement, publisher: str, listener: str) -> str:
    return "itself" if publisher == listener else f"{publisher} ({_owner(agreement, publisher)})"


def _meaning(known: Mapping[str, type[Event]], kind: str) -> str:
    return (getdoc(known[kind]) or "").partition("\n")[0].rstrip(".") if kind in known else "no such contract"


def _fields(known: Mapping[str, type[Event]], kind: str) -> str:
    return ", ".join(known[kind].model_fields).replace("_", " ") if kind in known else "no such contract"


def _how(known: Mapping[str, type[Event]], kind: str, heard: bool) -> str:
    urgent = " **urgent**" if kind in known and known[kind].lane == "urgent" else ""
    return urgent + ("" if heard else " (granted, not heard at present)")


def _span(seconds: float) -> str:
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size and seconds % size == 0:
            count = seconds / size
            return f"{count:g} {word}{'' if count == 1 else 's'}"
    return "at once" if seconds == 0 else f"{seconds:g} seconds"
