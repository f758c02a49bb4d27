"""A request to sign somebody in, as a service sends it through the browser: read, and refused where it is not safe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from alliance_deploy.issuer.clients import Client
from alliance_deploy.issuer.codes import CHALLENGE

PROMPTS = frozenset({"none", "login", "consent", "select_account"})


class NotSafe(Exception):
    """Nobody may be sent anywhere with this request: it is answered with a page. The message is a sentence."""


class Declined(Exception):
    """Answered to the client by redirect, with an error of RFC 6749 or OpenID Connect."""

    def __init__(self, error: str, why: str, *, redirect_uri: str, state: str | None) -> None:
        super().__init__(why)
        self.error, self.redirect_uri, self.state = error, redirect_uri, state

    def answer(self, issuer: str) -> str:
        told = {"error": self.error, "error_description": str(self)}
        return sent_back(self.redirect_uri, issuer, self.state, told)


@dataclass(frozen=True)
class Asked:
    client: Client
    redirect_uri: str
    state: str | None
    nonce: str | None
    challenge: str
    prompts: frozenset[str]
    max_age: int | None
    query: str
    """The whole request, to be asked again once somebody has been chosen."""


def asked(query: str, clients: Mapping[str, Client]) -> Asked:
    """Raises `NotSafe` while it is not known where an answer may go, then `Declined`."""
    pairs = parse_qsl(query, keep_blank_values=True)
    said = dict(pairs)
    client, redirect_uri = _where_to(pairs, clients)
    state = said.get("state")

    def declined(error: str, why: str) -> Declined:
        return Declined(error, why, redirect_uri=redirect_uri, state=state)

    if len(said) != len(pairs):
        raise declined("invalid_request", "a parameter is there twice")
    for unsupported in ("request", "request_uri"):
        if unsupported in said:
            raise declined(f"{unsupported}_not_supported", "plain parameters only")
    if said.get("response_type") != "code" or said.get("response_mode", "query") != "query":
        raise declined("unsupported_response_type", "response_type is code, response_mode is query")
    if "openid" not in said.get("scope", "").split():
        raise declined("invalid_scope", "scope has openid")
    if said.get("code_challenge_method") != "S256" or not CHALLENGE.fullmatch(said.get("code_challenge", "")):
        raise declined("invalid_request", "PKCE with S256 is required")
    prompts = frozenset(said.get("prompt", "").split())
    if prompts - PROMPTS or ("none" in prompts and len(prompts) > 1):
        raise declined("invalid_request", "prompt is not known")
    max_age = said.get("max_age")
    if max_age is not None and not (max_age.isdecimal() and len(max_age) < 9):
        raise declined("invalid_request", "max_age is a number of seconds")
    return Asked(
        client=client,
        redirect_uri=redirect_uri,
        state=state,
        nonce=said.get("nonce"),
        challenge=said["code_challenge"],
        prompts=prompts,
        max_age=int(max_age) if max_age is not None else None,
        query=query,
    )


def sent_back(redirect_uri: str, issuer: str, state: str | None, told: Mapping[str, str]) -> str:
    """The client's address with the answer; `iss` says whose it is (RFC 9207)."""
    return f"{redirect_uri}?{urlencode({**told, **({'state': state} if state is not None else {}), 'iss': issuer})}"


def _where_to(pairs: Sequence[tuple[str, str]], clients: Mapping[str, Client]) -> tuple[Client, str]:
    names = [value for name, value in pairs if name == "client_id"]
    addresses = [value for name, value in pairs if name == "redirect_uri"]
    client = clients.get(names[0]) if len(names) == 1 else None
    if client is None:
        raise NotSafe("The service that sent you here is not registered with this sign-in.")
    if len(addresses) != 1 or addresses[0] not in client.redirect_uris:
        raise NotSafe(f"{client.title or client.id} asked to send you to an address that is not registered for it.")
    return client, addresses[0]
