"""In whatever order a service hears of sharing, merges and erasure, and however often, it ends in the same state."""

from itertools import permutations

import pytest
from tests.rights.house import PERSON, SERVICES, TWIN, House, erased, merged, requested, said, shared, sharing, unmerged

from alliance.contracts import Event
from alliance.kernel import FixedClock, derived_id

AGAIN = derived_id("test", "rights", "a second merge")
STORIES: dict[str, list[Event]] = {
    "withdrawn and allowed again": [
        shared(1),
        sharing(2, allowed=False),
        sharing(3, allowed=False, organisation="thames-reach"),
        sharing(4, allowed=True),
        shared(4, "Testa Newer"),
    ],
    "merged, unmerged, merged again": [
        shared(1),
        shared(1, "Twyla Example-Person", TWIN),
        merged(),
        unmerged(),
        merged(AGAIN),
    ],
    "erased": [shared(1), sharing(2, allowed=False), erased(), shared(3, "Testa Late"), merged()],
    "both records erased": [shared(1), shared(1, "Twyla Example-Person", TWIN), merged(), erased(), erased(TWIN)],
}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("name", STORIES)
async def test_order_and_repetition_do_not_matter(clock: FixedClock, name: str, service: str) -> None:
    story = [said(event, service) for event in STORIES[name]]
    house, expected = House.of(service, clock), None
    for order in permutations(story):
        await house.empty()
        applied = await house.hear(*order, order[-1], order[0])
        assert not applied.quarantined
        states = await house.states()
        expected = expected or states
        assert states == expected, [envelope.type for envelope in order]


@pytest.mark.parametrize("service", SERVICES)
async def test_of_somebody_erased_nothing_is_left_and_it_is_said_once(clock: FixedClock, service: str) -> None:
    story = [said(event, service) for event in STORIES["erased"]]
    house = House.of(service, clock)
    for order in permutations(story):
        await house.empty()
        await house.hear(*order, *order)
        assert "Testa" not in str(await house.states())
        assert "07700" not in str(await house.states())
        assert house.types_said() == ["person-forgotten.v1"]


@pytest.mark.parametrize("service", ["triage", "housing", "notify"])
async def test_a_withdrawn_copy_is_gone_in_every_order(clock: FixedClock, service: str) -> None:
    story = [said(event, service) for event in (shared(1), shared(2), sharing(3, allowed=False))]
    house = House.of(service, clock)
    for order in permutations(story):
        await house.empty()
        await house.hear(*order, *order)
        assert await house.known.details_of(PERSON) is None
        assert "Testa" not in str(await house.states())


@pytest.mark.parametrize("service", ["triage", "housing", "notify"])
async def test_merged_records_are_one_persons_until_that_is_undone(clock: FixedClock, service: str) -> None:
    house = House.of(service, clock)
    await house.hear(shared(1), shared(1, "Twyla Example-Person", TWIN), merged())
    assert await house.known.details_of(TWIN) == await house.known.details_of(PERSON) is not None
    assert await house.known.ids_of(TWIN) == await house.known.ids_of(PERSON) == (PERSON, TWIN)
    await house.hear(unmerged())
    details = await house.known.details_of(TWIN)
    assert details
    assert details.call_me == "Twyla"
    assert await house.known.ids_of(TWIN) == (TWIN,)


@pytest.mark.parametrize("service", ["triage", "housing", "notify"])
async def test_only_the_fields_that_a_service_needs_are_kept(clock: FixedClock, service: str) -> None:
    house = House.of(service, clock)
    await house.hear(shared(1))
    details = await house.known.details_of(PERSON)
    assert details
    assert (details.full_name is not None) is ("full_name" in house.service.keeps)
    assert details.contact_points


@pytest.mark.parametrize("service", SERVICES)
async def test_a_copy_of_the_record_is_sent_once_to_the_front_door_and_leaves_nothing(
    clock: FixedClock, service: str
) -> None:
    house = House.of(service, clock)
    if house.service.keeps:
        await house.hear(shared(1))
    asked = said(requested(), service)
    await house.hear(asked, asked, requested())
    (part,) = house.said
    assert (part.type, part.recipient) == (f"{service}.record-gathered.v1", "intake")
    assert ("07700 900123" in str(part.data)) is bool(house.service.keeps)
    kept = {key: state for key, state in (await house.states()).items() if key.startswith("gathered_records")}
    assert kept
    assert "07700" not in str(kept)


@pytest.mark.parametrize("service", ["triage", "housing", "notify"])
async def test_what_was_gathered_and_not_sent_yet_is_taken_back_by_an_erasure(clock: FixedClock, service: str) -> None:
    house = House.of(service, clock)
    await house.hear(shared(1), requested())
    (document,) = await house.database.collection("gathered_records").find_many({}, limit=10)
    assert document["waiting"] == len(document["outbox"]) == 1
    await house.hear(erased())
    (document,) = await house.database.collection("gathered_records").find_many({}, limit=10)
    assert (document["waiting"], document["outbox"]) == (0, {})
