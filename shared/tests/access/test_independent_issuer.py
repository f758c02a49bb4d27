"""A second opinion: an OpenID provider that is not ours (Canaille, by pytest-iam) and what it makes of our client."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from alliance.access.issuers import Issuer
from alliance.access.providers import Provider
from alliance.access.talking import SignInFailed
from alliance.kernel import SystemClock
from alliance.store import MemoryDatabase

from .desks import URL, Desk, a_desk


@pytest.fixture
def registered(iam_server: Any) -> Iterator[Any]:
    """This service as a client of the provider, with a secret."""
    with iam_server.app.app_context():
        client = iam_server.models.Client(
            client_id="triage",
            client_name="Conversations",
            client_uri=URL,
            client_secret="made-up-secret",
            redirect_uris=[f"{URL}/sign-in/callback"],
            post_logout_redirect_uris=[f"{URL}/signed-out"],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "groups"],
            token_endpoint_auth_method="client_secret_basic",
        )
        iam_server.backend.save(client)
        client.audience = [client]
        iam_server.backend.save(client)
        yield client
        iam_server.backend.delete(client)


@pytest.fixture
def somebody(iam_server: Any, registered: Any) -> Iterator[Any]:
    """Signed in at the provider, in a group, and content that we know of it."""
    user = iam_server.random_user(user_name="staff-7", display_name="Ada Made-Up")
    group = iam_server.random_group(display_name="key-workers")
    with iam_server.app.app_context():
        group.members = [user]
        iam_server.backend.save(group)
        user.groups = [group]
        iam_server.backend.save(user)
    iam_server.login(user)
    iam_server.consent(user, registered)
    yield user
    iam_server.logout()
    with iam_server.app.app_context():
        iam_server.backend.delete(group)
        iam_server.backend.delete(user)


def desk_of(iam_server: Any, folder: Path, **claims: Any) -> Desk:
    secret = folder / "secret"
    secret.write_text("made-up-secret")
    issuer = Issuer.model_validate(
        {
            "issuer": iam_server.url.rstrip("/"),
            "client_id": "triage",
            "client_secret_file": secret,
            "organisations": ["slam"],
            "scopes": ["openid", "profile", "groups"],
            "claims": {"organisation": "", "roles": "groups", **claims},
            "role_codes": {"key-workers": "key-worker"},
        }
    )
    clock = SystemClock()
    return a_desk(MemoryDatabase(clock), clock, Provider(issuer, clock))


async def sent_back(url: str) -> dict[str, str]:
    """What the provider sends the browser back with."""
    async with httpx2.AsyncClient() as browser:
        answer = await browser.get(url)
    assert answer.status_code == 302, answer.text
    where = urlsplit(answer.headers["location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == f"{URL}/sign-in/callback"
    return dict(parse_qsl(where.query))


@pytest.mark.parametrize("source", ["id_token", "userinfo"])
async def test_somebody_signs_in_by_an_independent_provider(
    iam_server: Any, somebody: Any, tmp_path: Path, source: str
) -> None:
    desk = desk_of(iam_server, tmp_path, **{"from": source})
    browser = desk.browser()
    back = await sent_back(await browser.to_issuer())
    answer = await browser.get("/sign-in/callback", params=back)
    assert answer.status_code == 303, answer.text
    page = await browser.get("/")
    assert page.text.startswith("staff-7 slam key-worker ")


async def test_it_refuses_a_code_that_was_used(iam_server: Any, somebody: Any, tmp_path: Path) -> None:
    """Also where our own memory of the sign-in, which is good once as well, is put back."""
    desk = desk_of(iam_server, tmp_path)
    back = await sent_back(await desk.client.begin(desk.client.issuers[0], "browser-1", "/"))
    (remembered,) = await desk.client.pending.collection.find_many({})
    assert (await desk.client.finish(back, "browser-1")).caller.subject == "staff-7"
    with pytest.raises(SignInFailed, match="state"):
        await desk.client.finish(back, "browser-1")
    await desk.client.pending.collection.insert(remembered)
    with pytest.raises(SignInFailed, match="code"):
        await desk.client.finish(back, "browser-1")


async def test_it_refuses_a_code_without_the_verifier_that_it_was_asked_with(
    iam_server: Any, somebody: Any, tmp_path: Path
) -> None:
    desk = desk_of(iam_server, tmp_path)
    back = await sent_back(await desk.client.begin(desk.client.issuers[0], "browser-1", "/"))
    (remembered,) = await desk.client.pending.collection.find_many({})
    await desk.client.pending.collection.update({"_id": remembered["_id"]}, {"$set": {"verifier": "x" * 43}})
    with pytest.raises(SignInFailed, match="code"):
        await desk.client.finish(back, "browser-1")


async def test_it_takes_our_sign_out(iam_server: Any, somebody: Any, tmp_path: Path) -> None:
    desk = desk_of(iam_server, tmp_path)
    browser = desk.browser()
    await browser.get("/sign-in/callback", params=await sent_back(await browser.to_issuer()))
    session = await desk.sessions.find(browser.cookies["__Host-triage"])
    assert session is not None
    on = await desk.client.leave(session)
    assert on is not None
    async with httpx2.AsyncClient() as other:
        answer = await other.get(on)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{URL}/signed-out")
