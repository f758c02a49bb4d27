"""The JSON API, in process."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from alliance.contracts.codes import SourceCode
from alliance.testing.api import ApiClient, api_client, token_for
from alliance.testing.fuzzing import fuzz

from ..builders import a_corrected_move, a_move, a_start_of_support, an_introduction, said
from ..rooms import Room

CLOSE = "/api/v1/months/2026-11/close"


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
async def api(room: Room) -> AsyncIterator[ApiClient]:
    async with api_client(room.app, roles=["key-worker"]) as client:
        yield client


@pytest.fixture
async def lead(room: Room) -> AsyncIterator[ApiClient]:
    async with api_client(room.app, roles=["alliance-lead"]) as client:
        yield client


async def scores(api: ApiClient, **period: str) -> dict[str, float | None]:
    card = (await api.get("/api/v1/scorecard", params=period)).json()
    return {score["name"]: score["value"] for score in card["scores"]}


async def test_the_scorecard_counts_shares_and_means(room: Room, api: ApiClient) -> None:
    await room.count(
        *(an_introduction(SourceCode.SELF) for _ in range(3)),
        an_introduction(SourceCode.GP),
        a_start_of_support(4),
        a_start_of_support(9),
        a_move(),
    )
    found = await scores(api)
    assert found["introductions"] == 4
    assert found["share-self-introduced"] == 75.0
    assert found["mean-wait-to-support"] == 6.5
    assert found["moved-into-own-home"] == 1


async def test_an_empty_scorecard_divides_by_nothing(api: ApiClient) -> None:
    found = await scores(api)
    assert found["introductions"] == 0
    assert found["share-self-introduced"] is None


async def test_every_score_has_its_definition_unit_and_source(api: ApiClient) -> None:
    for score in (await api.get("/api/v1/scorecard")).json()["scores"]:
        assert score["definition"]
        assert score["source"]
        assert score["unit"] in ("count", "days", "pence", "percent")


async def test_a_corrected_move_is_followed(room: Room, api: ApiClient) -> None:
    await room.count(a_move(date(2026, 11, 30)), a_corrected_move(date(2026, 11, 30), date(2026, 12, 1)))
    assert (await scores(api, first="2026-11", last="2026-11"))["moved-into-own-home"] == 0
    assert (await scores(api, first="2026-12"))["moved-into-own-home"] == 1


async def test_a_figure_has_a_history_and_the_events_behind_it(room: Room, api: ApiClient) -> None:
    introductions = [said(an_introduction()) for _ in range(3)]
    await room.count(*introductions)
    history = (await api.get("/api/v1/figures/introductions")).json()
    assert history["points"] == [{"month": "2026-11", "value": 3, "closed": False}]
    assert history["limits"] is None
    url = "/api/v1/figures/introductions/months/2026-11/events"
    first = (await api.get(url, params={"limit": 2})).json()
    second = (await api.get(url, params={"limit": 2, "after": first["next"]})).json()
    assert [s["event_id"] for s in first["items"] + second["items"]] == [e.id for e in introductions]
    assert second["next"] is None


async def test_the_open_data_is_csv(room: Room, api: ApiClient) -> None:
    await room.count(an_introduction(SourceCode.GP))
    answer = await api.get("/api/v1/open-data.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text == "month,figure,value,final\n2026-11,introductions,1,no\n"


async def test_months_are_read_page_by_page(room: Room, api: ApiClient) -> None:
    await room.count(a_move(date(2026, 9, 1)), a_move(date(2026, 10, 1)), a_move(date(2026, 11, 1)))
    first = (await api.get("/api/v1/months", params={"limit": 2})).json()
    second = (await api.get("/api/v1/months", params={"limit": 2, "after": first["next"]})).json()
    assert [m["month"] for m in first["items"] + second["items"]] == ["2026-09", "2026-10", "2026-11"]


async def test_a_lead_closes_a_month_that_is_over_and_a_repeat_answers_alike(room: Room, lead: ApiClient) -> None:
    await room.count(an_introduction())
    refused = await lead.post(CLOSE)
    assert (refused.status_code, refused.json()["refusal"]) == (409, "month-not-over")
    room.clock.advance(days=29)
    key = {"Idempotency-Key": "once"}
    first, again = await lead.post(CLOSE, headers=key), await lead.post(CLOSE, headers=key)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert (await lead.get("/api/v1/months/2026-11")).json()["closed"] is True
    assert [envelope.type for envelope in room.said] == ["reporting.month-closed.v1"]


async def test_who_looked_at_an_older_version_is_told(room: Room, lead: ApiClient) -> None:
    await room.count(an_introduction())
    seen = (await lead.get("/api/v1/months/2026-11")).headers["ETag"]
    await room.count(an_introduction())
    room.clock.advance(days=29)
    stale = await lead.post(CLOSE, headers={"If-Match": seen})
    assert (stale.status_code, stale.json()["refusal"]) == (409, "stale")


async def test_unknown_figures_and_months_are_not_found(api: ApiClient, lead: ApiClient) -> None:
    for url in ("/api/v1/months/2026-11", "/api/v1/months/2026-13", "/api/v1/figures/happiness"):
        assert (await api.get(url)).status_code == 404
    assert (await lead.post(CLOSE)).status_code == 404


async def test_bad_parameters_are_named(api: ApiClient) -> None:
    answer = await api.get("/api/v1/scorecard", params={"first": "last week"})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["first"]


async def test_a_token_with_the_right_role_is_needed(api: ApiClient) -> None:
    assert (await api.get("/api/v1/scorecard", headers={"Authorization": ""})).status_code == 401
    stranger = {"Authorization": f"Bearer {token_for('reporting', 'reporting.viewer')}"}
    assert (await api.get("/api/v1/scorecard", headers=stranger)).status_code == 403
    assert (await api.post(CLOSE)).status_code == 403


def test_no_request_makes_it_fail_or_answer_what_it_does_not_document(room: Room) -> None:
    assert fuzz(room.app, roles=["alliance-lead"], examples=10) > 0
