# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := requirements/dev.lock

.PHONY: demo test test-all lint types bench lock clean

demo: $(READY)
	$(BIN)/offramp demo --to build/demo

# The same random examples in every run, so that what is green stays green; `test-all` draws new ones.
test: $(READY)
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -q -n auto -m "not slow" --hypothesis-profile=ci

test-all: $(READY)
	$(BIN)/pytest -q -n auto

lint: $(READY)
	$(BIN)/ruff check src tests benchmarks

types: $(READY)
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python benchmarks/run.py

# The environment: exactly what the lock file says, each file by its hash, then this project itself.
$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Offramp needs Python 3.11 or newer; say which one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python could not make an environment; on Debian: apt install python3-venv"; rm -rf $(VENV); exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Rewrites the lock file with the newest versions that fit pyproject.toml.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--group dev --upgrade pyproject.toml --output-file $(LOCK)

clean:
	rm -rf $(VENV) build dist
