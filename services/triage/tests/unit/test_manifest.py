"""The committed manifest is what the code says."""

import json
from pathlib import Path

from triage.main import service


def test_the_manifest_is_up_to_date() -> None:
    committed = json.loads((Path(__file__).parents[2] / "manifest.json").read_text())
    assert committed == service.manifest()
