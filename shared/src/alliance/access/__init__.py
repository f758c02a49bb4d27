"""Who may do and see what: signed tokens and the caller that they name."""

from alliance.access.caller import Caller
from alliance.access.tokens import TokenRefused, Verifier, generate_key, issue_token, public_jwks

__all__ = ["Caller", "TokenRefused", "Verifier", "generate_key", "issue_token", "public_jwks"]
