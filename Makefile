# Everything happens in tools/dev.py; on Windows call that: py tools\dev.py run
# What follows the command goes in ARGS: make run ARGS="--plain", make test ARGS="tests/store -x"
PYTHON ?= python3
COMMANDS = run test slow check lint types format pictures snapshots docs bench wheel lock setup

help:
	@$(PYTHON) tools/dev.py || test $$? = 2

$(COMMANDS):
	@$(PYTHON) tools/dev.py $@ $(ARGS)

.PHONY: help $(COMMANDS)
