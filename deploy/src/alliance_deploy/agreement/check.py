"""Does the agreement hold together, and do the services hear only what it grants?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from alliance.contracts import Event
from alliance.contracts.catalogue import catalogue
from alliance_deploy.agreement.granting import lines_that_grant
from alliance_deploy.agreement.manifest import Manifest
from alliance_deploy.agreement.model import Agreement, HearingGrant, PersonalGrant
from alliance_deploy.agreement.people import broken_roles, nobody_enters
from alliance_deploy.agreement.terms import broken_terms


@dataclass(frozen=True)
class Verdict:
    """Refusals stop everything; remarks are worth reading."""

    refusals: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.refusals

    def __str__(self) -> str:
        lines = [*(f"REFUSED: {told}" for told in self.refusals), *(f"remark: {told}" for told in self.remarks)]
        return "\n".join(lines) or "the agreement holds, and every manifest is within it"


def check(agreement: Agreement, manifests: Mapping[str, Manifest]) -> Verdict:
    known = catalogue()
    refusals = [
        *broken_terms(agreement),
        *_broken_grants(agreement, known),
        *broken_roles(agreement),
        *(told for manifest in manifests.values() for told in _beyond(agreement, manifest, known)),
    ]
    return Verdict(tuple(refusals), tuple(_remarks(agreement, manifests)))


def _broken_grants(agreement: Agreement, known: Mapping[str, type[Event]]) -> Iterator[str]:
    grants: tuple[HearingGrant | PersonalGrant, ...] = (*agreement.hears, *agreement.personal)
    for grant in grants:
        who = grant.listener if isinstance(grant, HearingGrant) else grant.recipient
        yield from _strangers(agreement, f"a grant of {who} ← {grant.publisher}", who, grant.publisher)
        for kind in grant.types():
            yield from _wrong_type(kind, grant, known)
    for log in agreement.logs:
        yield from _strangers(agreement, f"a log grant of {log.reader} ← {log.publisher}", log.reader, log.publisher)


def _strangers(agreement: Agreement, where: str, *services: str) -> Iterator[str]:
    for service in services:
        if service not in agreement.services:
            near = _near(service, agreement.services)
            yield f"{where} names the service {service!r}, which the agreement does not know{near}"


def _wrong_type(kind: str, grant: HearingGrant | PersonalGrant, known: Mapping[str, type[Event]]) -> Iterator[str]:
    if kind not in known:
        yield f"{kind} is granted, but no contract has that name{_near(kind, known)}"
    elif isinstance(grant, HearingGrant) and known[kind].confidentiality == "personal":
        yield f"{kind} is personal data: grant it under [[personal]], with its basis, not under [[hears]]"
    elif isinstance(grant, PersonalGrant) and known[kind].confidentiality != "personal":
        yield f"{kind} is not personal data: grant it under [[hears]], not under [[personal]]"


def _beyond(agreement: Agreement, manifest: Manifest, known: Mapping[str, type[Event]]) -> Iterator[str]:
    service = manifest.service
    if service not in agreement.services:
        yield f"the manifest of {service!r} is of a service that the agreement does not know: [services.{service}]"
        return
    for kind in manifest.says:
        if kind.partition(".")[0] != service:
            yield f"{service} says {kind}, but only {kind.partition('.')[0]} may say that"
        elif kind not in known:
            yield f"{service} says {kind}, but no contract has that name{_near(kind, known)}"
    granted = agreement.may_hear(service) | agreement.may_receive(service)
    for kind in manifest.hears:
        if kind not in known:
            yield f"{service} hears {kind}, but no contract has that name{_near(kind, known)}"
        elif kind not in granted:
            yield f"{service} hears {kind}, which is not granted. {lines_that_grant(agreement, service, known[kind])}"


def _remarks(agreement: Agreement, manifests: Mapping[str, Manifest]) -> Iterator[str]:
    said = {kind for manifest in manifests.values() for kind in manifest.says}
    for service in sorted(agreement.services):
        if agreement.is_suspended(service):
            yield f"{agreement.services[service].owner} is suspended: {service} hears nothing until it is back"
        if nobody_enters(agreement, service):
            yield f"nobody may sign in to {service}: it has no [[roles]]"
        manifest = manifests.get(service)
        if manifest is None:
            yield f"{service} has no manifest: it is given its queues, and hears nothing"
            continue
        for kind in manifest.hears:
            if kind.partition(".")[0] in manifests and kind not in said:
                yield f"{service} hears {kind}, which nobody says"
        unused = (agreement.may_hear(service) | agreement.may_receive(service)) - set(manifest.hears)
        for kind in sorted(unused):
            yield f"{service} may hear {kind}, and does not"
        if agreement.may_read_log_of(service) and not manifest.replayable:
            yield f"{service} may read logs, but its manifest does not say that it can be replayed to"


def _near(word: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
