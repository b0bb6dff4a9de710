# The verbs of this project. They need Python >= 3.11 and make; the rest they fetch themselves.
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; \
	done; echo python3)
endif
POORT ?= 8000
WERKERS ?= 2
BIN := .venv/bin
SJABLONEN = $(shell find templates -name '*.html')
# Settings as a real server has them; nothing of it is reached.
PRODUCTIE = DEBUG=0 DEMO=0 DATABASE_URL=postgresql://loket@db/loket REDIS_URL=redis://redis:6379 \
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	SITE_URL=https://loket.example TRUSTED_PROXY_COUNT=1 DEFAULT_FROM_EMAIL=loket@loket.example

.PHONY: help demo test check bench schermen fmt lock clean klaar-demo klaar-dev

help:
	@echo 'make demo      serve the portal with demo data on http://127.0.0.1:8000 (POORT= for another)'
	@echo 'make test      run the whole suite, with a real Chromium'
	@echo 'make check     lint, types, layers, templates, migrations, translations, deployment'
	@echo 'make bench     run the benchmarks; writes var/bench.json'
	@echo 'make schermen  photograph every page for every role into var/schermen/'
	@echo 'make fmt       format code and templates'
	@echo 'make lock      resolve the dependencies of pyproject.toml again'
	@echo 'make clean     remove .venv and var'

demo: klaar-demo
	@$(BIN)/python manage.py demo --poort $(POORT)

test: klaar-dev
	$(BIN)/pytest -n $(WERKERS) --dist worksteal --cov --cov-report term

check: klaar-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@$(BIN)/djade --check --target-version 5.2 $(SJABLONEN)
	$(BIN)/djangofmt --check templates
	$(BIN)/djangofmt check templates
	$(BIN)/djlint --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	@for po in $$(find locale -name '*.po' 2>/dev/null); do \
		msgfmt --check --output-file=/dev/null $$po && \
		test -z "$$(msgattrib --untranslated --only-fuzzy $$po)" || exit 1; done
	@$(PRODUCTIE) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: klaar-dev
	$(BIN)/pytest tests/bench/bench_*.py --no-cov -q

schermen: klaar-dev
	$(BIN)/python -m tests.schermen

fmt: klaar-dev
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format
	-@$(BIN)/djade --target-version 5.2 $(SJABLONEN)
	-@$(BIN)/djangofmt templates
	-@$(BIN)/djangofmt check --fix templates

# The names of the people who resolve it, or of where they found it, are in no lock.
COMPILEER = $(BIN)/uv --system-certs pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml
lock: klaar-dev
	$(COMPILEER) --upgrade --extra demo --extra dev --output-file requirements-dev.lock
	$(COMPILEER) --constraint requirements-dev.lock --extra demo --output-file requirements-demo.lock
	$(COMPILEER) --constraint requirements-dev.lock --output-file requirements.lock

clean:
	rm -rf .venv var

klaar-demo:
	@$(PYTHON) .ci/zet_op.py demo
klaar-dev:
	@$(PYTHON) .ci/zet_op.py dev
