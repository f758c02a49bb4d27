"""Whose record a path is about: which organisation it belongs to, and who is named on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from alliance.access import About
from alliance.access.control import Resolver
from triage.application.collections import Cases, Directory, Places, Teams
from triage.application.transfers import case_of_transfer


@dataclass(frozen=True)
class Whose:
    """Each method raises `Unknown`. `organisation` runs the service, and holds the cases older than transfers."""

    organisation: str
    cases: Cases
    teams: Teams
    directory: Directory
    places: Places

    @property
    def kinds(self) -> Mapping[str, Resolver]:
        return {
            "case": self.case,
            "naming": self.naming,
            "transfer": self.transfer,
            "team": self.team,
            "entry": self.entry,
            "offer": self.offer,
        }

    async def case(self, case_id: str) -> About:
        case = await self.cases.get(case_id)
        return About(
            record="case",
            id=case_id,
            person_id=case.person_id,
            organisation=case.organisation or self.organisation,
            workers=frozenset(case.workers),
        )

    async def naming(self, naming_id: str) -> About:
        """Of whoever is asked to become key worker, and of those who lead their team. The id is that of the case."""
        case = await self.cases.get(naming_id)
        asked = case.naming
        return About(
            record="naming",
            id=naming_id,
            person_id=case.person_id,
            organisation=asked.organisation if asked else "",
            workers=frozenset({asked.subject}) | await self._leads_of(asked.team_id) if asked else frozenset(),
        )

    async def transfer(self, transfer_id: str) -> About:
        """Of the organisation that is asked, and of those who lead the team that it is meant for."""
        case = await case_of_transfer(transfer_id, self.cases)
        transfer = case.transfer_by(transfer_id)
        return About(
            record="transfer",
            id=transfer_id,
            person_id=case.person_id,
            organisation=transfer.to_organisation,
            workers=await self._leads_of(transfer.to_team),
        )

    async def team(self, team_id: str) -> About:
        team = await self.teams.get(team_id)
        return About(record="team", id=team_id, organisation=team.organisation, workers=team.leads)

    async def entry(self, entry_id: str) -> About:
        entry = await self.directory.get(entry_id)
        return About(record="entry", id=entry_id, organisation=entry.organisation_id)

    async def offer(self, offer_id: str) -> About:
        """Its provider's, to answer it."""
        place = await self.places.get(offer_id)
        case = await self.cases.find(place.case_id)
        return About(
            record="offer",
            id=offer_id,
            person_id=place.person_id,
            organisation=place.provider_id,
            workers=frozenset(case.workers if case else ()),
        )

    async def _leads_of(self, team_id: str | None) -> frozenset[str]:
        team = await self.teams.find(team_id) if team_id else None
        return team.leads if team else frozenset()
