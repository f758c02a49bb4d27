"""Finance's own settings, read once by `main.py`; every figure is an example until the agreement says otherwise."""

from pydantic import Field

from alliance.service import ServiceSettings
from finance.domain.funding import FundingShares

COUNCIL, NHS = "lambeth-council", "nhs-south-east-london"


class FinanceSettings(ServiceSettings):
    shares_section_117: dict[str, int] = Field(
        default={COUNCIL: 50, NHS: 50},
        validation_alias="FINANCE_SHARES_SECTION_117",
        description="who shares the cost of aftercare under section 117 (example)",
    )
    shares_otherwise: dict[str, int] = Field(
        default={COUNCIL: 70, NHS: 30},
        validation_alias="FINANCE_SHARES_OTHERWISE",
        description="who shares every other cost (example)",
    )
    contributions: dict[str, int] = Field(
        default={COUNCIL: 26_400_000_00, NHS: 37_400_000_00},
        validation_alias="FINANCE_CONTRIBUTIONS",
        description="pence that each commissioner puts into the pool of a year (example; £63.8 million together)",
    )

    @property
    def funding_shares(self) -> FundingShares:
        return FundingShares(section_117=self.shares_section_117, otherwise=self.shares_otherwise)
