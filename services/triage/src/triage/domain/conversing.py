"""What is talked about with the person."""

from dataclasses import dataclass
from datetime import datetime

from triage.domain import facts, refusals
from triage.domain.records import Conversation
from triage.domain.waiting import Waiting


@dataclass(kw_only=True)
class Conversing(Waiting):
    """Conversations."""

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
        self._take_back_misses()
