"""The collections that finance keeps, by the names its use cases speak of."""

from alliance.store import Documents
from finance.domain.budget import Budget
from finance.domain.commitment import Commitment
from finance.domain.ledger import LedgerEntry

Commitments = Documents[Commitment]
Ledger = Documents[LedgerEntry]
Budgets = Documents[Budget]
