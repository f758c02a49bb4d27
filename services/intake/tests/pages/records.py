"""Introductions that staff find at the door, and where their pages are."""

from typing import Any

from alliance.kernel import new_id
from alliance.testing import as_staff
from intake.application.introductions import receive_introduction
from intake.domain.introduction import Introduction

from ..builders import FrontDoor, asking

SCRIPT = "<script>alert('made-up')</script>"


async def received(door: FrontDoor, **particulars: Any) -> Introduction:
    given, id_ = door.given, new_id()
    with as_staff(mark=f"command:{id_}:x"):
        return await receive_introduction(
            asking(id_, **particulars),
            given["introductions"],
            given["people"],
            given["recipients"],
            given["promise"],
            given["clock"],
            agreement=given["agreement"],
        )


def page(introduction: Introduction, *more: str) -> str:
    return "/".join(("/introductions", introduction.id, *more))


async def version(door: FrontDoor, introduction: Introduction) -> str:
    return str((await door.given["introductions"].read(introduction.id)).version)
