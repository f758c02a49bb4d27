"""What anybody may know of the issuer: its discovery document, its public keys, and that it is up."""

from typing import Any

from fastapi import APIRouter

from alliance.access.tokens import ALGORITHM
from alliance_deploy.issuer.authenticating import ALGORITHMS
from alliance_deploy.issuer.desk import Desk


def describing(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/.well-known/openid-configuration")
    async def configuration() -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, and RFC 8414."""
        methods = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
        return {
            "issuer": desk.issuer,
            "authorization_endpoint": f"{desk.issuer}/authorize",
            "token_endpoint": f"{desk.issuer}/token",
            "userinfo_endpoint": f"{desk.issuer}/userinfo",
            "jwks_uri": f"{desk.issuer}/jwks.json",
            "end_session_endpoint": f"{desk.issuer}/end-session",
            "scopes_supported": ["openid", "profile"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": methods,
            "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "select_account"],
            "claims_supported": ["sub", "name", "organisation", "roles", "sid", "auth_time", "nonce"],
            "authorization_response_iss_parameter_supported": True,
            "backchannel_logout_supported": True,
            "backchannel_logout_session_supported": True,
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
        }

    @router.get("/jwks.json")
    async def keys() -> dict[str, Any]:
        return desk.signer.jwks

    @router.get("/health/live")
    @router.get("/health/ready")
    async def health() -> dict[str, str]:
        return {"status": "ready"}

    return router
