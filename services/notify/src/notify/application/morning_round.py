"""Carries mail to staff: codes, and each working morning how much waits for whom. By the same way as messages."""

from contextlib import suppress

from alliance.kernel import Clock, Provenance, acting, derived_id, new_id, to_text
from notify.application.collections import Alerts, Digests
from notify.application.courier import CARRYING, ROUND, NotTakenNow, Post, Rest, Undeliverable, WayDown, again_and_again
from notify.domain.alert import Alert
from notify.domain.codes import Audience, Channel
from notify.domain.digest import Digest
from notify.domain.digest_letters import StaffLetter, Words, code_letter, morning_letter, waiting_for
from notify.domain.mornings import Mornings
from notify.domain.refusals import AlreadyTaken

AT_ONCE = 200


class MorningRound:
    """`url`: where staff find this service."""

    def __init__(
        self,
        digests: Digests,
        alerts: Alerts,
        post: Post,
        clock: Clock,
        mornings: Mornings,
        words: Words,
        *,
        url: str,
        organisation: str,
    ) -> None:
        self._digests, self._alerts, self._post, self._clock = digests, alerts, post, clock
        self.mornings, self._words, self._url, self._organisation = mornings, words, url, organisation
        self._rest = Rest(clock)
        self._open: list[Alert] | None = None

    async def run(self) -> None:
        await again_and_again(self.carry_all)

    async def carry_all(self) -> None:
        """One round: everything that is ready now."""
        if self._rest.is_on:
            return
        self._open = None
        for digest in (await self._digests.page("to_send", limit=ROUND)).items:
            by = Provenance(actor="service:notify", organisation=self._organisation, correlation_id=new_id())
            try:
                with acting(by), suppress(AlreadyTaken):
                    await self._carry(digest)
            except WayDown:
                self._rest.begin()
                return

    async def _carry(self, digest: Digest) -> None:
        now = self._clock.now()
        taken = await self._digests.change(
            digest.id, lambda each: each.take(now=now, until=now + self._post.within + CARRYING)
        )
        if (asking := taken.asking) is not None and not asking.sent:
            mail_id = derived_id("notify", "code", taken.id, to_text(asking.until))
            if await self._goes(taken, mail_id, asking.address, code_letter(asking.code)):
                await self._digests.change(taken.id, lambda each: each.note_sent(asking.code))
            return
        morning, address = taken.ready_at, taken.address
        if morning is None or address is None:
            return
        letter = None if self.mornings.is_over(morning, now) else await self._letter(taken)
        mail_id = derived_id("notify", "digest", taken.id, to_text(morning))
        if letter is None or await self._goes(taken, mail_id, address, letter):
            next_at = self.mornings.after(max(morning, self._clock.now()))  # another's clock may be ahead
            await self._digests.change(taken.id, lambda each: each.settle(morning, next_at=next_at))

    async def _letter(self, digest: Digest) -> StaffLetter | None:
        """Nothing where nothing waits."""
        waiting = waiting_for(digest.id, digest.roles, await self._open_alerts())
        if not waiting or digest.off_key is None or digest.on_until is None:
            return None
        return morning_letter(
            waiting, self._words, url=self._url, off_key=digest.off_key, until=digest.on_until, now=self._clock.now()
        )

    async def _goes(self, digest: Digest, mail_id: str, address: str, letter: StaffLetter) -> bool:
        """Whether it has left. What is not taken now is tried again, for the day that it is about."""
        try:
            await self._post.send(mail_id, Channel.EMAIL, address, letter)
        except Undeliverable:
            await self._digests.change(digest.id, lambda each: each.bounce(address, at=self._clock.now()))
        except NotTakenNow:
            await self._digests.change(digest.id, lambda each: each.put_off(at=self._clock.now()))
        except WayDown:
            await self._digests.change(digest.id, lambda each: each.put_back(at=self._clock.now()))
            raise
        else:
            self._rest.end()
            return True
        self._rest.end()
        return False

    async def _open_alerts(self) -> list[Alert]:
        """All that nobody has acknowledged, read once for each round."""
        if self._open is None:
            self._open = [*await self._listed("queue", "open:"), *await self._listed("inbox", Audience.GOVERNANCE_LEAD)]
        return self._open

    async def _listed(self, key: str, prefix: str) -> list[Alert]:
        found: list[Alert] = []
        after: str | None = None
        while True:
            page = await self._alerts.page(key, prefix, after=after, limit=AT_ONCE)
            found += page.items
            if (after := page.next) is None:
                return found
