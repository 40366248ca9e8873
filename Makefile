# Two commands are enough: make run, make test. All work twice.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
ACTIVE := AMONT_MODE=demo DATABASE_URL=$${DATABASE_URL:-sqlite:///$(CURDIR)/var/demo.sqlite3}

.PHONY: answers-workbook run test setup setup-dev packages paper check fast browser postgres branches mutants oracle leaks swept noninterference traces planted matrix races timing tampering kills kills-buying rebates corpus roundtrip matching sovereign bench schemathesis openapi messages lock clean

run: setup paper ## the demo on http://127.0.0.1:8000 (HOST, PORT, DATABASE_URL are read)
	@mkdir -p var
	@$(ACTIVE) $(BIN)/amont migrate
	@$(ACTIVE) $(BIN)/amont demo
	@$(ACTIVE) exec $(BIN)/amont serve --with-worker

setup: .venv/runtime ## the environment and .venv/bin/amont
	@$(BIN)/amont messages compile
	@AMONT_MODE=demo $(BIN)/amont static

test: setup-dev packages check ## everything: lint, types, contracts, tests on both databases, browser
	$(BIN)/python tests/run.py

packages: ## what the tests need from Debian: installed where that is allowed, named where not
	@sh tests/packages.sh

paper: ## what PDF files need from Debian: installed where that is allowed, else named; all but PDF works without
	@sh tests/packages.sh paper

check: setup-dev ## format, lint, contracts, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

fast: setup-dev ## tests on SQLite without a browser
	$(BIN)/pytest -n 2 -m "not browser"

browser: setup-dev packages ## tests in Chromium
	$(BIN)/pytest -m browser

postgres: setup-dev packages ## tests of constraints, races and stories on PostgreSQL
	WALL=1 $(BIN)/python tests/cluster.py $(BIN)/pytest -m both

branches: setup-dev ## every branch of what enforces disclosure is taken by its tests, or this fails
	@mkdir -p var
	@$(BIN)/python tests/enforcing/branches.py

mutants: setup-dev ## small changes to what enforces disclosure, for SECONDS, in the order of SEED; taken up where it was left
	@SECONDS=$(SECONDS) SEED=$(SEED) RECORD=docs/assurance.md $(BIN)/python tests/enforcing/mutants.py

VIEWS ?= 20000
SEED ?= 1
oracle: setup-dev packages ## VIEWS random views against the naive implementation, from SEED on DATABASE; appended to docs/assurance.md
	$(if $(filter postgres,$(DATABASE)),$(BIN)/python tests/cluster.py) \
	  env VIEWS=$(VIEWS) SEED=$(SEED) RECORD=docs/assurance.md $(BIN)/pytest -n0 tests/disclosure/test_differential.py

sovereign: setup-dev ## what lines depend on, against a naive recomputation, igraph and networkx on 2,000 random views
	VIEWS=2000 SEED=$(SEED) $(BIN)/pytest -n0 tests/insight/test_dependence.py

TAMPERINGS ?= 100000
tampering: setup-dev ## TAMPERINGS of an export of the ledger, from SEED, against docs/verify_ledger.py; appended to docs/assurance.md
	TAMPERINGS=$(TAMPERINGS) SEED=$(SEED) RECORD=docs/assurance.md $(BIN)/pytest -n0 tests/ledger/test_tampering.py -k every_tampering

SECONDS ?= 1200
PROOF = RECORD=docs/assurance.md SECONDS=$(SECONDS) SEED=$(SEED) $(if $(filter postgres,$(DATABASE)),$(BIN)/python tests/cluster.py) $(BIN)/pytest -n 0 -p no:randomly -q -s
noninterference: setup-dev packages ## pairs of worlds that are one to a viewer, for SECONDS from SEED on DATABASE; resumes, appends to docs/assurance.md
	$(PROOF) tests/proof/test_noninterference.py

traces: setup-dev packages ## histories of acts with those a viewer is told nothing of taken out, for SECONDS from SEED, on SQLite; appended to docs/assurance.md
	$(PROOF) tests/proof/test_traces.py -k changes

timing: setup-dev ## hidden data x1 and x100, hidden and absent ids, known and unknown addresses, for SECONDS from SEED; appended to docs/assurance.md
	$(PROOF) tests/proof/test_timing.py

answers-workbook: setup-dev packages ## 10,000 answers out by Excel, disordered, and back
	ANSWERS=10000 $(BIN)/pytest -n0 -q tests/exchange/test_answers_workbook.py

planted: setup-dev packages ## leaks planted one at a time and found by search, for SECONDS from SEED
	$(PROOF) tests/proof/planted_search.py

matrix: setup-dev packages ## hidden against never there, on every route, for SECONDS from SEED
	$(PROOF) tests/proof/test_matrix.py

races: setup-dev packages ## revoking and reading interleaved at every statement, for SECONDS
	$(PROOF) tests/proof/test_races.py

KILLS ?= 200
DATABASE ?= sqlite
WORLDS ?= 60
swept: setup-dev packages ## see-as and consents on WORLDS random worlds on DATABASE (sqlite, postgres), from SEED
	$(if $(filter postgres,$(DATABASE)),$(BIN)/python tests/cluster.py) \
	  env WORLDS=$(WORLDS) SEED=$(SEED) RECORD=docs/assurance.md $(BIN)/pytest -n0 tests/disclosure/test_swept_worlds.py

kills: setup-dev packages ## KILLS workers killed at random moments of imports, from SEED, on DATABASE (sqlite, postgres)
	@mkdir -p var && rm -f var/kills.sqlite3*
	$(if $(filter postgres,$(DATABASE)),$(BIN)/python tests/cluster.py,DATABASE_URL=sqlite:///$(CURDIR)/var/kills.sqlite3) \
	  env KILLS=$(KILLS) SEED=$(SEED) RECORD=docs/assurance.md $(BIN)/python tests/kills.py

kills-buying: setup-dev packages ## KILLS processes killed at every statement of bringing invoices and of settling, on DATABASE
	@mkdir -p var && rm -f var/kills_buying.sqlite3*
	$(if $(filter postgres,$(DATABASE)),$(BIN)/python tests/cluster.py,DATABASE_URL=sqlite:///$(CURDIR)/var/kills_buying.sqlite3) \
	  env KILLS=$(KILLS) RECORD=docs/assurance.md $(BIN)/python tests/kills_buying.py

FILES ?= 5000
rebates: setup-dev ## FILES random rebate files from SEED against a naive reading in fractions; appended to docs/assurance.md
	FILES=$(FILES) SEED=$(SEED) RECORD=docs/assurance.md $(BIN)/pytest -n0 -q tests/purchasing/test_differential.py

corpus: setup-dev ## odd and hostile files, each read in a process of its own: what came of it, seconds, memory
	@$(BIN)/python tests/exchange/measure.py

roundtrip: setup-dev ## tables written, converted by LibreOffice and read again (needs libreoffice-calc)
	@WANT_OFFICE=1 sh tests/packages.sh
	@$(BIN)/pytest tests/exchange/roundtrip.py

matching: setup-dev ## precision and recall over the labelled pairs, with the curve; appended to docs/matching.md
	@RECORD=docs/matching.md $(BIN)/python tests/matching/curve.py

bench: setup-dev ## figures, printed; RECORD=1 appends them to benchmarks/RESULTS.md
	@mkdir -p var
	@$(ACTIVE) $(BIN)/amont migrate
	@$(ACTIVE) $(BIN)/amont demo
	@$(ACTIVE) $(BIN)/amont static
	@$(ACTIVE) $(BIN)/python benchmarks/pages.py
	@$(ACTIVE) $(BIN)/python benchmarks/drawings.py
	@$(BIN)/python benchmarks/walk.py
	@$(BIN)/python benchmarks/imports.py
	@$(BIN)/python benchmarks/rebate.py
	@$(BIN)/python benchmarks/buying.py

CASES ?= 100
schemathesis: setup-dev ## shaped noise at every operation of the API: CASES tries in each direction, from SEED
	@CASES=$(CASES) SEED=$(SEED) $(BIN)/python tests/api/fuzz.py

openapi: setup-dev ## write the description of the API anew: look at what changed before it is kept
	@$(BIN)/amont openapi > src/amont/api/openapi.json

messages: setup-dev ## extract the texts on screen (needs gettext) and compile them
	$(BIN)/amont messages extract

lock: ## write the hashed requirements anew (needs uv)
	uv pip compile -q pyproject.toml --generate-hashes --no-annotate --no-header --python-version 3.11 -o requirements.txt
	uv pip compile -q pyproject.toml --group dev --generate-hashes --no-annotate --no-header --python-version 3.11 -o requirements-dev.txt

clean: ## remove the environment and all that was made
	rm -rf .venv var shots

setup-dev: .venv/dev
	@$(BIN)/amont messages compile

# An environment is made whole or not at all: its mark is written last and bears the requirements' digest in its time.
.venv/runtime: requirements.txt pyproject.toml
	@test -f .venv/dev -a .venv/dev -nt requirements.txt || { \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt; }
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ .venv/runtime
