"""The page on which staff ask for a mail each working morning, or for no more; and the way out without signing in."""

from typing import Annotated

from fastapi import Depends, Path
from starlette.responses import Response

from alliance.access import Access, Caller
from alliance.web.emails import Email
from alliance.web.fields import Text
from alliance.web.pages import Command, Form, LineQuestion, Show, attempt, given, may, page_doing, page_router, sent
from notify.api.giving import TheClock, TheOrganisation
from notify.application import digests as ask
from notify.application.collections import Digests
from notify.application.outbox import Outbox
from notify.domain.mornings import Mornings

router = page_router()

Seeing = Annotated[Access, may("digest.see")]
Changing = Annotated[Command, page_doing("digest.change")]
TheDigests = Annotated[Digests, given("digests")]
TheMornings = Annotated[Mornings, given("mornings")]
TheOutbox = Annotated[Outbox, given("outbox")]
OffKey = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{20,64}$")]

HERE = "/digest"
CODE_SENT = "A code is on its way to that address. Enter it below."
SWITCHED_OFF = "No mail is sent to you any more, and your address is forgotten."


class AddressForm(Form):
    address = LineQuestion(
        "Your work email address",
        of=Email,
        missing="Enter your work email address",
        more={"type": "email", "autocomplete": "email", "spellcheck": False},
    )


class CodeForm(Form):
    code = LineQuestion(
        "The code from the mail",
        of=Annotated[str, Text(20)],
        missing="Enter the code from the mail",
        more={"inputmode": "numeric", "autocomplete": "one-time-code", "classes": "nhsuk-input--width-10"},
    )


class DigestForm(Form):
    """Nothing to fill in."""


class Page:
    """What the page shows of the viewer's own mail."""

    def __init__(self, show: Show, digests: TheDigests, mornings: TheMornings, outbox: TheOutbox) -> None:
        self.show, self.digests, self._mornings, self._outbox = show, digests, mornings, outbox

    async def __call__(self, who: Caller, *, address: AddressForm | None = None, code: Form | None = None) -> Response:
        digest = await ask.digest_of(who.subject, self.digests)
        form = code or address or (CodeForm.fresh() if digest.takes_code else AddressForm.fresh())
        if form is code and not digest.takes_code:
            form = AddressForm.fresh()
            form.refusal = code.refusal
        return await self.show.form(
            form,
            title="Your morning mail",
            submit="",
            back="/",
            template="notify/digest.html",
            digest=digest,
            at=self._mornings.at,
            sends=self._outbox.sends,
            asks_code=isinstance(form, CodeForm),
            plain=DigestForm.fresh(),
        )


ThePage = Annotated[Page, Depends(Page)]


@router.get(HERE)
async def digest(access: Seeing, page: ThePage) -> Response:
    return await page(access.caller)


@router.post(HERE)
async def ask_for_mail(
    command: Changing, form: Annotated[AddressForm, sent(AddressForm)], page: ThePage, clock: TheClock
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.ask_for_mail(form.address.data, page.digests, clock, by=command.caller.subject)
            return page.show.done(HERE, CODE_SENT)
    return await page(command.caller, address=form)


@router.post(f"{HERE}/confirm")
async def confirm(
    command: Changing,
    form: Annotated[CodeForm, sent(CodeForm)],
    page: ThePage,
    mornings: TheMornings,
    clock: TheClock,
) -> Response:
    if form.validate():
        with attempt(form, command):
            who = command.caller
            code = form.code.data.replace(" ", "")
            await ask.confirm_address(code, page.digests, clock, mornings, by=who.subject, roles=tuple(who.roles))
            return page.show.done(HERE, "The morning mail is on.")
    return await page(command.caller, code=form)


@router.post(f"{HERE}/keep")
async def keep_on(
    command: Changing, form: Annotated[DigestForm, sent(DigestForm)], page: ThePage, clock: TheClock
) -> Response:
    with attempt(form, command):
        who = command.caller
        await ask.keep_mail_on(page.digests, clock, by=who.subject, roles=tuple(who.roles))
        return page.show.done(HERE, "The morning mail stays on.")
    again = AddressForm.fresh()
    again.refusal = form.refusal
    return await page(command.caller, address=again)


@router.post(f"{HERE}/off")
async def switch_off(command: Changing, page: ThePage) -> Response:
    await ask.switch_mail_off(page.digests, by=command.caller.subject)
    return page.show.done(HERE, SWITCHED_OFF)


@router.get("/digest-off/{key}")
async def ask_about_switching_off(key: OffKey, show: Show) -> Response:
    """Only asks: what looks at links in mail by itself must not switch it off."""
    return await show("notify/digest_off.html", title="Switch the morning mail off?", key=key)


@router.post("/digest-off/{key}")
async def switch_off_by_link(key: OffKey, show: Show, digests: TheDigests, organisation: TheOrganisation) -> Response:
    """From the page, or in one click from the mail program (RFC 8058), which sends neither cookie nor form token."""
    await ask.switch_off_by_key(key, digests, organisation=organisation)
    return await show("notify/digest_off.html", title="The morning mail is off", key=None)
