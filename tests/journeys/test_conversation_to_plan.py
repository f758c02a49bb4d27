"""A case goes from a first conversation to an agreed plan, by its pages, in a real browser and without JavaScript."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser
from tests.browser.crew import signed_in, url
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.cluster import Cluster

from alliance_deploy.demo.clients import Client

pytestmark = [pytest.mark.broker, pytest.mark.store]

TODAY = datetime.now(ZoneInfo("Europe/London")).date()


async def an_accepted_introduction(alliance: Cluster) -> str:
    """The case that it led to; the person shares their details."""
    async with alliance.client("intake") as door, alliance.client("triage") as talk:
        mark = secrets.token_hex(8)
        intake = Client(door, alliance.token("intake"), mark)
        triage = Client(talk, alliance.token("triage"), mark)
        person = {"full_name": "Sampletta Madeup", "call_me": "Sam"}
        made = await intake.tell("self-introductions", {"person": person}, signed_in=False)
        where = f"introductions/{made['introduction_id']}"
        await intake.tell(f"{where}/claim")
        await intake.tell(f"{where}/accept", {"suggested_priority": "3"})
        found = await triage.until(
            "cases", lambda page: bool(page["items"]), introduction_id=made["introduction_id"], within=20
        )
        return str(found["items"][0]["id"])


@asynccontextmanager
async def tess_at(
    alliance: Cluster, browser: Browser, size: tuple[int, int], *, script: bool
) -> AsyncIterator[Visitor]:
    tess = await signed_in(alliance, browser, "Tess Fabricated", size=size, script=script)
    try:
        yield tess
        assert await tess.inspected() == []
    finally:
        await tess.leave()


async def fills_in(tess: Visitor, named: str, day: date) -> None:
    """The three inputs of the date that is called so."""
    group = tess.page.get_by_role("group", name=named)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        await group.get_by_label(label, exact=True).fill(str(value))


async def chooses(tess: Visitor, question: str, answer: str) -> None:
    await tess.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


async def answers_phq(tess: Visitor, case: str, on: date, answers: list[int]) -> None:
    await tess.goes_to(f"{case}/measures/new/phq-9")
    await fills_in(tess, "The day on which it was filled in", on)
    await tess.page.get_by_label("By the person alone").check()
    items = tess.page.get_by_role("group", name=". ")
    for item, answer in enumerate(answers):
        await items.nth(item).get_by_label(str(answer), exact=True).check()
    await tess.follows("Enter it")
    await tess.sees("The measure is entered.")


@pytest.mark.parametrize(
    ("size", "script"), [(DESKTOP, True), (PHONE, False)], ids=["at a desk", "on a phone without JavaScript"]
)
async def test_a_case_goes_from_conversation_to_plan(
    alliance: Cluster, browser: Browser, size: tuple[int, int], script: bool
) -> None:
    # Given a case that nobody has talked about yet
    case = url(alliance, "triage", f"/cases/{await an_accepted_introduction(alliance)}")

    async with tess_at(alliance, browser, size, script=script) as tess:
        page = tess.page

        # When a worker begins to write down a conversation, is called away, and goes on later
        await tess.goes_to(f"{case}/hold-conversation")
        await page.get_by_label("Notes").fill("Made up: Sam paints, and would like")
        await tess.follows("Save and continue later")
        await tess.sees("You have begun to write down a conversation.")
        await tess.follows("Go on with it")
        assert await page.get_by_label("Notes").input_value() == "Made up: Sam paints, and would like"
        await page.get_by_label("Notes").fill("Made up: Sam paints, and would like a door of their own.")
        await tess.follows("Record the conversation")
        await tess.sees("Made up: Sam paints, and would like a door of their own.")

        # And writes down, part by part, what matters to the person
        await tess.follows("Strengths, goals, needs and risks")
        await tess.follows("Strengths and interests")
        await page.get_by_label("Creative").check()
        await tess.follows("Save")
        await tess.sees("Strengths and interests are saved.")
        await tess.follows("A goal")
        await page.get_by_label("What do they want, in their own words?").fill("A door of my own")
        await page.get_by_label("Make their own choices").check()
        await tess.follows("Set the goal")
        await tess.sees("The goal is set.")

        # And measures twice, of which the second time is a reliable improvement
        await answers_phq(tess, case, TODAY - timedelta(days=40), [2] * 8 + [0])
        await answers_phq(tess, case, TODAY, [1] * 7 + [0, 0])
        await tess.follows("Back")
        await tess.sees("PHQ-9 fell from 16 to 7: a reliable improvement, and out of the clinical range.")

        # And they go through the plan together and agree
        await tess.goes_to(f"{case}/plan/write")
        await page.get_by_label("What will the person do?").fill("Look at two places\nRing the aunt")
        await page.get_by_label("What will we do?").fill("Come along")
        await chooses(tess, "Does the person agree with this plan?", "Yes, they agree")
        await chooses(tess, "Do they have their own copy?", "Yes, on paper")
        await fills_in(tess, "When will you look at the plan together again?", TODAY + timedelta(days=90))
        await tess.follows("Record what they said")

        # Then the person can read it
        await tess.sees("We went through this plan together")
        for told in ("“A door of my own”", "Look at two places", "Ring the aunt", "Come along"):
            await tess.sees(told)
        assert await tess.inspected() == []

        # And when an answer says danger, the page says what to do now and the case is at the top
        await answers_phq(tess, case, TODAY, [1] * 8 + [1])
        await tess.sees("What to do now")
        assert await tess.inspected() == []
        async with alliance.client("triage") as talk:
            triage = Client(talk, alliance.token("triage"), secrets.token_hex(8))
            id_ = case.rpartition("/")[2]
            found = await triage.until(f"cases/{id_}", lambda record: record["priority"] == "1", within=20)
        assert [concern["kind"] for concern in found["concerns"]] == ["suicidal-thoughts"]
        await tess.goes_to(case)
        await tess.sees("Safety concern not answered")
