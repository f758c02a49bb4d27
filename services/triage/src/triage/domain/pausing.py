"""Pauses of the clocks: begun, ended early, put right after the fact."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.domain import refusals, wait_facts
from triage.domain.pause import LONGEST, Pause
from triage.domain.wait_codes import PauseChange, WaitPauseReason
from triage.domain.waiting import Waiting

MOST_PAUSES = 20


@dataclass(kw_only=True)
class Pausing(Waiting):
    """A pause moves what is due and nothing else: offers stay live, and the case stays in its list."""

    def pause_waits(
        self,
        pause_id: str,
        reason: WaitPauseReason,
        *,
        start: datetime,
        until: datetime,
        review: bool,
        by: str,
        at: datetime,
        longest: timedelta = LONGEST,
    ) -> None:
        """From `start`, which may lie in the past or the future, until `until`: a known end, or a day to look again."""
        if any(pause.id == pause_id for pause in self.pauses):
            return
        self._must_be_open()
        if len(self.pauses) >= MOST_PAUSES:
            raise refusals.PauseWrong("There are twenty pauses already. Close the case, and reopen it when it goes on.")
        self._must_be_sound(start, until, longest)
        pause = Pause(id=pause_id, reason=reason, start=start, until=until, review=review, by=by, at=at)
        self.pauses.append(pause)
        self._say(
            wait_facts.WaitPaused,
            pause_id=pause_id,
            reason=reason,
            paused_from=start,
            paused_until=until,
            review=review,
        )
        self._settle_misses(at)

    def resume_waits(self, pause_id: str, *, by: str, at: datetime) -> None:
        """The clocks run again from now on; a pause that had not begun never was."""
        pause = self._pause(pause_id)
        if any(earlier.change is PauseChange.RESUMED for earlier in pause.earlier) and pause.over_at(at):
            return
        self._must_be_open()
        if pause.over_at(at):
            raise refusals.PauseOver("The pause is over: the clocks run already. You can put its times right instead.")
        cancelled = at <= pause.start
        until = pause.until if cancelled else at
        self._change(pause, PauseChange.RESUMED, start=pause.start, until=until, cancelled=cancelled, by=by, at=at)

    def correct_pause(
        self,
        pause_id: str,
        change: PauseChange,
        *,
        start: datetime,
        until: datetime,
        by: str,
        at: datetime,
        longest: timedelta = LONGEST,
    ) -> None:
        """The pause was, or is to be, from `start` to `until`; with `NEVER_WAS` there was none at all.

        Misses that were none are taken back, and those that were some after all are said.
        """
        pause = self._pause(pause_id)
        cancelled = change is PauseChange.NEVER_WAS
        start, until = (pause.start, pause.until) if cancelled else (start, until)
        if (pause.start, pause.until, pause.cancelled) == (start, until, cancelled):
            return
        self._must_be_open()
        if not cancelled:
            self._must_be_sound(start, until, longest)
        self._change(pause, change, start=start, until=until, cancelled=cancelled, by=by, at=at)

    def pause_at(self, moment: datetime) -> Pause | None:
        """The pause in which the clocks stand still; of several, the one that lasts longest."""
        running = [pause for pause in self.pauses if pause.runs_at(moment)]
        return max(running, key=lambda pause: pause.until, default=None)

    def _change(
        self,
        pause: Pause,
        change: PauseChange,
        *,
        start: datetime,
        until: datetime,
        cancelled: bool,
        by: str,
        at: datetime,
    ) -> None:
        place = self.pauses.index(pause)
        self.pauses[place] = pause.changed(change, start=start, until=until, cancelled=cancelled, by=by, at=at)
        self._say(
            wait_facts.PauseChanged,
            pause_id=pause.id,
            change=change,
            paused_from=start,
            paused_until=until,
            cancelled=cancelled,
            at=at,
        )
        self._settle_misses(at)

    def _must_be_sound(self, start: datetime, until: datetime, longest: timedelta) -> None:
        if until <= start:
            raise refusals.PauseWrong("The pause must end after it begins.")
        if until - start > longest:
            raise refusals.PauseWrong(
                f"A pause can last {longest.days} days at most. Choose a day to look again; it can be made longer then."
            )
        if self.received_at is not None and start < self.received_at:
            raise refusals.PauseWrong("The pause cannot begin before the introduction was received.")

    def _pause(self, pause_id: str) -> Pause:
        if found := next((pause for pause in self.pauses if pause.id == pause_id), None):
            return found
        raise refusals.PauseNotThere("The case has no such pause.")
