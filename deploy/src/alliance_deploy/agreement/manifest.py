"""What a service says and hears, read from the manifest that its own code generates; services are never imported."""

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Manifest(BaseModel):
    """One `manifest.json`: event types in full (`intake.introduction-accepted.v1`)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    service: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: str = "0.0.0"
    hears: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    replayable: bool = False


def read_manifest(path: Path) -> Manifest:
    return Manifest.model_validate(json.loads(path.read_text()))


def manifests_under(root: Path) -> dict[str, Manifest]:
    """`services/*/manifest.json` of a checkout, by service."""
    return by_service(read_manifest(path) for path in sorted(root.glob("services/*/manifest.json")))


def by_service(manifests: Iterable[Manifest]) -> dict[str, Manifest]:
    return {manifest.service: manifest for manifest in manifests}
