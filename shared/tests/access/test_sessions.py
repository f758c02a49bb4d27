"""A session lasts while somebody is there, ends when it is ended, and cannot be taken up again."""

import pytest

from alliance.access import Caller
from alliance.access.colleagues import Colleagues
from alliance.access.sessions import Sessions
from alliance.kernel import FixedClock
from alliance.store import MemoryDatabase

from .builders import ISSUER

ADA = Caller(
    subject="staff-7",
    organisation="slam",
    roles=frozenset({"key-worker", "auditor"}),
    issuer=ISSUER,
    name="Ada Made-Up",
)


@pytest.fixture
def sessions(database: MemoryDatabase, clock: FixedClock) -> Sessions:
    return Sessions(collection=database.collection("sessions"), clock=clock, service="triage")


async def begun(sessions: Sessions, caller: Caller = ADA, *, sid: str = "sid-1") -> str:
    return await sessions.begin(caller, issuer=ISSUER, sid=sid, id_token="a.b.c")


async def test_a_session_knows_who_signed_in(sessions: Sessions) -> None:
    session = await sessions.find(await begun(sessions))
    assert session is not None
    assert session.caller == ADA
    assert session.caller.name == "Ada Made-Up"
    assert session.id_token == "a.b.c"


async def test_the_store_holds_nothing_that_opens_a_session(sessions: Sessions, database: MemoryDatabase) -> None:
    value = await begun(sessions)
    (document,) = await database.collection("sessions").find_many({})
    assert value not in str(document)
    assert await sessions.find(document["_id"]) is None


async def test_every_sign_in_begins_a_session_of_its_own(sessions: Sessions) -> None:
    values = {await begun(sessions) for _ in range(20)}
    assert len(values) == 20
    assert all(len(value) == 43 for value in values), "256 bits"


@pytest.mark.parametrize("value", [None, "", "made-up", "x" * 65])
async def test_nobody_is_signed_in_by_another_cookie(sessions: Sessions, value: str | None) -> None:
    await begun(sessions)
    assert await sessions.find(value) is None


async def test_a_session_ends_after_half_an_hour_without_a_request(sessions: Sessions, clock: FixedClock) -> None:
    value = await begun(sessions)
    for _ in range(5):
        clock.advance(minutes=29)
        assert await sessions.find(value)
    clock.advance(minutes=30)
    assert await sessions.find(value) is None


async def test_a_session_ends_after_ten_hours_whatever_happens(sessions: Sessions, clock: FixedClock) -> None:
    value = await begun(sessions)
    for _ in range(23):
        clock.advance(minutes=26)
        assert await sessions.find(value)
    clock.advance(minutes=2)
    assert await sessions.find(value) is None


async def test_a_page_that_asks_by_itself_does_not_keep_a_session_open(sessions: Sessions, clock: FixedClock) -> None:
    value = await begun(sessions)
    for _ in range(29):
        clock.advance(minutes=1)
        assert await sessions.find(value, touch=False)
    clock.advance(minutes=1)
    assert await sessions.find(value) is None


async def test_being_seen_is_written_down_once_a_minute(sessions: Sessions, clock: FixedClock) -> None:
    value = await begun(sessions)
    clock.advance(seconds=59)
    first = await sessions.find(value)
    clock.advance(seconds=1)
    second = await sessions.find(value)
    assert first is not None
    assert second is not None
    assert (second.seen_at - first.seen_at).total_seconds() == 60


async def test_an_ended_session_stays_ended(sessions: Sessions, clock: FixedClock) -> None:
    value = await begun(sessions)
    clock.advance(minutes=5)
    await sessions.end(value)
    assert await sessions.find(value) is None
    await sessions.end(value)


async def test_the_issuer_ends_one_session_or_all_of_somebody(sessions: Sessions) -> None:
    one, two, other = [await begun(sessions, sid=sid) for sid in ("sid-1", "sid-2", "sid-3")]
    assert await sessions.end_by_sid("https://other.example", "sid-1") == 0
    assert await sessions.end_by_sid(ISSUER, "sid-1") == 1
    assert await sessions.find(one) is None
    assert await sessions.find(two)
    assert await sessions.end_by_subject("https://other.example", "staff-7") == 0
    assert await sessions.end_by_subject(ISSUER, "staff-7") == 2
    assert await sessions.find(other) is None


async def test_a_session_is_ended_by_the_subject_that_the_issuer_knows(sessions: Sessions) -> None:
    value = await sessions.begin(ADA, issuer=ISSUER, subject="pairwise")
    assert await sessions.end_by_subject(ISSUER, "staff-7") == 0
    assert await sessions.end_by_subject(ISSUER, "pairwise") == 1
    assert await sessions.find(value) is None


async def test_an_administrator_sees_open_sessions_and_ends_one(sessions: Sessions, clock: FixedClock) -> None:
    gone = await begun(sessions)
    clock.advance(minutes=31)
    values = []
    for _ in range(5):
        clock.advance(seconds=1)
        values.append(await begun(sessions))
    first = await sessions.open_sessions(limit=3)
    rest = await sessions.open_sessions(after=first.next, limit=3)
    assert [len(first.sessions), len(rest.sessions), rest.next] == [3, 2, None]
    begun_at = [session.began_at for session in (*first.sessions, *rest.sessions)]
    assert begun_at == sorted(begun_at)
    ended = await sessions.end_by_reference(first.sessions[0].reference)
    assert ended is not None
    assert ended.caller == ADA
    assert await sessions.find(values[0]) is None
    assert await sessions.find(values[1])
    assert await sessions.end_by_reference(first.sessions[0].reference) is None
    assert await sessions.find(gone) is None


async def test_what_has_ended_is_swept_away(sessions: Sessions, database: MemoryDatabase, clock: FixedClock) -> None:
    await begun(sessions)
    clock.advance(minutes=29)
    kept = await begun(sessions)
    clock.advance(minutes=2)
    assert await sessions.sweep() == 1
    assert await sessions.find(kept)
    assert len(await database.collection("sessions").find_many({})) == 1


async def test_colleagues_are_called_what_they_were_called_last(database: MemoryDatabase) -> None:
    colleagues = Colleagues(database.collection("colleagues"))
    await colleagues.note(Caller(subject="staff-7", organisation="slam", name="Ada Old"))
    await colleagues.note(ADA)
    await colleagues.note(Caller(subject="staff-8", organisation="slam"))
    assert await colleagues.names({"staff-7", "staff-8", "staff-9"}) == {"staff-7": "Ada Made-Up"}
    assert await colleagues.names([]) == {}
