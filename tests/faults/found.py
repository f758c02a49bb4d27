"""What really took effect, as the services' own APIs and the broker tell it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

import httpx2
from tests.faults import answered as log
from tests.faults.answered import Journal
from tests.faults.effects import Effect, Effects
from tests.faults.expected import TOTAL
from tests.faults.sums import shown, stays, year_of

Json = dict[str, Any]
MONTHLY = ("conversations", "residential-discharges", "moved-into-own-home", "commitments")
PENCE = ("committed-pence", "saving-pence")
AT_ONCE = 16


@dataclass
class Findings:
    """`broken` are promises that need no log to be seen broken."""

    effects: Effects = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    escalations: int = 0

    def note(self, service: str, what: str, id_: str, detail: str = "", *, times: int = 1) -> None:
        self.effects[Effect(service, what, id_, detail)] += times


class Services:
    """Reads the six APIs; knows of the log only whom to ask about."""

    def __init__(self, https: Mapping[str, httpx2.AsyncClient], journal: Journal) -> None:
        self._https, self._journal = https, journal
        self._places = asyncio.Semaphore(AT_ONCE)
        self._whose = {lines: id_ for stay in stays(journal) for _, id_, lines in stay.entries}

    async def findings(self) -> Findings:
        found = Findings()
        await asyncio.gather(
            self._all(self._introduction, self._journal.all(log.Introduced), found),
            self._all(self._case, self._journal.all(log.Accepted), found),
            self._all(self._told, self._journal.all(log.Introduced), found),
            self._all(self._alert, self._journal.all(log.AlertAcknowledged), found),
            self._housing(found),
            self._finance(found),
            self._open_alerts(found),
            self._reporting(found),
        )
        return found

    async def _all(
        self, look: Callable[[Any, Findings], Awaitable[None]], entries: Iterable[log.Answered], found: Findings
    ) -> None:
        await asyncio.gather(*(look(entry, found) for entry in entries))

    async def _introduction(self, entry: log.Introduced, found: Findings) -> None:
        headers = {"Status-Key": entry.status_key}
        status = await self._get("intake", f"status/{entry.reference}", headers=headers)
        if status is None:
            return
        found.note("intake", "introduction", entry.introduction_id, status["stage"])
        if status["told_at"]:
            found.note("intake", "person told", entry.introduction_id)
        if status["moved_in"]:
            found.note("intake", "move noted", entry.introduction_id)

    async def _case(self, entry: log.Accepted, found: Findings) -> None:
        id_ = entry.introduction_id
        page = await self._get("triage", "cases", introduction_id=id_)
        for listed in (page or {"items": []})["items"]:
            case = await self._get("triage", f"cases/{listed['id']}") or {}
            found.note("triage", "case", id_, case["state"])
            found.note("triage", "priority", id_, case["priority"])
            found.note("triage", "concern", id_, times=len(case["concerns"]))
            found.note("triage", "wait missed", id_, times=len(case["misses"]))
            for talk in case["conversations"]:
                held_at = datetime.fromisoformat(talk["held_at"]).isoformat(timespec="milliseconds")
                found.note("triage", "conversation", case["id"], held_at)
            if case["ipsa"]:
                found.note("triage", "ipsa", case["id"], str(case["ipsa"]["weekly_cost_pence"]))
            for search in case["home_searches"]:
                state = "closed" if search["closed_at"] else "open"
                state = f"moved in {search['moved_in_on']}" if search["moved_in_on"] else state
                found.note("triage", "home search", id_, state)
            for offer in case["offers"]:
                found.note("triage", "support", offer["id"], offer["state"])

    async def _told(self, entry: log.Introduced, found: Findings) -> None:
        async for message in self._pages("notify", f"people/{entry.person_id}/messages"):
            found.note("notify", "message", entry.person_id, f"{message['template']} {message['progress']}")

    async def _alert(self, entry: log.AlertAcknowledged, found: Findings) -> None:
        if alert := await self._get("notify", f"alerts/{entry.alert_id}"):
            found.note("notify", "alert", entry.alert_id, alert["standing"])
            found.escalations += alert["level"]

    async def _open_alerts(self, found: Findings) -> None:
        async for alert in self._pages("notify", "alerts"):
            found.note("notify", "alert not acknowledged", str((alert["cause"] or {}).get("person_id")))
            found.escalations += alert["level"]

    async def _housing(self, found: Findings) -> None:
        holds: dict[str, list[tuple[str, str, str]]] = {}
        async for listed in self._pages("housing", "placements"):
            placement = await self._get("housing", f"placements/{listed['id']}") or {}
            found.note("housing", "placement", placement["introduction_id"], placement["stage"])
            if placement["moved_in_on"]:
                found.note("housing", "move", placement["id"], placement["moved_in_on"])
            for offer in placement["offers"]:
                found.note("housing", "offer", offer["offer_id"], offer["state"])
                until = offer["ended_at"] or "9999"
                holds.setdefault(offer["home_id"], []).append((offer["offered_at"], until, offer["offer_id"]))
            if sum(offer["state"] in ("live", "accepted") for offer in placement["offers"]) > 1:
                found.broken.append(f"placement {placement['id']} has two live offers")
        found.broken += [sentence for home_id, held in holds.items() for sentence in offered_twice(home_id, held)]
        async for home in self._pages("housing", "homes"):
            held = f"{home['state']} by {home['hold']['placement_id']}" if home["hold"] else "vacant"
            found.note("housing", "home", home["id"], held)
        async for home in self._pages("housing", "vacancies"):
            found.note("housing", "vacancy", home["id"])

    async def _finance(self, found: Findings) -> None:
        async for each in self._pages("finance", "commitments"):
            figures = each["figures"]
            parts = " + ".join(str(part["pence"]) for part in figures["funding_split"])
            detail = f"{each['state']} from {each['moved_in_on']}, {figures['total_pence']}, "
            found.note(
                "finance", "commitment", each["placement_id"], f"{detail}saves {figures['saving_pence']}, {parts}"
            )
        years: set[str] = {year_of(stay.first) for stay in stays(self._journal)}
        async for entry in self._pages("finance", "ledger-entries"):
            pence = [line["pence"] for line in entry["lines"]]
            lines = shown(pence)
            found.note("finance", f"ledger {entry['kind']}", str(self._whose.get(lines, entry["id"])), lines)
            years.add(entry["year"])
            if sum(pence):
                found.broken.append(f"ledger entry {entry['id']} is out of balance by {sum(pence)}")
        for year in years:
            balance = await self._get("finance", "trial-balance", year=year) or {"accounts": [], "total_pence": 0}
            for account in balance["accounts"]:
                if account["pence"]:
                    found.note("finance", "balance", account["account"], str(account["pence"]))
            if balance.get("entries"):
                found.note("finance", "entries posted", year, str(balance["entries"]))
            if balance["total_pence"]:
                found.broken.append(f"the ledger of {year} is out of balance by {balance['total_pence']}")

    async def _reporting(self, found: Findings) -> None:
        figures = await self._get("reporting", "figures") or {"items": []}
        for name in (item["figure"] for item in figures["items"]):
            history = await self._get("reporting", f"figures/{name}") or {"points": []}
            for point in history["points"]:
                if name in PENCE:
                    found.note("reporting", name, point["month"], str(point["value"]), times=bool(point["value"]))
                else:
                    month = point["month"] if name in MONTHLY else TOTAL
                    found.note("reporting", name, month, times=point["value"])

    async def _pages(self, service: str, path: str) -> AsyncIterator[Json]:
        after: dict[str, str] = {}
        while True:
            page = await self._get(service, path, None, limit="100", **after)
            for item in (page or {"items": []})["items"]:
                yield item
            if page is None or page["next"] is None:
                return
            after = {"after": page["next"]}

    async def _get(
        self, service: str, path: str, headers: Mapping[str, str] | None = None, **query: str
    ) -> Json | None:
        """None where there is nothing by that id."""
        async with self._places:
            answer = await self._https[service].get(f"/api/v1/{path}", params=query, headers=headers)
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        body: Json = answer.json()
        return body


def offered_twice(home_id: str, held: list[tuple[str, str, str]]) -> list[str]:
    """A home is kept for one person at a time: of any two offers of it, one ended before the other began."""
    ordered = sorted(held)
    return [
        f"home {home_id} was offered twice at a time: offers {earlier[2]} and {later[2]}"
        for earlier, later in pairwise(ordered)
        if later[0] < earlier[1]
    ]
