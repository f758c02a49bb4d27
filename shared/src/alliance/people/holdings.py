"""All that a service holds of a person, as one table: how it is found, how it is told to them, how it is forgotten."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from alliance.kernel import Aggregate
from alliance.people.forgetting import wordless
from alliance.people.telling import Section, tell

A = TypeVar("A", bound=Aggregate)
B = TypeVar("B", bound=Aggregate)
MOST = 10_000
"""Documents of one kind about one person."""


class Listed(Protocol[A]):
    """One page of a list."""

    @property
    def items(self) -> list[A]: ...

    @property
    def next(self) -> str | None: ...


class Kept(Protocol[A]):
    """What is needed of a collection that holds something of people."""

    name: str

    async def find(self, id_: str) -> A | None: ...

    async def with_key(self, key: str, value: str, *, limit: int = 100) -> list[A]: ...

    async def page(self, key: str, prefix: str = "", *, after: str | None = None, limit: int = 50) -> Listed[A]: ...

    async def change(
        self, id_: str, act: Callable[[A], object], *, expecting: int | None = None, remember: bool = True
    ) -> A: ...

    async def withhold(self, id_: str) -> int: ...


Find = Callable[[str], Awaitable[Sequence[A]]]


def by_id(kept: Kept[A]) -> Find[A]:
    """The one whose id is the person's pseudonym."""

    async def find(person_id: str) -> Sequence[A]:
        found = await kept.find(person_id)
        return [found] if found else []

    return find


def by_key(kept: Kept[A], key: str = "person_id") -> Find[A]:
    """Those whose indexed `key` is the person's pseudonym."""

    async def find(person_id: str) -> Sequence[A]:
        return await kept.with_key(key, person_id, limit=MOST)

    return find


def by_listing(kept: Kept[A], key: str) -> Find[A]:
    """Those whose indexed `key` begins with the pseudonym and a colon."""

    async def find(person_id: str) -> Sequence[A]:
        return (await kept.page(key, f"{person_id}:", limit=MOST)).items

    return find


def through(first: Find[B], kept: Kept[A], key: str) -> Find[A]:
    """Those whose indexed `key` is the id of one that `first` finds: what hangs on a person's case."""

    async def find(person_id: str) -> Sequence[A]:
        found: list[A] = []
        for each in await first(person_id):
            found += await kept.with_key(key, each.id, limit=MOST)
        return found

    return find


@dataclass(frozen=True, kw_only=True)
class Holding(Generic[A]):
    """One collection. `forget` is the aggregate's own verb, silent when it has been done; where nothing of a document
    tells who somebody is, `stays` says what is left and why it may be.
    """

    kept: Kept[A]
    find: Find[A]
    tell: Callable[[A], Iterable[Section]]
    forget: Callable[[A], object] | None = None
    stays: str = ""

    def __post_init__(self) -> None:
        if (self.forget is None) is not bool(self.stays):
            raise ValueError(f"{self.kept.name}: either it is forgotten or it is said why it stays")


def of_person(
    kept: Kept[A],
    title: str,
    *,
    find: Find[A] | None = None,
    leave_out: Sequence[str] = (),
    others: Sequence[str] = (),
    keep: Sequence[str] = (),
    stays: str = "",
) -> Holding[A]:
    """The usual row: found by `person_id`, told field by field under `title`, and left without words when forgotten.

    `leave_out` and `others` as for `tell`; `keep` names texts that are codes; `stays` where there are no words at all.
    """
    return Holding(
        kept=kept,
        find=find or by_key(kept),
        tell=lambda each: [tell(title, each, leave_out=leave_out, others=others)],
        forget=None if stays else wordless(*keep),
        stays=stays,
    )


@dataclass(frozen=True, kw_only=True)
class Exempt:
    """A collection that holds nothing of a person, or nothing that a request could find, and why that is so."""

    name: str
    why: str


@dataclass(frozen=True)
class Holdings:
    """The table of one service. A test compares it with the collections that the service has."""

    rows: tuple[Holding[Any], ...] = ()
    exempt: tuple[Exempt, ...] = ()

    async def told(self, person_id: str) -> list[Section]:
        """Everything held under this pseudonym, one or more sections for each document."""
        found: list[Section] = []
        for row in self.rows:
            for each in await row.find(person_id):
                found += [section for section in row.tell(each) if section.rows]
        return found

    async def forget(self, person_id: str) -> None:
        """Take out of every document what tells who the person is. Safe to repeat after a crash half-way."""
        for row in self.rows:
            for each in await row.find(person_id):
                await row.kept.withhold(each.id)
                if row.forget is not None:
                    await row.kept.change(each.id, row.forget, remember=False)
