"""What the log of answered commands implies, worked out by hand: no code of the services is used here."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from tests.faults import answered as log
from tests.faults.answered import Journal
from tests.faults.effects import Effect, Effects
from tests.faults.sums import Stay, stays, year_of

TOTAL = "all months"
LONDON = ZoneInfo("Europe/London")


def expected_effects(journal: Journal) -> Effects:
    return Counter(
        (
            *_introductions(journal),
            *_cases(journal),
            *_placements(journal),
            *_homes(journal),
            *_money(journal),
            *_messages(journal),
            *_alerts(journal),
            *_figures(journal),
        )
    )


def _introductions(journal: Journal) -> Iterator[Effect]:
    accepted, withdrawn = _ids(journal, log.Accepted), _ids(journal, log.Withdrawn)
    closed = {entry.journey for entry in journal.all(log.CaseClosed)}
    for entry in journal.all(log.Introduced):
        id_, stage = entry.introduction_id, "received"
        if id_ in accepted:
            stage = "finished" if entry.journey in closed else "in-conversation"
        if id_ in withdrawn:
            stage = "withdrawn"
        yield Effect("intake", "introduction", id_, stage)
        if id_ in accepted:
            yield Effect("intake", "person told", id_)
        if journal.of(entry.journey, log.MovedIn):
            yield Effect("intake", "move noted", id_)


def _cases(journal: Journal) -> Iterator[Effect]:
    withdrawn = _ids(journal, log.Withdrawn)
    for entry in journal.all(log.Accepted):
        id_ = entry.introduction_id
        ended = id_ in withdrawn or bool(journal.of(entry.journey, log.CaseClosed))
        concerned = bool(journal.of(entry.journey, log.ConcernRaised))
        yield Effect("triage", "case", id_, "closed" if ended else "open")
        yield Effect("triage", "priority", id_, "1" if concerned else entry.priority)
        yield from (Effect("triage", "wait missed", id_) for _ in journal.of(entry.journey, log.NobodyCame))
        yield from (Effect("triage", "concern", id_) for _ in journal.of(entry.journey, log.ConcernRaised))
        yield from (
            Effect("triage", "conversation", talk.case_id, talk.held_at.isoformat(timespec="milliseconds"))
            for talk in journal.of(entry.journey, log.ConversationHeld)
        )
        for search in journal.of(entry.journey, log.IpsaIntroduced):
            yield Effect("triage", "ipsa", search.case_id, str(search.weekly_pence))
            corrected = journal.of(entry.journey, log.MoveInCorrected)
            moved = journal.of(entry.journey, log.MovedIn)
            state = "closed" if id_ in withdrawn else "open"
            if moved:
                state = f"moved in {(corrected or moved)[-1].moved_in_on}"
            yield Effect("triage", "home search", id_, state)
        for offer in journal.of(entry.journey, log.SupportOffered):
            yield Effect("triage", "support", offer.offer_id, _support_state(journal, offer, ended=ended))


def _support_state(journal: Journal, offer: log.SupportOffered, *, ended: bool) -> str:
    """An offer that is live when its case closes comes to an end too."""
    if offer.offer_id in journal.values(log.SupportStarted, "offer_id"):
        return "ended" if ended else "started"
    if ended:
        return "withdrawn"
    return "accepted" if offer.offer_id in journal.values(log.SupportAccepted, "offer_id") else "offered"


def _placements(journal: Journal) -> Iterator[Effect]:
    withdrawn = _ids(journal, log.Withdrawn)
    states = offer_states(journal)
    for search in journal.all(log.IpsaIntroduced):
        offers = journal.of(search.journey, log.HomeOffered)
        moved = journal.of(search.journey, log.MovedIn)
        open_ = [states[offer.offer_id] for offer in offers if states[offer.offer_id] in ("live", "accepted")]
        stage = {"live": "offered", "accepted": "accepted"}[open_[0]] if open_ else "introduced"
        stage = "moved-in" if moved else "closed" if search.introduction_id in withdrawn else stage
        yield Effect("housing", "placement", search.introduction_id, stage)
        yield from (Effect("housing", "offer", offer.offer_id, states[offer.offer_id]) for offer in offers)
    for stay in stays(journal):
        yield Effect("housing", "move", stay.placement_id, stay.start.isoformat())


def offer_states(journal: Journal) -> dict[str, str]:
    """What became of each offer of a home; one that was live when the person withdrew has lapsed."""
    declined, accepted = (
        journal.values(log.OfferDeclined, "offer_id"),
        journal.values(log.OfferAccepted, "offer_id"),
    )
    withdrawn = {entry.journey for entry in journal.all(log.Withdrawn)}
    states = {}
    for offer in journal.all(log.HomeOffered):
        state = "accepted" if offer.offer_id in accepted else "live"
        state = "lapsed" if offer.journey in withdrawn else state
        states[offer.offer_id] = "declined" if offer.offer_id in declined else state
    return states


def _homes(journal: Journal) -> Iterator[Effect]:
    states = offer_states(journal)
    moved = journal.values(log.MovedIn, "offer_id")
    held = {
        offer.home_id: f"{'occupied' if offer.offer_id in moved else state.replace('live', 'offered')} by "
        f"{offer.placement_id}"
        for offer in journal.all(log.HomeOffered)
        if (state := states[offer.offer_id]) in ("live", "accepted")
    }
    for home in journal.all(log.HomeAdded):
        yield Effect("housing", "home", home.home_id, held.get(home.home_id, "vacant"))
        if home.home_id not in held:
            yield Effect("housing", "vacancy", home.home_id)


def _money(journal: Journal) -> Iterator[Effect]:
    accounts: Counter[str] = Counter()
    entries: Counter[str] = Counter()
    for stay in stays(journal):
        yield Effect("finance", "commitment", stay.placement_id, stay.committed)
        for kind, placement_id, lines in stay.entries:
            yield Effect("finance", f"ledger {kind}", placement_id, lines)
            entries[year_of(stay.first)] += 1
        accounts.update(stay.accounts)
    yield from (Effect("finance", "balance", name, str(pence)) for name, pence in accounts.items() if pence)
    yield from (Effect("finance", "entries posted", year, str(count)) for year, count in entries.items())


def _messages(journal: Journal) -> Iterator[Effect]:
    for entry in journal.all(log.Introduced):
        told = [
            *("introduction-accepted" for _ in journal.of(entry.journey, log.Accepted)),
            *("support-started" for _ in journal.of(entry.journey, log.SupportStarted)),
            *("home-offered" for _ in journal.of(entry.journey, log.HomeOffered)),
            *("moved-in" for _ in journal.of(entry.journey, log.MovedIn)),
        ]
        yield from (Effect("notify", "message", entry.person_id, f"{template} delivered") for template in told)


def _alerts(journal: Journal) -> Iterator[Effect]:
    acknowledged = {entry.journey for entry in journal.all(log.AlertAcknowledged)}
    for alert in journal.all(log.AlertAcknowledged):
        yield Effect("notify", "alert", alert.alert_id, "acknowledged")
    for kind in (log.ConcernRaised, log.NobodyCame):
        for cause in journal.all(kind):
            if cause.journey not in acknowledged:
                (introduced,) = journal.of(cause.journey, log.Introduced)
                yield Effect("notify", "alert not acknowledged", introduced.person_id)


def _figures(journal: Journal) -> Iterator[Effect]:
    """Each figure of reporting as so many effects, by month where the log knows the day."""
    offers = offer_states(journal).values()
    withdrawn = _ids(journal, log.Withdrawn)
    closed = {entry.journey for kind in (log.CaseClosed, log.Withdrawn) for entry in journal.all(kind)}
    started = journal.values(log.SupportStarted, "offer_id")
    supports = list(journal.all(log.SupportOffered))
    counts = {
        "introductions": _count(journal, log.Introduced),
        "self-introductions": sum(entry.self_introduced for entry in journal.all(log.Introduced)),
        "introductions-accepted": _count(journal, log.Accepted),
        "introductions-withdrawn": len(withdrawn),
        "cases-opened": _count(journal, log.Accepted),
        "cases-closed": len(closed),
        "priorities-changed": _count(journal, log.ConcernRaised),
        "support-offers": len(supports),
        "support-starts": len(started),
        "support-offers-withdrawn": sum(each.journey in closed and each.offer_id not in started for each in supports),
        "support-ends": sum(each.journey in closed and each.offer_id in started for each in supports),
        "ipsa-introductions": _count(journal, log.IpsaIntroduced),
        "homes-offered": _count(journal, log.HomeOffered),
        "home-offers-declined": _count(journal, log.OfferDeclined),
        "home-offers-accepted": _count(journal, log.OfferAccepted),
        "home-offers-lapsed": list(offers).count("lapsed"),
        "alerts-raised": _count(journal, log.ConcernRaised) + _count(journal, log.NobodyCame),
        "waits-missed": _count(journal, log.NobodyCame),
        "alerts-acknowledged": _count(journal, log.AlertAcknowledged),
    }
    for figure, count in counts.items():
        yield from [Effect("reporting", figure, TOTAL)] * count
    for talk in journal.all(log.ConversationHeld):
        yield Effect("reporting", "conversations", _month(talk.held_at.astimezone(LONDON).date()))
    for move in journal.all(log.MovedIn):
        yield Effect("reporting", "residential-discharges", _month(move.moved_in_on))
    yield from _of_stays(list(stays(journal)))


def _of_stays(all_stays: list[Stay]) -> Iterator[Effect]:
    pence: Counter[tuple[str, str]] = Counter()
    for stay in all_stays:
        month = _month(stay.start)
        yield Effect("reporting", "moved-into-own-home", month)
        yield Effect("reporting", "commitments", month)
        pence["committed-pence", month] += stay.total_pence
        pence["saving-pence", month] += stay.saving_pence
    yield from (Effect("reporting", figure, month, str(value)) for (figure, month), value in pence.items() if value)


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _ids(journal: Journal, kind: type[log.Answered]) -> set[str]:
    return journal.values(kind, "introduction_id")


def _count(journal: Journal, kind: type[log.Answered]) -> int:
    return sum(1 for _ in journal.all(kind))
