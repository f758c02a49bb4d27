"""Who may import what: ARCHITECTURE's table, as data. `lint-imports` and the planted violations read the same rows."""

from dataclasses import dataclass

SERVICES = ("intake", "triage", "housing", "finance", "notify", "reporting")

BROKER = ("aio_pika", "aiormq", "faststream")
STORE = ("pymongo", "motor", "bson")
WEB = ("fastapi", "starlette", "uvicorn", "anyio")
OBSERVED = ("structlog", "prometheus_client", "opentelemetry")
CALENDARS = ("govuk_bank_holidays",)
"""Packaged knowledge that a service's settings read; no room inside may."""
MAIL = ("aiosmtplib",)
"""Only what carries messages out speaks to a mail server."""
PAGES = ("jinja2", "markupsafe", "wtforms", "nhsuk_frontend_jinja")
SIGN_IN = ("joserfc", "authlib", "httpx2", "rfc8785")
MODELS = ("pydantic", "pydantic_core", "pydantic_settings", "annotated_types")


@dataclass(frozen=True)
class Rule:
    package: str
    may_import: tuple[str, ...]
    planted: str
    """An import that this rule must refuse."""


def shared() -> list[Rule]:
    inner = ("alliance.kernel", "alliance.contracts")
    return [
        Rule("alliance.kernel", (), "pydantic"),
        Rule("alliance.people", ("alliance.kernel",), "alliance.contracts"),
        Rule("alliance.contracts", ("alliance.kernel", "pydantic", "pydantic_core"), "alliance.store"),
        Rule("alliance.messaging", (*inner, *BROKER, *OBSERVED, "pydantic", "pydantic_core"), "pymongo"),
        Rule("alliance.store", (*inner, *STORE, *OBSERVED, "pydantic", "pydantic_core"), "aio_pika"),
        Rule("alliance.access", (*inner, *WEB, *MODELS, *SIGN_IN, *OBSERVED, "alliance.observability"), "alliance.web"),
        Rule(
            "alliance.web",
            (
                *inner,
                *WEB,
                *OBSERVED,
                *MODELS,
                *PAGES,
                "alliance.access",
                "alliance.observability",
                "limits",
                "nhs_number",
                "phonenumbers",
            ),
            "alliance.messaging",
        ),
        Rule("alliance.observability", (*inner, *OBSERVED, "starlette"), "alliance.store"),
        Rule("alliance.service", ("alliance", *WEB, *OBSERVED, *MODELS, *PAGES, *CALENDARS), "intake"),
        Rule(
            "alliance.testing",
            ("alliance", *WEB, *MODELS, "httpx2", "pytest", "pytest_asyncio", "schemathesis", "hypothesis"),
            "triage",
        ),
    ]


def of_service(service: str) -> list[Rule]:
    inner = (f"{service}.domain", "alliance.kernel", "alliance.people", "alliance.contracts")
    outer = (*inner, f"{service}.application", "alliance.store", *MODELS)
    other = next(name for name in SERVICES if name != service)
    return [
        Rule(service, ("alliance", *WEB, *MODELS, "structlog", "prometheus_client", *MAIL), other),
        Rule(f"{service}.domain", ("alliance.kernel", "alliance.people"), "alliance.contracts"),
        Rule(f"{service}.application", (*inner, "alliance.store", *MODELS), "fastapi"),
        Rule(f"{service}.events", (*outer, "alliance.messaging", "alliance.observability"), "pymongo"),
        Rule(
            f"{service}.api",
            (*outer, "alliance.web", "alliance.access", "fastapi", "starlette"),
            f"{service}.main",
        ),
        Rule(
            f"{service}.pages",
            (*outer, f"{service}.api.giving", "alliance.web", "alliance.access", "fastapi", "starlette", "jinja2"),
            f"{service}.main",
        ),
    ]


RULES = [*shared(), *(rule for service in SERVICES for rule in of_service(service))]
