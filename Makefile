# The only commands a person has to know. `make help` lists them.

PORT ?= 8000
PY := .venv/bin/python
RUN_PACKAGES := .venv/packages-run
TEST_PACKAGES := .venv/packages-test
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test lint explore coverage bench bench-import bench-register bench-web tasks soak messages requirements clean

help: ## List these commands.
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: $(RUN_PACKAGES) ## Serve the site on this machine: PORT=9000 make run
	@DEBUG=true exec $(PY) manage.py run --port $(PORT)

test: $(TEST_PACKAGES) ## The tests, linters and checks, quickly; CI runs them with PROFILE=thorough.
	@PY=$(PY) .ci/checks lint tests

lint: $(TEST_PACKAGES) ## The linters and checks alone, without the tests.
	@PY=$(PY) .ci/checks lint

explore: $(TEST_PACKAGES) ## The tests that try many inputs, with a thousand others (long).
	@PROFILE=exploring $(PY) -m pytest -q --tb=short -n auto --create-db -m "hypothesis or exploring" --timeout=0

coverage: $(TEST_PACKAGES) ## Which lines the tests reach: at least 95 of 100 (twice the time of the tests).
	@$(PY) -m pytest -q -n auto --maxschedchunk=2 --create-db --cov --cov-report=term --cov-fail-under=95

bench: $(TEST_PACKAGES) ## Measure with 10,000 agreements or rows; results in var/bench/.
	@$(PY) -m bench

bench-import: $(TEST_PACKAGES) ## Measure imports of 100,000 agreements (half an hour).
	@$(PY) -m bench import

SIZE ?= 100000
bench-register: $(TEST_PACKAGES) ## Measure lists of 1,000 and SIZE=100000 agreements (long).
	@$(PY) -m bench register $(SIZE)

bench-web: $(TEST_PACKAGES) ## Measure pages a second beside nginx and Wagtail (needs wrk, nginx).
	@$(PY) -m bench web

tasks: $(TEST_PACKAGES) ## Count the clicks and page loads that the tasks of editors take (needs Chromium).
	@$(PY) -m bench tasks

MINUTES ?=
soak: $(TEST_PACKAGES) ## All that a site must bear (an hour); make soak MINUTES=2: everybody at once alone.
	@$(PY) -m soak $(if $(MINUTES),mixed $(MINUTES))

messages: $(TEST_PACKAGES) ## Collect and compile the texts to translate (needs gettext).
	@for domain in django djangojs; do $(PY) manage.py makemessages --domain $$domain --all \
		--no-location --no-obsolete --no-wrap --ignore .venv --ignore var --ignore tests; done
	@$(PY) manage.py compilemessages --ignore .venv --ignore var

requirements: ## Pin the newest allowed packages, with hashes (needs uv).
	uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

clean: ## Remove what was installed and measured. The site in var/ stays.
	rm -rf .venv .coverage .coverage.* htmlcov .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/bench

$(PY):
	@.ci/make-venv .venv

$(RUN_PACKAGES): requirements.txt | $(PY)
	@echo "Installing the packages (once; about a minute) …"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(TEST_PACKAGES): requirements-dev.txt requirements.txt | $(PY)
	@echo "Installing the packages that test it (once; about a minute) …"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(RUN_PACKAGES)
