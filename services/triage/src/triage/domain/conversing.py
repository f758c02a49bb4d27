"""What is talked about with the person, and what was agreed with them, as far as the case itself has to know."""

from dataclasses import dataclass
from datetime import datetime

from triage.domain import facts, refusals
from triage.domain.records import Conversation
from triage.domain.waiting import Waiting


@dataclass(kw_only=True)
class Conversing(Waiting):
    """Conversations, and when plans were agreed; the plans themselves are documents of their own."""

    def hold_conversation(self, conversation: Conversation, *, now: datetime) -> None:
        """The conversation took place at its own time, which may be some while ago."""
        if conversation in self.conversations:
            return
        self._must_be_open()
        if conversation.held_at > now:
            raise refusals.InTheFuture("A conversation that was held cannot be in the future.")
        self._say_missed_before(conversation.held_at)
        self.conversations.append(conversation)
        self._say(
            facts.ConversationHeld,
            held_at=conversation.held_at,
            goal_tags=conversation.goals,
            need_areas=conversation.needs,
        )
        self._settle_misses()

    def must_be_open(self) -> None:
        """For what is written beside the case: raises `CaseNotOpen` or `CaseAlreadyClosed`."""
        self._must_be_open()

    def note_plan_agreed(self, at: datetime) -> None:
        """A plan, or a new version, was agreed with the person; also known of a case that has been closed since."""
        if at not in self.plans_agreed_at:
            self.plans_agreed_at = sorted([*self.plans_agreed_at, at])
            self._settle_misses()
