"""A message goes by a safe way or not at all."""

from datetime import timedelta

import pytest

from alliance.people import KnownPerson
from notify.domain.codes import Channel, Failure
from notify.domain.facts import MessageDelivered, MessageFailed
from notify.domain.message import Progress
from notify.domain.refusals import AlreadyTaken

from ..builders import NINE, a_message, a_point, somebody_known


def test_a_message_waits_while_nothing_is_known_of_the_person() -> None:
    message = a_message()
    message.address(None, at=NINE)
    message.address(KnownPerson(id="a-person"), at=NINE)
    assert (message.progress, message.due_at()) == (Progress.WAITING, message.give_up_at)


def test_a_message_gives_up_when_the_details_never_come() -> None:
    message = a_message()
    message.on_due(message.give_up_at)
    (fact,) = message.take_facts()
    assert isinstance(fact, MessageFailed)
    assert fact.reason_code is Failure.DETAILS_NOT_SHARED
    assert message.due_at() is None
    message.address(somebody_known(), at=message.give_up_at)
    assert message.progress is Progress.FAILED


def test_a_message_is_ready_as_soon_as_a_safe_channel_is_known() -> None:
    message = a_message()
    message.address(somebody_known(a_point("email", safe=False), a_point("phone")), at=NINE)
    assert (message.progress, message.channel) == (Progress.READY, Channel.SMS)


def test_without_a_safe_channel_it_fails_and_says_so_once() -> None:
    message = a_message()
    for _ in range(2):
        message.address(somebody_known(a_point(safe=False)), at=NINE)
    (fact,) = message.take_facts()
    assert isinstance(fact, MessageFailed)
    assert fact.reason_code is Failure.NO_SAFE_CHANNEL


def test_a_refusal_of_sharing_stops_a_message_that_was_ready() -> None:
    message, details = a_message(), somebody_known()
    message.address(details, at=NINE)
    details.drop(sequence=2)
    message.address(details, at=NINE)
    assert message.reason_code is Failure.NO_SAFE_CHANNEL


def test_a_ready_message_whose_address_is_gone_ends_also_after_its_time() -> None:
    message, details = a_message(), somebody_known(a_point("email"))
    message.address(details, at=NINE)
    details.drop(sequence=details.copy_sequence + 1)
    message.address(details, at=message.give_up_at)
    assert (message.progress, message.to_send) == (Progress.FAILED, None)


def test_a_safe_way_that_becomes_known_in_time_revives_it() -> None:
    message = a_message()
    message.address(somebody_known(a_point(safe=False)), at=NINE)
    message.address(somebody_known(), at=NINE)
    assert message.progress is Progress.READY


def test_one_courier_at_a_time_carries_it_and_another_may_when_the_first_is_lost() -> None:
    message = a_message()
    message.address(somebody_known(), at=NINE)
    until = NINE + timedelta(minutes=1)
    assert message.take(now=NINE, until=until) is Channel.EMAIL
    with pytest.raises(AlreadyTaken):
        message.take(now=NINE, until=until)
    assert message.take(now=until, until=until + timedelta(minutes=1)) is Channel.EMAIL


def test_a_message_that_was_stopped_in_hand_is_not_put_off_and_goes_at_once_when_it_may() -> None:
    message = a_message()
    message.address(somebody_known(), at=NINE)
    message.take(now=NINE, until=NINE + timedelta(minutes=1))
    message.address(somebody_known(a_point(safe=False)), at=NINE)
    message.put_off(at=NINE)
    message.put_back(at=NINE)
    message.address(somebody_known(), at=NINE)
    message.take(now=NINE, until=NINE + timedelta(minutes=1))


def test_a_delivered_message_stays_delivered() -> None:
    message = a_message()
    message.address(somebody_known(), at=NINE)
    for _ in range(2):
        message.deliver(language="en", at=NINE)
    message.fail(Failure.REJECTED, at=NINE)
    assert [type(fact) for fact in message.take_facts()] == [MessageDelivered]
    with pytest.raises(AlreadyTaken):
        message.take(now=NINE, until=NINE)


def test_a_message_records_the_language_in_which_it_went_and_forgets_it_with_the_person() -> None:
    message = a_message()
    message.address(somebody_known(), at=NINE)
    assert message.language is None
    message.deliver(language="so", at=NINE)
    assert message.language == "so"
    message.deliver(language="en", at=NINE)
    assert message.language == "so"
    message.forget()
    assert (message.progress, message.channel, message.language) == (Progress.DELIVERED, Channel.EMAIL, None)


def test_a_message_that_is_carried_while_the_person_is_erased_writes_no_language_down_and_ends() -> None:
    message, person = a_message(), somebody_known()
    message.address(person, at=NINE)
    message.take(now=NINE, until=NINE + timedelta(minutes=1))
    message.forget()
    message.deliver(language="so", at=NINE)
    assert (message.progress, message.language) == (Progress.READY, None)
    person.erase(at=NINE)
    message.address(person, at=NINE)
    assert (message.progress, message.reason_code) == (Progress.FAILED, Failure.NO_SAFE_CHANNEL)
