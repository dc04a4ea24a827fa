"""What a command or a face is called with: where the data lies, which language, which face, and the time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from rchrp_goals.content import LANGUAGES, Words, language_of_environment
from rchrp_goals.errors import UsageProblem

if TYPE_CHECKING:
    from rchrp_goals.plan.glance import Tables
    from rchrp_goals.services.clock import Clock
    from rchrp_goals.services.desk import Desk
    from rchrp_goals.store.places import Places
    from rchrp_goals.store.plan_store import PlanStore
    from rchrp_goals.store.settings import Settings

PROMPTS_VARIABLE = "RCHRP_GOALS_PROMPTS"
PLAIN_VARIABLE = "RCHRP_GOALS_PLAIN"


class SystemClock:
    """Asks the machine."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the local date."""
        return self.now().astimezone().date()

    def instant(self, day: date, hour: int) -> datetime:
        """Return the moment of a full hour on a local day, in UTC."""
        from rchrp_goals.plan.zones import hour_in

        return hour_in(None, day, hour)


class Context:
    """One call, before any face: nothing is read until it is asked for.

    ``begins`` is None without a command, "" for ``begin`` alone, else the name of a conversation. Raises
    UsageProblem ``language_unknown`` for a language that nobody speaks here.
    """

    def __init__(
        self,
        places: Places,
        environ: Mapping[str, str],
        clock: Clock | None = None,
        *,
        language: str | None = None,
        plain: bool = False,
        prompts: str | None = None,
        begins: str | None = None,
    ) -> None:
        if language is not None and language not in LANGUAGES:
            raise UsageProblem("language_unknown", languages=", ".join(LANGUAGES))
        self.places = places
        self.environ = environ
        self.clock: Clock = clock or SystemClock()
        self.begins = begins
        self.stdin: TextIO = sys.stdin
        self.stdout: TextIO = sys.stdout
        self.stderr: TextIO = sys.stderr
        self.on_abrupt_end: Callable[[], object] = _nothing
        """What is to be done before the process ends in the middle of everything, without coming back to who called."""
        self.language_is_given = language is not None
        self.plain_is_given = plain or environ.get(PLAIN_VARIABLE) == "1" or environ.get("TERM") == "dumb"
        self.own_folder = os.path.abspath(
            os.path.expanduser(prompts or environ.get(PROMPTS_VARIABLE) or places.prompts)
        )
        self._language_said = language

    @cached_property
    def settings(self) -> Settings:
        """What the person chose before; a bad value is the default, and ``settings.complaints`` says so."""
        from rchrp_goals.store.settings import read_settings

        return read_settings(self.places)

    @property
    def language_is_known(self) -> bool:
        """Tell whether the call or the settings name a language; else a first run asks."""
        return self.language_is_given or self.settings.language is not None

    @property
    def language(self) -> str:
        """The language of ``--lang``, else of the settings, else of the locale."""
        return self._language_said or self.settings.language or language_of_environment(self.environ)

    @property
    def is_plain(self) -> bool:
        """Tell whether the conversations go line by line."""
        return self.plain_is_given or self.settings.face == "plain"

    @property
    def is_terminal(self) -> bool:
        """Tell whether somebody sits at both ends."""
        return _is_terminal(self.stdin) and _is_terminal(self.stdout)

    @cached_property
    def words(self) -> Words:
        """The words of the language, with the room's own sentences."""
        return Words(self.language, self.own_folder)

    @cached_property
    def store(self) -> PlanStore:
        """The plan on disk; each save writes ``due.tsv`` in this call's language, or that of ``due_in``."""
        from rchrp_goals.store.plan_store import PlanStore

        self._due_words = self.words
        return PlanStore(self.places, due_rows=lambda tables: due_rows(tables, self._due_words))

    def due_in(self, language: str) -> None:
        """Let ``due.tsv`` speak another language from the next save (or ``store.refresh_due``) on."""
        _ = self.store
        self._due_words = self.words.to(language)

    def keep_settings(self, settings: Settings) -> None:
        """Go on with settings that were just kept; what was made with those before is made anew."""
        self.settings = settings
        for name in ("words", "store", "_desk"):
            self.__dict__.pop(name, None)

    def desk(self) -> Desk:
        """Return what every use case works with; made once."""
        return self._desk

    @cached_property
    def _desk(self) -> Desk:
        from rchrp_goals.services.desk import Desk
        from rchrp_goals.store.drafts import Drafts

        return Desk(self.places, self.store, Drafts(self.places), self.words, self.settings, self.clock)


def _nothing() -> None:
    """Do nothing."""


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def due_rows(tables: Tables, words: Words) -> bytes:
    """Return what ``due.tsv`` holds after its stamp: language, sentences, a line for each thing with a day."""
    from rchrp_goals.plan.glance import due_payload, payload_quiet
    from rchrp_goals.store import due_file

    one, few = words.ui("due.one"), words.ui("due.few")
    return due_file.due_payload(words.language, one, few, due_payload(tables, words), payload_quiet(tables))
