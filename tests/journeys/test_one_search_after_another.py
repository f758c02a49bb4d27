"""Searches for a home on one introduction, from triage's word to housing's placements and back, in any order."""

import asyncio
from dataclasses import dataclass, field
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rights.house import OURS, PERSON, House, said

from alliance.contracts import Envelope, Event, intake
from alliance.contracts import codes as published
from alliance.kernel import FixedClock, Provenance, Refusal, acting, derived_id, new_id
from alliance.messaging import apply_in_memory
from alliance.testing.rooms import hears_of
from housing.application import placements as at_housing
from housing.application.placements import placement_of
from housing.domain.codes import ClosingReason
from housing.domain.placement import Placement
from housing.domain.stages import Closing, Stage
from triage.application import cases as ask
from triage.application.clocks import reopen_case
from triage.domain.case_file import case_id_of
from triage.domain.codes import CaseOutcome, Priority, Setting, SupportLevel
from triage.domain.records import IpsaProfile

INTRODUCTION = derived_id("test", "searches", "introduction")
PROFILE = IpsaProfile(
    current_setting=Setting.RESIDENTIAL_CARE,
    weekly_cost_pence=153_425,
    support_level=SupportLevel.FLOATING,
    section_117=True,
)
STEPS = ["introduce"] * 4 + ["reopen"] * 4 + ["withdrawn", "goals-met"] * 2 + ["lost-contact", "at-the-door", "later"]


async def tell(house: House, *envelopes: Envelope) -> None:
    rows, name = hears_of(house.service), house.service.name
    applied = await apply_in_memory(rows, house.wiring.given, envelopes, organisation=OURS, service=name)
    assert (applied.quarantined, applied.waiting) == ([], [])


@dataclass
class World:
    """Triage and housing; what the front door and triage say waits for housing until it is told."""

    clock: FixedClock = field(default_factory=FixedClock)
    told: int = 0

    def __post_init__(self) -> None:
        self.triage, self.housing = House.of("triage", self.clock), House.of("housing", self.clock)
        self.cases = self.triage.wiring.given["cases"]
        self.searches = self.triage.wiring.given["home_searches"]
        self.front: list[Envelope] = []
        self.case_id = case_id_of(INTRODUCTION)

    async def start_anew(self) -> None:
        for house in (self.triage, self.housing):
            await house.empty()
        self.front, self.told, self.case_id = [], 0, case_id_of(INTRODUCTION)
        await self.begin()

    async def begin(self) -> None:
        now = self.clock.now()
        await self.front_says(
            intake.IntroductionAccepted(
                introduction_id=INTRODUCTION,
                person_id=PERSON,
                suggested_priority=published.Priority.ROUTINE,
                help_areas=(published.HelpArea.HOME,),
                received_at=now,
                accepted_at=now,
            )
        )

    async def front_says(self, event: Event) -> None:
        envelope = said(event, "triage")
        self.front.append(envelope)
        await tell(self.triage, envelope)

    @property
    def letters(self) -> list[Envelope]:
        return [*self.front, *self.triage.said]

    async def post(self) -> None:
        """Housing hears what is new, and triage hears what housing says about it."""
        new, self.told = self.letters[self.told :], len(self.letters)
        await tell(self.housing, *new)
        await tell(self.triage, *self.housing.said)

    async def step(self, name: str) -> None:
        self.clock.advance(hours=1)
        with acting(Provenance(actor="staff-7", organisation=OURS, correlation_id=new_id())):
            match name:
                case "introduce":
                    await ask.introduce_to_ipsa(self.case_id, PROFILE, self.cases, self.searches, self.clock)
                case "reopen":
                    self.case_id = await reopen_case(
                        self.case_id,
                        Priority.ROUTINE,
                        self.cases,
                        self.triage.known,
                        self.clock,
                        reason_code="person-came-back",
                        by="staff-7",
                    )
                case "later":
                    self.clock.advance(days=7)
                case "at-the-door":
                    case = await self.cases.get(self.case_id)
                    await self.front_says(
                        intake.IntroductionWithdrawn(
                            introduction_id=INTRODUCTION,
                            person_id=PERSON,
                            withdrawn_at=self.clock.now(),
                            spell=case.spell,
                        )
                    )
                case _:
                    await ask.close_case(self.case_id, CaseOutcome(name), self.cases, self.clock, by="staff-7")

    async def placements(self, house: House | None = None) -> dict[str, Placement]:
        """Those that began, by id."""
        found = await (house or self.housing).wiring.given["placements"].with_key("person_id", PERSON)
        return {each.id: each for each in found if each.beginning}

    async def stages(self, *keys: tuple[int, int]) -> list[Stage]:
        """Of the placements of each spell and search; there are no others."""
        found = await self.placements()
        assert set(found) == {placement_of(INTRODUCTION, *key) for key in keys}
        return [found[placement_of(INTRODUCTION, *key)].stage for key in keys]


@pytest.fixture
async def world() -> World:
    world = World()
    await world.begin()
    return world


async def go(world: World, *steps: str) -> None:
    for step in steps:
        await world.step(step)
        await world.post()


