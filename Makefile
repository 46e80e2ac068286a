# make run     set up, make the sample event, serve it and print its links   (ARGS="--port 8000 --data /srv/workshop")
# make test    set up, and run every test: on SQLite, on PostgreSQL, and with sockets served by threads
# make check   what is quick: ruff, mypy, and the tests that take no server, no browser and no seconds
# make bench   what a delivered change costs, beside a bare echo
.PHONY: run test check bench clean
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
# What shares a server or an event stays together in its file.
PYTEST := $(PY) -m pytest -q --dist loadfile --no-loadscope-reorder -n
# One worker more than there are cores where many tests wait for the people that they play.
ALL_AND_ONE = $$(( $$($(PY) -c "import os; print(os.cpu_count())") + 1 ))
# Bytecode is kept, whatever the machine says: else each process that a test starts compiles the house anew.
export PYTHONDONTWRITEBYTECODE :=
# ARGS goes to what the target runs: make test ARGS="-k vote".
ARGS ?=

run: $(VENV)/.ready
	$(VENV)/bin/facilitator demo --serve $(ARGS)

# All are run, whatever the first says; the last lines of each stay in sight.
test: $(VENV)/.ready-to-test
	@CHROMIUM=$$($(PY) tests/support/chromium.py) || exit 1; export CHROMIUM; failed=""; \
	echo "== everything without a browser, on SQLite"; \
	$(PYTEST) $(ALL_AND_ONE) -m "not browser" $(ARGS) || failed="$$failed SQLite"; \
	echo "== in a real Chromium"; \
	$(PYTEST) auto -m browser $(ARGS) || failed="$$failed Chromium"; \
	echo "== what depends on the storage, on PostgreSQL"; \
	$(PYTEST) auto --store postgresql -m "storage and not browser and not once" $(ARGS) || failed="$$failed PostgreSQL"; \
	echo "== what talks over sockets, served by threads"; \
	FACILITATOR_TEST_ASYNC=threading $(PYTEST) auto -m socket $(ARGS) || failed="$$failed threading"; \
	if [ -n "$$failed" ]; then echo "Failed:$$failed"; exit 1; fi

check: $(VENV)/.ready-to-test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PYTEST) auto -m "not server and not browser and not long" $(ARGS)

bench: $(VENV)/.ready-to-test
	$(PY) tests/bench/fanout.py $(ARGS)

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Set-up is done once, and again when pyproject.toml has changed.
$(VENV)/.ready: pyproject.toml | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.ready-to-test: pyproject.toml | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/.ready

$(PY):
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Setting up $(VENV) with $$($$python --version)"; \
			exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo "Facilitator needs Python 3.11 or newer, with its venv module. Install it (Debian, Ubuntu: apt install" \
		"python3-venv), or name it: make PYTHON=/path/to/python3.12" >&2; exit 1
