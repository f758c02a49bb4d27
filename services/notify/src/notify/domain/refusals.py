"""How notify says no."""

from alliance.kernel import Refusal


class AlreadyAcknowledged(Refusal):
    """Somebody has already acknowledged this alert."""

    def __init__(self) -> None:
        super().__init__("Somebody has already acknowledged this alert.")


class AlertNoLongerStands(Refusal):
    """What was alerted turned out not to be so."""

    def __init__(self) -> None:
        super().__init__("This alert was stood down: what it was about turned out not to be so.")


class AlreadyTaken(Refusal):
    """Another courier is carrying this message, or it needs none."""

    def __init__(self) -> None:
        super().__init__("This message is already being carried.")
