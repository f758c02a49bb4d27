"""The import rules hold, cover every package, and each is shown to bite."""

from functools import cache
from typing import Any

import grimp
import pytest
from importlinter import Contract
from tests.architecture.only import Only
from tests.architecture.rules import RULES, SERVICES, Rule


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("alliance", *SERVICES, include_external_packages=True, cache_dir=None)


def contract(rule: Rule) -> Contract:
    options: dict[str, Any] = {"package": rule.package, "may_import": list(rule.may_import)}
    return Only(name=rule.package, session_options={}, contract_options=options)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.package)
def test_a_package_imports_only_what_it_may(rule: Rule) -> None:
    checked = contract(rule).check(graph(), verbose=False)
    assert checked.metadata["found"] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.package)
def test_a_planted_violation_is_caught(rule: Rule) -> None:
    planted = grimp.build_graph("alliance", *SERVICES, include_external_packages=True, cache_dir=None)
    importer = next(module for module in sorted(planted.modules) if module.startswith(rule.package))
    planted.add_import(importer=importer, imported=rule.planted)
    checked = contract(rule).check(planted, verbose=False)
    assert (importer, rule.planted) in checked.metadata["found"]


def test_every_package_has_a_rule() -> None:
    ruled = {rule.package for rule in RULES}
    rooms = set(graph().find_children("alliance"))
    for service in SERVICES:
        rooms |= set(graph().find_children(service))
    composition = {f"{service}.{name}" for service in SERVICES for name in ("main", "__main__", "settings", "adapters")}
    assert rooms - ruled - composition == set()
