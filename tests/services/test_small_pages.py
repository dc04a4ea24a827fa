"""What small pages hold, on the disk and back."""

from __future__ import annotations

from pathlib import Path

from rchrp_goals.errors import ProblemError
from rchrp_goals.services.small_pages import SmallPages
from rchrp_goals.store.drafts import SMALL_PAGES, Drafts
from rchrp_goals.store.places import Places


class Unreadable(Drafts):
    """Drafts that the system does not let us read."""

    def read(self, name: str) -> None:
        raise ProblemError("draft_unreadable", path=name)


def test_it_comes_back_until_it_is_let_go_of(tmp_path: Path) -> None:
    drafts = Drafts(Places(str(tmp_path)))
    pages = SmallPages(drafts)
    pages.page("one")["line"] = "half a sen"
    pages.page("two")
    keep = pages.keeper()
    pages.page("one")["line"] = "later"
    keep()
    assert drafts.read(SMALL_PAGES) == {"pages": {"one": {"line": "half a sen"}}}
    again = SmallPages(drafts)
    assert again.page("one") == {"line": "half a sen"}
    again.forget()
    again.keeper()()
    assert drafts.read(SMALL_PAGES) is None


def test_what_a_killed_window_left_stays_until_its_own_page_was_opened(tmp_path: Path) -> None:
    drafts = Drafts(Places(str(tmp_path)))
    drafts.write(SMALL_PAGES, {"pages": {"letter": {"text": "You have been"}}})
    pages = SmallPages(drafts)
    pages.page("other")["line"] = "x"
    pages.forget()
    pages.keeper()()
    assert SmallPages(drafts).page("letter") == {"text": "You have been"}


def test_nothing_is_read_or_written_before_a_page_was_opened(tmp_path: Path) -> None:
    drafts = Drafts(Places(str(tmp_path)))
    drafts.write(SMALL_PAGES, {"pages": {"one": {"line": "half"}}})
    SmallPages(drafts).keeper()()
    assert SmallPages(drafts).page("one") == {"line": "half"}


def test_what_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    drafts = Unreadable(Places(str(tmp_path)))
    drafts.write(SMALL_PAGES, {"pages": {"one": {"line": "half"}}})
    pages = SmallPages(drafts)
    pages.page("one")["line"] = "new"
    pages.keeper()()
    assert Drafts(Places(str(tmp_path))).read(SMALL_PAGES) == {"pages": {"one": {"line": "half"}}}
