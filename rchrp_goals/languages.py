"""Which language to speak, found out without loading anything: ``due`` and ``--help`` depend on it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "es")
DEFAULT_LANGUAGE = "en"


def language_of(locale: str) -> str:
    """Return the language that a locale name asks for (``es_MX.UTF-8`` gives ``es``), else English."""
    return locale[:2] if locale[:2] in LANGUAGES else DEFAULT_LANGUAGE


def language_of_environment(environ: Mapping[str, str]) -> str:
    """Return the language of ``LC_ALL``, ``LC_MESSAGES`` or ``LANG``, whichever is set first."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return language_of(environ[name])
    return DEFAULT_LANGUAGE


def language_in_settings(path: str) -> str | None:
    """Return the language that ``settings.toml`` names, None where it names none.

    Reads the one line ``language = "es"`` by hand, because a TOML parser costs more than all of ``--help``.
    A file that cannot be read names none; the settings themselves say so where they are opened in earnest.
    """
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read(100_000).split("\n")
    except OSError:
        return None
    for line in lines:
        name, _, value = line.partition("=")
        if line.lstrip().startswith("["):
            return None
        if name.strip() == "language":
            said = value.partition("#")[0].strip().strip("\"'")
            return said if said in LANGUAGES else None
    return None
