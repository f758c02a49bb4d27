"""Money is integer pence; sharing it out never makes or loses a penny."""

from collections.abc import Mapping

Pence = int


def split(total: Pence, shares: Mapping[str, int]) -> dict[str, Pence]:
    """Share `total` pence by integer weights (largest remainder, ties by name); the parts add up to `total`."""
    weight = sum(shares.values())
    if weight <= 0 or any(share < 0 for share in shares.values()):
        raise ValueError("shares must be whole numbers that add up to more than nothing")
    parts = {name: total * share // weight for name, share in shares.items()}
    remainders = sorted(shares, key=lambda name: (-(total * shares[name] % weight), name))
    for name in remainders[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
