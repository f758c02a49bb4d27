"""NHS numbers: ten digits of which the last checks the others (NHS Data Dictionary: modulus 11)."""


def is_nhs_number(text: str) -> bool:
    """Whether `text` is ten digits with the right check digit; numbers that would need a check of 10 are not issued."""
    if len(text) != 10 or not text.isascii() or not text.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:9], range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return check != 10 and check == int(text[9])
