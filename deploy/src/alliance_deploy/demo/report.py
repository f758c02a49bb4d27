"""Shows what happened: one table of what each service said in each journey, then what went wrong."""

from collections import Counter

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from alliance.contracts.catalogue import SERVICES
from alliance_deploy.demo.outcome import Outcome, Result


def show(outcome: Outcome) -> None:
    """On standard output."""
    console = Console(soft_wrap=False)
    table = Table(title="What happened in each service", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("journey", no_wrap=True)
    table.add_column("service", no_wrap=True, style="bold")
    table.add_column("said", ratio=1)
    for result in outcome.results:
        rows = [(service, said) for service in SERVICES if (said := _said(result, service))]
        for place, (service, said) in enumerate(rows):
            name = _name(result) if place == 0 else _times(result) if place == 1 else ""
            table.add_row(name, service, said, end_section=place == len(rows) - 1)
    console.print(table)
    for result in outcome.results:
        for step in result.journey.steps:
            if not step.ok:
                _tell(console, "[red]✗[/]", result, f"{step.text}: {step.why}")
        for sentence in result.wrong:
            _tell(console, "[red]✗[/]", result, sentence)
        if result.restarted:
            for sentence in result.findings.late:
                _tell(console, "[yellow]~[/]", result, f"{sentence} ({', '.join(result.restarted)} restarted)")
    well = sum(result.ok for result in outcome.results)
    console.print(
        f"{well} of {len(outcome.results)} journeys ok, {outcome.events} events, {outcome.quarantined} quarantined",
        style="green" if outcome.ok else "red",
    )


def _tell(console: Console, mark: str, result: Result, sentence: str) -> None:
    console.print(mark, f"{result.journey.name}: {sentence}", soft_wrap=True, highlight=False)


def _name(result: Result) -> str:
    return f"{'[green]✓[/]' if result.ok else '[red]✗[/]'} {result.journey.name}"


def _times(result: Result) -> str:
    return f"[dim]  {len(result.journey.steps)} steps, {result.seconds:.1f} s[/]"


def _said(result: Result, service: str) -> str:
    """`introduction-received, person-shared (to housing, triage), sharing-changed ×3`, in the order of the telling."""
    counted: Counter[str] = Counter()
    recipients: dict[str, set[str]] = {}
    for event in result.events:
        if event.service == service:
            fact = event.type.partition(".")[2].removesuffix(".v1").replace(".", " ")
            counted[fact] += 1
            recipients.setdefault(fact, set()).update({event.recipient} if event.recipient else ())
    return ", ".join(
        fact
        + (f" ×{count}" if count > 1 else "")
        + (f" (to {', '.join(sorted(recipients[fact]))})" if recipients[fact] else "")
        for fact, count in counted.items()
    )
