"""Text: nothing that a terminal obeys gets in or out, and nothing that a person wrote gets lost."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.text import (
    LONG_CAP,
    MOST_LINES,
    MOST_MARKS,
    ONE_LINE_CAP,
    Cleaned,
    clean,
    identity,
    pasted_lines,
    room_id,
    shown,
)

BELL, ESCAPE, END = "\x07", "\x1b", "\x1b\\"
FAMILY = "\U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f468"
FORCED_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = st.text(
    st.one_of(
        st.characters(),  # lone surrogates too
        st.sampled_from(
            "\x1b\x9b\x9d\x90\x98\x9e\x9f\x9c\x07\x18[]()PX^_O\\;?0123mABHJ \n\r\t\x00\x0b\x0c\x85\x8f"
            "\u2028\u2029"
            "\u202a\u202e\u2066\u2069\u200b\u200d\u200e\ufeff\ud83d\ude00e\u0301\u0316\u0344\ufb2c\u1100\u1161\u11a8"
        ),
    ),
    max_size=60,
)


def is_safe(text: str) -> bool:
    """Whether no character of the text can move, colour or turn a terminal's line; line ends may stand."""
    return all(
        character == "\n"
        or not (unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in FORCED_DIRECTION)
        for character in text
    )


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (f"Call {ESCAPE}[1;31mRosa{ESCAPE}[0m", "Call Rosa"),
        (f"Call{ESCAPE}[2J{ESCAPE}[?1049h Rosa", "Call Rosa"),
        ("Call \x9b31mRosa\x9b0m", "Call Rosa"),
        (f"{ESCAPE}[200~Call Rosa{ESCAPE}[201~", "Call Rosa"),
        (f"Call Rosa{ESCAPE}[31", "Call Rosa"),
        (f"Call{ESCAPE}]52;c;ZXZpbA=={BELL} Rosa", "Call Rosa"),
        (f"Call{ESCAPE}]0;title{END} Rosa", "Call Rosa"),
        (f"Call{ESCAPE}]0;ti\ntle{END} Rosa", "Call Rosa"),
        (f"Call{ESCAPE}]8;;http://x.org{END}  Rosa{ESCAPE}]8;;{END}", "Call  Rosa"),
        (f"Call Rosa{ESCAPE}]52;c;ZXZpbA==", "Call Rosa"),
        (f"Call{ESCAPE}]52;c;ZXZpbA==\nRosa", "Call Rosa"),
        ("Call\x9d52;c;ZXZpbA==\x9c Rosa", "Call Rosa"),
        (f"Call{ESCAPE}Pq#0;2{END} Rosa", "Call Rosa"),
        (f"Call\x90q#0;2{END} Rosa", "Call Rosa"),
        (f"Call{ESCAPE}Xsos{END}{ESCAPE}^pm{END}{ESCAPE}_apc{END} Rosa", "Call Rosa"),
        ("Call\x98sos\x9c\x9epm\x9c\x9fapc\x9c Rosa", "Call Rosa"),
        (f"Call {ESCAPE}Ptmux;{ESCAPE}{ESCAPE}]52;c;QQ=={BELL}{END}Rosa", "Call Rosa"),
        (f"Call {ESCAPE}OARosa{ESCAPE}(B", "Call Rosa"),
        ("Call \x00\x08\x1b\x7f\x8d\x9bRosa", "Call osa"),  # R ends what \x9b began
        ("Call \x00\x08\x1b\x7f\x8dRosa", "Call Rosa"),
        ("Call \x00\x1b[31m\x00\x9b31m\x00\x9dx\x9cRosa", "Call Rosa"),
        ("Call \u202easoR\u202c", "Call asoR"),
        ("\u2066Call\u2069 \u202aRosa\u202c", "Call Rosa"),
        ("Call \ud800Rosa\udfff \udce9", "Call Rosa"),
        ("Call\x0bRosa", "Call Rosa"),
        ("Call\x0cRosa", "Call Rosa"),
        ("Call\x85Rosa", "Call Rosa"),
        ("Rosa" + "\u0301" * 100, "Ros\u00e1" + "\u0301" * (MOST_MARKS - 1)),
        ("Rosa" + "\u0344" * MOST_MARKS, "Ros\u00e4" + "\u0301\u0308" * (MOST_MARKS // 2)),
        ("Rosa" + "\u0316\u200d" * 50, "Rosa" + "\u0316\u200d" * MOST_MARKS + "\u200d" * (50 - MOST_MARKS)),
    ],
)
def test_codes_are_left_out_whole_and_that_is_said(raw: str, kept: str) -> None:
    assert clean(raw) == (kept, True)
    assert is_safe(shown(raw))


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Llamar a Rosa, mañana", "Llamar a Rosa, mañana"),
        ("man\u0303ana", "mañana"),
        ("  Call Rosa \u00a0\u3000\n", "Call Rosa"),
        ("\ufeffCall Rosa", "Call Rosa"),
        ("Call\r\n\r\nRosa\tand  Ana", "Call Rosa and  Ana"),
        ("Call \n \t Rosa", "Call Rosa"),
        ("Call\u2028Rosa\u2029Ana", "Call Rosa Ana"),
        (FAMILY, FAMILY),
        ("\ud83d\ude00", "\U0001f600"),
        ("نامه\u200cای \u200eA\u200f", "نامه\u200cای \u200eA\u200f"),
        ("[red]x[/] [@click=app.quit]x[/] [/] {0} %s", "[red]x[/] [@click=app.quit]x[/] [/] {0} %s"),
        ("ห้ามแก้ไข हिन्दी שָׁלוֹם 日本語", unicodedata.normalize("NFC", "ห้ามแก้ไข हिन्दी שָׁלוֹם 日本語")),
    ],
)
def test_what_people_write_stays(raw: str, kept: str) -> None:
    assert clean(raw) == (kept, False)


