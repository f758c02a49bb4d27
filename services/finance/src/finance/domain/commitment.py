"""What the alliance has promised to pay for one stay in one alliance year."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import ClassVar

from alliance.kernel import Aggregate, Pence, derived_id
from finance.domain import facts
from finance.domain.codes import CorrectionReason
from finance.domain.funding import Figures
from finance.domain.refusals import YearClosed
from finance.domain.stay import Correction, Stay, Terms
from finance.domain.year import AllianceYear


def commitment_id(placement_id: str, year: AllianceYear | None = None) -> str:
    """The first commitment of a stay is named by its placement, those of later years by placement and year."""
    return derived_id("finance", "commitment", placement_id, *([year.name] if year else []))


@dataclass(kw_only=True)
class Commitment(Aggregate):
    """Figures are cumulative: all that the stay costs to the end of this year, less what earlier, closed years carry.

    So a fact about a closed year that is heard late changes the open year by exactly the difference.
    """

    indexed: ClassVar[tuple[str, ...]] = ("placement_id", "person_id", "listing")

    placement_id: str
    stay: Stay = field(default_factory=Stay)
    year_name: str | None = None
    brought_forward: Figures = field(default_factory=Figures)
    figures: Figures = field(default_factory=Figures)
    ended: bool = False
    closed: bool = False

    @property
    def year(self) -> AllianceYear | None:
        return AllianceYear.named(self.year_name) if self.year_name else None

    @property
    def person_id(self) -> str | None:
        return self.stay.terms.person_id if self.stay.terms else None

    @property
    def listing(self) -> str | None:
        """Where the commitment stands in the list of a year, by its start; one that is not open yet stands nowhere."""
        return f"{self.year_name}:{self._start}:{self.id}" if self.year_name else None

    @property
    def total_pence(self) -> Pence:
        return self.figures.total_pence

    @property
    def state(self) -> str:
        """awaited (something was heard, the move in was not), open, ended or closed."""
        if self.year_name is None:
            return "awaited"
        if self.closed:
            return "closed"
        return "ended" if self.ended else "open"

    def due_at(self) -> datetime | None:
        return None if self.year is None or self.closed else self.year.ends_at

    def on_due(self, now: datetime) -> None:
        """The year is over: these figures are final, and a stay that goes on does so in the next year's commitment."""
        year, terms = self.year, self.stay.terms
        if year is None or terms is None or self.closed or now < year.ends_at:
            return
        self.closed = True
        if self.ended:
            return
        self.record(
            facts.CommitmentCarriedOver(
                commitment_id=self.id,
                placement_id=self.placement_id,
                person_id=terms.person_id,
                year=year.name,
                next_year=year.next.name,
                at=now,
            )
        )

    def successor(self) -> "Commitment":
        """Next year's commitment for the same stay, not opened yet. Raises `LookupError` while this year is open."""
        if self.year is None or not self.closed:
            raise LookupError("the year is still open")
        return Commitment(
            id=commitment_id(self.placement_id, self.year.next),
            placement_id=self.placement_id,
            stay=self.stay,
            year_name=None,
            brought_forward=self.brought_forward.plus(self.figures),
        )

    def open(self, terms: Terms) -> None:
        """The person has moved in. What was heard before that is applied now, in the order in which it happened."""
        if self.stay.terms:
            return
        known = self.stay
        self.stay = Stay(terms=terms)
        self._open(AllianceYear.of(terms.moved_in_on), start=terms.moved_in_on)
        if known.correction:
            self.correct(known.correction)
        if known.moved_on_on:
            self.end(known.moved_on_on)

    def carry_on(self, year: AllianceYear) -> None:
        """The stay goes on in `year`, with all that is known of it; of one that ended, only corrections are left."""
        if self.year_name is None:
            self.ended = self.stay.ends_in(year)
            self._open(year, start=year.first_day)

    def correct(self, correction: Correction) -> None:
        """Raises `YearClosed`; the answer is to correct the successor."""
        stay = self.stay.corrected(correction)
        if stay == self.stay:
            return
        self._check_open()
        if self.stay.terms is None or self.year is None:
            self.stay = stay
            return
        start_before, before = self._start, self.figures
        self.stay = stay
        if self._restate() != before:
            self._record_restated(start_before, before, correction.reason_code)

    def end(self, moved_on_on: date) -> None:
        """The stay ended; what will not be spent is released. Raises `YearClosed`; the answer is the successor."""
        if self.stay.moved_on_on == moved_on_on:
            return
        self._check_open()
        self.stay = replace(self.stay, moved_on_on=moved_on_on)
        year, terms = self.year, self.stay.terms
        if year is None or terms is None or not self.stay.ends_in(year):
            return
        self.ended = True
        before = self.figures
        self.record(
            facts.CommitmentEnded(
                commitment_id=self.id,
                placement_id=self.placement_id,
                person_id=terms.person_id,
                year=year.name,
                start=self._start,
                end=self.stay.end_in(year),
                before=before,
                after=self._restate(),
            )
        )

    @property
    def _start(self) -> date:
        """The first day that this year pays for, unless the stay had begun already."""
        year = self.year
        is_first = not self.brought_forward.funding_split
        return self.stay.start if year is None or is_first else year.first_day

    def _check_open(self) -> None:
        if self.closed:
            raise YearClosed(f"The figures of {self.year_name} are final.")

    def _restate(self) -> Figures:
        year = self.year
        if year:
            self.figures = self.stay.figures_until(year).plus(self.brought_forward, -1)
        return self.figures

    def _open(self, year: AllianceYear, *, start: date) -> None:
        terms = self.stay.terms
        if terms is None:
            raise LookupError("nobody has moved in yet")
        self.year_name = year.name
        self.record(
            facts.CommitmentOpened(
                commitment_id=self.id,
                placement_id=self.placement_id,
                person_id=terms.person_id,
                year=year.name,
                weekly_pence=terms.weekly_pence,
                previous_weekly_pence=terms.previous_weekly_pence,
                start=start,
                end=self.stay.end_in(year),
                figures=self._restate(),
            )
        )

    def _record_restated(self, start_before: date, before: Figures, reason_code: CorrectionReason) -> None:
        year, terms = self.year, self.stay.terms
        if year is None or terms is None:
            return
        self.record(
            facts.CommitmentRestated(
                commitment_id=self.id,
                placement_id=self.placement_id,
                person_id=terms.person_id,
                year=year.name,
                start_before=start_before,
                start=self._start,
                end=self.stay.end_in(year),
                before=before,
                after=self.figures,
                reason_code=reason_code,
            )
        )
