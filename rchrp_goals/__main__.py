"""``python -P -m rchrp_goals`` does what the command ``rchrp-goals`` does."""

from __future__ import annotations

from rchrp_goals.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
