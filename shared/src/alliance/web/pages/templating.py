"""How pages are rendered: one environment for each service, which escapes everything, and the words of its filters."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from jinja2 import BytecodeCache, ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from jinja2.bccache import Bucket

from alliance.kernel import LONDON

Labels = Mapping[str, str]


class Compiled(BytecodeCache):
    """What templates compile to, kept for every environment of the process: tests build many, all with one syntax."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (known := self._kept.get(f"{bucket.key} {bucket.checksum}")) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


COMPILED = Compiled()


def environment(package: str | None = None, *, labels: Labels | None = None) -> Environment:
    """Templates of `package` (`<package>/pages/templates`), the alliance's and the NHS macros.

    NHS macros end in `.jinja`, which Starlette's own environment does not escape; and they ask for what is not there,
    so undefined values chain. `labels`: what a code is called in this service, where its own words are not plain.
    """
    loaders = [PackageLoader(package, "pages/templates")] if package else []
    env = Environment(
        autoescape=True,
        undefined=ChainableUndefined,
        bytecode_cache=COMPILED,
        loader=ChoiceLoader([*loaders, PackageLoader("alliance.web"), PackageLoader("nhsuk_frontend_jinja")]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"when": when, "day": day, "ago": ago, "pounds": pounds, "label": labelling(labels or {})}
    return env


def when(at: datetime | None) -> str:
    """`22 November 2026 at 2:40pm`, in London."""
    if at is None:
        return ""
    local = at.astimezone(LONDON)
    return f"{day(local)} at {local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def day(on: date | datetime | None) -> str:
    """`22 November 2026`; an instant's day in London."""
    if on is None:
        return ""
    local = on.astimezone(LONDON) if isinstance(on, datetime) else on
    return f"{local.day} {local:%B %Y}"


def ago(at: datetime | None, now: datetime) -> str:
    """`just now`, `5 minutes ago`, `in 3 hours`, `2 days ago`: rounded down, for people."""
    if at is None:
        return ""
    seconds = int((now - at).total_seconds())
    size = abs(seconds)
    if size < 60:
        return "just now"
    for length, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if size >= length:
            number = size // length
            words = f"{number} {unit}{'' if number == 1 else 's'}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return ""


def pounds(pence: int | None) -> str:
    """`123456` → `£1,234.56`; whole pounds without pence."""
    if pence is None:
        return ""
    sign, size = ("−" if pence < 0 else ""), abs(pence)
    return f"{sign}£{size // 100:,}" + (f".{size % 100:02d}" if size % 100 else "")


def labelling(labels: Labels) -> Callable[[Any], str]:
    def label(code: Any) -> str:
        """The plain word for a code: the service's own, else the code's name as words."""
        if code is None:
            return ""
        value = str(code.value) if isinstance(code, Enum) else str(code)
        if value in labels:
            return labels[value]
        return (code.name if isinstance(code, Enum) else value).replace("_", " ").replace("-", " ").capitalize()

    return label


__all__ = ["LONDON", "Labels", "ago", "day", "environment", "labelling", "pounds", "when"]
