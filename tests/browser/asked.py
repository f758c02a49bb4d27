"""Somebody who wants to be erased, and has asked for a copy of all that is held of them, which has been gathered."""

from alliance_deploy.demo.clients import Client


async def rights_asked(intake: Client, person_id: str) -> dict[str, str]:
    """The ids of both requests: the copy is ready to be released, the erasure is not decided."""
    known = {"identity": "called-back"}
    copy = await intake.tell(f"people/{person_id}/record-requests", known)
    erasure = await intake.tell(f"people/{person_id}/erasures", known)
    where = f"record-requests/{copy['request_id']}"
    await intake.until(where, lambda request: bool(request["state"] == "ready"))
    return {"copy": str(copy["request_id"]), "erasure": str(erasure["request_id"])}
