"""What staff may ask about their own morning mail."""

import secrets

from alliance.kernel import Clock, Provenance, acting, new_id
from notify.application.collections import Digests
from notify.domain.digest import Digest
from notify.domain.mornings import Mornings
from notify.domain.refusals import CodeWrong, NotSwitchedOn


async def digest_of(subject: str, digests: Digests) -> Digest:
    return await digests.find(subject) or Digest(id=subject)


async def ask_for_mail(address: str, digests: Digests, clock: Clock, *, by: str) -> None:
    """A code goes to the address, and nothing else until it is confirmed."""
    code, at = f"{secrets.randbelow(1_000_000):06}", clock.now()
    await digests.change_or_add(by, lambda: Digest(id=by), lambda digest: digest.ask(address, code=code, at=at))


async def confirm_address(
    code: str, digests: Digests, clock: Clock, mornings: Mornings, *, by: str, roles: tuple[str, ...]
) -> None:
    """Raises `CodeWrong` or `CodeRunOut`; a wrong code is counted."""
    at, key = clock.now(), secrets.token_urlsafe(32)
    changed = await digests.change_or_add(
        by,
        lambda: Digest(id=by),
        lambda digest: digest.try_code(code, roles=roles, off_key=key, next_at=mornings.after(at), at=at),
    )
    if changed.asking is not None:
        raise CodeWrong


async def keep_mail_on(digests: Digests, clock: Clock, *, by: str, roles: tuple[str, ...]) -> None:
    if await digests.find(by) is None:
        raise NotSwitchedOn
    at = clock.now()
    await digests.change(by, lambda digest: digest.keep_on(roles=roles, at=at), remember=False)


async def switch_mail_off(digests: Digests, *, by: str) -> None:
    if await digests.find(by) is not None:
        await digests.change(by, lambda digest: digest.switch_off(), remember=False)


async def switch_off_by_key(key: str, digests: Digests, *, organisation: str) -> None:
    """By the link in the mail, without signing in. A key that opens nothing, or nothing any more, is silence."""
    by = Provenance(actor="anonymous", organisation=organisation, correlation_id=new_id())
    with acting(by):
        for digest in await digests.with_key("off_key", key):
            await digests.change(digest.id, lambda each: each.switch_off() if each.off_key == key else None)
