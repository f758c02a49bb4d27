"""What the pages say of an import: columns, what the check found, and how far it has got, in sentences."""

from dataclasses import dataclass

from alliance.web.pages.listing import Column
from intake.domain.importing import Import, ImportState

LIST = (
    Column("checked", "Uploaded"),
    Column("by", "By"),
    Column("state", "State"),
    Column("rows", "Rows", numeric=True),
    Column("received", "Imported", numeric=True),
    Column("bad", "With errors", numeric=True),
)
TROUBLES = (Column("row", "Row"), Column("column", "Column"), Column("why", "What is wrong"))

STATES = {
    ImportState.ARRIVING: "Arriving",
    ImportState.CHECKED: "Waits to be started",
    ImportState.RUNNING: "Being imported",
    ImportState.ENDED: "Finished",
    ImportState.CANCELLED: "Cancelled",
    ImportState.EXPIRED: "Not started in time",
}


@dataclass(frozen=True)
class Told:
    """How far an import has got."""

    state: str
    sentences: list[str]


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def found_by_check(found: Import) -> list[tuple[str, str]]:
    return [
        ("Rows", f"{found.rows:,}"),
        ("Can be imported", f"{found.good - found.seen:,}"),
        ("With errors", f"{found.bad:,}: these are left out" if found.bad else "None"),
        ("Imported before", f"{found.seen:,}: these are passed over, nothing is doubled" if found.seen else "None"),
    ]


def told(found: Import) -> Told:
    said = [f"{found.worked_off:,} of {counted(found.good, 'row', 'rows')} worked off."]
    if found.received:
        said.append(counted(found.received, "introduction is imported.", "introductions are imported."))
    if found.already:
        said.append(counted(found.already, "row had been imported before.", "rows had been imported before."))
    if found.failed:
        said.append(counted(found.failed, "row could not be imported.", "rows could not be imported."))
    match found.state:
        case ImportState.CANCELLED:
            said.append("It was cancelled: what is imported stays, the rest of the file is deleted.")
        case ImportState.EXPIRED:
            said = ["Nobody started it within a day: the file is deleted. Upload it again."]
        case ImportState.ENDED:
            said.append("The file is deleted; row numbers and reasons stay.")
        case _:
            pass
    return Told(STATES[found.state], said)
