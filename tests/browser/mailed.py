"""Two morning mails: one is on, and the code of the other nobody has entered. Codes stand in the outbox here."""

import asyncio
import re

import httpx2
from tests.browser.crew import Crew

from alliance.kernel import new_id

WAIT = 60.0


async def mailed(crew: Crew) -> None:
    async with crew.client("Flo Pretend", "notify") as flo, crew.client("Fay Example", "notify") as fay:
        before = await _codes(fay)
        await flo.post("/digest", data={"form_token": new_id(), "address": "flo.pretend@example.org"})
        async with asyncio.timeout(WAIT):
            while not (fresh := await _codes(fay) - before):
                await asyncio.sleep(0.2)
        answer = await flo.post("/digest/confirm", data={"form_token": new_id(), "code": fresh.pop()})
        assert answer.status_code == 303, answer.text
    async with crew.client("Greta Rehearsal", "notify") as greta:
        await greta.post("/digest", data={"form_token": new_id(), "address": "greta.rehearsal@example.org"})


async def _codes(fay: httpx2.AsyncClient) -> set[str]:
    return set(re.findall(r"(\d{6}) is your code", (await fay.get("/outbox")).text))
