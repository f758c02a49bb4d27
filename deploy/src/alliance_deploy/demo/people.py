"""Made-up people, unmistakably so: NHS numbers of the 900-999 block (never issued), 07700 900xxx, example.org."""

from dataclasses import dataclass
from datetime import date
from typing import Any


def nhs_number(nine: str) -> str:
    """Nine digits with their check digit (NHS Data Dictionary, modulus 11)."""
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    if check == 10:
        raise ValueError(f"{nine} has no check digit")
    return f"{nine}{0 if check == 11 else check}"


@dataclass(frozen=True)
class Person:
    full_name: str
    call_me: str
    date_of_birth: date
    nhs_number: str
    phone: str
    speaks: str | None = None
    """The language of an interpreter (ISO 639)."""

    @property
    def email(self) -> str:
        return f"{self.full_name.lower().replace(' ', '.')}@example.org"

    def details(self) -> dict[str, Any]:
        """As the front door's API takes them."""
        return {
            "full_name": self.full_name,
            "call_me": self.call_me,
            "date_of_birth": self.date_of_birth.isoformat(),
            "nhs_number": self.nhs_number,
            "interpreter_language": self.speaks,
            "contact_points": [
                {"kind": "phone", "value": self.phone, "safe": True, "voicemail_ok": False},
                {"kind": "email", "value": self.email, "safe": True},
            ],
        }


_NAMES = (
    ("Testina Madeup", "Tess", date(1988, 3, 14)),
    ("Pretend Patel", "Pretend", date(1996, 11, 2)),
    ("Fictitia Sample", "Fi", date(2003, 7, 21)),
    ("Homer Imaginary", "Homer", date(1975, 1, 30)),
    ("Withdrawina Example", "Wi", date(1991, 5, 5)),
    ("Leaving Notreal", "Lee", date(1969, 9, 17)),
    ("Twoatonce Firstly", "Firstly", date(1984, 12, 8)),
    ("Twoatonce Secondly", "Secondly", date(1979, 4, 25)),
    ("Choosy Fabricated", "Choosy", date(1982, 8, 11)),
    ("Privacy Invented", "Privy", date(1993, 2, 19)),
    ("Dummy Okonkwo", "Dummy", date(1964, 6, 27)),
    ("Placeholder Nguyen", "Holder", date(2001, 10, 3)),
    ("Mockup Williams", "Mock", date(1958, 1, 16)),
    ("Synthetic Adeyemi", "Syn", date(1999, 3, 29)),
    ("Trioline Pretence", "Trio", date(1986, 7, 8)),
    ("Planny Pretended", "Planny", date(1986, 2, 9)),
    ("Doubly Onceagain", "Doubly", date(1972, 11, 18)),
)

_SPEAK = {"Homer": "pt"}


def made_up() -> dict[str, Person]:
    """All of them, by what they like to be called."""
    numbers = [f"9{30 + place:02d}{place * 1117 % 1_000_000:06d}" for place in range(60)]
    valid = [number for number in numbers if _has_check_digit(number)]
    return {
        call_me: Person(full_name, call_me, born, nhs_number(nine), f"07700 900{100 + place}", _SPEAK.get(call_me))
        for place, ((full_name, call_me, born), nine) in enumerate(zip(_NAMES, valid, strict=False))
    }


def _has_check_digit(nine: str) -> bool:
    try:
        return bool(nhs_number(nine))
    except ValueError:
        return False
