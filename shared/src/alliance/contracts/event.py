"""What every contract event is: immutable data with a versioned type, a lane and a class of confidentiality."""

from collections.abc import Callable
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer, StringConstraints

from alliance.kernel import to_text

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")]
"""A UUID in lower-case text: version 7 for new things, version 5 where a reaction derives it."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""A code from a published list: never free text, so it cannot carry a name."""

Subject = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$")]
"""Who acted, as their issuer calls them: an id, with no room for a name."""

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal."""

PenceAmount = Annotated[int, "integer pence, GBP"]

WireInstant = Annotated[AwareDatetime, PlainSerializer(lambda at: to_text(at), return_type=str, when_used="json")]
"""An instant with offset on the way in, UTC with microseconds on the way out."""

Lane = Literal["inbox", "urgent"]
Confidentiality = Literal["open", "restricted", "personal"]


class Event(BaseModel):
    """Base of all contract events. Listeners ignore fields that they do not know, so that additions break nobody."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    subject_field: ClassVar[str]
    lane: ClassVar[Lane]
    confidentiality: ClassVar[Confidentiality]

    @classmethod
    def publisher(cls) -> str:
        """`housing.person-moved-in.v1` → `housing`."""
        return cls.type.partition(".")[0]

    @classmethod
    def routing_key(cls) -> str:
        """`housing.person-moved-in.v1` → `person-moved-in.v1`."""
        return cls.type.partition(".")[2]

    @property
    def subject(self) -> str:
        return str(getattr(self, self.subject_field))

    @property
    def partition_key(self) -> str:
        """The person's pseudonym where the event has one, else the subject: what must be handled one at a time."""
        return str(getattr(self, "person_id", None) or self.subject)


E_ = TypeVar("E_", bound=Event)
_registered: dict[str, type[Event]] = {}


def contract(
    type_: str,
    *,
    subject: str,
    lane: Lane = "inbox",
    confidentiality: Confidentiality = "open",
) -> Callable[[type[E_]], type[E_]]:
    """Publish the decorated model as `type_` (`<service>.<noun-participle>.v<major>`); `subject` names its id field."""

    def register(model: type[E_]) -> type[E_]:
        if type_ in _registered:
            raise ValueError(f"{type_} is already taken by {_registered[type_].__name__}")
        if subject not in model.model_fields:
            raise ValueError(f"{type_} has no field {subject}")
        model.type, model.subject_field = type_, subject
        model.lane, model.confidentiality = lane, confidentiality
        _registered[type_] = model
        return model

    return register


def registered() -> dict[str, type[Event]]:
    """Every contract imported so far, by type. Use `alliance.contracts.catalogue` to get all of them."""
    return dict(_registered)
