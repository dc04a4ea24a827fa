"""What is typed into small pages: kept beside the plan until it is saved or left, so that a killed window loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.drafts import SMALL_PAGES

if TYPE_CHECKING:
    from rchrp_goals.store.drafts import Drafts

Typed = dict[str, Any]
_WORDS = "pages"


class SmallPages:
    """What stands in the fields of each small page, by the page's name and then the field's; read when first asked."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self._pages: dict[str, Typed] | None = None
        self._opened: set[str] = set()
        self._may_write = True

    def page(self, name: str) -> Typed:
        """Return what stands in the fields of a page, to be read and changed."""
        if self._pages is None:
            self._pages = self._read()
        self._opened.add(name)
        return self._pages.setdefault(name, {})

    def forget(self) -> None:
        """Let go of the pages that were opened, where the person leaves without them; one not seen since stays."""
        for name in sorted(self._opened):
            self.page(name).clear()

    def keeper(self) -> Callable[[], None]:
        """Return what writes everything as it stands now; a writer may call it later. Raises then as ``Drafts`` does."""
        if self._pages is None or not self._may_write:
            return lambda: None
        pages = {name: deepcopy(typed) for name, typed in self._pages.items() if any(typed.values())}
        if not pages:
            return lambda: self._drafts.delete(SMALL_PAGES)
        return lambda: self._drafts.write(SMALL_PAGES, {_WORDS: pages})

    def _read(self) -> dict[str, Typed]:
        try:
            found = (self._drafts.read(SMALL_PAGES) or {}).get(_WORDS)
        except ProblemError:  # what cannot be read now may be read again one day: nothing is written over it
            self._may_write = False
            return {}
        pages = found.items() if isinstance(found, dict) else ()
        return {name: dict(typed) for name, typed in pages if isinstance(typed, dict)}
