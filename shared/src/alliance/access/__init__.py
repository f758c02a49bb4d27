"""Who may do and see what: callers, the roles that count, and one table of who may do what for each service."""

from alliance.access.caller import Caller
from alliance.access.control import Access, Control, Refused
from alliance.access.policy import About, Policy
from alliance.access.roles import Grants, Role
from alliance.access.tokens import TokenRefused, Verifier, generate_key, issue_token, public_jwks

__all__ = [
    "About",
    "Access",
    "Caller",
    "Control",
    "Grants",
    "Policy",
    "Refused",
    "Role",
    "TokenRefused",
    "Verifier",
    "generate_key",
    "issue_token",
    "public_jwks",
]
