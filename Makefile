# The commands of this repository. `make` alone explains them; each needs nothing but Python 3.11 and make.
.DEFAULT_GOAL := help
.PHONY: help install run demo down test lint check fmt faults bench

export UV_PYTHON_DOWNLOADS := never
UV = $(shell sh deploy/get-uv.sh)
RUN = $(UV) run --no-sync
WORKERS = 2
FOLDERS = shared deploy services tests docs/examples

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Get uv if it is missing and install what uv.lock names (no network once that is done)
	@uv="$(UV)" && test -n "$$uv" && { "$$uv" sync --frozen --offline --quiet 2>/dev/null || "$$uv" sync --frozen; }

run: install ## Bring the whole alliance up, drive the demo journeys, stay until Ctrl-C
	@$(RUN) alliance run

down: ## Stop an alliance that runs in the background
	@$(RUN) alliance down

lint: install ## Ruff and mypy
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy $(wildcard $(FOLDERS))

test: lint ## Everything that must hold: lint, generated files, all tests, journeys, the short fault suite
	$(RUN) pytest -m "not slow" -n $(WORKERS) --dist loadscope --no-loadscope-reorder

check: lint ## What is quick: lint, generated files, unit, contract and architecture tests
	$(RUN) pytest -m "not slow and not broker and not store" $(wildcard */*/tests/unit shared/tests tests/architecture tests/contract)

fmt: install ## Put all code in the house style
	$(RUN) ruff check --fix-only --quiet .
	$(RUN) ruff format .

faults: install ## The long fault run: at least 300 journeys, every crash point of every service
	$(RUN) pytest -m "slow or not slow" --timeout 7200 tests/faults

bench: install ## Speed and size against bare libraries, as a table (`alliance bench --json` for programs)
	$(RUN) alliance bench
