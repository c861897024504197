# Everything a person does to this project, one word each. `make` alone lists the words.
# `make demo` and `make test` need nothing but Python 3.11 or newer with venv: they set up .venv.

VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
WORKERS ?= 2
UV ?= uv

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow peers lint codebooks-check docs-check check format docs picture sample bench lock clean

help: ## List what make can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp ## Make a demo project and code in it (without a terminal: walk the whole path)
	@$(BIN)/annotator demo

test: $(VENV)/dev.stamp ## Run the tests, without the slow ones
	@$(BIN)/pytest -q -n $(WORKERS) -m "not slow"

test-slow: $(VENV)/dev.stamp $(PEERS)/made.stamp ## Run the slow tests only
	@$(BIN)/pytest -q -n $(WORKERS) -m slow

peers: $(PEERS)/made.stamp ## Set up .venv-peers, the packages that agreement is compared with

lint: $(VENV)/dev.stamp ## Check style, types and the arrows between packages
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

CODEBOOKS := $(filter-out %_examples.yaml,$(wildcard codebooks/*.yaml))
codebooks-check: $(VENV)/run.stamp ## Check the codebooks that are shipped, and their worked examples
	@$(BIN)/annotator codebook check $(CODEBOOKS)
	@for book in $(CODEBOOKS); do $(BIN)/annotator codebook test $$book || exit 1; done

docs-check: $(VENV)/run.stamp ## See that the generated documentation says what the code does
	@$(BIN)/python docs/make_docs.py --check

check: lint test test-slow codebooks-check docs-check ## Run every check that .ci/run does

format: $(VENV)/dev.stamp ## Put the code into its one format
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

docs: $(VENV)/run.stamp ## Write the generated documentation anew
	@$(BIN)/python docs/make_docs.py

picture: $(VENV)/run.stamp ## Draw the picture of the coding screen anew
	@$(BIN)/python docs/make_picture.py

sample: $(VENV)/run.stamp ## Write the sample export in exports/sample anew
	@$(BIN)/python docs/make_sample.py

bench: $(VENV)/dev.stamp ## Measure speed and memory beside the floors (takes minutes)
	@for script in $$(grep -l __main__ bench/*.py); do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# uv is needed for this alone: `pip install uv` in any virtual environment, then `make lock UV=…`.
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header $(LOCKFLAGS)
lock: ## Lock the requirements anew (needs uv; LOCKFLAGS=--upgrade takes the newest versions)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: install it with pip in any virtual environment and say make lock UV=its/path." >&2; exit 2; }
	@$(LOCK) pyproject.toml requirements/build.in -o requirements/run.txt
	@$(LOCK) pyproject.toml requirements/dev.in -c requirements/run.txt -o requirements/dev.txt
	@$(LOCK) requirements/peers.in -o requirements/peers.txt
	@$(LOCK) --no-deps requirements/peers-alone.in -o requirements/peers-alone.txt

clean: ## Remove .venv, caches and built files (never a project)
	@rm -rf $(VENV) $(PEERS) dist .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find src tests bench docs -name __pycache__ -type d -prune -exec rm -rf {} +

# --- setting up -----------------------------------------------------------------------------------

PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install

$(VENV)/made.stamp:
	@if $(BIN)/python -m pip --version >/dev/null 2>&1; then touch $@; exit 0; fi; \
	for python in $(PYTHON) $(if $(PYTHON),,python3 python3.14 python3.13 python3.12 python3.11); do \
		if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Setting up $(VENV) with $$python (once)…"; \
			"$$python" -m venv $(VENV) && touch $@; exit; \
		fi; \
	done; \
	echo "annotator needs Python 3.11 or newer with venv; install it (on Debian: python3 and python3-venv), or name one: make PYTHON=python3.12 $(MAKECMDGOALS)." >&2; \
	exit 2

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/made.stamp
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

# Packages that agreement is compared with, apart from those that annotator runs on.
$(PEERS)/made.stamp: requirements/peers.txt requirements/peers-alone.txt | $(VENV)/run.stamp
	@echo "Setting up $(PEERS) (once)…"
	@$(BIN)/python -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements/peers.txt
	@$(PEERS)/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --no-deps -r requirements/peers-alone.txt
	@touch $@
