"""Stretches of time in which a clock stands still, and when it arrives all the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Span:
    start: datetime
    end: datetime


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time, each moment once, oldest first; empty spans left out."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if span.end <= span.start:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Span(start=found[-1].start, end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def arrives_at(since: datetime, running: timedelta, spans: Iterable[Span]) -> datetime:
    """When a clock started at `since` has run for so long, standing still in `spans`; never before `since`."""
    at, left = since, running
    for span in merged(spans):
        if span.end <= at:
            continue
        runs = max(span.start - at, timedelta())
        if runs >= left:
            break
        at, left = span.end, left - runs
    return at + left


def time_in(spans: Iterable[Span], start: datetime, end: datetime) -> timedelta:
    """How much of the time from `start` to `end` is in any of `spans`."""
    inside = (min(span.end, end) - max(span.start, start) for span in merged(spans))
    return sum((part for part in inside if part > timedelta()), timedelta())
