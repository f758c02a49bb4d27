"""Shows what happened: one table of what each service said in each journey, then what went wrong."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from alliance.contracts.catalogue import SERVICES
from alliance_deploy.demo.run import Outcome, Result


def show(outcome: Outcome) -> None:
    """On standard output."""
    console = Console(soft_wrap=False)
    table = Table(title="What happened in each service", show_lines=True)
    table.add_column("journey", style="bold")
    for service in SERVICES:
        table.add_column(service, overflow="fold")
    for result in outcome.results:
        table.add_row(_name(result), *(_said(result, service) for service in SERVICES))
    console.print(table)
    for result in outcome.results:
        for step in result.journey.steps:
            if not step.ok:
                console.print(f"[red]✗[/] {result.journey.name}: {step.text}: {step.why}", soft_wrap=True)
        for sentence in result.findings.sentences:
            console.print(f"[red]✗[/] {result.journey.name}: {sentence}", soft_wrap=True)
    events = sum(len(result.events) for result in outcome.results)
    well = sum(result.ok for result in outcome.results)
    console.print(
        f"{well} of {len(outcome.results)} journeys ok, {events} events, {outcome.quarantined} quarantined",
        style="green" if outcome.ok else "red",
    )


def _name(result: Result) -> str:
    mark = "[green]✓[/]" if result.ok else "[red]✗[/]"
    return f"{mark} {result.journey.name}\n[dim]{len(result.journey.steps)} steps, {result.seconds:.1f} s[/]"


def _said(result: Result, service: str) -> str:
    facts = Counter(
        event.type.partition(".")[2].rpartition(".")[0] + (f" → {event.recipient}" if event.recipient else "")
        for event in result.events
        if event.service == service
    )
    return "\n".join(fact + (f" ×{count}" if count > 1 else "") for fact, count in facts.items())
