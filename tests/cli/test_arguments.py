"""How a call is read, and that what is wrong with one is said without what the person wrote."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.arguments import COMMANDS, Call, option_asked_for, read_call
from rchrp_goals.errors import UsageProblem


def read(line: str) -> Call:
    return read_call(line.split())


def test_no_words_is_no_command() -> None:
    call = read("")
    assert (call.command, call.words, call.values, call.flags) == ("", [], {}, set())


@pytest.mark.parametrize(
    "line",
    [
        "--data D --lang es add walk --by friday --plain",
        "--plain add --by=friday walk --lang=es --data=D",
        "--lang es add walk --data D --plain --by friday",
    ],
)
def test_options_that_hold_everywhere_stand_before_or_after_the_command(line: str) -> None:
    call = read(line)
    assert (call.command, call.words) == ("add", ["walk"])
    assert call.values == {"--data": "D", "--lang": "es", "--by": "friday"}
    assert call.flags == {"--plain"}


def test_a_text_need_not_stand_in_quotes() -> None:
    assert read("add ask Rosa about friday").words == ["ask", "Rosa", "about", "friday"]


def test_after_two_hyphens_everything_is_a_word() -> None:
    assert read("add -- --plain -x").words == ["--plain", "-x"]
    assert read("-- add --json").words == ["--json"]


def test_one_hyphen_is_a_word() -> None:
    assert read("add -").words == ["-"]


@pytest.mark.parametrize("line", ["export md -o F", "export md -oF", "export md --output F", "export md --output=F"])
def test_an_option_may_have_a_short_name(line: str) -> None:
    assert read(line).values == {"--output": "F"}


def test_a_value_may_begin_with_one_hyphen_or_plus() -> None:
    assert read("export md -o -").values == {"--output": "-"}
    assert read_call(["add", "x", "--by", "+2 weeks"]).values == {"--by": "+2 weeks"}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("jump", "command_unknown"),
        ("gaols", "command_unknown_close"),
        ("goals --by friday", "option_unknown"),
        ("--json goals", "option_unknown"),
        ("goals -x", "option_unknown"),
        ("add x --by", "option_wants_value"),
        ("add x --by --goal 12", "option_wants_value"),
        ("add x --by=", None),
        ("goals --json=yes", "option_takes_nothing"),
        ("done 12 34", "words_too_many"),
        ("where now", "words_too_many"),
        ("export", "missing_export"),
        ("import", "missing_import"),
    ],
)
def test_what_is_wrong_has_a_sentence(line: str, key: str | None) -> None:
    if key is None:
        read(line)
        return
    with pytest.raises(UsageProblem) as caught:
        read(line)
    assert caught.value.key == key
    assert caught.value.exit_code == 2


def test_help_asks_for_nothing_else() -> None:
    for command in COMMANDS:
        assert "--help" in read(f"{command} --help").flags
    assert "--help" in read("export -h").flags


def test_a_text_that_begins_with_a_hyphen_is_not_repeated() -> None:
    with pytest.raises(UsageProblem) as caught:
        read_call(["add", "--my sister called, she is using again"])
    assert caught.value.values == {"option": "--my"}
    with pytest.raises(UsageProblem) as caught:
        read_call(["add", "-relapse was hard"])
    assert caught.value.values == {"option": "-r"}


def test_the_language_of_a_call_that_cannot_be_read_is_found() -> None:
    assert option_asked_for("--lang", ["--lang", "es", "jump"]) == "es"
    assert option_asked_for("--lang", ["jump", "--lang=es"]) == "es"
    assert option_asked_for("--lang", ["jump", "--lang"]) is None


@given(st.lists(st.text(max_size=12) | st.sampled_from(["--", "-", "--by", "--by=", "add", "done", "--json", "-o"])))
def test_no_call_brings_it_down(argv: list[str]) -> None:
    with suppress(UsageProblem):
        assert read_call(argv).command in COMMANDS
