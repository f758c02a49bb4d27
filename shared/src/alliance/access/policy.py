"""Who may do what to which record: one table per service, read by people and enforced as it stands.

A cell says which records a role reaches: empty none; `all` those of every organisation; `own` those that the caller's
organisation holds; `mine` those on which the caller is a named worker. `own+` and `mine+` reach the others as well,
once the caller has broken the glass. Records of a restricted person are reached by their named workers only, except
by rows about `any` record: those are about who may guard it, and show nothing of what is in it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files

from alliance.access.caller import Caller
from alliance.access.roles import Role

ANY = "any"
"""What such a row is about: whichever record the path names."""


class Reach(StrEnum):
    NONE = ""
    MINE = "mine"
    OWN = "own"
    ALL = "all"


class Ground(StrEnum):
    """Why something was permitted: goes into the audit trail."""

    NONE = "none"
    ROLE = "role"
    """Nothing about one person: the role is enough."""
    WORKS_WITH_PERSON = "works-with-person"
    OWN_ORGANISATION = "own-organisation"
    ANY_ORGANISATION = "any-organisation"
    GLASS_BROKEN = "glass-broken"


class PolicyWrong(ValueError):
    """The table says something that cannot be; the message names the row."""


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose record is asked for: who holds it and who works with the person."""

    record: str
    id: str
    person_id: str | None = None
    organisation: str
    workers: frozenset[str] = frozenset()
    """Subjects of the named workers."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    reach: Reach = Reach.NONE
    glass: bool = False

    @classmethod
    def read(cls, text: str) -> "Cell":
        """`own+` → reaches own records, others after breaking the glass. Raises `ValueError`."""
        return cls(reach=Reach(text.removesuffix("+")), glass=text.endswith("+"))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: something that may be done, and by whom."""

    action: str
    what: str
    record: str
    cells: Mapping[Role, Cell]

    def cell(self, role: Role) -> Cell:
        return self.cells.get(role, Cell())


@dataclass(frozen=True, kw_only=True)
class Ruling:
    allowed: bool
    role: Role | None = None
    """As what it was permitted; for a refusal, as what the glass could be broken."""
    ground: Ground = Ground.NONE
    glass: bool = False
    """Refused, but breaking the glass would open it."""


@dataclass(frozen=True)
class Policy:
    """The rows of one service by action, the rows of every service among them."""

    rules: Mapping[str, Rule] = field(default_factory=dict)

    @classmethod
    def read(cls, *tables: str) -> "Policy":
        """From CSV texts. Raises `PolicyWrong`."""
        rules: dict[str, Rule] = {}
        for rule in (rule for table in tables for rule in _rules(table)):
            if rules.setdefault(rule.action, rule) is not rule:
                raise PolicyWrong(f"{rule.action} is in the tables twice")
        return cls(rules)

    @classmethod
    def of(cls, package: str) -> "Policy":
        """The `access.csv` of a service's package, and what holds in every service."""
        own = files(package).joinpath("access.csv").read_text(encoding="utf-8")
        return cls.read(files("alliance.access").joinpath("access.csv").read_text(encoding="utf-8"), own)

    def rule(self, action: str) -> Rule:
        """Raises `LookupError`: an action without a row is a mistake of the programmer, never permission."""
        if (rule := self.rules.get(action)) is None:
            raise LookupError(f"{action} is not in the table of who may do what")
        return rule

    def decide(
        self, caller: Caller, action: str, about: About | None = None, *, restricted: bool = False, glass: bool = False
    ) -> Ruling:
        """Whether `caller`, whose roles are granted ones, may do `action` to the record that it is about.

        `restricted`: the person's records are for their named workers only. `glass`: the caller has broken the glass.
        """
        rule = self.rule(action)
        restricted = restricted and rule.record != ANY
        roles = [Role(role) for role in sorted(caller.roles)]
        held = [(role, rule.cell(role)) for role in roles if rule.cell(role).reach is not Reach.NONE]
        if not held:
            return Ruling(allowed=False)
        if about is None:
            return Ruling(allowed=True, role=held[0][0], ground=Ground.ROLE)
        found = sorted(_permitted(held, caller, about, restricted=restricted), key=lambda each: -_STRENGTH[each[1]])
        if found:
            return Ruling(allowed=True, role=found[0][0], ground=found[0][1])
        breaking = next((role for role, cell in held if cell.glass), None)
        if breaking is None:
            return Ruling(allowed=False)
        if glass:
            return Ruling(allowed=True, role=breaking, ground=Ground.GLASS_BROKEN)
        return Ruling(allowed=False, role=breaking, glass=True)


_STRENGTH = {Ground.WORKS_WITH_PERSON: 3, Ground.OWN_ORGANISATION: 2, Ground.ANY_ORGANISATION: 1}


def _permitted(
    held: Iterable[tuple[Role, Cell]], caller: Caller, about: About, *, restricted: bool
) -> Iterator[tuple[Role, Ground]]:
    for role, cell in held:
        if caller.subject in about.workers:
            yield role, Ground.WORKS_WITH_PERSON
        elif not restricted and cell.reach in (Reach.OWN, Reach.ALL) and caller.organisation == about.organisation:
            yield role, Ground.OWN_ORGANISATION
        elif not restricted and cell.reach is Reach.ALL:
            yield role, Ground.ANY_ORGANISATION


def _rules(table: str) -> Iterator[Rule]:
    reader = csv.DictReader(io.StringIO(table))
    columns = list(reader.fieldnames or ())
    if columns[:3] != ["action", "what", "record"]:
        raise PolicyWrong("a table begins with the columns action, what, record")
    for row in reader:
        try:
            cells = {Role(column): Cell.read((row[column] or "").strip()) for column in columns[3:]}
        except ValueError as error:
            raise PolicyWrong(f"{row['action']}: {error}") from None
        yield Rule(action=row["action"], what=row["what"], record=row["record"] or "", cells=cells)
