"""Who may do what: the table, read as a governance lead reads it, row by row."""

import pytest

from alliance.access import About, Caller, Policy, Role
from alliance.access.policy import Ground, PolicyWrong
from alliance.access.roles import granted

TABLE = """action,what,record,triage-worker,key-worker,auditor,governance-lead
case.list,see the queue,,all,all,all,
case.read,open a case,case,own+,mine+,,all
case.close,close a case,case,own,mine,,
"""
POLICY = Policy.read(TABLE)


def caller(*roles: str, subject: str = "staff-1", organisation: str = "slam") -> Caller:
    return Caller(subject=subject, organisation=organisation, roles=frozenset(roles))


def case(*workers: str, organisation: str = "slam") -> About:
    return About(record="case", id="c1", person_id="p1", organisation=organisation, workers=frozenset(workers))


@pytest.mark.parametrize(
    ("sentence", "who", "action", "about", "restricted", "glass", "allowed", "ground", "may_break"),
    [
        ("a list needs the role only", caller("auditor"), "case.list", None, False, False, True, "role", False),
        ("without the role, no list", caller("finance-officer"), "case.list", None, False, False, False, "none", False),
        ("own organisation's case", caller("triage-worker"), "case.read", case(), False, False, True,
         "own-organisation", False),
        ("another organisation's case is behind glass", caller("triage-worker", organisation="certitude"), "case.read",
         case(), False, False, False, "none", True),
        ("broken glass opens it", caller("triage-worker", organisation="certitude"), "case.read", case(), False, True,
         True, "glass-broken", False),
        ("a named worker sees it from anywhere", caller("key-worker", organisation="certitude"), "case.read",
         case("staff-1"), False, False, True, "works-with-person", False),
        ("a key worker sees no case of somebody else's", caller("key-worker"), "case.read", case("staff-2"), False,
         False, False, "none", True),
        ("a restricted person's case is closed to colleagues", caller("triage-worker"), "case.read", case("staff-2"),
         True, False, False, "none", True),
        ("but not to the named worker", caller("triage-worker"), "case.read", case("staff-1"), True, False, True,
         "works-with-person", False),
        ("restricted shuts out even those who see all", caller("governance-lead"), "case.read", case(), True, False,
         False, "none", False),
        ("no glass where the table has none", caller("triage-worker", organisation="certitude"), "case.close", case(),
         False, True, False, "none", False),
        ("a role without a cell is refused without a hint", caller("auditor"), "case.read", case(), False, True, False,
         "none", False),
    ],
)  # fmt: skip
def test_the_table_decides(
    sentence: str,
    who: Caller,
    action: str,
    about: About | None,
    restricted: bool,
    glass: bool,
    allowed: bool,
    ground: str,
    may_break: bool,
) -> None:
    ruling = POLICY.decide(who, action, about, restricted=restricted, glass=glass)
    assert (ruling.allowed, ruling.ground, ruling.glass) == (allowed, ground, may_break), sentence


def test_of_two_roles_the_one_that_reaches_counts() -> None:
    both = caller("key-worker", "triage-worker")
    assert POLICY.decide(both, "case.close", case()).role is Role.TRIAGE_WORKER


def test_working_with_the_person_is_the_ground_that_is_noted_first() -> None:
    ruling = POLICY.decide(caller("triage-worker"), "case.read", case("staff-1"))
    assert ruling.ground is Ground.WORKS_WITH_PERSON


def test_an_action_without_a_row_is_nobodys() -> None:
    with pytest.raises(LookupError, match=r"case\.delete"):
        POLICY.decide(caller(*Role), "case.delete")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("what,action,record\n", "columns"),
        (TABLE + "case.list,again,,all,,,\n", "case.list is in the tables twice"),
        ("action,what,record,triage-worker\ncase.read,open,case,some\n", "case.read"),
        ("action,what,record,boss\ncase.read,open,case,all\n", "boss"),
    ],
)
def test_a_table_that_cannot_be_is_refused_by_name(table: str, says: str) -> None:
    with pytest.raises(PolicyWrong, match=says):
        Policy.read(table)


def test_a_role_counts_only_where_the_agreement_grants_it_to_the_organisation() -> None:
    grants = {"slam": frozenset({Role.TRIAGE_WORKER})}
    assert granted(["triage-worker", "finance-approver"], "slam", grants) == {Role.TRIAGE_WORKER}
    assert granted(["triage-worker"], "certitude", grants) == frozenset()
    assert granted(["TRIAGE-WORKER"], "slam", grants) == frozenset()
