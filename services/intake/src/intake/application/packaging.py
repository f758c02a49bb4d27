"""A person's record as it is given to them: to read, to print, and for other programs."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from intake.application.collections import RecordParts
from intake.domain.record_request import RecordPart

MOST_PARTS = 1000
STYLE = "body{font-family:sans-serif;max-width:50em;margin:2em auto}th{text-align:left;vertical-align:top;width:14em}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One row, by its place in the whole: what a release leaves out is named by that."""

    place: str
    service: str
    title: str
    label: str
    value: str
    about_others: bool


async def parts_of(request_id: str, record_parts: RecordParts) -> list[RecordPart]:
    """In the order in which the whole is read."""
    return (await record_parts.page("place", f"{request_id}:", limit=MOST_PARTS)).items


def rows_of(parts: Iterable[RecordPart], left_out: Iterable[str] = ()) -> Iterator[Told]:
    """All rows but those left out."""
    gone = frozenset(left_out)
    for part in parts:
        for section_place, section in enumerate(part.sections):
            for row_place, row in enumerate(section.rows):
                place = f"{part.id}.{section_place}.{row_place}"
                if place not in gone:
                    yield Told(
                        place=place,
                        service=part.service,
                        title=section.title,
                        label=row.label,
                        value=row.value,
                        about_others=row.about_others,
                    )


def package(rows: Iterable[Told], called: Mapping[str, str]) -> bytes:
    """A ZIP with a page, a table and the plain data for each service; `called`: the services' names."""
    by_service: dict[str, list[Told]] = {}
    for row in rows:
        by_service.setdefault(row.service, []).append(row)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for service, theirs in by_service.items():
            whole.writestr(f"{service}.html", _page(called.get(service, service), theirs))
            whole.writestr(f"{service}.csv", _table(theirs))
            whole.writestr(f"{service}.json", _data(theirs))
    return buffer.getvalue()


def _page(name: str, rows: list[Told]) -> str:
    written, title = [f"<h1>What is held of you: {escape(name)}</h1>"], None
    for row in rows:
        if row.title != title:
            written.append(f"{'</table>' if title else ''}<h2>{escape(row.title)}</h2><table>")
            title = row.title
        written.append(f"<tr><th scope=row>{escape(row.label)}</th><td>{escape(row.value)}</td></tr>")
    head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(name)}</title><style>{STYLE}</style>"
    return f"{head}{''.join(written)}</table></html>"


def _table(rows: list[Told]) -> str:
    """What begins like a formula is quoted, so that no spreadsheet runs it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["section", "what", "value"])
    for row in rows:
        writer.writerow([_harmless(each) for each in (row.title, row.label, row.value)])
    return buffer.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _data(rows: list[Told]) -> str:
    plain = [{"section": row.title, "what": row.label, "value": row.value} for row in rows]
    return json.dumps(plain, ensure_ascii=False, indent=1)
