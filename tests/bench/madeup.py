"""Made-up people as skewed as real ones: few surnames of many, shared phones, missing dates."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

with (Path(__file__).parent / "names.csv").open(newline="") as _file:
    _ROWS = list(csv.DictReader(_file))
SURNAMES, FIRST, PHONES, SYLLABLES = (
    [row["name"] for row in _ROWS if row["kind"] == kind] for kind in ("surname", "first", "phone", "syllable")
)
"""Surnames begin with the commonest. Phones: Ofcom's numbers for drama, a thousand in each area; nobody has them."""


FIRST_BORN = date(1935, 1, 1)


@dataclass(frozen=True)
class Somebody:
    full_name: str
    date_of_birth: date | None
    nhs_number: str | None
    phone: str | None
    email: str | None

    @property
    def cells(self) -> dict[str, str]:
        return {
            "full_name": self.full_name,
            "date_of_birth": self.date_of_birth.isoformat() if self.date_of_birth else "",
            "nhs_number": self.nhs_number or "",
            "phone": self.phone or "",
            "email": self.email or "",
        }


def made_up(count: int, seed: int = 7) -> Iterator[Somebody]:
    """Always the same for the same seed. About one in eight has one of the ten commonest surnames."""
    chance = random.Random(seed)
    weights = [1 / (place + 8) for place in range(len(SURNAMES))]
    for number in range(count):
        common = chance.random() < 0.45
        surname = chance.choices(SURNAMES, weights)[0] if common else _rare(chance)
        first = chance.choice(FIRST)
        yield Somebody(
            full_name=f"{first} {surname}",
            date_of_birth=date(1935, 1, 1) + timedelta(days=chance.randrange(31_000))
            if chance.random() < 0.85
            else None,
            nhs_number=_nhs_number(chance) if chance.random() < 0.6 else None,
            phone=_phone(chance) if chance.random() < 0.7 else None,
            email=f"{first}.{surname}.{seed}.{number}@example.org".lower() if chance.random() < 0.4 else None,
        )


def _rare(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((3, 3, 4)))).capitalize()


def _phone(chance: random.Random) -> str:
    return f"{chance.choice(PHONES)}{chance.randrange(1000):03d}"


def _nhs_number(chance: random.Random) -> str:
    """From the block 900 to 999, which is never issued; modulus 11."""
    while True:
        nine = f"9{chance.randrange(10**8):08d}"
        check = -sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check < 10:
            return f"{nine}{check}"
