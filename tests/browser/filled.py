"""An alliance in which something has happened: made-up people at every stage, by as few requests as that takes."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser.asked import rights_asked
from tests.browser.crew import Crew
from tests.browser.mailed import mailed
from tests.browser.offering import offered_from_directory
from tests.browser.paused import paused
from tests.browser.planned import planned
from tests.browser.twice import came_twice
from tests.browser.words import Words
from tests.cluster import SERVICES, Cluster

from alliance.kernel import new_id, to_text
from alliance_deploy.demo.clients import Client, Json
from alliance_deploy.launcher.keys import token

WAIT = 60.0
PERSONAS = {
    "staff-tess": "slam",
    "staff-ada": "slam",
    "staff-tara": "certitude",
    "staff-hannah": "thames-reach",
    "staff-kit": "thames-reach",
    "staff-pia": "nhs-south-east-london",
}


@dataclass(frozen=True)
class Filled:
    """Ids by what they are of: `introduction.waiting`, `case.open`, `placement.offered`, …"""

    ids: Mapping[str, str]
    tokens: Mapping[str, str]
    """Made with each run, to be looked for where they may not be."""

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


@asynccontextmanager
async def _clients(cluster: Cluster) -> AsyncIterator[dict[str, Client]]:
    async with AsyncExitStack() as stack:
        found = {}
        for name in SERVICES:
            http = await stack.enter_async_context(cluster.client(name))
            found[name] = Client(http, cluster.token(name), secrets.token_hex(8), patience=WAIT)
        yield found


def _as_persona(cluster: Cluster, client: Client, service: str, subject: str, role: str) -> Client:
    told = token(
        cluster.place.secrets,
        service=service,
        organisation=PERSONAS[subject],
        roles=(role,),
        subject=subject,
        issuer=cluster.start_page,
    )
    return Client(client.http, told, client.correlation_id, patience=WAIT)


class _Filling:
    def __init__(self, cluster: Cluster, crew: Crew, clients: Mapping[str, Client], words: Words) -> None:
        self.cluster, self.crew, self.at, self.words = cluster, crew, clients, words
        self.ids: dict[str, str] = {}
        self.tokens: dict[str, str] = {}

    async def everything(self) -> None:
        await asyncio.gather(
            self.at_the_door(), self.talked_with(), self.moving_on(), self.looking_for_a_home(), self.money()
        )
        await self.housed()
        await asyncio.gather(self.told(), self.glass_broken(), self.brought_in(), mailed(self.crew))
        self.ids["alert.budget"] = await self.linked("Flo Pretend", "notify", "/budget-alerts")
        self.ids["session"] = await self.linked("Ada Prototype", "triage", "/sessions", of="Ada Prototype")

    async def introduced(self, name: str, **more: Any) -> Json:
        body = {"person": self.words.person(f" {name.title()}"), "story": self.words.told(), **more}
        made = await self.at["intake"].tell("self-introductions", body, signed_in=False)
        self.ids |= {f"introduction.{name}": made["introduction_id"], f"person.{name}": made["person_id"]}
        self.tokens |= {f"{name} key": made["status_key"], f"{name} reference": made["reference"]}
        return made

    async def accepted(self, name: str, **more: Any) -> str:
        made = await self.introduced(name, **more)
        where = f"introductions/{made['introduction_id']}"
        await self.at["intake"].tell(f"{where}/claim")
        await self.at["intake"].tell(f"{where}/accept", {"suggested_priority": "3"})
        found = await self.at["triage"].until(
            "cases", lambda page: bool(page["items"]), introduction_id=made["introduction_id"]
        )
        case_id = str(found["items"][0]["id"])
        await self.at["triage"].until(f"cases/{case_id}", lambda case: case["details"] is not None)
        self.ids[f"case.{name}"] = case_id
        return case_id

    async def at_the_door(self) -> None:
        await self.introduced("waiting", help_areas=["home", "money"], in_danger_now=True, danger="suicidal-thoughts")
        tried = await self.introduced("tried", for_somebody_else=True)
        await self.at["intake"].tell(
            f"introductions/{tried['introduction_id']}/contact-attempts",
            {"channel": "call", "outcome": "they-got-in-touch"},
        )
        self.ids |= await came_twice(self.at["intake"], self.introduced)
        ended = await self.introduced("ended")
        await self.at["intake"].tell(
            f"introductions/{ended['introduction_id']}/close", {"ending": "signposted", "elsewhere": "gp"}
        )

    async def brought_in(self) -> None:
        """A file with a good row and a bad one, not started; details sent once more to a service; rights asked for."""
        key = {"Idempotency-Key": new_id()}
        file = "received_on,way_in,source_code\n2026-10-01,phone,B1\n2026-10-01,pigeon,B1\n"
        async with self.cluster.client("intake", "service-administrator") as administrator:
            sent = {**key, "Content-Type": "text/csv"}
            put = await administrator.post("/api/v1/imports", content=file, headers=sent)
            begun = await administrator.post("/api/v1/resendings", json={"service": "housing"}, headers=key)
        self.ids |= {"import": put.json()["id"], "resending": begun.json()["id"]}
        self.ids |= await rights_asked(self.at["intake"], self.ids["person.ended"])

    async def talked_with(self) -> None:
        case_id, triage = await self.accepted("talked"), self.at["triage"]
        tess = _as_persona(self.cluster, triage, "triage", "staff-tess", "triage-worker")
        await tess.tell(f"cases/{case_id}/take-on")
        held = {
            "held_at": to_text(datetime.now(UTC) - timedelta(hours=3)),
            "strengths": ["humour", "friends"],
            "goals": ["own-choices"],
            "needs": ["mental-health"],
            "notes": self.words.notes,
        }
        await triage.tell(f"cases/{case_id}/hold-conversation", held)
        self.ids |= await paused(triage, f"cases/{case_id}")
        self.ids |= await planned(triage, f"cases/{case_id}", self.words.notes)
        offers = f"cases/{case_id}/offers"
        for kind, then in (
            ("peer-support", ("accept", "start")),
            ("clubhouse", ("accept",)),
            ("talking-therapies", ()),
        ):
            made = await triage.tell(offers, {"kind": kind, "provider_id": "mosaic-clubhouse"})
            self.ids[f"offer.{then[-1] if then else 'made'}"] = made["offer_id"]
            for step in then:
                await triage.tell(f"{offers}/{made['offer_id']}/{step}", {} if step == "start" else None)
        kit = _as_persona(self.cluster, triage, "triage", "staff-kit", "key-worker")
        self.ids["entry"], self.ids["offer.asked"] = await offered_from_directory(kit, triage, offers)
        await self.accepted("new")
        await triage.tell(f"cases/{await self.accepted('closed')}/close", {"outcome": "supported-elsewhere"})
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
        await tess.tell(f"cases/{case_id}/plan-review", {"due_on": tomorrow, "attendees": ["staff-tess"]})

    async def moving_on(self) -> None:
        """Two teams, a colleague elsewhere who is asked, a case on its way to others and one that came back."""
        triage = self.at["triage"]
        ada = _as_persona(self.cluster, triage, "triage", "staff-ada", "service-administrator")
        for name, organisation, subject in (("ours", "slam", "staff-tess"), ("theirs", "certitude", "staff-connie")):
            team = {"name": f"Made-up team {organisation}", "organisation": organisation, "team_type": "A06"}
            self.ids[f"team.{name}"] = str((await ada.tell("teams", team))["team_id"])
            member = {"subject": subject, "capacity": 20, "lead": True}
            await ada.tell(f"teams/{self.ids[f'team.{name}']}/members", member)
        second = {"subject": "staff-kofi", "capacity": 20}
        await ada.tell(f"teams/{self.ids['team.ours']}/members", second)
        named = await self.accepted("named")
        asked = {"subject": "staff-connie", "team_id": self.ids["team.theirs"]}
        await triage.tell(f"cases/{named}/name-key-worker", asked)
        tara = _as_persona(self.cluster, triage, "triage", "staff-tara", "triage-worker")
        wanted = {"to_organisation": "certitude", "reason_code": "closer-to-home", "agreed": True}
        for name in ("moving", "back"):
            made = await triage.tell(f"cases/{await self.accepted(name)}/ask-transfer", wanted)
            self.ids[f"transfer.{name}"] = str(made["transfer_id"])
        await tara.tell(f"transfers/{self.ids['transfer.back']}/return", {"reason_code": "no-room-now"})

    async def looking_for_a_home(self) -> None:
        await asyncio.gather(*(self.to_ipsa(name) for name in ("offered", "housed", "moved")))
        homes = [await self.home(area, confidential=area == "SE24") for area in ("SW9", "SW2", "SW4", "SE24")]
        self.ids |= dict(zip(("home.held", "home.let", "home.left", "home.free"), homes, strict=True))
        await self.offered("offered", homes[0])

    async def to_ipsa(self, name: str) -> None:
        profile = {
            "current_setting": "residential-care",
            "weekly_cost_pence": 153_846,
            "support_level": "medium",
            "section_117": True,
        }
        case_id = await self.accepted(name)
        await self.at["triage"].tell(f"cases/{case_id}/introduce-to-ipsa", profile)
        found = await self.at["housing"].until("placements", lambda page: bool(page["items"]), case_id=case_id)
        self.ids[f"placement.{name}"] = str(found["items"][0]["id"])
        await self.at["housing"].until(f"placements/{found['items'][0]['id']}", lambda shown: bool(shown["person"]))

    async def home(self, area_code: str, *, confidential: bool) -> str:
        body = {
            "provider": "thames-reach",
            "landlord": "made-up-homes",
            "setting": "own-tenancy",
            "support_level": "medium",
            "area_code": area_code,
            "address": self.words.address,
            "confidential": confidential,
            "rent_pence": 16_346,
            "support_pence": 12_500,
        }
        return str((await self.at["housing"].tell("homes", body))["home_id"])

    async def offered(self, name: str, home_id: str) -> str:
        where = f"placements/{self.ids[f'placement.{name}']}"
        made = await self.at["housing"].tell(f"{where}/offers", {"home_id": home_id})
        await self.at["housing"].until(where, lambda shown: bool(shown["current_offer"]))
        self.ids[f"offer.{name}"] = str(made["offer_id"])
        return where

    async def housed(self) -> None:
        housing, today = self.at["housing"], datetime.now(UTC).date()
        hannah = _as_persona(self.cluster, housing, "housing", "staff-hannah", "housing-worker")
        await hannah.tell(f"placements/{self.ids['placement.offered']}/take-on")
        for name, home in (("housed", "home.let"), ("moved", "home.left")):
            where = await self.offered(name, self.ids[home])
            await housing.tell(f"{where}/accept", {"offer_id": self.ids[f"offer.{name}"]})
            since = (today - timedelta(days=20)).isoformat()
            await housing.tell(f"{where}/confirm-move-in", {"moved_in_on": since})
        left = {"moved_on_on": today.isoformat(), "destination": "social-rental", "reason_code": "planned"}
        await housing.tell(f"placements/{self.ids['placement.moved']}/move-on", left)

    async def money(self) -> None:
        """A threshold is passed by an entry that somebody else then takes back."""
        finance = self.at["finance"]
        year = (await finance.ask("trial-balance"))["year"]
        budget = await finance.ask(f"budgets/{year}")
        pence = budget["budget_pence"] * 85 // 100
        lines = [{"account": f"commitments:{year}", "pence": pence}, {"account": "pool", "pence": -pence}]
        made = await finance.tell("ledger-entries", {"reason_code": "opening-balance", "lines": lines})
        await finance.until(f"budgets/{year}", lambda found: bool(found["crossed"]))
        pia = _as_persona(self.cluster, finance, "finance", "staff-pia", "finance-approver")
        await pia.tell(f"ledger-entries/{made['entry_id']}/reversal", {"reason_code": "misposting"})
        small = [{"account": "pool", "pence": 100}, {"account": "funder:lambeth-council", "pence": -100}]
        kept = await finance.tell("ledger-entries", {"reason_code": "other", "lines": small})
        self.ids |= {"year": year, "entry.made": kept["entry_id"], "entry.reversed": made["entry_id"]}

    async def told(self) -> None:
        """What the other services make of it."""
        notify, finance = self.at["notify"], self.at["finance"]
        person = self.ids["person.housed"]
        messages = await notify.until(f"people/{person}/messages", lambda page: len(page["items"]) >= 2)
        self.ids["message"] = messages["items"][0]["id"]
        waiting = self.ids["person.waiting"]

        def about(page: Json) -> list[Json]:
            return [each for each in page["items"] if each["cause"] and each["cause"]["person_id"] == waiting]

        self.ids["alert"] = about(await notify.until("alerts", lambda page: bool(about(page)), limit="200"))[0]["id"]
        placement = self.ids["placement.housed"]
        found = await finance.until("commitments", lambda page: bool(page["items"]), placement_id=placement)
        self.ids["commitment"] = found["items"][0]["id"]
        months = await self.at["reporting"].until("months", lambda page: bool(page["items"]))
        self.ids["month"] = months["items"][0]["month"]

    async def glass_broken(self) -> None:
        """Somebody opens what is closed to them; the governance lead is told."""
        where = f"/break-glass/introduction/{self.ids['introduction.tried']}"
        async with self.crew.client("Kofi Notreal", "intake") as kofi:
            form = {"form_token": new_id(), "reason": "emergency", "note": self.words.notes}
            answer = await kofi.post(where, data=form)
            assert answer.status_code == 303, answer.text
        self.ids["alert.access"] = await self.linked("Greta Rehearsal", "notify", "/access-alerts")

    async def linked(self, name: str, service: str, path: str, *, of: str = "") -> str:
        """The id of the first thing in a list (whose link names `of`), as soon as there is one."""
        wanted = rf'href="{path}/([0-9a-f-]{{36}})[^>]*>' + (rf"[^<]*<span[^>]*>[^<]*{of}" if of else "")
        async with self.crew.client(name, service) as client, asyncio.timeout(WAIT):
            while not (found := re.search(wanted, (await client.get(path)).text)):
                await asyncio.sleep(0.2)
        return found[1]


async def fill(cluster: Cluster, crew: Crew, words: Words | None = None) -> Filled:
    async with _clients(cluster) as clients:
        filling = _Filling(cluster, crew, clients, words or Words())
        await filling.everything()
    return Filled(filling.ids, filling.tokens)
