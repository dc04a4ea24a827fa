"""Sheets for the tests of the formats: an ordinary one, and one in which every text is hostile."""

from __future__ import annotations

from rchrp_goals.export.sheet import Line, Section, Sheet
from rchrp_goals.plan.text import shown

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></dd></style><style>*{display:none}</style>",
    "{{ 7*7 }} {% for x in y %} {# c #}",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) ![i](http://evil.example/i.png)",
    "http://evil.example www.evil.example <http://evil.example>",
    "# heading\n- item\n1. item\n> quote\n---\n===\n```\ncode\n~~~\n    indented",
    "**bold** __bold__ *em* _em_ `code` ~~del~~ $x$ | a | b |\n|---|---|",
    "&lt;b&gt; &amp; &#60;i&#62; \\* \\",
    "\x1b[31mred\x1b[0m \x1b]52;c;aGVsbG8=\x07 \x9b2J \x1b]0;title\x1b\\",
    "\u202eright to left\u202c \u2066isolate\u2069",
    "\x00\x08\x7f\x85",
    "[red]x[/] [@click=app.quit]x[/] [/]",
    "\ud800 lone \udfff",
    "a" * 5000,
    "e\u0301" + "\u0301" * 500,
    "👩\u200d👩\u200d👧 你好 नमस्ते עברית",
)


def sheet_with(text: str, kind: str = "mine") -> Sheet:
    """Return a sheet that holds a text in every place that a person's words can reach."""
    said = shown(text)
    lines = (
        Line("Goal", said, said, is_strong=True, key="goal"),
        Line("Why", said, key="why", joins=True),
        Line("", said, said, key="more", joins=True),
        Line("Dates", said, said, key="dates", note_beside=True),
    )
    bare = (Line("", said, said, is_strong=True, key="bare"), Line("", said, key="reason", joins=True))
    sections = (Section("goal", "", lines), Section("values", "Where I stand", bare, starts_page=True))
    return Sheet(kind, "en", "My plan", said, "5 November 2026", sections, said, "page {page} of {pages}")


PLAIN = sheet_with("Shadow three syringe service shifts")
