"""Try on a real broker what the agreement forbids, as every user, and see that nothing of it works."""

from alliance_deploy.isolation.attempts import Attempt, allowed_to, forbidden_to
from alliance_deploy.isolation.examination import Finding, examine, table

__all__ = ["Attempt", "Finding", "allowed_to", "examine", "forbidden_to", "table"]
