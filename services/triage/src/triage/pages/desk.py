"""One case on the desk: what every page on which something is done with it has in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from starlette.responses import Response

from alliance.people import Snapshot
from alliance.web import PathId
from alliance.web.pages import Form, Show
from alliance.web.pages.people import last_said
from triage.api.giving import TheCases, TheClock, TheHomeSearches, TheKnown, TheProviders
from triage.domain.case import Case
from triage.domain.home_search import is_over
from triage.domain.offer import Offer
from triage.domain.refusals import OfferNotThere
from triage.pages.telling import reference
from triage.pages.waits import still_open

F = TypeVar("F", bound=Form)

SEARCH_GOES_ON = "Housing looks for a home. It goes on looking after the case is closed, unless the person withdrew."


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that is done with a case, as a page of its own. `warning`: what cannot be undone."""

    title: str
    submit: str
    lead: str | None = None
    warning: str | None = None
    answers_concerns: bool = False
    """Doing it also answers the safety concerns that are open."""
    ends_all: bool = False
    """Doing it ends what is still open, which is told first."""
    reaches: bool = False
    """Doing it means that somebody gets in touch with the person: it tells how long ago they said how."""


class Desk:
    """The case that the path names, its stores, and the pages around its steps."""

    def __init__(
        self,
        case_id: PathId,
        show: Show,
        cases: TheCases,
        known: TheKnown,
        clock: TheClock,
        providers: TheProviders,
        searches: TheHomeSearches,
    ) -> None:
        self.case_id, self.cases, self.searches, self.clock = case_id, cases, searches, clock
        self.providers: Mapping[str, str] = providers
        self._show, self.known = show, known

    async def empty(self, form: type[F], **answers: Any) -> F:
        """A form about the case as it is now. Raises `Unknown`."""
        return form.fresh(version=(await self.cases.read(self.case_id)).version, **answers)

    async def page(
        self,
        step: Step,
        form: Form,
        offer_id: str | None = None,
        *,
        template: str = "triage/step.html",
        back: str = "",
        **context: Any,
    ) -> Response:
        """The page of `step` with the form, empty or with what was sent and what was wrong with it.

        `back`: where it leads back to, below the case.
        """
        return await self._page(step, form, await self.cases.get(self.case_id), offer_id, template, back, context)

    def done(self, said: str, *, to: str | None = None) -> Response:
        return self._show.done(to or f"/cases/{self.case_id}", said)

    async def _page(
        self,
        step: Step,
        form: Form,
        case: Case,
        offer_id: str | None,
        template: str,
        back: str,
        context: Mapping[str, Any],
    ) -> Response:
        details = await self._details(case)
        return await self._show.form(
            form,
            title=step.title,
            submit=step.submit,
            back=f"/cases/{self.case_id}{back}",
            lead=step.lead,
            warning=step.warning,
            template=template,
            who=called(details),
            last_said=last_said(details.contact_confirmed_on, self.clock.now()) if details and step.reaches else None,
            case_id=case.id,
            case_reference=reference(case.id),
            offer=_offer(case, offer_id) if offer_id else None,
            providers=self.providers,
            concerns=case.unanswered_concerns if step.answers_concerns else [],
            still_open=await self._still_open(case) if step.ends_all else [],
            **context,
        )

    async def looks_for_home(self, case: Case) -> bool:
        """Whether housing looks for a home for the person, as far as it has told."""
        return case.introduced_to_ipsa and not is_over(case.ipsa_at, await self.searches.with_key("case_id", case.id))

    async def _still_open(self, case: Case) -> list[str]:
        search = [SEARCH_GOES_ON] if await self.looks_for_home(case) else []
        return [*still_open(case, self.clock.now()), *search]

    async def _details(self, case: Case) -> Snapshot | None:
        """Who the person is, for those who may know."""
        access = self._show.access
        if access is None or not access.sees("case.see-details"):
            return None
        return await self.known.details_of(case.person_id, reader=access.caller.organisation)


OnDesk = Annotated[Desk, Depends(Desk)]


def called(details: Snapshot | None) -> str | None:
    return (details.call_me or details.full_name) if details else None


def _offer(case: Case, offer_id: str) -> Offer:
    if found := next((offer for offer in case.offers if offer.id == offer_id), None):
        return found
    raise OfferNotThere("The case has no such offer.")
