"""The reference a person is given, `LW-7K3M-92`: easy to read out, and a slip of one character is noticed."""

from hashlib import sha256

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty characters: without 0 O 1 I L U, which are misheard or misread."""
_PRIME = 31


def reference_for(introduction_id: str) -> str:
    """The reference of an introduction: always the same for the same id. Not unique: it is paired with a status key."""
    number = int.from_bytes(sha256(introduction_id.encode()).digest()[:8], "big")
    while True:
        body, rest = "", number
        for _ in range(5):
            rest, digit = divmod(rest, len(_ALPHABET))
            body += _ALPHABET[digit]
        if (check := _check(body)) is not None:
            return f"LW-{body[:4]}-{body[4]}{check}"
        number += 1


def is_reference(text: str) -> bool:
    """Whether `text` could be one of ours: shape, alphabet and check character."""
    prefix, _, rest = text.partition("-")
    body = rest.replace("-", "")
    if prefix != "LW" or len(rest) != 7 or rest[4] != "-" or len(body) != 6 or any(c not in _ALPHABET for c in body):
        return False
    return _check(body[:5]) == body[5]


def _check(body: str) -> str | None:
    """Weighted sum modulo the prime 31: catches every slip and every swap of neighbours; 30 has no character."""
    total = sum((place + 2) * _ALPHABET.index(character) for place, character in enumerate(body)) % _PRIME
    return _ALPHABET[total] if total < len(_ALPHABET) else None
