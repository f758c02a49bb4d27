"""The taxonomies that entries of the directory are filed under: our own two, and those that their codes name."""

from collections.abc import Iterable
from dataclasses import dataclass

from alliance.kernel import derived_id
from triage.domain.codes import HelpArea, Support
from triage.domain.particulars import Particulars

SUPPORT, HELP = "living-well-support", "living-well-help"


def standard_id(*parts: str) -> str:
    """HSDS wants a UUID for everything; ours follow from what they are of, so that a harvester meets them again."""
    return derived_id("directory", *parts)


@dataclass(frozen=True, order=True, kw_only=True)
class Term:
    """`code` is what `vocabulary` calls it; the two together are the term."""

    vocabulary: str
    code: str

    @property
    def id(self) -> str:
        return standard_id("term", self.vocabulary, self.code)

    @property
    def taxonomy_id(self) -> str:
        return taxonomy_id(self.vocabulary)

    @property
    def name(self) -> str:
        """Of other vocabularies we hold the codes alone."""
        ours = self.vocabulary in (SUPPORT, HELP)
        return self.code.replace("-", " ").capitalize() if ours else self.code


def taxonomy_id(vocabulary: str) -> str:
    return standard_id("taxonomy", vocabulary)


def terms_of(says: Particulars) -> list[Term]:
    """Kind of support, what it helps with, then the codes of others: `esdServiceTypes:1234`."""
    found = [Term(vocabulary=SUPPORT, code=says.kind), *(Term(vocabulary=HELP, code=each) for each in says.helps_with)]
    for text in says.terms:
        vocabulary, _, code = text.rpartition(":")
        found.append(Term(vocabulary=vocabulary or SUPPORT, code=code))
    return list(dict.fromkeys(found))


def all_terms(every: Iterable[Particulars]) -> list[Term]:
    """All of our own, used or not, and those of others that an entry names; by vocabulary and code."""
    own = {Term(vocabulary=SUPPORT, code=each) for each in Support} | {
        Term(vocabulary=HELP, code=each) for each in HelpArea
    }
    return sorted(own | {term for says in every for term in terms_of(says)})
