"""Assets arrive with the right type, are kept for ever by browsers, and are those that were built."""

import gzip
import hashlib
import json
import re
from collections.abc import AsyncIterator
from importlib.metadata import version as installed
from importlib.resources import files
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from starlette.responses import HTMLResponse, Response, StreamingResponse

from alliance.web.pages.assets import asset, assets, assets_router, version
from alliance.web.pages.compressing import Compressing

STATIC = Path(str(files("alliance.web"))) / "static"
BUILDER = Path(__file__).parents[2] / "assets"
FIRST_VISIT = 120 * 1024


def app() -> FastAPI:
    made = FastAPI()
    made.include_router(assets_router())
    made.add_middleware(Compressing)

    @made.get("/page")
    async def page(size: int) -> Response:
        return HTMLResponse("é" * size)

    @made.get("/data")
    async def data() -> dict[str, str]:
        return {"much": "x" * 5000}

    @made.get("/stream")
    async def stream() -> Response:
        async def parts() -> AsyncIterator[str]:
            yield "a" * 2000
            yield "b"

        return StreamingResponse(parts(), media_type="text/html")

    return made


@pytest.fixture
async def browser() -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app())
    async with httpx2.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


def test_every_file_is_as_it_was_built() -> None:
    sums = (line.split("  ") for line in (STATIC / "CHECKSUMS").read_text().splitlines())
    listed = {name: digest for digest, name in sums}
    there = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()} - {"CHECKSUMS"}
    assert there == set(listed)
    assert {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in there} == listed


def test_styles_and_macros_are_the_pair_that_belongs_together() -> None:
    wanted = json.loads((BUILDER / "package.json").read_text())["devDependencies"]["nhsuk-frontend"]
    assert (wanted, installed("nhsuk-frontend-jinja")) == ("10.6.1", "0.10.2")
    assert f"nhsuk-frontend {wanted}" in (STATIC / "nhsuk-frontend.min.js").read_text()[:100]


def test_nothing_is_fetched_from_anywhere_else() -> None:
    for name, each in assets().items():
        if name.endswith((".css", ".js")):
            text = each.plain.decode()
            assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", text) == []
            assert re.findall(r"(?:import|from)\s*[\"'(]+https?:", text) == []
            assert "sourceMappingURL" not in text


def test_every_icon_that_the_styles_name_is_there() -> None:
    named = set(re.findall(r"url\([\"']?(assets/[^\"')]+)", assets()["alliance.css"].plain.decode()))
    assert named
    assert named <= set(assets())


def test_the_style_sheet_sets_a_font() -> None:
    assert ":root{font-family:arial,sans-serif}" in assets()["alliance.css"].plain.decode()


def test_a_first_visit_is_small() -> None:
    """Everything at once, also what only live pages and the public form load; 20 kB are left for the page."""
    assert sum(min(len(each.packed), len(each.plain)) for each in assets().values()) < FIRST_VISIT - 20 * 1024


def test_a_name_that_does_not_exist_is_an_error_when_the_page_is_made() -> None:
    with pytest.raises(KeyError):
        asset("alliance.scss")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("alliance.css", "text/css; charset=utf-8"),
        ("start.js", "text/javascript; charset=utf-8"),
        ("images/mark.svg", "image/svg+xml"),
    ],
)
async def test_an_asset_is_kept_for_ever(browser: httpx2.AsyncClient, path: str, kind: str) -> None:
    answer = await browser.get(asset(path), headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == (STATIC / path).read_bytes()


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0, br"])
async def test_an_asset_comes_plain_to_those_who_want_it_plain(browser: httpx2.AsyncClient, accepted: str) -> None:
    answer = await browser.get(asset("start.js"), headers={"accept-encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.content == (STATIC / "start.js").read_bytes()


async def test_an_address_of_another_version_is_answered_but_not_kept(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/static/0123456789abcdef/start.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    again = await browser.get("/static/0123456789abcdef/start.js", headers={"if-none-match": f'"{version()}"'})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["../pages/assets.py", "%2e%2e/pages/assets.py", "nothing.css", "CHECKSUMS", ""])
async def test_nothing_else_is_served(browser: httpx2.AsyncClient, path: str) -> None:
    assert (await browser.get(f"/static/{version()}/{path}")).status_code == 404


async def test_a_page_is_compressed_and_says_so_to_caches(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/page?size=5000", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 500
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.text == "é" * 5000


async def test_the_same_page_has_not_always_the_same_length(browser: httpx2.AsyncClient) -> None:
    lengths = {
        (await browser.get("/page?size=5000", headers={"accept-encoding": "gzip"})).headers["content-length"]
        for _ in range(30)
    }
    assert len(lengths) > 5


@pytest.mark.parametrize(
    ("path", "accepted"),
    [("/page?size=10", "gzip"), ("/page?size=5000", "identity"), ("/data", "gzip"), ("/stream", "gzip")],
)
async def test_small_pages_data_and_streams_pass_as_they_are(
    browser: httpx2.AsyncClient, path: str, accepted: str
) -> None:
    answer = await browser.get(path, headers={"accept-encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.status_code == 200


def test_what_is_packed_is_gzip_to_everybody() -> None:
    from alliance.web.pages.compressing import packed

    body = b"<p>hello</p>" * 500
    assert gzip.decompress(packed(body)) == body
