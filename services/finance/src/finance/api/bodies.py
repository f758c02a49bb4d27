"""What may be sent to finance."""

from typing import Annotated

from pydantic import Field

from alliance.web import Body
from finance.domain.codes import JournalReason
from finance.domain.ledger import ACCOUNT

Account = Annotated[str, Field(pattern=ACCOUNT, description="funder:lambeth-council")]


class NewLine(Body):
    account: Account
    pence: Annotated[int, Field(ge=-100_000_000_000, le=100_000_000_000, description="debit positive, credit negative")]


class NewEntry(Body):
    reason_code: JournalReason
    lines: Annotated[tuple[NewLine, ...], Field(min_length=2, max_length=50)]


class Reversal(Body):
    reason_code: JournalReason
