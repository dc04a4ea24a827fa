"""The first lines of all: the language and the face, asked once, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rchrp_goals.content import Words
from rchrp_goals.errors import ProblemError
from rchrp_goals.first_run import ask_language
from rchrp_goals.services.context import Context
from rchrp_goals.store.places import Places
from rchrp_goals.store.settings import read_settings


class Lines:
    """A terminal with its answers ready."""

    def __init__(self, answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.said: list[str] = []

    def say(self, *paragraphs: str) -> None:
        """Keep what is said."""
        self.said += paragraphs

    def ask(self, prompt: str) -> str:
        """Give the next answer, then the end of the input."""
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)


def asked(folder: Path, *answers: str, locale: str = "", plain: bool = False) -> tuple[Context, Lines]:
    context = Context(Places(str(folder)), {"LANG": locale} if locale else {}, plain=plain)
    assert not context.language_is_known
    lines = Lines(answers)
    ask_language(context, lines, is_over=(EOFError,))
    return context, lines


def test_four_lines_and_how_to_choose_and_to_make_letters_bigger_in_both_languages(tmp_path: Path) -> None:
    _, lines = asked(tmp_path, "1")
    en, es = Words("en"), Words("es")
    assert lines.said == [
        f"1 {en.ui('first_run.app')}",
        f"2 {es.ui('first_run.app')}",
        f"3 {en.ui('first_run.plain')}",
        f"4 {es.ui('first_run.plain')}",
        "",
        en.ui("first_run.how"),
        es.ui("first_run.how"),
        en.ui("first_run.letters"),
        es.ui("first_run.letters"),
    ]


@pytest.mark.parametrize(
    ("answer", "language", "face"),
    [
        ("1", "en", "app"),
        ("2", "es", "app"),
        ("3", "en", "plain"),
        ("4", "es", "plain"),
        (" 2 \n", "es", "app"),
        ("Español", "es", "app"),
        ("en", "en", "app"),
    ],
)
def test_an_answer_is_kept(tmp_path: Path, answer: str, language: str, face: str) -> None:
    context, _ = asked(tmp_path, answer)
    kept = read_settings(Places(str(tmp_path)))
    assert (kept.language, kept.face) == (language, face)
    assert (context.language, context.is_plain, context.language_is_known) == (language, face == "plain", True)
    assert context.words.language == language
    assert context.desk().words.language == language


@pytest.mark.parametrize("answers", [("",), ("/pass",), ("/pasar",), ()])
@pytest.mark.parametrize(("locale", "language"), [("es_MX.UTF-8", "es"), ("de_DE.UTF-8", "en"), ("", "en")])
def test_passing_takes_the_locales_language_and_leaves_the_face_at_the_app(
    tmp_path: Path, answers: tuple[str, ...], locale: str, language: str
) -> None:
    asked(tmp_path, *answers, locale=locale, plain=True)
    kept = read_settings(Places(str(tmp_path)))
    assert (kept.language, kept.face) == (language, "app")


@pytest.mark.parametrize("wrong", ["5", "0", "x", "²", "12", "\x1b[A"])
def test_anything_else_is_asked_again_in_both_languages(tmp_path: Path, wrong: str) -> None:
    _, lines = asked(tmp_path, wrong, "2")
    assert lines.said[-2:] == [Words(language).ui("first_run.again") for language in ("en", "es")]
    assert read_settings(Places(str(tmp_path))).language == "es"


@pytest.mark.parametrize("answer", ["2", ""])
def test_a_choice_that_cannot_be_kept_shuts_nobody_out_of_a_plan(tmp_path: Path, answer: str) -> None:
    (tmp_path / "settings.toml").write_text("language = {a = 1}\n")  # it stays as it is, so nothing can be kept in it
    with pytest.raises(ProblemError):
        asked(tmp_path, answer, locale="es_PE.UTF-8")
    (tmp_path / "plan.json").write_text("")
    context, lines = asked(tmp_path, answer, locale="es_PE.UTF-8")
    assert context.language == "es" and context.language_is_known
    assert str(tmp_path / "settings.toml") in lines.said[-1]
    assert read_settings(Places(str(tmp_path))).language is None


def test_a_language_of_the_call_is_not_asked_and_not_kept(tmp_path: Path) -> None:
    context = Context(Places(str(tmp_path)), {}, language="es")
    assert context.language_is_known
    assert read_settings(Places(str(tmp_path))).language is None
