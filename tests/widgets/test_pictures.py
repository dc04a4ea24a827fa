"""Pictures of a row each: a road on the line from 0 to 10, and a strip of months."""

from __future__ import annotations

from widgets.pictures import dots, strip


def test_a_road_has_its_first_place_its_newest_and_those_between() -> None:
    assert dots(3, 7, 2, (5, 9, 5)).plain == "──────○━━━•━━━●───•──"
    assert dots(3, 3, 1, (8,)).plain == "───◉────•──", "where it came back to, both are one"
    assert dots(None, None, 1, (4,)).plain == "────•──────", "passed first and last"
    assert dots(3, 7, 1, (3, 7)).plain == "───○━━━●───", "a place between hides neither end"
    assert dots(3, 7, 2, (5,), ascii_glyphs=True).plain.isascii()


def test_a_strip_has_a_mark_under_each_month_that_has_one() -> None:
    names, line = strip([("Dec", False), ("Jan", True), ("Sept", True)])
    assert (names.plain, line.plain) == ("Dec  Jan  Sept", "───────●────●──")
    names, line = strip([("Dec", False), ("Jan", True)], ascii_glyphs=True)
    assert (names.plain, line.plain) == ("Dec Jan", "-----*--")
    assert strip([])[1].plain == ""
