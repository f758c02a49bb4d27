"""Any history of commands, with its events delivered late, doubled and shuffled, keeps every home for one at most."""

import asyncio
from collections import Counter
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.contracts import Envelope
from alliance.kernel import FixedClock, Refusal, derived_id
from housing.application import homes as home_use
from housing.application import placements as use
from housing.domain.codes import ClosingReason, DeclinedBy, DeclineReason, Destination, MoveOnReason
from housing.domain.home import HomeState
from housing.domain.stages import Closing, MoveOn

from ..builders import a_home
from ..rooms import Alliance, somebody

STEPS = (
    ["offer"] * 6
    + ["settle"] * 4
    + ["decline"] * 3
    + ["accept", "time", "deliver", "deliver-all-again"] * 2
    + ["move-in", "move-on", "close"]
)
ENDS = ("housing.home-offer-declined.v1", "housing.home-offer-lapsed.v1", "housing.person-moved-on.v1")


class Town:
    """Two homes, three people, and a post that mixes up its letters."""

    def __init__(self, seed: int) -> None:
        self.alliance, self.chance, self.made = Alliance(FixedClock()), Random(seed), 0
        self.post: list[Envelope] = []

    async def build(self) -> None:
        with somebody():
            self.homes = [await home_use.add_home(a_home(), self.alliance.homes, self.alliance.clock) for _ in range(2)]
        self.people = [await self.alliance.placement_of(await self.alliance.introduce()) for _ in range(3)]

    async def step(self, name: str, who: int) -> None:
        alliance, person = self.alliance, self.people[who]
        now, placements = alliance.clock.now(), alliance.placements
        offer = (await placements.get(person)).current_offer
        offer_id = offer.offer_id if offer else derived_id("none")
        match name:
            case "offer":
                self.made += 1
                await home_use.offer_home(
                    self.chance.choice(self.homes),
                    offer_id=derived_id("offer", str(self.made)),
                    placement_id=person,
                    lasts=timedelta(days=7),
                    homes=alliance.homes,
                    placements=placements,
                    clock=alliance.clock,
                )
            case "accept":
                await use.accept_offer(person, offer_id, placements, alliance.clock)
            case "decline":
                reason = DeclineReason.OTHER
                await use.decline_offer(
                    person, offer_id, placements, alliance.clock, by=DeclinedBy.PERSON, reason_code=reason
                )
            case "move-in":
                await use.confirm_move_in(person, now.date(), placements, alliance.clock)
            case "move-on":
                leaving = MoveOn(on=now.date(), destination=Destination.OWNER, reason_code=MoveOnReason.PLANNED)
                await use.move_on(person, leaving, placements, alliance.clock)
            case "close":
                await use.close_placement(person, Closing(reason_code=ClosingReason.OTHER, at=now), placements)
            case "time":
                alliance.clock.advance(days=4)
                await alliance.tick()
            case "deliver":
                await self.deliver()
            case "settle":
                await self.finish()
            case _:
                applied = await alliance.hear(*self.chance.sample(alliance.said, len(alliance.said)))
                assert applied.quarantined == []

    async def deliver(self) -> None:
        self.post, self.alliance.waiting = self.post + self.alliance.waiting, []
        if self.post:
            applied = await self.alliance.hear(self.post.pop(self.chance.randrange(len(self.post))))
            assert applied.quarantined == []

    async def finish(self) -> None:
        while self.post or self.alliance.waiting:
            await self.deliver()

    def check_holds(self) -> None:
        """As everybody was told: a home is offered again only after the last offer of it has ended."""
        live: Counter[str] = Counter()
        over: set[str] = set()
        for said in self.alliance.said:
            if said.type == "housing.home-offered.v1":
                live[said.data["home_id"]] += 1
            elif said.type in ENDS and said.data["offer_id"] not in over:
                over.add(said.data["offer_id"])
                live[said.data["home_id"]] -= 1
            assert all(count in (0, 1) for count in live.values())


async def live_through(steps: list[tuple[str, int]], seed: int) -> None:
    town = Town(seed)
    await town.build()
    for name, who in steps:
        with somebody():
            try:
                await town.step(name, who)
            except Refusal:
                continue
    await town.finish()
    town.check_holds()
    held = {}
    for person in town.people:
        placement = await town.alliance.placements.get(person)
        if (offer := placement.current_offer) and placement.moved_on is None:
            assert offer.home_id not in held
            held[offer.home_id] = offer.offer_id
    for home_id in town.homes:
        home = await town.alliance.homes.get(home_id)
        assert (home.hold.offer_id if home.hold else None) == held.get(home_id)
        assert (home.state is HomeState.VACANT) == (home.vacancy is not None)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), min_size=20, max_size=60), st.integers(0, 2**16))
def test_no_home_is_given_twice_and_none_is_held_for_nobody(steps: list[tuple[str, int]], seed: int) -> None:
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(live_through(steps, seed))
    finally:
        loop.close()
