"""Make the broker equal to the agreement, and say what had to change."""

from alliance_deploy.reconcile.apply import Outcome, apply, plan_for
from alliance_deploy.reconcile.management import BrokerUnreachable, Management
from alliance_deploy.reconcile.plan import Plan, Step
from alliance_deploy.reconcile.secrets import Secrets

__all__ = ["BrokerUnreachable", "Management", "Outcome", "Plan", "Secrets", "Step", "apply", "plan_for"]
