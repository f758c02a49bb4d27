"""What is written down about every look at and change of a person's record: ids and codes, and never a word of text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785

from alliance.access.caller import SUBJECT
from alliance.kernel import from_text, to_text

Line = Mapping[str, Any]
"""A noted entry as it is stored and as it is exported."""

BEGINNING = "0" * 64
"""What the first entry of a chain follows."""

_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_ISSUER = re.compile(r"[!-~]{1,256}")
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "actor": SUBJECT,
    "issuer": _ISSUER,
    "organisation": SUBJECT,
    "role": _CODE,
    "action": _CODE,
    "record": _CODE,
    "record_id": SUBJECT,
    "person_id": _UUID,
    "ground": _CODE,
    "outcome": _CODE,
    "correlation_id": SUBJECT,
}
_HIGHEST = 10**12 - 1


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Who did what to whose record, why they might, and how it came out. Raises `ValueError` for anything but codes."""

    actor: str
    issuer: str | None = None
    organisation: str
    role: str | None = None
    """As what they might; None where no role of theirs allowed it."""
    action: str
    record: str
    record_id: str | None = None
    person_id: str | None = None
    ground: str
    """Why it was permitted: `own-organisation`, `works-with-person`, `any-organisation`, `glass-broken`, `none`."""
    outcome: str
    """`shown`, `done`, `refused`, or the name of the refusal."""
    correlation_id: str

    def __post_init__(self) -> None:
        for field in fields(self):
            value, optional = getattr(self, field.name), field.default is None
            if value is None and optional:
                continue
            if not isinstance(value, str) or not _SHAPES[field.name].fullmatch(value):
                raise ValueError(f"{field.name} of an audit entry is an id or a code and nothing else")


@dataclass(frozen=True, kw_only=True)
class Noted:
    """An entry in its place in the chain of one service."""

    service: str
    sequence: int
    at: datetime
    prev: str
    entry: Entry

    @property
    def hash(self) -> str:
        return hash_of(self.body)

    @property
    def body(self) -> dict[str, Any]:
        """All that the hash covers."""
        about = {field.name: getattr(self.entry, field.name) for field in fields(Entry)}
        place = {"service": self.service, "sequence": self.sequence, "at": to_text(self.at), "prev": self.prev}
        return {**place, **about}

    @property
    def line(self) -> dict[str, Any]:
        """As it is stored: the body, its hash, and the keys by which it is found, the newest first."""
        body = self.body
        return {"_id": id_of(self.sequence), "body": body, "hash": hash_of(body), **keys_of(body)}

    @classmethod
    def read(cls, line: Line) -> "Noted":
        """What `line` was written from. Raises `ValueError`, `KeyError` or `TypeError` if its shape was changed."""
        body = dict(line["body"])
        place = {"service": body.pop("service"), "sequence": body.pop("sequence"), "prev": body.pop("prev")}
        return cls(**place, at=from_text(body.pop("at")), entry=Entry(**body))


def id_of(sequence: int) -> str:
    return f"{sequence:012}"


def sequence_of(line: Line) -> int | None:
    """The place in the chain that the line's id names, None if it is no such id."""
    text = str(line.get("_id"))
    return int(text) if text.isascii() and text.isdigit() and id_of(int(text)) == text else None


def hash_of(body: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON (RFC 8785), so that anybody can reckon it in any language."""
    return sha256(rfc8785.dumps(dict(body))).hexdigest()


def keys_of(body: Mapping[str, Any]) -> dict[str, str | None]:
    """The scalars by which entries are listed: of all, of one record, of one person, of what deserves a second look."""
    falling = f"{_HIGHEST - int(body['sequence']):012}"
    record, record_id, person_id = body["record"], body["record_id"], body["person_id"]
    return {
        "newest": f"={falling}",
        "of_record": f"={record}:{record_id}:{falling}" if record_id else None,
        "of_person": f"={person_id}:{falling}" if person_id else None,
        "of_note": f"={remark}:{falling}" if (remark := remark_on(body)) else None,
    }


def remark_on(body: Mapping[str, Any]) -> str | None:
    """Why a governance lead may want to look: `refused`, `glass-broken`, or None for everyday work."""
    broken = body["action"] == "glass.break" and body["outcome"] == "done"
    if broken or body["ground"] == "glass-broken":
        return "glass-broken"
    return "refused" if body["outcome"] == "refused" else None