async def test_a_case_that_was_opened_again_has_a_second_search(world: World) -> None:
    await go(world, "introduce", "withdrawn", "reopen", "introduce")
    assert await world.stages((1, 1), (1, 2)) == [Stage.CLOSED, Stage.INTRODUCED]


async def test_what_ended_the_first_search_does_not_end_the_second_however_late(world: World) -> None:
    await go(world, "introduce", "withdrawn", "reopen", "introduce")
    await tell(world.housing, *reversed(world.letters))
    assert await world.stages((1, 1), (1, 2)) == [Stage.CLOSED, Stage.INTRODUCED]


async def test_the_first_search_of_a_case_that_was_closed_before_begins_all_the_same(world: World) -> None:
    await go(world, "withdrawn", "reopen", "introduce")
    assert await world.stages((1, 2)) == [Stage.INTRODUCED]


@pytest.mark.parametrize("ending", [each for each in CaseOutcome if each is not CaseOutcome.INTRODUCTION_ENDED])
async def test_after_each_ending_one_home_at_most_is_looked_for(world: World, ending: CaseOutcome) -> None:
    await go(world, "introduce", ending, "reopen")
    if ending.ends_search:
        await go(world, "introduce")
        assert await world.stages((1, 1), (1, 2)) == [Stage.CLOSED, Stage.INTRODUCED]
    else:
        await go(world, "introduce")
        assert await world.stages((1, 1)) == [Stage.INTRODUCED]


async def test_a_search_that_housing_ended_is_followed_by_another_on_the_open_case(world: World) -> None:
    await go(world, "introduce")
    closing = Closing(reason_code=ClosingReason.OTHER, at=world.clock.now())
    with acting(Provenance(actor="staff-8", organisation=OURS, correlation_id=new_id())):
        await at_housing.close_placement(placement_of(INTRODUCTION), closing, world.housing.wiring.given["placements"])
    await world.post()
    await go(world, "introduce")
    assert await world.stages((1, 1), (1, 2)) == [Stage.CLOSED, Stage.INTRODUCED]
    await go(world, "withdrawn")
    assert await world.stages((1, 1), (1, 2)) == [Stage.CLOSED, Stage.CLOSED]


async def test_a_person_who_withdraws_at_the_door_ends_a_later_search_that_outlived_its_case(world: World) -> None:
    await go(world, "withdrawn", "reopen", "introduce", "goals-met")
    assert await world.stages((1, 2)) == [Stage.INTRODUCED]
    await go(world, "at-the-door")
    assert await world.stages((1, 2)) == [Stage.CLOSED]


async def test_the_next_case_of_an_introduction_has_a_search_of_its_own(world: World) -> None:
    await go(world, "introduce", "withdrawn", "later", "reopen", "introduce")
    assert world.case_id == case_id_of(INTRODUCTION, 2)
    assert await world.stages((1, 1), (2, 1)) == [Stage.CLOSED, Stage.INTRODUCED]
    placement = (await world.placements())[placement_of(INTRODUCTION, 2)]
    assert placement.case_id == world.case_id
    await tell(world.housing, *reversed(world.letters))
    assert await world.stages((1, 1), (2, 1)) == [Stage.CLOSED, Stage.INTRODUCED]
    await go(world, "withdrawn")
    assert await world.stages((1, 1), (2, 1)) == [Stage.CLOSED, Stage.CLOSED]


def test_the_first_search_has_the_id_that_it_always_had() -> None:
    assert placement_of(INTRODUCTION) == derived_id("housing", "placement", INTRODUCTION)
    assert placement_of(INTRODUCTION, 2) == derived_id("housing", "placement", INTRODUCTION, "2")
    ids = {placement_of(INTRODUCTION, spell, search) for spell in (1, 2, 3) for search in (1, 2, 3)}
    assert len(ids) == 9


@cache
def one_world() -> tuple[World, House]:
    """Also a second housing; to put services together takes longer than all that they hear."""
    world = World()
    return world, House.of("housing", world.clock)


async def live_through(steps: list[str], seed: int) -> None:
    (world, housing), chance = one_world(), Random(seed)
    await world.start_anew()
    for name in steps:
        try:
            await world.step(name)
        except Refusal:
            continue
    letters = world.letters
    orders = [[chance.choice(letters), *chance.sample(letters, len(letters))] for _ in range(3)]
    ends = []
    for order in [letters, *orders]:
        await housing.empty()
        await tell(housing, *order)
        ends.append(await world.placements(housing))
    assert all(end == ends[0] for end in ends)
    case = await world.cases.get(world.case_id)
    looks = [each.id for each in ends[0].values() if each.case_id == case.id and each.stage is not Stage.CLOSED]
    goes_on = case.introduced_to_ipsa and not (case.outcome and case.outcome.ends_search)
    meant = [placement_of(INTRODUCTION, case.spell, case.search)] if goes_on else []
    assert looks == meant or ("at-the-door" in steps and not looks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(STEPS), min_size=3, max_size=14), st.integers(0, 2**16))
def test_whatever_triage_does_housing_ends_up_with_the_same_searches(steps: list[str], seed: int) -> None:
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(live_through(steps, seed))
    finally:
        loop.close()
