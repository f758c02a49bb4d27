"""Which records are one person's, for many people at once."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

LONGEST_CHAIN = 20
"""Merges of merges that are followed; more would be a circle."""


class Merged:
    """`survivors`: of each record that was merged, the one that goes on for both."""

    def __init__(self, survivors: Mapping[str, str]) -> None:
        self._survivors = survivors

    def survivor_of(self, person_id: str) -> str:
        """As `Known.survivor_of`."""
        seen, now = {person_id}, person_id
        for _ in range(LONGEST_CHAIN):
            further = self._survivors.get(now)
            if further is None or further in seen:
                return now
            now = further
            seen.add(now)
        return now

    def ids_of(self, person_id: str) -> tuple[str, ...]:
        """As `Known.ids_of`."""
        found = [self.survivor_of(person_id)]
        for each in found:
            found += [id_ for id_ in self._into.get(each, ()) if id_ not in found]
        return tuple(found)

    @cached_property
    def _into(self) -> Mapping[str, list[str]]:
        into: defaultdict[str, list[str]] = defaultdict(list)
        for merged, survivor in self._survivors.items():
            into[survivor].append(merged)
        return into