def test_long_text_keeps_its_lines() -> None:
    assert clean(" One.\r\n\r\nTwo.\rThree.\tFour.\u2029Five. \n", is_long=True) == (
        "One.\n\nTwo.\nThree. Four.\nFive.",
        False,
    )


@pytest.mark.parametrize(("cap", "is_long"), [(ONE_LINE_CAP, False), (LONG_CAP, True), (10, False)])
def test_the_cap_is_reached_and_never_passed(cap: int, is_long: bool) -> None:
    assert clean("é" * cap, cap=cap, is_long=is_long).text == "é" * cap
    # what is left out does not count
    assert clean(f" {ESCAPE}[31m" + "e\u0301" * cap, cap=cap, is_long=is_long) == ("é" * cap, True)
    with pytest.raises(AnswerRefused) as refused:
        clean("é" * (cap + 1), cap=cap, is_long=is_long)
    assert (refused.value.key, refused.value.values) == ("text_too_long", {"cap": cap, "length": cap + 1})


@pytest.mark.parametrize(
    "raw",
    ["", " \n\t", f"{ESCAPE}[31m", "\u202e", "\ud800", "\ufeff", "\u200d\u200e \u200b", f"{ESCAPE}]0;x"],
)
@pytest.mark.parametrize("is_long", [False, True])
def test_nothing_left_is_refused(raw: str, is_long: bool) -> None:
    with pytest.raises(AnswerRefused) as refused:
        clean(raw, is_long=is_long)
    assert (refused.value.key, refused.value.values) == ("text_empty", {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_said_in_words(language: str) -> None:
    words = Words(language)
    for raw in ("x" * 612, " "):
        with pytest.raises(AnswerRefused) as refused:
            clean(raw)
        sentence = words.problem(refused.value.key, refused.value.values)
        assert "xx" not in sentence
        assert ("612" in sentence and "500" in sentence) or refused.value.key == "text_empty"
    with pytest.raises(AnswerRefused) as refused:
        pasted_lines("One\n" + "x" * 612)
    sentence = words.problem(refused.value.key, refused.value.values)
    assert [part in sentence for part in ("2", "612", "500", "xx")] == [True, True, True, False]
    assert words.ui("text.left_out")


@given(HOSTILE, st.booleans())
def test_cleaning_cleaned_text_changes_nothing(raw: str, is_long: bool) -> None:
    try:
        once = clean(raw, is_long=is_long)
    except AnswerRefused:
        return
    assert is_safe(once.text)
    assert unicodedata.is_normalized("NFC", once.text)
    assert once.text == once.text.strip()
    assert is_long or "\n" not in once.text
    assert clean(once.text, is_long=is_long) == Cleaned((once.text, False))


@given(HOSTILE)
def test_what_is_shown_is_safe_and_stays_the_same(raw: str) -> None:
    text = shown(raw)
    assert is_safe(text)
    assert unicodedata.is_normalized("NFC", text)
    assert shown(text) == text
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["C", "Z", "M"]) | st.just(" ")))
def test_letters_and_signs_are_shown_as_they_are(text: str) -> None:
    assert shown(text) == unicodedata.normalize("NFC", text)


