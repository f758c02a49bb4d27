"""The directory's pages: for staff and providers, for anybody, and what is offered from it."""

from triage.pages.directory.choosing import router as choosing
from triage.pages.directory.importing import router as importing
from triage.pages.directory.inbox import router as inbox
from triage.pages.directory.reading import router as reading
from triage.pages.directory.services import router as services
from triage.pages.directory.writing import router as writing

routers = (services, writing, importing, reading, inbox, choosing)

__all__ = ["routers"]
