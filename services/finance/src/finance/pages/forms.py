"""What finance's pages ask."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from alliance.kernel import Pence
from alliance.web.fields import Line
from alliance.web.pages import ChoiceQuestion, Form, LineQuestion, MoneyQuestion
from finance.domain.codes import JournalReason
from finance.domain.ledger import ACCOUNT

ROWS = range(1, 7)

REASONS = {
    JournalReason.MISPOSTING.value: "Something was entered wrongly",
    JournalReason.OPENING_BALANCE.value: "Opening balance",
    JournalReason.YEAR_END.value: "End of the year",
    JournalReason.OTHER.value: "Another reason",
}


def _account(text: str) -> str:
    if not re.fullmatch(ACCOUNT, text):
        raise PydanticCustomError(
            "account", "An account is small letters, digits and hyphens, in parts joined by a colon: funder:example"
        )
    return text


Account = Annotated[Line, AfterValidator(_account)]


class EntryForm(Form):
    """Up to six lines, each a debit or a credit."""

    reason_code = ChoiceQuestion("Why by hand?", REASONS, missing="Select why it is made by hand")

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Account, debit and credit of each line."""
        return [(self[f"account_{n}"], self[f"debit_{n}"], self[f"credit_{n}"]) for n in ROWS]

    @property
    def lines(self) -> list[tuple[str, Pence]]:
        """As the ledger takes them: debits positive, credits negative."""
        return [
            (account.data, (debit.data or 0) - (credit.data or 0))
            for account, debit, credit in self.rows
            if account.data
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        for number, (account, debit, credit) in enumerate(self.rows, 1):
            if account.data and debit.data is None and credit.data is None:
                debit.errors = [f"Enter a debit or a credit in line {number}"]
            elif debit.data is not None and credit.data is not None:
                credit.errors = [f"Enter a debit or a credit in line {number}, not both"]
            elif not account.data and (debit.data is not None or credit.data is not None):
                account.errors = [f"Enter the account of line {number}"]
        if not self.errors and len(self.lines) < 2:
            self.rows[len(self.lines)][0].errors = ["Enter at least two lines: what one account gets, another gives"]
        return not self.errors


for _number in ROWS:
    setattr(EntryForm, f"account_{_number}", LineQuestion(f"Account, line {_number}", of=Account, optional=True))
    setattr(EntryForm, f"debit_{_number}", MoneyQuestion(f"Debit, line {_number}", optional=True))
    setattr(EntryForm, f"credit_{_number}", MoneyQuestion(f"Credit, line {_number}", optional=True))


class ReversalForm(Form):
    reason_code = ChoiceQuestion("Why is it taken back?", REASONS, missing="Select why it is taken back")
