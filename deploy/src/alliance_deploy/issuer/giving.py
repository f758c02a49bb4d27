"""/token and /userinfo: what a client gets for a code, and a machine for its own word."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from alliance.access.caller import SUBJECT
from alliance_deploy.issuer.authenticating import Authenticator, ClientRefused
from alliance_deploy.issuer.clients import Client
from alliance_deploy.issuer.codes import CodeRefused, CodeReused
from alliance_deploy.issuer.desk import Desk
from alliance_deploy.issuer.signing_out import tell
from alliance_deploy.issuer.tokens import ACCESS_LASTS, NotOurs, claims_about


class Denied(Exception):
    """No token, with an error of RFC 6749, section 5.2."""

    def __init__(self, error: str, why: str) -> None:
        super().__init__(why)
        self.error = error


def giving(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    authenticator = Authenticator(desk.clients, desk.issuer, desk.clock)

    @router.post("/token")
    async def token(request: Request) -> Response:
        sent = await request.form()
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
        try:
            if len(sent.multi_items()) != len(form):
                raise Denied("invalid_request", "a parameter is there twice")
            client = authenticator.client(request.headers.get("authorization"), form)
            match form.get("grant_type"):
                case "authorization_code":
                    return JSONResponse(await _for_code(desk, client, form))
                case "client_credentials":
                    return JSONResponse(_for_machine(desk, client, form))
                case _:
                    raise Denied("unsupported_grant_type", "authorization_code or client_credentials")
        except ClientRefused as refused:
            told = {"error": "invalid_client", "error_description": str(refused)}
            return JSONResponse(told, 401, headers={"WWW-Authenticate": "Basic"})
        except Denied as denied:
            return JSONResponse({"error": denied.error, "error_description": str(denied)}, 400)

    @router.api_route("/userinfo", methods=["GET", "POST"])
    async def userinfo(request: Request) -> Response:
        kind, _, bearer = request.headers.get("authorization", "").partition(" ")
        try:
            claims = desk.signer.read(bearer if kind.lower() == "bearer" else "", "at+jwt")
        except NotOurs:
            claims = {}
        signed_in = desk.signed_in.known_as(claims.get("sid", ""))
        if claims.get("aud") != desk.issuer or claims.get("jti") in desk.taken_back or signed_in is None:
            return Response(status_code=401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return JSONResponse(claims_about(signed_in))

    return router


async def _for_code(desk: Desk, client: Client, form: Mapping[str, str]) -> dict[str, Any]:
    try:
        code = desk.codes.redeem(
            form.get("code", ""),
            client=client.id,
            redirect_uri=form.get("redirect_uri", ""),
            verifier=form.get("code_verifier", ""),
        )
    except CodeReused as reused:
        desk.taken_back.add(reused.code.token_id)
        if signed_in := desk.signed_in.known_as(reused.code.sid):
            await tell(desk, client, signed_in)
        raise Denied("invalid_grant", str(reused)) from None
    except CodeRefused as refused:
        raise Denied("invalid_grant", str(refused)) from None
    signed_in = desk.signed_in.known_as(code.sid)
    if signed_in is None:
        raise Denied("invalid_grant", "whoever it was has signed out")
    return {
        "access_token": desk.signer.access_token(code, signed_in),
        "id_token": desk.signer.id_token(client.id, signed_in, code.nonce),
        **_kind(),
    }


def _for_machine(desk: Desk, client: Client, form: Mapping[str, str]) -> dict[str, Any]:
    """A token for one service, with roles that the agreement grants to the organisation it speaks for."""
    if not client.is_machine:
        raise Denied("unauthorized_client", "this client signs people in")
    audience, organisation = form.get("audience", ""), form.get("organisation", "")
    roles, subject = form.get("roles", "").split(), form.get("subject", client.id)
    if audience not in desk.services:
        raise Denied("invalid_target", f"audience is one of {', '.join(desk.services)}")
    if not SUBJECT.fullmatch(subject):
        raise Denied("invalid_request", "subject is an id, never a name")
    granted = desk.services[audience]["roles"].get(organisation, ())
    if not roles or not set(roles) <= set(granted):
        asked = ", ".join(sorted(set(roles) - set(granted))) or "no role"
        may = ", ".join(granted) or "nothing"
        raise Denied("invalid_scope", f"{asked}: at {audience} people of {organisation or 'nobody'} may be {may}")
    token = desk.signer.machine_token(
        client.id, subject=subject, audience=audience, organisation=organisation, roles=roles
    )
    return {"access_token": token, **_kind()}


def _kind() -> dict[str, Any]:
    return {"token_type": "Bearer", "expires_in": int(ACCESS_LASTS.total_seconds())}
