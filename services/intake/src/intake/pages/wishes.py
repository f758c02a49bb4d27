"""What is recorded of who may hold a person's details, as lines to read: the bases, the agreement, and who wrote it."""

from collections.abc import Mapping

from alliance.web.pages import Show
from intake.domain.person import Person
from intake.domain.sharing import Preference

ANYBODY = "anonymous"


class Wishes:
    """Of one person. `reasons`: whether the reader may see why somebody's wish was overridden."""

    def __init__(self, person: Person, show: Show, names: Mapping[str, str], *, reasons: bool) -> None:
        self._person, self._show, self._names, self._reasons = person, show, names, reasons
        self._filters = show.shell.environment.filters

    @classmethod
    async def of(cls, person: Person, show: Show, *, reasons: bool) -> "Wishes":
        authors = {each.by for each in (*person.sharing, *person.earlier_sharing) if each.by}
        return cls(person, show, await show.names(authors), reasons=reasons)

    def now(self, organisation: str) -> list[str]:
        wish = next((each for each in self._person.sharing if each.organisation_id == organisation), None)
        if wish is None:
            return ["No: nothing is recorded"]
        answer = "Yes" if wish.allowed else "No"
        since = f"Since {self._filters['day'](wish.changed_at)}"
        return [f"{answer}: {self._filters['label'](wish.basis)}", *self._bases(wish), since, self._author(wish)]

    @property
    def earlier(self) -> list[str]:
        """What was recorded before, newest first."""
        return [self._sentence(wish) for wish in reversed(self._person.earlier_sharing)]

    def _sentence(self, wish: Preference) -> str:
        organisation = self._show.shell.organisation_name(wish.organisation_id)
        said = f"{'yes' if wish.allowed else 'no'}. {self._filters['label'](wish.basis)}"
        more = ". ".join(each for each in (*self._bases(wish), self._author(wish)) if each)
        return f"{self._filters['when'](wish.changed_at)}, {organisation}: {said}.{f' {more}.' if more else ''}"

    def _bases(self, wish: Preference) -> list[str]:
        found = [f"Lawful basis: {self._filters['label'](wish.lawful_basis)}"] if wish.lawful_basis else []
        found += [f"Information-sharing agreement: {wish.agreement}"] if wish.agreement else []
        return found + ([f"Why: {wish.override_reason}"] if wish.override_reason and self._reasons else [])

    def _author(self, wish: Preference) -> str:
        if wish.by is None:
            return ""
        if wish.by == ANYBODY:
            return "Recorded with the introduction, by whoever made it"
        organisation = self._show.shell.organisation_name(wish.by_organisation or "")
        return f"Recorded by {self._names[wish.by]}, {organisation}"