def test_what_is_shown_keeps_lines_and_blanks_and_has_no_cap() -> None:
    assert shown("  One\r\n\tTwo \n") == "  One\n Two \n"
    assert shown("x" * 100_000) == "x" * 100_000
    assert shown(f"a{ESCAPE}[31mb\ud800\u202e") == "ab"


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "\x1b",
            "\x1b]",
            "\x9d",
            "\x9da",
            "\x1b[31m",
            "\x1b[",
            "\x1b]a\n",
            "\x1bP;\x1b",
            "\x9b0 ",
            "\x1b[0 ",
        ],
        *["\u0301\u0316", "\u0344", "a\u0301", "\u200d", "\ud83d\ude00", "\ud800", "\u202e", "\u6f22"],
        *["\n", "\r\n", "\t", " ", " \n", "- ", "1. ", "\u2022", "a", "[/]"],
    ],
)
def test_the_time_grows_no_faster_than_the_text(piece: str) -> None:
    for raw in (piece * (100_000 // len(piece)), "\x1b]" + piece * (100_000 // len(piece)) + "x"):
        begun = time.process_time()
        shown(raw)
        identity(raw)
        for is_long in (False, True):
            try:
                clean(raw, is_long=is_long)
                pasted_lines(raw)
            except AnswerRefused:
                pass
        # a tenth of a second where time is linear, a minute where it is quadratic
        assert time.process_time() - begun < 5


def test_loading_and_showing_plain_text_loads_nothing_else() -> None:
    root = Path(__file__).parents[2]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); before = set(sys.modules)\n"
        "from rchrp_goals.plan.text import clean, shown\n"
        "text = '1 cosa espera: “llamar a Rosa”, mañana… ━━●'; assert shown(text) == text\n"
        "print(sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['__future__', 'rchrp_goals', 'rchrp_goals.plan', 'rchrp_goals.plan.text']"


@pytest.mark.parametrize(
    "same",
    [
        "We listen first.",
        " we  LISTEN\tfirst. ",
        "\ufeffWe listen\nfirst.",
        f"We {ESCAPE}[1mlisten{ESCAPE}[0m first.",
    ],
)
def test_the_same_sentence_has_the_same_name(same: str) -> None:
    assert room_id(same) == f"room-{sha256(b'we listen first.').hexdigest()[:12]}"


@pytest.mark.parametrize(
    ("one", "other"), [("MAN\u0303ANA", "mañana"), ("Straße", "STRASSE"), ("ΌΣΟΣ", "όσος"), ("\u00df\u0301", "S\u015a")]
)
def test_case_and_accents_written_apart_make_no_difference(one: str, other: str) -> None:
    assert identity(one) == identity(other)
    assert identity(one) != identity(other + "x")


@given(HOSTILE)
def test_identity_is_its_own_identity(raw: str) -> None:
    assert identity(identity(raw)) == identity(raw)


def test_a_pasted_list_loses_bullets_numbers_and_repeats() -> None:
    raw = (
        "\ufeff1. One day at a time\r\n\r\n- Two\n* Three\n•Four\n•\tFive\n6) Six\n(7) Seven\n8.- Ocho\n"
        "9.º Nueve\n"
        "– Ten\n- [ ] Eleven\n☐ Twelve\n→ Thirteen\n\n12.\n-\n  two \nTWO\nTHREE\n"
        "15 people came\n1.5 hours\n-5 degrees\n2026. A year\n[red]x[/]\n\x1b]52;c;QQ==\x07Last"
    )
    assert pasted_lines(raw) == [
        *[
            "One day at a time",
            "Two",
            "Three",
            "Four",
            "Five",
            "Six",
            "Seven",
            "Ocho",
            "Nueve",
            "Ten",
            "Eleven",
        ],
        *["Twelve", "Thirteen", "15 people came", "1.5 hours", "-5 degrees", "2026. A year"],
        *["[red]x[/]", "Last"],
    ]


def test_a_pasted_list_ends_after_thirty() -> None:
    lines = [f"Sentence {number}" for number in range(40)]
    assert pasted_lines("\n".join(lines)) == lines[:MOST_LINES]
    # what stands after the thirtieth is not looked at
    assert len(pasted_lines("\n".join([*lines, "x" * 1000]))) == MOST_LINES
    assert pasted_lines(" \n\n- \n") == []


def test_a_line_that_is_too_long_is_named_by_its_number() -> None:
    assert pasted_lines("- " + "x" * ONE_LINE_CAP) == ["x" * ONE_LINE_CAP]
    with pytest.raises(AnswerRefused) as refused:
        pasted_lines("One\n\n" + "x" * (ONE_LINE_CAP + 1))
    assert (refused.value.key, refused.value.values) == (
        "line_too_long",
        {"line": 3, "cap": ONE_LINE_CAP, "length": ONE_LINE_CAP + 1},
    )
