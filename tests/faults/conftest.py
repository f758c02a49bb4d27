"""One alliance for all short scenarios; what the runs measured is printed at the end."""

from collections.abc import AsyncIterator

import pytest
from tests.faults.scene import Alliance, Tell, an_alliance

REPORT = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Tell:
    """Say something at the end of the run, whether it passes or not."""
    return request.config.stash.setdefault(REPORT, []).append


@pytest.fixture(scope="session")
async def alliance(tmp_path_factory: pytest.TempPathFactory, tell: Tell) -> AsyncIterator[Alliance]:
    """Shared by the short scenarios: none of them may leave anything undone."""
    async with an_alliance(tmp_path_factory.mktemp("alliance"), tell) as alliance:
        yield alliance


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if lines := config.stash.get(REPORT, []):
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.write_line(line)
