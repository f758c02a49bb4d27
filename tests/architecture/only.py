"""An import-linter contract that says what a package may import, and refuses everything else."""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Only(Contract):
    """`package` may import the standard library, itself and what stands in `may_import` (names with their inside)."""

    type_name = "only"

    package = fields.StringField()
    may_import = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found: list[tuple[str, str]] = []
        allowed: tuple[str, ...] = (str(self.package), *(self.may_import or ()))  # type: ignore[misc]
        for importer in sorted(graph.modules):
            if not _inside(importer, (str(self.package),)):
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if imported.partition(".")[0] not in sys.stdlib_module_names and not _inside(imported, allowed):
                    found.append((importer, imported))
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        metadata: dict[str, Any] = check.metadata
        for importer, imported in metadata["found"]:
            output.print_error(f"{importer} may not import {imported}")


def _inside(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
