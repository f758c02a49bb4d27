"""What is talked about with the person, and what was agreed with them, as far as the case itself has to know."""

from dataclasses import dataclass, replace
from datetime import datetime

from triage.domain import facts, refusals
from triage.domain.records import Conversation
from triage.domain.waiting import Waiting


@dataclass(kw_only=True)
class Conversing(Waiting):
    """Conversations, and when plans were agreed; the plans themselves are documents of their own."""

    def hold_conversation(self, conversation: Conversation, *, now: datetime) -> None:
        """The conversation took place at its own time, which may be some while ago.

        One that is here already is not recorded twice, however often it is sent; with other contents it is refused.
        """
        if self.has_conversation(conversation):
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

    def has_conversation(self, conversation: Conversation) -> bool:
        """Raises `ConversationAlreadyRecorded` for other contents under the same id. When it was is not compared: a
        form that says no time means the moment at which it was sent.
        """
        if conversation in self.conversations:
            return True
        known = next((talk for talk in self.conversations if talk.id and talk.id == conversation.id), None)
        if known is None:
            return False
        if replace(conversation, held_at=known.held_at) != known:
            raise refusals.ConversationAlreadyRecorded("This was sent before with other contents. Open the form anew.")
        return True

    def must_be_open(self) -> None:
        """For what is written beside the case: raises `CaseNotOpen` or `CaseAlreadyClosed`."""
        self._must_be_open()

    def note_plan_agreed(self, at: datetime) -> None:
        """A plan, or a new version, was agreed with the person; also known of a case that has been closed since."""
        if at not in self.plans_agreed_at:
            self.plans_agreed_at = sorted([*self.plans_agreed_at, at])
            self._settle_misses()
