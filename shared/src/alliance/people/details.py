"""Who somebody is and how to reach them safely, as the front door last told it."""

from dataclasses import dataclass, fields, replace
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    """One way to reach somebody: `phone`, `email` or `address`, and whether it is safe to use."""

    kind: str
    value: str
    safe: bool
    voicemail_ok: bool = False


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The whole of what may be known at one moment; a service keeps only the fields that it needs."""

    full_name: str | None = None
    call_me: str | None = None
    date_of_birth: date | None = None
    nhs_number: str | None = None
    nhs_number_status: str | None = None
    contact_points: tuple[ContactPoint, ...] = ()
    interpreter_language: str | None = None
    adjustments: tuple[str, ...] = ()
    contact_confirmed_on: date | None = None
    """When the person last said how to reach them, or found it to be right still."""

    def only(self, names: frozenset[str]) -> "Snapshot":
        """With everything but these fields left out. Raises `TypeError` for a name that is no field."""
        strangers = names - {field.name for field in fields(self)}
        if strangers:
            raise TypeError(f"details have no {', '.join(sorted(strangers))}")
        return replace(Snapshot(), **{name: getattr(self, name) for name in names})
