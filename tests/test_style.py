"""How the source reads: wording in prompts/, colours in the theme, no text of a person taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from textual.color import Color, ColorParseError

from tests.readable_strings import readable_strings
from tests.source import ROOT, Source, read, sources
from tests.text_sinks import bare_texts, content_names

ALLOWED = {
    ("rchrp_goals/plan/schema.py", "rchrp-goals plan \ufffc.\ufffc"): "the name of the format, in the schema",
    (
        "rchrp_goals/export/html.py",
        "default-src 'none'; style-src 'sha256-\ufffc'; base-uri 'none'; form-action 'none'",
    ): "what a browser is told to refuse",
    (
        "rchrp_goals/export/html.py",
        "@bottom-right { content: \ufffc; font-size: 9pt; color: #5d615d; }",
    ): "a rule of the printed page",
    ("rchrp_goals/cli_completion.py", "\ufffc completion \ufffc"): "what a shell calls to learn ids",
    ("rchrp_goals/remind/timers.py", '<?xml version="1.0" encoding="UTF-16"?>\n'): "what a file of XML begins with",
    ("rchrp_goals/store/places.py", "\ufffc/Library/Application Support"): "a folder of macOS",
}
"""Strings that look like words and are not for a person, each with what it is."""

SEES_TEXTUAL = ("rchrp_goals/app.py", "rchrp_goals/screens", "widgets")
NO_COLOURS = {"transparent", "auto", "ansi_default", "initial"}
"""Colour values that choose none."""
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+);")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOURED = re.compile(r"color|background|border|outline|tint|hatch|keyline|style")
_CSS_IN_PYTHON = re.compile(r"\b(?:DEFAULT_)?CSS\s*=\s*\"\"\"(.*?)\"\"\"", re.DOTALL)


def textual_sources() -> tuple[Source, ...]:
    """Give the files that see Textual."""
    return sources(*(place for place in SEES_TEXTUAL if (ROOT / place).exists()))


def is_literal_colour(token: str) -> bool:
    """Whether one word of a style names a colour itself."""
    if token in NO_COLOURS or token.startswith("$"):
        return False
    try:
        Color.parse(token)
    except ColorParseError:
        return bool(re.match(r"#|rgb|hsl", token))
    return True


def literal_colours(style: str) -> Iterator[str]:
    """Give each declaration of a stylesheet, or definition of a variable, that names a colour itself."""
    for name, value in _DECLARATION.findall(_COMMENT.sub("", style)):
        tokens = re.findall(r"(?:rgb|hsl)a?\([^)]*\)|[^\s]+", value)
        if (_COLOURED.search(name) or value.count("#")) and any(is_literal_colour(token) for token in tokens):
            yield f"{name}: {value.strip()}"


def styles() -> Iterator[tuple[str, str]]:
    """Give path and text of each stylesheet, also of those that stand in a widget."""
    for folder in ("rchrp_goals", "widgets"):
        for path in sorted((ROOT / folder).rglob("*.tcss")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        for path in sorted((ROOT / folder).rglob("*.py")):
            for style in _CSS_IN_PYTHON.findall(path.read_text(encoding="utf-8")):
                yield path.relative_to(ROOT).as_posix(), style


def test_no_string_that_a_person_reads_stands_in_python() -> None:
    found = {
        (source.path, text): f"{source.path}:{line}: {text!r}"
        for source in sources("rchrp_goals", "widgets", "prompts")
        for line, text in readable_strings(source)
    }
    offences = [where for key, where in found.items() if key not in ALLOWED]
    assert not offences, "these belong in prompts/LANG/ui.toml:\n" + "\n".join(offences)


def test_the_list_of_what_is_allowed_is_no_longer_than_it_must_be() -> None:
    found = {
        (source.path, text)
        for source in sources("rchrp_goals", "widgets", "prompts")
        for _, text in readable_strings(source)
    }
    assert set(ALLOWED) <= found, f"no longer needed: {sorted(set(ALLOWED) - found)}"


def test_colours_stand_in_the_theme_only() -> None:
    found = [f"{path}: {offence}" for path, style in styles() for offence in literal_colours(style)]
    assert not found, "theme variables only:\n" + "\n".join(found)


def test_every_text_that_reaches_a_widget_is_made_safe() -> None:
    names = content_names(textual_sources())
    found = [
        f"{source.path}:{line}: {text}" for source in textual_sources() for line, text in bare_texts(source, names)
    ]
    assert not found, "safe(...) or Content(...) is missing (tests/text_sinks.py says what counts):\n" + "\n".join(
        found
    )


@pytest.mark.parametrize(
    "text",
    [
        'x = "Write it down"',
        'x = f"{n} things wait"',
        'x = f"Saved: {n}"',
        'x = {"saved": "Saved."}',
        'parser.add_argument("--lang", help="language")',
        'print("Saved")',
        'self.notify(f"Saved{x}")',
        'class A:\n    BINDINGS = [Binding("f9", "hide", "Hide")]',
        'class A:\n    TITLE = "Plan"',
        'def f(x: str = "no name yet"): ...',
        'raise FileProblem("this file is broken")',
        'f(f"{g(\'what comes next\')}")',
    ],
)  # fmt: skip
def test_a_string_for_a_person_is_seen(text: str) -> None:
    assert len(list(readable_strings(read(text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '"""A docstring of several words."""',
        'class A:\n    x: int = 0\n    """What it is for."""\n    DEFAULT_CSS = "A { color: red; }"',
        'words.ui("home.title", n=2)',
        'Button(words.ui("home.next"), id="next", classes="row wide")',
        'Binding("f9", "hide", "keys.hide")',
        're.compile(r"one two|three")',
        'raise ValueError("a caller gave no language")',
        'assert x, "never seen by a person"',
        'open(f"{folder}/{name}.toml", encoding="utf-8")',
        'f\'"format": "{x}", "schema": [{a}, {b}]\'',
        'Content.styled(x, "bold $accent")',
        'self.query_one("#page Button.-primary", Button)',
        'now.strftime("%d of %B %Y")',
        'if __name__ == "__main__":\n    print("only a demo")',
        'x: Literal["one two"] = y',
    ],
)  # fmt: skip
def test_a_string_for_the_program_is_left_alone(text: str) -> None:
    assert list(readable_strings(read(text))) == []


@pytest.mark.parametrize(
    "style",
    [
        "A { color: #fff; }",
        "A { background: red 50%; }",
        "A { border-left: thick rgb(1, 2, 3); }",
        "$mine: #a0b1c2;",
    ],
)
def test_a_literal_colour_is_seen(style: str) -> None:
    assert len(list(literal_colours(style))) == 1


@pytest.mark.parametrize(
    "style",
    [
        "A { color: $text 80%; background: transparent; border-bottom: solid $line; }",
        "#page { width: 1fr; background-tint: transparent; color: ansi_default; color: auto 90%; }",
        "A { /* color: red; */ text-style: bold; link-style: underline; }",
    ],
)  # fmt: skip
def test_a_theme_variable_is_left_alone(style: str) -> None:
    assert list(literal_colours(style)) == []


HELPERS = """
def card(x) -> Content: ...
class Row:
    content: Content
