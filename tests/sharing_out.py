"""How tests are shared out among several workers (`make test`): what needs the same alliance stays with one of them."""

from collections.abc import Iterator

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

TOGETHER = (
    ("tests/browser/demo/", "the shell"),
    ("tests/browser/", "the alliance"),
    ("tests/security/", "the alliance"),
    ("tests/journeys/", "the alliance"),
    ("tests/faults/", "faults"),
    ("tests/alone/", "alone"),
)
"""Folders whose tests share something that takes long to start; all others stay together file by file."""

LONGEST_FIRST = ("the alliance", "faults", "deploy/tests/launcher/test_the_whole_alliance.py", "alone")


def group_of(nodeid: str) -> str:
    path = nodeid.partition("::")[0]
    return next((group for folder, group in TOGETHER if path.startswith(folder)), path)


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """A group is handed to one worker whole."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together | None:
    return Together(config, log) if config.getoption("dist") == "loadscope" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """The longest begin; after whatever shuffles the tests."""
    yield
    if hasattr(config, "workerinput"):
        place = {group: number for number, group in enumerate(LONGEST_FIRST)}
        items.sort(key=lambda item: place.get(group_of(item.nodeid), len(place)))
