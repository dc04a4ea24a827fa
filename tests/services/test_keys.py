"""Keys as data: what a person gives an action holds, and what cannot hold is refused and said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.services.actions import ACTIONS, EVERYWHERE, FIELD
from rchrp_goals.services.keys import FIXED, TAKEN, check_keys, help_words, meet

IDS = sorted(ACTIONS)


@pytest.mark.parametrize(
    ("id", "said", "key", "cap"),
    [
        ("app.toggle_hidden", "F8", "f8", "F8"),
        ("app.toggle_hidden", " Ctrl + G ", "ctrl+g", "ctrl+g"),
        ("home.add", "y", "y", "y"),
        ("home.add", "A", "A", "A"),
        ("ask.pass", "f6", "f6", "F6"),
        ("plan.keep", ";", ";", ";"),
    ],
)
def test_a_key_that_was_given_holds(id: str, said: str, key: str, cap: str) -> None:
    keys, complaints = check_keys(((id, said),))
    assert complaints == ()
    assert (keys.key(id), keys.cap(id)) == (key, cap)
    assert keys.key("ask.why") == "w"


@pytest.mark.parametrize(
    ("id", "said", "why"),
    [
        ("app.hide", "f8", "unknown"),
        ("app.toggle_hidden", "", "unreadable"),
        ("app.toggle_hidden", "the big one", "unreadable"),
        ("app.toggle_hidden", "f99", "unreadable"),
        ("app.toggle_hidden", "x", "typed"),
        ("app.help", "?", "typed"),
        ("app.toggle_hidden", "f1", "clash"),
        ("app.toggle_hidden", "enter", "taken"),
        ("home.add", "7", "taken"),
        ("home.add", "ctrl+c", "taken"),
        ("home.add", "p", "clash"),
        ("home.add", "d", "clash"),
        ("home.add", "g", "clash"),
        ("screen.find", "p", "clash"),
        ("ask.next", "f5", "fixed"),
        ("ask.pass", "b", "clash"),
        ("ask.pass", "f3", "clash"),
        ("step.remove", "d", "clash"),
        ("step.remove", "a", "clash"),
        ("goals.note", "t", "clash"),
    ],
)
def test_what_cannot_hold_is_refused_in_words(id: str, said: str, why: str) -> None:
    keys, (complaint,) = check_keys(((id, said),), "/x/settings.toml")
    assert keys.own == {}
    assert complaint.key == f"settings_room.keys.{why}"
    for language in LANGUAGES:
        sentence = Words(language).problem(complaint.key, complaint.args)
        assert sentence.startswith("/x/settings.toml, [keys]")
        assert id in sentence


def test_two_actions_may_change_keys_with_one_another() -> None:
    keys, complaints = check_keys((("ask.pass", "b"), ("ask.back", "p")))
    assert (keys.key("ask.pass"), keys.key("ask.back"), complaints) == ("b", "p", ())


def test_a_key_may_mean_something_else_on_another_screen() -> None:
    given = (("ask.pass", "k"), ("home.add", "f"), ("goals.note", "v"), ("step.up", "y"), ("values.look", "a"))
    _, complaints = check_keys(given)
    assert complaints == ()


def test_of_two_that_want_one_key_the_first_has_it() -> None:
    keys, (complaint,) = check_keys((("home.add", "y"), ("home.plan", "y")))
    assert keys.own == {"home.add": "y"}
    assert complaint.args["id"] == "home.plan"


@given(st.lists(st.tuples(st.sampled_from([*IDS, "x.y"]), st.sampled_from([*"abdpgx7?", "f8", "f9", "enter", ""]))))
def test_whatever_is_given_no_two_actions_of_one_place_have_one_key(pairs: list[tuple[str, str]]) -> None:
    keys, complaints = check_keys(tuple(pairs))
    for id in keys.own:
        assert keys.key(id) not in TAKEN
        for other in IDS:
            if other != id and meet(ACTIONS[id], ACTIONS[other]):
                assert keys.key(id) != keys.key(other)
    assert all(id in keys.own or ACTIONS[id].key == keys.key(id) for id in IDS)
    assert len(complaints) <= len(pairs)


def test_what_works_while_one_types_is_no_letter_and_nothing_needs_a_lone_ctrl_key() -> None:
    for spec in ACTIONS.values():
        if spec.scope in {EVERYWHERE, FIELD}:
            assert len(spec.key) > 1
        assert not spec.key.startswith("ctrl+") or spec.id == "app.leave"
    assert ACTIONS["screen.close_app"].key == "q"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_says_something_of_every_action(language: str) -> None:
    for id in IDS:
        assert help_words(id, Words(language)).strip()
    assert FIXED <= TAKEN
