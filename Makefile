# Two commands do everything on a fresh machine with Python 3.11+, pip and make:
#   make demo    records of the sample corpus, on screen and in out/demo.jsonl
#   make test    every check that CI runs
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
LOWEST_TOOLS := hypothesis jsonschema pandas polars pytest pytest-xdist python-docx reportlab xlsxwriter

.PHONY: demo test lowest lint format bench floors corpus model docs wheel clean

demo: $(READY)
	$(BIN)/extractor run corpus/reports --output out/demo.jsonl
	$(BIN)/python -m extractor.cli.demo out/demo.jsonl

test: lint
	$(BIN)/python corpus/build.py --check
	PYTHONWARNDEFAULTENCODING=1 PYTHONWARNINGS=ignore::EncodingWarning $(BIN)/python -m pytest -n 2

# The tests with the oldest versions that pyproject.toml allows.
lowest: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest --resolution lowest-direct -r pyproject.toml \
		--extra data --extra dask --extra http --extra s3
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest --constraints constraints.txt $(LOWEST_TOOLS)
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest --no-deps --editable .
	$(VENV)-lowest/bin/python -m pytest -n 2 --deselect tests/cli/test_help.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python benchmarks/speed.py --parts
	$(BIN)/python benchmarks/memory.py

# Raise the floors of the quality gate to today's figures; lowering one takes a reason (see CONTRIBUTING).
floors: $(READY)
	$(BIN)/extractor evaluate corpus/gold.jsonl --write-floors tests/quality/floors-corpus.json

# Write corpus/reports and corpus/gold.jsonl again from corpus/marked.
corpus: $(READY)
	$(BIN)/python corpus/build.py

# Fit the names model again from the data beside the checkout; see training/README.md.
model: $(READY)
	$(BIN)/python -m training.train ../shared

docs: $(READY)
	$(BIN)/python -m extractor.cli.reference > docs/cli.md
	$(BIN)/python -m extractor.records.reference > docs/records.md

wheel: $(READY)
	$(BIN)/python -m pip wheel --no-deps --wheel-dir dist .

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' --constraint constraints.txt
	touch $(READY)

clean:
	rm -rf $(VENV) out dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
