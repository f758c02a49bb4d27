"""Read the agreement from its TOML file, with overlays laid over it (a demo's short steps, a member's own figures)."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from alliance_deploy.agreement.model import Agreement


class AgreementUnreadable(Exception):
    """The file is not TOML, or says something that an agreement cannot say; the message names the place."""


def load_agreement(path: Path, *overlays: Path) -> Agreement:
    """The agreement of `path`; a later file wins: tables are merged, lists and values replaced."""
    words: dict[str, Any] = {}
    for file in (path, *overlays):
        words = merged(words, _read(file))
    try:
        return Agreement.model_validate(words)
    except ValidationError as error:
        told = [f"  {'.'.join(str(part) for part in row['loc'])}: {row['msg']}" for row in error.errors()]
        names = " with ".join(file.name for file in (path, *overlays))
        raise AgreementUnreadable("\n".join([f"{names} cannot be read as an agreement:", *told])) from error


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for word, value in above.items():
        under = result.get(word)
        both_tables = isinstance(value, Mapping) and isinstance(under, Mapping)
        result[word] = merged(under or {}, value) if both_tables else value
    return result


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text())
    except OSError as error:
        raise AgreementUnreadable(f"{file} cannot be opened: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise AgreementUnreadable(f"{file.name} is not TOML: {error}") from error
