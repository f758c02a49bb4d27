"""The made-up members of staff whom a developer can be."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alliance.access.caller import SUBJECT
from alliance.access.roles import Role

Services = Mapping[str, Mapping[str, Any]]
"""As `ALLIANCE_SERVICES` tells: of each service its title, url, and roles by organisation."""


class PersonasWrong(Exception):
    """The list of personas cannot be used; the message has one sentence for each thing that is wrong."""


class Persona(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str = Field(pattern=f"^{SUBJECT.pattern}$")
    name: str = Field(min_length=1)
    organisation: str
    roles: tuple[Role, ...] = Field(min_length=1)
    lands: str = Field(description="the service that the start page brings them to")
    can: str = Field(description="what they do, in the first person, one line")

    def works_at(self, services: Services, name: str) -> bool:
        """Whether any of their roles counts at this service."""
        return not set(services[name]["roles"].get(self.organisation, ())).isdisjoint(self.roles)


def read_personas(file: Path, services: Services) -> tuple[Persona, ...]:
    """All of them. Raises `PersonasWrong`."""
    try:
        personas = tuple(Persona.model_validate(each) for each in tomllib.loads(file.read_text())["personas"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise PersonasWrong(f"{file.name} cannot be read: {error}") from error
    if wrong := list(broken(personas, services)):
        raise PersonasWrong("\n".join(f"{file.name}: {sentence}" for sentence in wrong))
    return personas


def broken(personas: Sequence[Persona], services: Services) -> Iterator[str]:
    """One sentence for each persona that could do nothing, or is not one person."""
    for what, values in (("subject", [p.subject for p in personas]), ("name", [p.name for p in personas])):
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield f"two personas have the {what} {value!r}"
    for persona in personas:
        for role in persona.roles:
            if not any(role in told["roles"].get(persona.organisation, ()) for told in services.values()):
                yield f"{persona.name} is {role}, which {persona.organisation} is granted nowhere in the agreement"
        if persona.lands not in services:
            yield f"{persona.name} lands in {persona.lands!r}, which is no service"
        elif not persona.works_at(services, persona.lands):
            yield f"{persona.name} lands in {persona.lands}, where none of their roles is granted"


def by_organisation(personas: Iterable[Persona]) -> dict[str, list[Persona]]:
    grouped: dict[str, list[Persona]] = {}
    for persona in personas:
        grouped.setdefault(persona.organisation, []).append(persona)
    return grouped
