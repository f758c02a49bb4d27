"""The journeys, by the name they have in `journeys.toml`."""

from collections.abc import Awaitable, Callable, Mapping

from alliance_deploy.demo.journey import Journey

Story = Callable[[Journey], Awaitable[None]]

JOURNEYS: Mapping[str, Story] = {}
