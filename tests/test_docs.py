"""Pages of docs/ that are written by a tool say what the program does now."""

from __future__ import annotations

from tools.settings_page import PAGE, page


def test_the_page_of_settings_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"
