"""What every use case works with: the plan, the drafts, the words, the settings and the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rchrp_goals.content import Words
from rchrp_goals.services.keys import Keys, check_keys

if TYPE_CHECKING:
    from rchrp_goals.services.clock import Clock
    from rchrp_goals.store.drafts import Drafts
    from rchrp_goals.store.places import Places
    from rchrp_goals.store.plan_store import PlanStore
    from rchrp_goals.store.settings import Settings


@dataclass
class Desk:
    """One person's things on the table; ``words`` and ``settings`` change when the person changes them."""

    places: Places
    store: PlanStore
    drafts: Drafts
    words: Words
    settings: Settings
    clock: Clock

    @property
    def keys(self) -> Keys:
        """The key of each action, as it holds now."""
        return check_keys(self.settings.keys).keys

    def switch_language(self) -> None:
        """Go on in the other language; nothing that was said changes."""
        self.words = self.words.to(self.words.other)
