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


class TooManyCodes(Refusal):
    """As many codes as may be sent in a day have been sent."""

    def __init__(self) -> None:
        super().__init__("You have asked for many codes today. Use the latest one, or ask again tomorrow.")


class CodeRunOut(Refusal):
    """There is no code that holds: too late, or too many tries."""

    def __init__(self) -> None:
        super().__init__("This code no longer holds. Ask for a new one.")


class CodeWrong(Refusal):
    """Another code was sent."""

    def __init__(self) -> None:
        super().__init__("This is not the code that we sent. Look at the latest mail and try again.")


class NotSwitchedOn(Refusal):
    """No mail is sent that could be kept on."""

    def __init__(self) -> None:
        super().__init__("The morning mail is switched off. Give an address to switch it on.")
