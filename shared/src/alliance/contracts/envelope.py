"""The CloudEvents 1.0 envelope around an event's data, as it is stored in an outbox and sent on the wire."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from alliance.contracts.event import Code, Id, WireInstant


class Envelope(BaseModel):
    """Who said what about whom, when and because of what. Never logs, never carries `data` to a log."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Id
    source: str = Field(pattern=r"^/alliance/[a-z]+$")
    type: str = Field(pattern=r"^[a-z]+\.[a-z0-9-]+\.v[1-9][0-9]*$")
    subject: str
    time: WireInstant
    sequence: int = Field(ge=1, description="the subject's own count of published events, without gaps")
    partitionkey: str
    correlationid: str
    causationid: str | None = None
    actor: str
    organisation: Code
    traceparent: str | None = None
    recipient: str | None = Field(default=None, description="the one service a personal event is for")
    data: dict[str, Any] = Field(repr=False)

    @property
    def publisher(self) -> str:
        return self.type.partition(".")[0]

    @property
    def dataschema(self) -> str:
        return f"/alliance/schemas/{self.type}.json"
