"""What would fit a person: every entry of the directory with its reasons, and offering one of them."""

from collections.abc import Sequence
from datetime import date

from alliance.kernel import Clock
from alliance.people import Known, Snapshot
from triage.application.collections import Cases, Directory, Places
from triage.application.directory import entry_named, standing_of
from triage.application.offers import OfferTerms, offer_support
from triage.application.showcase import Showcase
from triage.domain.case import Case
from triage.domain.codes import HelpArea
from triage.domain.entry import Entry
from triage.domain.fit import Aspect, Fit, Wants, best_first, fit_of
from triage.domain.offer import Offered
from triage.domain.refusals import NotTakingOn

ENGLISH = "en"


def wants_of(case: Case, details: Snapshot | None, today: date, *, area: str | None = None) -> Wants:
    """What the case and our copy of the person's details tell; only what the reader may see goes in."""
    needs = {need for talk in case.conversations for need in talk.needs}
    asked = tuple(each for each in HelpArea if each in needs or each in case.help_areas)
    born = details.date_of_birth if details else None
    language = details.interpreter_language if details else None
    return Wants(
        age=None if born is None else today.year - born.year - ((today.month, today.day) < (born.month, born.day)),
        language=None if language in (None, ENGLISH) else language,
        help_areas=asked,
        area=area,
    )


async def fits_for(case: Case, wants: Wants, showcase: Showcase, clock: Clock) -> Sequence[Fit]:
    """Every entry that is not gone for good, as it stood at most half a minute ago, what fits best first.

    Nothing is left out for what it asks of people.
    """
    now = clock.now()
    return best_first(
        [
            fit_of(standing, wants, case.parked(offered(standing.entry), now), now.date())
            for standing in await showcase.standings()
        ]
    )


async def fit_for(case: Case, entry: Entry, wants: Wants, places: Places, clock: Clock) -> Fit:
    now = clock.now()
    return fit_of(await standing_of(entry, places, now), wants, case.parked(offered(entry), now), now.date())


def offered(entry: Entry) -> Offered:
    return Offered(kind=entry.says.kind, provider_id=entry.organisation_id, service_id=entry.id)


async def offer_entry(
    case_id: str,
    offer_id: str,
    service_id: str,
    cases: Cases,
    directory: Directory,
    places: Places,
    terms: OfferTerms,
    clock: Clock,
    *,
    anyway: bool = False,
    expecting: int | None = None,
) -> None:
    """Offer what the directory has. Full, paused or closed is told (`NotTakingOn`), and may be offered `anyway`."""
    entry = await entry_named(service_id, directory)
    case = await cases.get(case_id)
    known = any(offer.id == offer_id for offer in case.offers)
    asks = (await fit_for(case, entry, Wants(), places, clock)).asks
    if not anyway and not known and any(aspect is not Aspect.PARKED for aspect in asks):
        raise NotTakingOn("The directory says that it has no room or takes nobody on now. Confirm that you offer it.")
    await offer_support(case_id, offer_id, offered(entry), cases, terms, clock, anyway=anyway, expecting=expecting)


async def wants_for(case: Case, known: Known, today: date, *, reader: str | None, area: str | None) -> Wants:
    """Without the person's age and language where there is no `reader` who may see who it is about: of that
    organisation.
    """
    details = await known.details_of(case.person_id, reader=reader) if reader else None
    return wants_of(case, details, today, area=area)
