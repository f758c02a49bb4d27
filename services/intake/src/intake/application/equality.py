"""What may be asked about equality monitoring: to keep what a person answers. Nothing reads it out."""

from alliance.kernel import Clock
from intake.application.collections import Equalities, People
from intake.application.matches import survivor_of
from intake.domain.equality import Equality, EqualityAnswers


async def keep_equality_answers(
    person_id: str, answers: EqualityAnswers, people: People, equalities: Equalities, clock: Clock
) -> None:
    """For the record that the person's is part of now. Raises `Unknown` where there is no such person."""
    at, id_ = clock.now(), (await survivor_of(person_id, people)).id
    await equalities.change_or_add(id_, lambda: Equality(id=id_), lambda kept: kept.answer(answers, at=at))
