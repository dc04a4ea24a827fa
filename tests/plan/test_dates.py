"""Dates: what people write in two languages, what we write, and no guess where a date reads two ways."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.content import LANGUAGES, Words, table
from rchrp_goals.plan.dates import (
    WEEKDAYS,
    DateWords,
    Reading,
    behind,
    first_weekday,
    full,
    is_past,
    near,
    read_date,
    short,
)

TABLES = {language: table(language, "dates") for language in LANGUAGES}
WORDS = DateWords.from_tables(TABLES)
TODAY = date(2026, 11, 5)  # a Thursday
EVERY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
THIS_CENTURY = st.dates(date(2000, 1, 1), date(2100, 1, 1))
OWN_WORDS = sorted({word for phrases in WORDS for phrase in phrases for word in phrase})
SOUP = st.lists(
    st.one_of(
        st.sampled_from(OWN_WORDS), st.sampled_from(["/", ".", "-", ",", "+", "º"]), st.integers(0, 3000).map(str)
    ),
    max_size=6,
)


def read(text: str, today: date = TODAY) -> list[str]:
    return [day.isoformat() for day in read_date(text, today, WORDS).dates]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # in numbers
        *[(text, "2026-12-01") for text in ("2026-12-01", " 2026-12-1 ", "2026/12/01", "2026.12.1")],
        *[("15.1.2027", "2027-01-15"), ("1/15/2027", "2027-01-15"), ("15/1/27", "2027-01-15")],
        *[("13/1", "2027-01-13"), ("1/13", "2027-01-13"), ("12/12", "2026-12-12")],
        *[("25/12/2020", "2020-12-25"), ("2020-01-02", "2020-01-02")],
        # with the month's name
        *[
            (text, "2026-12-01")
            for text in (
                *["1 Dec", "Dec 1", "1 dic", "DIC 1", "1 de dic", "1dic", "1 de diciembre", "diciembre 1"],
                *["1.º de diciembre", "1º de diciembre", "1ro de diciembre", "primero de diciembre"],
                *["December 1st, 2026", "the 1st of December", "1 December 2026", "2026 Dec 1", "dic. 1", "1 dic."],
                *["1 de diciembre de 2026", "1 de diciembre del 2026", "1-dec-2026", "1/dic/26", "Dec, 1 2026"],
                *["by Dec 1", "para el 1 de diciembre", "December", "dic", "dec 2026", "en diciembre"],
            )
        ],
        *[(text, "2027-09-03") for text in ("3 sept", "3 set", "3 setiembre", "Sep 3", "3 de septiembre")],
        *[("1 mar", "2027-03-01"), ("mar 3", "2027-03-03"), ("mar. 3", "2027-03-03"), ("3 ago", "2027-08-03")],
        *[("5 nov", "2026-11-05"), ("4 nov", "2027-11-04"), ("4 nov 2026", "2026-11-04")],
        *[("29 feb", "2028-02-29"), ("29/2", "2028-02-29")],
        # today and its neighbours
        *[(text, "2026-11-05") for text in ("today", "hoy", "HOY", "tonight", "esta noche")],
        *[(text, "2026-11-06") for text in ("tomorrow", "mañana", "manana", "man\u0303ana", "MAÑANA")],
        *[(text, "2026-11-07") for text in ("pasado mañana", "day after tomorrow", "the day after tomorrow")],
        *[("yesterday", "2026-11-04"), ("ayer", "2026-11-04"), ("anteayer", "2026-11-03")],
        # distances
        *[
            (text, "2026-11-19")
            for text in ("+2 weeks", "+2 semanas", "+ 2w", "2w", "2 weeks", "in two weeks", "dentro de 2 semanas")
        ],
        *[(text, "2026-11-08") for text in ("in 3 days", "en 3 días", "en tres dias", "3d", "3 days from now")],
        *[(text, "2026-11-02") for text in ("3 days ago", "hace 3 días", "-3d")],
        *[
            (text, "2026-12-05")
            for text in ("in a month", "un mes", "next month", "el próximo mes", "el mes que viene")
        ],
        *[(text, "2026-11-12") for text in ("next week", "la semana que viene", "una semana", "in a week")],
        *[("+1 year", "2027-11-05"), ("1000 days", "2029-08-01"), ("en dos años", "2028-11-05")],
        # weekdays: the next one after today
        *[
            (text, "2026-11-06")
            for text in (
                *["friday", "Fri", "viernes", "vie", "next friday", "this friday", "on Friday", "by friday"],
                *["el viernes", "este viernes", "el próximo viernes", "el viernes que viene", "para el viernes"],
            )
        ],
        *[("thursday", "2026-11-12"), ("miercoles", "2026-11-11"), ("sabado", "2026-11-07"), ("martes", "2026-11-10")],
        # a weekday before a date
        *[("Tuesday 1 December", "2026-12-01"), ("martes, 1 de diciembre", "2026-12-01")],
        *[("mar 1 dic", "2026-12-01"), ("mar 1 mar 2022", "2022-03-01"), ("viernes 27", "2026-11-27")],
        *[("viernes 4/12", "2026-12-04"), ("lun 4/12", "2027-04-12"), ("Tue 2026-12-01", "2026-12-01")],
        *[("wed 4 nov", "2026-11-04"), ("jue 4 nov", "2027-11-04")],
        # a day of the month
        *[("15", "2026-11-15"), ("5", "2026-11-05"), ("4", "2026-12-04"), ("31", "2026-12-31")],
        *[("el 15", "2026-11-15"), ("día 15", "2026-11-15"), ("the 15th", "2026-11-15"), ("el 1.º", "2026-12-01")],
    ],
)
def test_what_people_write_is_one_day(text: str, day: str) -> None:
    assert read(text) == [day]


@pytest.mark.parametrize(
    ("text", "days", "kinds"),
    [
        ("12/1", ["2026-12-01", "2027-01-12"], ("month_day", "day_month")),
        ("1/12", ["2026-12-01", "2027-01-12"], ("day_month", "month_day")),
        ("1-2", ["2027-01-02", "2027-02-01"], ("month_day", "day_month")),
        ("1.2.", ["2027-01-02", "2027-02-01"], ("month_day", "day_month")),
        ("1/12/2027", ["2027-01-12", "2027-12-01"], ("month_day", "day_month")),
        ("1/12/27", ["2027-01-12", "2027-12-01"], ("month_day", "day_month")),
        ("mar", ["2026-11-10", "2027-03-01"], ("weekday", "month")),
        ("el mar", ["2026-11-10", "2027-03-01"], ("weekday", "month")),
        ("Mar.", ["2026-11-10", "2027-03-01"], ("weekday", "month")),
    ],
)
def test_a_date_that_reads_two_ways_is_not_guessed(text: str, days: list[str], kinds: tuple[str, ...]) -> None:
    reading = read_date(text, TODAY, WORDS)
    assert [day.isoformat() for day in reading.dates] == days
    assert reading.kinds == kinds
    assert reading.is_ambiguous
    assert reading.day is None


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "soon", "pronto", "x" * 60, "2026", "00"],
        *["31 Feb", "30 feb 2028", "29 feb 2027", "31/2", "2/31", "2026-13-01", "2026-02-30", "0", "32", "0/5"],
        *["1 dec 1899", "1 dec 2200", "1899-12-31", "2200-01-01", "+99999 years", "99999w", "-3000 months"],
        *[
            "Monday 1 December 2026",
            "vie 4 nov",
            "martes 3",
            "martes diciembre",
            "15/1-2027",
            "st 3 dec",
            "26-12-01",
            "1/2/3",
            "1 dec 5",
        ],
        *["en la mañana", "por la mañana", "3:00", "friday 3pm", "-15", "+15", "15,16", "1 2 3", "1 dec dec"],
        *["٣ dic", "１ dic", "²dic", "1 dec\u202e", "\x1b[31m1 dec", "\ud800", "[/]", "9" * 60],
        *["dia", "el", "3 de", "this week", "in", "mar mar", "next", "12/1/"],
    ],
)
def test_what_is_no_date_reads_as_none(text: str) -> None:
    assert read_date(text, TODAY, WORDS) == Reading()


def test_a_very_long_text_is_no_date() -> None:
    assert read("1 dec" + " " * 55) == ["2026-12-01"]
    assert read("1 dec" + " " * 56) == []
    assert read("\u0301\u0316" * 1_000_000) == []


def test_a_choice_that_was_made_stands() -> None:
    def kept(text: str, *preferred: str) -> list[str]:
        reading = read_date(text, TODAY, WORDS, preferred=preferred[0] if len(preferred) == 1 else preferred)
        return [day.isoformat() for day in reading.dates]

    assert kept("12/1", "day_month") == ["2027-01-12"]
    assert kept("12/1", "month_day") == ["2026-12-01"]
    assert kept("1/12/2027", "day_month", "weekday") == ["2027-12-01"]
    assert kept("mar", "day_month", "weekday") == ["2026-11-10"]
    assert kept("mar", "month") == ["2027-03-01"]
    # it chooses between two readings and takes none away
    assert kept("mar", "day_month") == ["2026-11-10", "2027-03-01"]
    assert kept("13/1", "month_day") == ["2027-01-13"]
    assert kept("12/12", "month_day") == ["2026-12-12"]


def test_a_month_ends_early_where_it_must() -> None:
    assert read("+1 month", date(2027, 1, 31)) == ["2027-02-28"]
    assert read("+1 mes", date(2028, 1, 31)) == ["2028-02-29"]
    assert read("in a year", date(2028, 2, 29)) == ["2029-02-28"]
    assert read("next month", date(2026, 12, 31)) == ["2027-01-31"]


def test_a_short_word_before_a_number_is_the_month() -> None:
    assert read("mar 3", date(2026, 10, 30)) == ["2027-03-03"]
    assert read("martes 3", date(2026, 10, 30)) == ["2026-11-03"]


def test_the_day_of_a_month_is_the_next_that_there_is() -> None:
    assert read("30", date(2027, 1, 31)) == ["2027-03-30"]
    assert read("1", date(2026, 12, 31)) == ["2027-01-01"]
    assert read("31", date(2026, 12, 31)) == ["2026-12-31"]


def test_a_leap_day_waits_as_long_as_it_must() -> None:
    assert read("29 feb", date(2096, 2, 29)) == ["2096-02-29"]
    assert read("29 feb", date(2096, 3, 1)) == ["2104-02-29"]


def test_the_ends_of_the_calendar_hold() -> None:
    assert read("tomorrow", date(2199, 12, 31)) == []
    assert read("1 jan", date(2199, 12, 31)) == []
    for today in (date.min, date.max):
        for text in ("yesterday", "+1 week", "1 month ago", "15", "31 dec", "friday", "12/1", "mon 1 jan"):
            assert read(text, today) == []


def test_the_past_is_kept_and_known() -> None:
    day = read_date("1 Dec 2020", TODAY, WORDS).day
    assert day == date(2020, 12, 1)
    assert is_past(day, TODAY)
    assert not is_past(TODAY, TODAY)


@given(st.text(st.characters(), max_size=70), st.dates())
def test_no_text_breaks_it(text: str, today: date) -> None:
    check(read_date(text, today, WORDS))


@given(SOUP, st.dates())
def test_no_row_of_its_own_words_breaks_it(parts: list[str], today: date) -> None:
    check(read_date(" ".join(parts), today, WORDS))
    check(read_date("".join(parts), today, WORDS))


def check(reading: Reading) -> None:
    assert len(reading.dates) == len(reading.kinds) <= 2
    assert list(reading.dates) == sorted(set(reading.dates))
    assert all(1900 <= day.year <= 2199 for day in reading.dates)


@given(EVERY_DAY, EVERY_DAY)
def test_every_day_that_we_write_reads_back(day: date, today: date) -> None:
    written = [day.isoformat(), f"{day.year}/{day.month}/{day.day}"]
    for language in LANGUAGES:
        written += [
            full(day, TABLES[language]),
            full(day, TABLES[language]).upper(),
            near(day, today, TABLES[language]),
        ]
        written.append(short(day, today, TABLES[language]))
    for text in written:
        assert (text, read_date(text, today, WORDS).dates) == (text, (day,))


@given(EVERY_DAY, st.integers(0, 365))
def test_a_short_date_of_this_year_reads_back_from_every_day_of_the_year(day: date, number: int) -> None:
    today = min(date(day.year, 1, 1) + timedelta(days=number), date(day.year, 12, 31))
    for language in LANGUAGES:
        text = short(day, today, TABLES[language])
        assert str(day.year) not in text
        assert (text, read_date(text, today, WORDS).dates) == (text, (day,))


@given(
    st.integers(1, 31),
    st.integers(1, 31),
    st.sampled_from(["/{}", ".{}", "-{}", "/{}/2027", ".{}.27", "-{}-2027"]),
    THIS_CENTURY,
)
def test_both_orders_say_the_same(one: int, other: int, form: str, today: date) -> None:
    here = read_date(f"{one}{form.format(other)}", today, WORDS)
    there = read_date(f"{other}{form.format(one)}", today, WORDS)
    assert here.dates == there.dates
    assert here.is_ambiguous == (one <= 12 and other <= 12 and one != other)
    if here.is_ambiguous:
        assert here.kinds == there.kinds[::-1]


@given(THIS_CENTURY, st.integers(0, 6), st.sampled_from(LANGUAGES))
def test_a_weekday_is_the_next_one_after_today(today: date, weekday: int, language: str) -> None:
    for name in TABLES[language]["weekdays"][WEEKDAYS[weekday]]:
        reading = read_date(name, today, WORDS)
        day = dict(zip(reading.kinds, reading.dates, strict=True))["weekday"]
        assert day.weekday() == weekday
        assert 1 <= (day - today).days <= 7


@given(THIS_CENTURY, st.integers(0, 999))
def test_a_distance_in_days_is_that_many_days(today: date, number: int) -> None:
    day = (today + timedelta(days=number)).isoformat()
    assert all(read(text, today) == [day] for text in (f"+{number} days", f"en {number} días", f"{number}d"))
    week = (today + timedelta(weeks=number)).isoformat()
    assert all(read(text, today) == [week] for text in (f"in {number} weeks", f"+{number} semanas"))


@given(THIS_CENTURY, st.dates(date(2028, 1, 1), date(2028, 12, 31)))
def test_a_date_without_a_year_is_the_next_to_come(today: date, day: date) -> None:
    name = TABLES["en"]["months"][str(day.month)][0]
    found = read_date(f"{day.day} {name}", today, WORDS).day
    assert found is not None
    assert (found.day, found.month) == (day.day, day.month)
    assert today <= found <= today + timedelta(days=366 if (day.day, day.month) != (29, 2) else 1461)


def test_days_are_written_as_the_language_writes_them() -> None:
    day = date(2026, 12, 1)
    assert full(day, TABLES["en"]) == "Tuesday 1 December 2026"
    assert full(day, TABLES["es"]) == "martes 1 de diciembre de 2026"
    assert short(date(2026, 11, 26), TODAY, TABLES["en"]) == "Thu 26 Nov"
    assert short(date(2026, 11, 26), TODAY, TABLES["es"]) == "jue 26 nov"
    assert short(date(2027, 3, 3), TODAY, TABLES["en"]) == "Wed 3 Mar 2027"
    assert short(date(2027, 3, 3), TODAY, TABLES["es"]) == "mié 3 mar 2027"
    assert [near(TODAY + timedelta(days=days), TODAY, TABLES["es"]) for days in (-1, 0, 1, 2)] == [
        *["mié 4 nov", "hoy", "mañana", "sáb 7 nov"]
    ]
    assert near(TODAY, TODAY, TABLES["en"]) == "today"
    assert [first_weekday(TABLES[language]) for language in LANGUAGES] == [6, 6]


def test_a_word_with_two_meanings_of_one_kind_is_refused() -> None:
    tables: dict[str, Any] = copy.deepcopy(TABLES)
    tables["es"]["weekdays"]["monday"].append("Mar")
    with pytest.raises(ValueError, match=r"^es\.weekdays\.tuesday$"):
        DateWords.from_tables(tables)


def test_a_month_without_its_short_name_is_refused() -> None:
    tables: dict[str, Any] = copy.deepcopy(TABLES)
    tables["es"]["months"]["12"] = ["diciembre"]
    with pytest.raises(ValueError, match=r"^es\.months\.12$"):
        DateWords.from_tables(tables)
    del tables["es"]["months"]["12"]
    with pytest.raises(KeyError):
        DateWords.from_tables(tables)


def test_both_languages_have_the_same_keys() -> None:
    def keys(value: object, path: str = "") -> set[str]:
        if not isinstance(value, dict):
            return {path}
        return {key for name, part in value.items() for key in keys(part, f"{path}.{name}")}

    assert keys(TABLES["en"]) == keys(TABLES["es"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_in_the_refusal_can_be_read(language: str) -> None:
    sentence = Words(language).ui("errors.date_not_understood")
    examples = {"en": ["1 Dec", "friday", "tomorrow", "+2 weeks"], "es": ["1 dic", "viernes", "mañana", "+2 semanas"]}
    for example in examples[language]:
        assert example in sentence
        assert len(read(example)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 nov", date(2026, 11, 3)),
        ("20 dic", date(2025, 12, 20)),
        ("20 dec 2026", date(2026, 12, 20)),
        ("monday", date(2026, 11, 2)),
        ("29 feb", date(2024, 2, 29)),
        ("today", date(2026, 11, 5)),
        ("tomorrow", date(2026, 11, 6)),
        ("2026-11-30", date(2026, 11, 30)),
    ],
)
def test_a_day_that_lies_behind_is_the_last_one(text: str, expected: date) -> None:
    assert behind(read_date(text, TODAY, WORDS), text, TODAY).day == expected
