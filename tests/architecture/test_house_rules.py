"""House rules that no other tool checks: sizes, names, layout, and nothing left behind."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LARGEST = 300
NO_SUFFIX = re.compile(r"^class \w+(?:Manager|Helper|Util|Base|Impl|Service|Handler|Event)\b", re.MULTILINE)
LEFT_BEHIND = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
ROOMS = {"domain", "application", "events", "api"}


def tracked(*patterns: str) -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True, text=True
    )
    names = [name for name in done.stdout.splitlines() if (ROOT / name).exists()]
    assert names
    return [ROOT / name for name in names]


def test_no_file_is_longer_than_the_cap() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in tracked("*.py")}
    assert {path: length for path, length in lengths.items() if length > LARGEST} == {}


def test_no_class_is_named_by_an_empty_suffix() -> None:
    allowed = {"Service", "Event", "OwnedService"}
    found = {
        match.group(0).removeprefix("class ")
        for path in tracked("shared/src/*.py", "services/*/src/*.py", "deploy/src/*.py")
        for match in NO_SUFFIX.finditer(path.read_text())
    }
    assert found - allowed == set()


def test_nothing_is_left_behind() -> None:
    ours = Path(__file__).name
    found = [
        path.name
        for path in tracked("*.py", "*.toml", "*.md")
        if path.name != ours and LEFT_BEHIND.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("service", ["intake", "triage", "housing", "finance", "notify", "reporting"])
def test_every_service_has_the_same_rooms(service: str) -> None:
    home = ROOT / "services" / service
    assert {room.name for room in (home / "src" / service).iterdir() if room.is_dir()} >= ROOMS
    for file in (
        "README.md",
        "manifest.json",
        "pyproject.toml",
        f"src/{service}/main.py",
        f"src/{service}/settings.py",
    ):
        assert (home / file).exists(), file
    assert list((home / "tests" / "unit").glob("test_*.py"))


def test_a_word_has_one_meaning() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    words = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    assert [word for word in words if words.count(word) > 1] == []
