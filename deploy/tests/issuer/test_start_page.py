"""The start page tells a newcomer what this is, what is up, and who they can be."""

import asyncio
import re
from pathlib import Path

import pytest

from alliance.access.roles import Role
from alliance_deploy.issuer.pages.rendering import WALK
from alliance_deploy.issuer.personas import PersonasWrong, read_personas
from intake.pages.public.asking import router as public

from .town import DEPLOY, ISSUER, Town, a_code, services


async def test_it_shows_everybody_under_their_organisation_with_what_they_do(town: Town) -> None:
    text = (await town.browser().get(ISSUER + "/")).text
    assert text.count("<h1") == 1
    for persona in town.desk.personas:
        assert persona.name in text
        assert persona.can in text.replace("&#39;", "'")
        assert text.index(services_name(persona.organisation)) < text.index(persona.name)
    for told in services().values():
        assert f'href="{told["url"]}/"' in text


async def test_it_shows_a_way_through_all_services_by_people_who_can_be_chosen(town: Town) -> None:
    text = (await town.browser().get(ISSUER + "/")).text
    lands = [person.lands for subject, _ in WALK for person in town.desk.personas if person.subject == subject]
    assert lands == ["intake", "triage", "housing", "finance", "reporting"]
    assert text.count("<li>Be ") == len(WALK)


async def test_who_needs_help_is_led_to_the_public_pages_of_the_front_door(town: Town) -> None:
    assert f'href="{services()["intake"]["url"]}{public.prefix}"' in (await town.browser().get(ISSUER + "/")).text


async def test_it_says_which_services_are_up_at_this_moment(town: Town) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for name, told in town.desk.services.items():
        told["url"] = f"http://{name}.localhost:{port if name == 'triage' else 9}"  # type: ignore[index]
    text = (await town.browser().get(ISSUER + "/")).text
    server.close()
    assert states(text) == {"Front door": "Not up", "Conversations": "Up"} | dict.fromkeys(
        ("Homes", "Budget", "Alerts", "Outcomes"), "Not up"
    )


async def test_it_says_who_is_signed_in(town: Town) -> None:
    browser = town.browser()
    assert "You are signed in as <strong>" not in (await browser.get(ISSUER + "/")).text
    await a_code(browser)
    assert "You are signed in as <strong>Tess Fabricated</strong>" in (await browser.get(ISSUER + "/")).text


async def test_it_needs_no_script_and_asks_no_other_host_for_anything(town: Town) -> None:
    text = (await town.browser().get(ISSUER + "/")).text
    assert not re.search(r'(?:src|<link[^>]*href)="https?:', text)
    assert not re.search(r"\son\w+=|\sstyle=|<style", text)
    assert text.count("<script nonce=") == text.count("<script") - text.count('<script type="module" src=')


async def test_under_its_number_it_leads_to_its_name(town: Town) -> None:
    town.apps["127.0.0.1:8000"] = town.apps["localhost:8000"]
    answer = await town.browser().get("http://127.0.0.1:8000/", follow=False)
    assert answer.headers["location"] == ISSUER + "/"


async def test_what_people_are_called_is_escaped(town: Town) -> None:
    script = "<script>alert(1)</script>"
    town.desk.personas = tuple(
        persona.model_copy(update={"name": script, "can": script}) for persona in town.desk.personas
    )
    assert script not in (await town.browser().get(ISSUER + "/")).text


def test_somebody_can_be_everything_that_people_may_be() -> None:
    personas = read_personas(DEPLOY / "personas.toml", services())
    assert {role for persona in personas for role in persona.roles} == set(Role) - {Role.INTEGRATION}
    assert len(personas) >= 20


@pytest.mark.parametrize(
    ("line", "instead", "sentence"),
    [
        ('organisation = "slam"', 'organisation = "lambeth-council"', "is triage-worker, which lambeth-council is"),
        ('organisation = "slam"', 'organisation = "nobody"', "which nobody is granted nowhere"),
        ('lands = "triage"', 'lands = "payroll"', "lands in 'payroll', which is no service"),
        ('lands = "triage"', 'lands = "finance"', "lands in finance, where none of their roles is granted"),
        ('roles = ["triage-worker"]', 'roles = ["wizard"]', "cannot be read"),
        ('subject = "staff-tess"', 'subject = "Tess Fabricated"', "cannot be read"),
    ],
)
def test_a_persona_that_could_do_nothing_is_refused(tmp_path: Path, line: str, instead: str, sentence: str) -> None:
    file = tmp_path / "personas.toml"
    file.write_text(TESS.replace(line, instead))
    assert line in TESS
    with pytest.raises(PersonasWrong, match=sentence):
        read_personas(file, services())


def test_two_personas_are_two_people(tmp_path: Path) -> None:
    file = tmp_path / "personas.toml"
    file.write_text(TESS + TESS)
    with pytest.raises(PersonasWrong, match="two personas have the subject 'staff-tess'"):
        read_personas(file, services())


TESS = """
[[personas]]
subject = "staff-tess"
name = "Tess Fabricated"
organisation = "slam"
roles = ["triage-worker"]
lands = "triage"
can = "I hold first conversations"
"""


def services_name(organisation: str) -> str:
    return next(str(told["organisation_name"]) for told in services().values() if told["organisation"] == organisation)


def states(text: str) -> dict[str, str]:
    rows = re.findall(r'<tr role="row" class="nhsuk-table__row">(.*?)</tr>', text, re.DOTALL)
    return {
        re.findall(r"<a [^>]*>([^<]+)</a>", row)[0]: re.findall(r"<strong [^>]*>([^<]+)</strong>", row)[0]
        for row in rows
    }
