# Every target builds what it needs in .venv first, with the standard library's venv and pip alone.
# A lock is installed once, and again only when it changes. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PIP_REQUIRE_VIRTUALENV = 1

.PHONY: help demo run check migrate test pytest browser coverage bench torture screenshots fuzz audit fresh lint types walls format locks clean
.DEFAULT_GOAL := help

# Delivery, and whatever decides who may do what: the tests reach every line and every branch of these.
PROVEN := bot/delivery/*,db/delivery/*,bot/kit/permissions.py,bot/kit/arguments.py,bot/kit/drafts.py,bot/kit/agreement.py
PROVEN := $(PROVEN),cogs/*/views/rights.py,cogs/questions/marking.py,cogs/questions/views/places.py,cogs/people/sight.py

help:
	@echo "make demo      open Benchmate in your browser, with a pretend server; no account, no token"
	@echo "               (make demo EMPTY=1 begins with an empty server, to set it up)"
	@echo "make run       run Benchmate on Discord (needs DISCORD_TOKEN in .env)"
	@echo "make check     say what is missing or wrong before you run it"
	@echo "make test      run everything that must pass before a change lands"
	@echo "make browser   walk through the demo in Chromium, as a person would"
	@echo "make coverage  run the tests again, and say which lines and branches none of them reaches"
	@echo "make screenshots  make the docs' pictures anew, from the demo in Chromium (SCENES=\"series day\": those alone)"
	@echo "make bench     measure speed and memory beside baselines, and write docs/benchmarks.md (about 25 minutes;"
	@echo "               RED=1 beside Red-DiscordBot too, RESUME=1 goes on after a stop, QUICK=1 only sees that it works)"
	@echo "make fuzz      try CASES=1000000 made-up inputs on all that reads what people, files and the web say"
	@echo "make audit     ask which known weaknesses the pinned packages have (needs the internet)"
	@echo "make fresh     do what README.md says on an empty Debian (needs root and debootstrap)"
	@echo "make torture   kill the delivery worker 500 times (KILLS=) and count what arrived (SEED= draws the same plan again)"

demo: $(VENV)/.demo
	@$(BIN)/python -m bot demo $(if $(EMPTY),--empty)

run: $(VENV)/.run
	@$(BIN)/python -m bot run

check: $(VENV)/.run
	@$(BIN)/python -m bot check

migrate: $(VENV)/.run
	@$(BIN)/python -m bot migrate

test: lint types walls pytest

pytest: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser"

browser: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto --dist worksteal -m browser

coverage: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto --dist worksteal -q -m "not browser" --cov --cov-report=term
	@echo "Delivery and who may do what: every line, every branch"
	@$(BIN)/python -m coverage report --include="$(PROVEN)" --fail-under=100

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

walls: $(VENV)/.dev
	@$(BIN)/lint-imports

# RED=1 sets Red-DiscordBot beside it; nothing of Red is installed unless that is asked for.
RED_VERSION := 3.5.24
bench: $(VENV)/.dev $(if $(RED),build/red/.ready)
	@$(BIN)/python -m bench --runs $(or $(RUNS),7) $(if $(QUESTIONS),--questions $(QUESTIONS)) $(if $(RESUME),--resume) \
	    $(if $(RED),--red build/red/bin/python) \
	    $(if $(QUICK),--quick --table build/bench/quick.md,--table docs/benchmarks.md)

# Red pins all its libraries itself. It needs Python 3.11 or older: make bench RED=1 RED_PYTHON=python3.11
RED_PYTHON ?= $(PYTHON)
build/red/.ready:
	@echo "Installing Red-DiscordBot $(RED_VERSION) in build/red (once; about a minute)"
	@$(RED_PYTHON) -m venv --clear build/red
	@build/red/bin/python -m pip --disable-pip-version-check --quiet install "Red-DiscordBot==$(RED_VERSION)"
	@touch $@

torture: $(VENV)/.dev
	@$(BIN)/python -m tests.torture --kills $(or $(KILLS),500) $(if $(SEED),--seed $(SEED)) $(if $(PLANT),--plant $(PLANT))

fuzz: $(VENV)/.dev
	@$(BIN)/python -m tests.fuzz --cases $(or $(CASES),100000) $(if $(SEED),--seed $(SEED)) $(if $(TARGET),--target $(TARGET))

# Each lock by itself, as it is pinned; --strict: a package that nobody could be asked about is a fault, too
audit: $(VENV)/.audit
	@for lock in $(sort $(wildcard requirements/*.txt)); do echo "$$lock"; \
	    $(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r $$lock || { \
	    echo "Not clean; where it says that a package could not be audited, or cannot connect, nothing is known."; exit 1; }; \
	done

fresh:
	@tests/fresh/machine.sh $(if $(UNTIL),--until $(UNTIL))

screenshots: $(VENV)/.dev
	@$(BIN)/python -m tests.demo.picturing $(SCENES)

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# New locks: needs uv (https://docs.astral.sh/uv/), which nobody else does.
locks:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make locks" pyproject.toml requirements/build.in -o requirements/run.txt
	for extra in demo dev postgres audit; do \
	    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	        --custom-compile-command "make locks" --extra $$extra -c requirements/run.txt $$([ $$extra != audit ] || echo -c requirements/dev.txt) \
	        pyproject.toml requirements/build.in -o requirements/$$extra.txt; \
	done

clean:
	rm -rf $(VENV) build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Benchmate needs Python 3.11 or newer. Try: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	    { echo "This Python cannot make a virtual environment yet. On Debian or Ubuntu, type: sudo apt install python3-venv"; exit 1; }
	@echo "Preparing $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)

# Four stamps, one recipe: $(VENV)/.run from requirements/run.txt, and so on.
$(VENV)/.run $(VENV)/.demo $(VENV)/.dev $(VENV)/.audit: $(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what '$*' needs (once; about a minute)"
	@$(PIP) install --require-hashes -r requirements/$*.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
