# Odoo addon aggression_protocol: everything a developer types.
#
# Nothing has to be installed beforehand but make, git, python3 and python3-venv.
# Odoo 19, its Python packages and PostgreSQL go into a cache folder and stay there.
#
# Variables, all optional:
#   PORT=8069        where `make run` listens, on this machine only
#   ARGS="..."       passed on: make test ARGS="tests/test_x.py -k word"
#   SIZE=10k         how many cases: make bench SIZE=10k
#   ONLY=REGEX       which mutants: make mutate ONLY="record rule"
#   ODOO_HOME=DIR    use this Odoo 19 source tree instead of Debian's package
#   PGHOST=...       use this PostgreSQL (with PGPORT, PGUSER, PGPASSWORD as usual);
#                    the user may create databases and is not called "postgres"
#   XDG_CACHE_HOME   where the cache folder lies (default ~/.cache)
#   PYTHON=python3   the Python to build with, 3.11 or newer

PYTHON ?= python3
PORT ?= 8069
ARGS ?=
export PORT ONLY SIZE

.PHONY: help run test attack bench mutate lint translations update odoo demo-check wheel wheel-check clauses rights screenshots clean

help: ## Show this text
	@sed -n '/^# Variables/,/^$$/s/^# \{0,1\}//p' Makefile
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: ## Start Odoo with the demo data, in Dutch
	@$(PYTHON) dev/run_demo.py

test: ## Run all tests
	@$(PYTHON) dev/run_tests.py $(ARGS)

attack: ## Ten thousand nasty inputs, two thousand stories, killed actions, two at once
	@ATTACK_INPUTS=10000 ATTACK_STORIES=2000 $(PYTHON) dev/run_tests.py -n 2 --dist loadscope \
		tests/test_fuzz.py tests/test_any_story.py tests/test_killed.py tests/test_two_at_once.py

bench: ## Measure beside the peers: all of it, or SIZE=10k, 100k or 1m
	@PYTHONPATH=dev $(PYTHON) benchmarks/run.py

mutate: ## Take each guard away in turn and see a test fail
	@$(PYTHON) dev/mutate.py $(ARGS)

lint: ## Check the style and the house rules
	@$(PYTHON) dev/lint.py

translations: ## Export the terms and bring the Dutch up to date
	@$(PYTHON) dev/translations.py $(ARGS)

update: ## Upgrade the demo database
	@$(PYTHON) dev/update_demo.py

demo-check: ## Log in to the demo with each of its logins
	@$(PYTHON) dev/check_demo.py

odoo: ## Run an Odoo command: make odoo ARGS="shell -d NAME"
	@$(PYTHON) dev/odoo_cmd.py $(ARGS)

wheel: ## Build the installable package in dist/
	@$(PYTHON) dev/build_wheel.py

wheel-check: ## Install that package in a clean Python and in Odoo
	@$(PYTHON) dev/build_wheel.py --check

clauses: ## List which tests show which clause of the protocol
	@$(PYTHON) dev/clauses.py

rights: ## Write the rights table into the documentation
	@$(PYTHON) dev/rights.py

screenshots: ## Take the pictures of the documentation
	@$(PYTHON) dev/screenshots.py $(ARGS)

clean: ## Remove the cache: Odoo, Python packages and databases
	@$(PYTHON) dev/clean.py
