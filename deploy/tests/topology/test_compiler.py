"""The compiled topology is the table of MESSAGING §2."""

import re
from typing import Any

import pytest

from alliance_deploy.agreement import Manifest, by_service
from alliance_deploy.testing import agreement_granting
from alliance_deploy.topology import Topology, compile_topology

ACCEPTED, CONCERN, SHARED = (
    "intake.introduction-accepted.v1",
    "intake.safety-concern-raised.v1",
    "intake.person-shared.v1",
)
INTAKE = Manifest(service="intake", says=(ACCEPTED, CONCERN, SHARED))
TRIAGE = Manifest(service="triage", hears=(ACCEPTED, CONCERN, SHARED))
AGREEMENT = agreement_granting((INTAKE, TRIAGE), logs=[("triage", "intake")])


@pytest.fixture
def topology() -> Topology:
    return compile_topology(AGREEMENT, by_service((INTAKE, TRIAGE)))


def bound(topology: Topology, queue: str) -> set[tuple[str, str]]:
    return {(binding.source, binding.key) for binding in topology.bindings if binding.queue == queue}


def policy_of(topology: Topology, queue: str) -> dict[str, Any]:
    (policy,) = [policy for policy in topology.policies if re.search(policy.pattern, queue)]
    return dict(policy.definition)


def test_the_lanes_are_bound_to_what_is_granted_and_heard(topology: Topology) -> None:
    assert bound(topology, "triage.inbox") == {
        ("intake.events", "introduction-accepted.v1"),
        ("intake.personal", "person-shared.v1.triage"),
        ("triage.return", "inbox"),
    }
    assert bound(topology, "triage.urgent") == {
        ("intake.events", "safety-concern-raised.v1"),
        ("triage.return", "urgent"),
    }


def test_the_log_keeps_open_events_and_no_personal_ones(topology: Topology) -> None:
    assert bound(topology, "intake.log") == {
        ("intake.events", "introduction-accepted.v1"),
        ("intake.events", "safety-concern-raised.v1"),
    }


def test_a_grant_that_the_manifest_does_not_use_binds_nothing() -> None:
    topology = compile_topology(AGREEMENT, by_service((INTAKE, Manifest(service="triage", hears=(CONCERN,)))))
    assert bound(topology, "triage.inbox") == {("triage.return", "inbox")}


def test_what_is_heard_without_a_grant_is_not_bound() -> None:
    topology = compile_topology(agreement_granting((INTAKE,)), by_service((INTAKE, TRIAGE)))
    assert bound(topology, "triage.inbox") == {("triage.return", "inbox")}
    assert not any(".log" in user.read for user in topology.users)


def test_a_suspended_member_still_hears_itself() -> None:
    opened = "triage.case-opened.v1"
    triage = Manifest(service="triage", hears=(ACCEPTED, opened), says=(opened,))
    awake = agreement_granting((INTAKE, triage))
    asleep = awake.members["triage-member"].model_copy(update={"suspended": True})
    agreement = awake.model_copy(update={"members": awake.members | {"triage-member": asleep}})
    topology = compile_topology(agreement, by_service((INTAKE, triage)))
    assert bound(topology, "triage.inbox") == {("triage.return", "inbox"), ("triage.events", "case-opened.v1")}


def test_rights_are_those_of_the_design_for_both_users_of_a_service(topology: Topology) -> None:
    rights = {user.name: (user.configure, user.write, user.read) for user in topology.users}
    write = r"^triage\.(events|personal|retry\..*|quarantine)$"
    assert rights["triage"] == ("^$", write, r"^triage\.(inbox|urgent|quarantine)$|^(intake)\.log$")
    assert rights["triage.b"] == rights["triage"]
    assert rights["intake"][2] == r"^intake\.(inbox|urgent|quarantine)$"


def test_a_name_with_a_hyphen_does_not_reach_into_anothers() -> None:
    guest = Manifest(service="a-guest")
    topology = compile_topology(agreement_granting((guest,)), by_service((guest,)))
    (user, _) = [user for user in topology.users if user.service == "a-guest"]
    assert re.search(user.write, "a-guest.events")
    assert not re.search(user.write, "aXguest.events")
    assert not re.search(user.write, "not-a-guest.events")
    assert not re.search(user.read, "a-guestXinbox")


def test_every_queue_has_exactly_one_policy_and_only_type_and_consumer_as_arguments(topology: Topology) -> None:
    for queue in topology.queues:
        assert policy_of(topology, queue.name)
        assert set(queue.arguments) <= {"x-queue-type", "x-single-active-consumer"}


def test_what_others_write_is_never_capped_and_what_it_writes_alone_is(topology: Topology) -> None:
    for lane in ("triage.inbox", "triage.urgent"):
        policy = policy_of(topology, lane)
        assert not any(word.startswith("max-") or word == "message-ttl" for word in policy)
        assert (policy["dead-letter-exchange"], policy["dead-letter-strategy"]) == (
            "triage.quarantine",
            "at-least-once",
        )
    for own in ("triage.retry.5s", "triage.retry.5m", "triage.quarantine"):
        policy = policy_of(topology, own)
        assert policy["max-length-bytes"] > 0
        assert policy["overflow"] == "reject-publish"
    assert policy_of(topology, "triage.retry.5s")["message-ttl"] == 5_000
    assert policy_of(topology, "triage.retry.5s")["dead-letter-exchange"] == "triage.return"
    assert policy_of(topology, "intake.log")["max-age"] == "400D"


def test_from_rabbitmq_4_the_delivery_limit_is_lifted_in_so_many_words() -> None:
    older = compile_topology(AGREEMENT, {}, broker=(3, 10))
    newer = compile_topology(AGREEMENT, {}, broker=(4, 1))
    assert "delivery-limit" not in policy_of(older, "triage.inbox")
    assert policy_of(newer, "triage.inbox")["delivery-limit"] == -1
