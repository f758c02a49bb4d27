"""After a sign-in somebody lands on a page of this service, whatever a link said."""

import pytest

from .desks import Desk
from .fake_issuer import FakeIssuer

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "/%2Fevil.example",
    "/%5Cevil.example",
    "/%252Fevil.example",
    "/..//evil.example",
    "/\tevil.example",
    "/ /evil.example",
    "/\r\nSet-Cookie: a=b",
    "/%0d%0aSet-Cookie:a=b",
    "evil.example",
    "",
    "/" + "x" * 1_000,
    "/sign-in",
    "/sign-in/callback?state=x",
    "/sign-out",
    "/api/v1/cases",
    "/\u2044evil.example",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_a_sign_in_leads_to_no_other_site(desk: Desk, issuer: FakeIssuer, elsewhere: str) -> None:
    browser = desk.browser()
    url = await browser.get("/sign-in", params={"next": elsewhere})
    answer = await browser.get("/sign-in/callback", params=issuer.authorize(url.headers["location"]))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("place", ["/", "/cases", "/cases/7?tab=notes&page=2", "/cases/7/a%20b", "/list?next=//x"])
async def test_a_sign_in_leads_to_any_page_of_ours(desk: Desk, issuer: FakeIssuer, place: str) -> None:
    browser = desk.browser()
    url = await browser.get("/sign-in", params={"next": place})
    answer = await browser.get("/sign-in/callback", params=issuer.authorize(url.headers["location"]))
    assert answer.headers["location"] == place
