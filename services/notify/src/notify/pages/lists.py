"""Notify's lists, each for the screen and for a file."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from alliance.store import Page
from alliance.web.pages.listing import Cell, Choice, Column, Filters, Listing, Row
from alliance.web.pages.templating import ago, labelling, when
from notify.application.outbox import Caught
from notify.domain.alert import Alert
from notify.domain.codes import AlertKind, Audience
from notify.domain.message import Message
from notify.pages.desks import Desk
from notify.pages.words import KIND_COLOURS, LABELS, PROGRESS_COLOURS

label = labelling(LABELS)

COLUMNS = (
    Column("kind", "What"),
    Column("raised", "Raised"),
    Column("asked", "Asked now"),
    Column("next", "The next is asked"),
)
KINDS = tuple(kind for kind in AlertKind if Audience.GOVERNANCE_LEAD not in kind.audiences)


def alert_list(
    found: Sequence[Alert],
    desk: Desk,
    now: datetime,
    *,
    caption: str,
    linked: bool,
    next_page: str | None = None,
    after: str | None = None,
    kind: AlertKind | None = None,
    filtered: bool = False,
    empty: str | None = None,
    csv: str | None = None,
) -> Listing:
    options = [("", "All"), *((each.value, label(each)) for each in KINDS)]
    return Listing(
        caption=caption,
        columns=COLUMNS,
        rows=[alert_row(alert, desk, now, linked=linked) for alert in found],
        next=next_page,
        after=after,
        filters=Filters([Choice("kind", "What it is about", options, kind.value if kind else "")])
        if filtered
        else None,
        empty=empty or desk.empty,
        csv=csv,
    )


def alert_row(alert: Alert, desk: Desk, now: datetime, *, linked: bool) -> Row:
    return (
        Cell(
            label(alert.kind),
            href=desk.href(alert) if linked else None,
            tag=None if linked else KIND_COLOURS.get(alert.kind),
            visually_hidden=f"raised {when(alert.raised_at)}",
            value=alert.kind.value,
        ),
        Cell(ago(alert.raised_at, now), value=alert.raised_at),
        Cell("Their key worker" if alert.asked_worker else label(alert.audience), value=alert.audience.value),
        Cell(time_left(alert, now), value=alert.acknowledge_by),
    )


def time_left(alert: Alert, now: datetime) -> str:
    """How long until the next audience is asked."""
    if alert.acknowledge_by is None:
        return "Nobody else"
    return (
        "Any moment"
        if alert.acknowledge_by <= now
        else ago(alert.acknowledge_by, now).replace("just now", "Any moment")
    )


def message_list(page: Page[Message], *, after: str | None, address: str) -> Listing:
    return Listing(
        caption="Messages, the oldest first",
        columns=(
            Column("written", "Written"),
            Column("what", "What about"),
            Column("state", "State"),
            Column("channel", "How"),
            Column("settled", "Since"),
        ),
        rows=[message_row(message) for message in page.items],
        next=page.next,
        after=after,
        empty="Nothing was written to this person.",
        csv=f"{address}.csv",
    )


def message_row(message: Message) -> Row:
    return (
        Cell(when(message.written_at), href=f"/messages/{message.id}", value=message.written_at),
        Cell(label(message.template), value=message.template.value),
        Cell(label(message.progress), tag=PROGRESS_COLOURS[message.progress], value=message.progress.value),
        label(message.channel),
        Cell(when(message.settled_at), value=message.settled_at),
    )


def outbox_list(caught: Iterable[Caught], *, linked: bool) -> Listing:
    return Listing(
        caption="The last hundred, the newest first",
        columns=(Column("subject", "Subject"), Column("channel", "How"), Column("message", "Message")),
        rows=[
            (
                Cell(each.subject, lang=each.language),
                label(each.channel),
                Cell("Open", href=f"/messages/{each.message_id}") if linked and not each.to_staff else "",
            )
            for each in reversed(list(caught))
        ],
        empty="Nothing has left since the service started.",
        caption_hidden=True,
    )