def rows() -> Sequence[Content]: ...
def words(x) -> str: ...
def others() -> list[str]: ...
"""


@pytest.mark.parametrize(
    "text",
    [
        "Static(goal.what)",
        "Static(words.ui('home.title'))",
        "Button(label=goal.what)",
        "self.query_one('#x', Static).update(f'{goal.what}')",
        "table.add_row(safe(a), b)",
        "table.add_row(*[row.what for row in rows])",
        "self.border_title = goal.what",
        "self.label = Static(goal.what)",
        "a, b = safe(x), y\nContent.assemble(a, b)",
        "def f(x: Content):\n    def g(x):\n        return Static(x)\n    return g",
        "parts = rows()\nparts += [x]\nStatic(parts[0])",
        "Input(placeholder=words.ui('x'))",
        "Static(words(1))",
        "Static('[b]x[/b]')",
        "Static(', '.join(names))",
        "Static(safe(a) if a else b)",
        "def f(x: str):\n    text = safe(x)\n    text = x\n    return Static(text)",
        "Content.from_markup(goal.what)",
        "x = Content(goal.what)",
        "Content.styled(words(1), 'bold')",
        "Content.assemble(safe(a), ' ', (goal.what, 'bold'))",
        "for row in others():\n    Static(row)",
        "self.notify(goal.what)",
        "self.notify(safe(goal.what).plain)",
        "self.notify(words.ui('x'), markup=False)",
        "self.notify(safe_line(words.ui('x')))",
    ],
)  # fmt: skip
def test_a_bare_text_is_seen(text: str) -> None:
    source = read(HELPERS + text)
    assert len(list(bare_texts(source, content_names((source,))))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Static(safe(goal.what))",
        "Static()",
        "Static('')",
        "Static('──')",
        "Static(Content(' ' * 3), id='x')",
        "Content.assemble(safe(a), ' ', ('·', 'bold'), MARK, row.content if row else '')",
        "for number, row in enumerate(safe(x).wrap(9)):\n    Content.assemble(row.rstrip())",
        "Static(Content('\\n').join(rows))",
        "Static(Content.styled(safe(x), 'bold'))",
        "Button(card(1))",
        "def f(x: Content | None):\n    return Static(x or Content())",
        "class A:\n    line: Content\n    def f(self):\n        self.tooltip = self.line",
        "def f(x):\n    text = safe(x)\n    return Static(text + Content(' '))",
        "table.add_row(*[safe(row.what) for row in rows])",
        "table.add_row(*[row for row in rows()])",
        "for row in rows():\n    Static(row)",
        "def f(lines: list[Content]):\n    for line in lines:\n        Static(line)",
        "Static(safe(a) if a else Content(''))",
        "Content.from_markup('$x', x=goal.what)",
        "self.notify(safe(goal.what).plain, title=safe(a).plain, markup=False)",
        "self.notify(safe_line(words.ui('x')), markup=False)",
        "self.label = Static(safe(goal.what))",
        "a, b = safe(x), safe(y)\nContent.assemble(a, ' ' * 3, b)",
        "parts = rows()\nparts += [safe(x)]\nStatic(parts[0])",
        "Content.styled(choose_glyphs(False).line * 80, '$line')",
        "marks.update({1: 2})",
        "def f(x: Content):\n    def g():\n        return Static(x)\n    return g",
    ],
)  # fmt: skip
def test_a_safe_text_is_left_alone(text: str) -> None:
    source = read(HELPERS + text)
    assert list(bare_texts(source, content_names((source,)))) == []
