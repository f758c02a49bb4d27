"""What the broker must hold, compiled from the agreement and the manifests; services declare nothing themselves."""

from alliance_deploy.topology.compiler import RETRY_RUNGS, compile_topology
from alliance_deploy.topology.parts import Binding, Exchange, Policy, Queue, Topology, User

__all__ = ["RETRY_RUNGS", "Binding", "Exchange", "Policy", "Queue", "Topology", "User", "compile_topology"]
