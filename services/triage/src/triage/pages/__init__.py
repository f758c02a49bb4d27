"""Triage's pages: what needs me now, the board, the queue, a case and its timeline, and what staff do with it."""

from triage.pages.allocating import router as allocating
from triage.pages.board import BOARD
from triage.pages.board import router as board
from triage.pages.directory import routers as directory
from triage.pages.goals import router as goals
from triage.pages.home import router as home
from triage.pages.introducing import router as introducing
from triage.pages.measuring import router as measuring
from triage.pages.members import router as members
from triage.pages.moving import router as moving
from triage.pages.offers import router as offers
from triage.pages.pausing import router as pausing
from triage.pages.planning import router as planning
from triage.pages.queue import QUEUE
from triage.pages.queue import router as queue
from triage.pages.record import router as record
from triage.pages.reviews import router as reviews
from triage.pages.spells import router as spells
from triage.pages.talking import router as talking
from triage.pages.teams import router as teams
from triage.pages.transfers import router as transfers
from triage.pages.working import router as working

routers = (
    home,
    board,
    queue,
    record,
    working,
    offers,
    pausing,
    spells,
    introducing,
    talking,
    goals,
    planning,
    measuring,
    allocating,
    moving,
    transfers,
    reviews,
    teams,
    members,
    *directory,
)

__all__ = ["BOARD", "QUEUE", "routers"]
