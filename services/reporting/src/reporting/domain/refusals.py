"""How reporting says no."""

from alliance.kernel import Refusal


class MonthClosedAlready(Refusal):
    """The figures of this month are final; a late fact restates them openly."""

    def __init__(self) -> None:
        super().__init__("The figures of this month are final; a late fact restates them openly.")


class MonthNotOver(Refusal):
    """A month can be closed once it has ended."""

    def __init__(self) -> None:
        super().__init__("A month can be closed once it has ended.")
