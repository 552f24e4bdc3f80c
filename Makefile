# Kawei 卡位: one command for each thing one does here. `make` alone lists them.
# On a fresh Debian/UOS/Kylin machine with Python 3.11 (or 3.12), git and make, every target first sets up
# what it needs; a second run finds it all in place and starts at once.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Wheels only, so that no compiler is needed; bagit is plain Python and published as source alone.
WHEELS := --only-binary :all: --no-binary bagit

# What stands for "this step is done": stamps inside the environment, real files for everything else.
MACHINE := $(VENV)/.kawei-machine
ENVIRONMENT := $(VENV)/.kawei-environment
SOUND := $(VENV)/.kawei-sound
LOOP := $(VENV)/.kawei-loop
PROJECT := $(VENV)/.kawei-project
FONTS := resources/fonts/NotoSansSC-Regular.ttf resources/fonts/NotoSansSC-Bold.ttf
MODELS := $(addprefix resources/models/,yunet.onnx sface.onnx person.tflite mesh.tflite)

# The storey that everything stands on; pyproject.toml names the same for coverage, and tests/test_cover.py is its law.
GROUND := rules scoring drawing journal evaluation

.DEFAULT_GOAL := help
.PHONY: help setup system demo test test-slow test-older-qt cover lint format bench installer settings licences strings audit

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: $(PROJECT) $(SOUND) $(FONTS) $(MODELS) ## set up this machine: system packages, Python environment, fonts, face models

demo: setup ## play a whole evaluation on this machine (ARGS="--headless --out out --case gc")
	$(BIN)/kawei demo $(ARGS)

test: lint ## lint and every test that runs in minutes
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 -m 'not slow' $(ARGS)

# pytest ends with 5 where no test is marked slow: that is no failure.
test-slow: setup $(LOOP) ## the long tests: faults, endurance, packages, every branch of the ground storey
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 -m slow $(ARGS) || [ $$? -eq 5 ]

# Older machines (glibc 2.28: UOS, Kylin) get no newer wheels of Qt than these: the same tests, in an environment beside.
OLDER := .venv-older-qt
test-older-qt: setup ## every test that runs in minutes, with the newest Qt that older systems get
	@[ -x $(OLDER)/bin/python ] || "$(PYTHON)" -m venv --clear $(OLDER)
	$(BIN)/python -m setup_steps.target_constraints x86_64-glibc-2.28 >$(OLDER)/constraints.txt
	$(OLDER)/bin/python -m pip --disable-pip-version-check install $(WHEELS) -r requirements.txt -r requirements-dev.txt \
		-c $(OLDER)/constraints.txt
	$(OLDER)/bin/python -m pip --disable-pip-version-check install $(WHEELS) --no-deps face_recognition -c constraints.txt
	$(OLDER)/bin/python -m pip --disable-pip-version-check install -r requirements-sound.txt -c constraints.txt || true
	$(OLDER)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
	QT_QPA_PLATFORM=offscreen $(OLDER)/bin/python -m pytest -n 2 -m 'not slow' $(ARGS)

cover: setup ## every branch of the ground storey is walked by its own tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 -m 'not slow' --cov --cov-report=term-missing:skip-covered \
		$(GROUND:%=tests/%) $(ARGS)

lint: setup ## style, types and the law of the storeys
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## lay every Python file out as the house does
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## the benchmarks; JSON on stdout
	QT_QPA_PLATFORM=offscreen $(BIN)/kawei bench $(ARGS)

strings: setup ## bring the translations up to date with the source
	$(BIN)/python -m setup_steps.strings

installer: setup ## the Debian package with everything in it (ARGS="--compression gzip" for an old dpkg)
	$(BIN)/python -m setup_steps.installer $(ARGS)

settings: setup ## write docs/settings.md again from resources/config/kawei.toml
	$(BIN)/python -m setup_steps.settings_page

audit: setup ## known faults of every installed package (asks osv.dev, so it needs the network; not part of `make test`)
	@test -x .audit/bin/pip-audit || { "$(PYTHON)" -m venv .audit && .audit/bin/pip install -q "pip-audit==2.10.1"; }
	$(PIP) freeze --exclude-editable > .audit/installed.txt
	.audit/bin/pip-audit --vulnerability-service osv --no-deps --disable-pip --requirement .audit/installed.txt

licences: setup ## write LICENCES.md again from what is installed
	$(BIN)/python -m setup_steps.licences

system: ## the packages of the system (as root: installed; else one line to run)
	@sh setup_steps/system.sh "$(PYTHON)"

$(MACHINE): setup_steps/system.sh
	@sh setup_steps/system.sh "$(PYTHON)"
	@$(PIP) --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV)
	@touch $@

$(ENVIRONMENT): requirements.txt requirements-dev.txt constraints.txt | $(MACHINE)
	$(PIP) install $(WHEELS) -r requirements.txt -r requirements-dev.txt -c constraints.txt
	$(PIP) install $(WHEELS) --no-deps face_recognition -c constraints.txt
	@touch $@

# The one package that is compiled. Where that cannot be, everything runs but sound in calls, and it is tried again.
$(SOUND): requirements-sound.txt | $(ENVIRONMENT)
	@if $(PIP) install -r requirements-sound.txt -c constraints.txt >$(VENV)/sound.log 2>&1; then touch $@; else \
		echo "setup: no sound in calls: run 'make system', then 'make setup' (why: $(VENV)/sound.log)" >&2; fi

# A sound server for the tests alone: no machine of a centre gets one from us.
$(LOOP): setup_steps/system.sh | $(MACHINE)
	@sh setup_steps/system.sh "$(PYTHON)" tests
	@touch $@

$(PROJECT): pyproject.toml $(ENVIRONMENT)
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(FONTS) &: setup_steps/fonts.py | $(ENVIRONMENT)
	$(BIN)/python -m setup_steps.fonts

$(MODELS) &: setup_steps/models.py setup_steps/mediapipe.py | $(ENVIRONMENT)
	$(BIN)/python -m setup_steps.models
