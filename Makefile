# Two commands on a fresh machine: `make app` and `make test`. Needed: Python 3.11 or later, and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
KB     ?= kb
ARTICLES  ?= ../shared/laws/main-0*.jsonl.gz
QUESTIONS ?= ../shared/bench/procedures/queries.jsonl ../shared/gold/questions.jsonl
PORT   ?= 8501

.PHONY: app kb test check bench corpus clean

app: kb  ## open the app; on first use, install and build the knowledge base from corpus/
	$(BIN)/konkyo serve --kb $(KB) --port $(PORT)

kb: $(VENV)/.app
	@test -f $(KB)/catalogue.sqlite || $(BIN)/konkyo ingest corpus --kb $(KB)

test: $(VENV)/.test browser  ## install what the tests need and run them all
	$(BIN)/python -m pytest

check: $(VENV)/.check  ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test  ## speed against named baselines, each in one run
	$(BIN)/python bench/ingest.py
	$(BIN)/python -m bench.search $(ARTICLES) --questions $(QUESTIONS)

corpus: $(VENV)/.test  ## print the sample documents again from their sources
	$(BIN)/python corpus/print.py

clean:
	rm -rf $(VENV) $(KB) build *.egg-info

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Konkyo needs Python 3.11 or later, found " + sys.version.split()[0] + ": run make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

$(VENV)/.app: $(VENV)/.venv pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

# torch first and by itself: where a CPU build of just this version is at hand, it is taken.
$(VENV)/.test: $(VENV)/.app
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

$(VENV)/.check: $(VENV)/.test
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[check]'
	@touch $@

# The browser tests drive Debian's chromium; elsewhere install it by hand, or they say why they skip.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; } || \
	  echo "chromium is not installed: the browser tests will be skipped"
