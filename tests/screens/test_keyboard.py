"""What comes from the terminal: a paste is one thing however it is cut, and nothing in it is an escape."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.screens.keyboard import PASTE_ENDS, PASTE_STARTS, PasteGuard
from rchrp_goals.screens.patient_app import ESCAPE, STANDS_FOR_ESCAPE


def guarded(*pieces: str) -> str:
    guard = PasteGuard()
    return "".join(guard.guard(piece) for piece in pieces)


@pytest.mark.parametrize("typed", ["a", ESCAPE, f"{ESCAPE}[A", f"{ESCAPE}[20~", f"{ESCAPE}[200", f"{ESCAPE}[<0;1;1M"])
def test_what_is_typed_goes_through_at_once(typed: str) -> None:
    assert guarded(typed) == typed


def test_an_escape_in_a_paste_is_none() -> None:
    data = f"x{PASTE_STARTS}a{ESCAPE}[31mb{ESCAPE}{ESCAPE}[201{PASTE_ENDS}{ESCAPE}[A"
    inside = f"a{STANDS_FOR_ESCAPE}[31mb{STANDS_FOR_ESCAPE}{STANDS_FOR_ESCAPE}[201"
    assert guarded(data) == f"x{PASTE_STARTS}{inside}{PASTE_ENDS}{ESCAPE}[A"


def test_two_pastes_and_what_is_typed_between_them() -> None:
    data = f"{PASTE_STARTS}{ESCAPE}{PASTE_ENDS}{ESCAPE}{PASTE_STARTS}{PASTE_STARTS}{PASTE_ENDS}"
    again = PASTE_STARTS.replace(ESCAPE, STANDS_FOR_ESCAPE)
    assert guarded(data) == f"{PASTE_STARTS}{STANDS_FOR_ESCAPE}{PASTE_ENDS}{ESCAPE}{PASTE_STARTS}{again}{PASTE_ENDS}"


PIECES = st.lists(st.sampled_from([ESCAPE, "[", "2", "0", "1", "~", "a", PASTE_STARTS, PASTE_ENDS]), max_size=24)


@given(PIECES, st.lists(st.integers(0, 60), max_size=8))
def test_it_is_the_same_however_it_is_cut(pieces: list[str], cuts: list[int]) -> None:
    # the end of a paste at last: what may be the beginning of one waits for it
    data = "".join(pieces) + PASTE_ENDS
    at = [0, *sorted(cuts), len(data)]
    assert guarded(*(data[start:end] for start, end in pairwise(at))) == guarded(data)
