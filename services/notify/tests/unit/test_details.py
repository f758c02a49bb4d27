"""What was withdrawn never comes back."""

from itertools import permutations

from notify.domain.codes import Channel
from notify.domain.details import Details

from ..builders import a_point, some_details


def test_only_a_safe_contact_point_is_used() -> None:
    assert some_details(a_point("email", safe=False), a_point("phone")).safe_channel() is Channel.SMS
    assert some_details(a_point("email", safe=False)).safe_channel() is None
    assert some_details(a_point("address"), a_point("email")).safe_channel() is Channel.EMAIL


def test_a_withdrawal_removes_the_copy() -> None:
    details = some_details()
    details.drop(sequence=2)
    assert (details.call_me, details.contact_points, details.awaited) == (None, (), False)


def test_an_older_snapshot_redelivered_after_a_withdrawal_is_ignored() -> None:
    details = some_details()
    details.drop(sequence=2)
    details.keep(sequence=1, call_me="Sam", contact_points=(a_point(),))
    assert details.contact_points == ()


def test_a_withdrawal_that_is_older_than_the_copy_changes_nothing() -> None:
    details = some_details(sequence=5)
    details.drop(sequence=3)
    assert details.contact_points


def test_any_order_of_snapshots_and_preferences_ends_alike() -> None:
    def ending(order: tuple[str, ...]) -> Details:
        details = Details(id="a-person")
        for step in order:
            match step:
                case "shared at 1":
                    details.keep(sequence=1, call_me="Sam", contact_points=(a_point("phone"),))
                case "allowed at 1":
                    details.allow(sequence=1)
                case "refused at 2":
                    details.drop(sequence=2)
                case "allowed at 3":
                    details.allow(sequence=3)
                case "shared at 3":
                    details.keep(sequence=3, call_me="Sammy", contact_points=(a_point(),))
        return details

    steps = ("shared at 1", "allowed at 1", "refused at 2", "allowed at 3", "shared at 3")
    for count in range(1, 6):
        assert all(ending(order) == ending(steps[:count]) for order in permutations(steps[:count]))
