"""An event is on one sheet, and stays there."""

from alliance.kernel import new_id
from reporting.domain.sheet import FIRST, FULL, LAST, Line, Sheet, downwards


def a_line(event_id: str | None = None) -> Line:
    return Line(event_id=event_id or new_id(), month="2026-11", type="intake.example.v1", amounts={"introductions": 1})


def test_a_line_reads_back_as_it_was_written() -> None:
    line = Line(
        event_id=new_id(), month="2026-11", type="finance.x.v1", amounts={"a": -7, "b-c": 1_000_000}, replayed=True
    )
    assert Line.parse(line.text) == line


def test_an_event_is_added_once() -> None:
    sheet, line = Sheet.opened("intake", FIRST, LAST), a_line()
    for _ in range(2):
        sheet.add([line])
    assert sheet.lines() == [line]


def test_all_months_of_an_event_are_added_together() -> None:
    sheet, first = Sheet.opened("intake", FIRST, LAST), a_line()
    second = Line(event_id=first.event_id, month="2026-12", type=first.type, amounts={"introductions": -1})
    sheet.add([first, second])
    sheet.add([first, second])
    assert sheet.lines() == [first, second]


def test_a_full_sheet_narrows_to_what_it_holds_and_still_knows_it() -> None:
    sheet, lines = Sheet.opened("intake", FIRST, LAST), [a_line() for _ in range(FULL)]
    sheet.add(lines)
    later = a_line("ffffffff-0000-7000-8000-000000000000")
    sheet.add([later])
    assert not sheet.accepts(later.event_id)
    assert all(sheet.accepts(line.event_id) for line in lines)
    assert len(sheet.lines()) == FULL


def test_a_sheet_is_uncounted_until_all_its_lines_are_marked() -> None:
    sheet = Sheet.opened("intake", FIRST, LAST)
    sheet.add([a_line(), a_line()])
    sheet.mark_counted(1)
    assert sheet.uncounted == sheet.id
    sheet.mark_counted(2)
    sheet.mark_counted(1)
    assert sheet.uncounted is None


def test_downwards_turns_the_order_of_ids_round() -> None:
    ids = sorted(new_id() for _ in range(50))
    assert sorted(ids, key=downwards) == ids[::-1]
