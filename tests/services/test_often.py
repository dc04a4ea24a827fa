"""How often, hours, quiet hours and days, as people write them in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from rchrp_goals.content import LANGUAGES, Words
from rchrp_goals.errors import AnswerRefused
from rchrp_goals.plan.recurrence import every, read_rule
from rchrp_goals.services.often import read_days, read_hour, read_often, read_quiet, said_often

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("once", ""),
        ("Una vez", ""),
        ("each week", "FREQ=WEEKLY"),
        ("every day", "FREQ=DAILY"),
        ("daily", "FREQ=DAILY"),
        ("cada día", "FREQ=DAILY"),
        ("todos los dias", "FREQ=DAILY"),
        ("every 10 days", "FREQ=DAILY;INTERVAL=10"),
        ("every two weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2"),
        ("cada dos semanas", "FREQ=WEEKLY;INTERVAL=2"),
        ("each month", "FREQ=MONTHLY"),
        ("cada 3 meses", "FREQ=MONTHLY;INTERVAL=3"),
        ("cada año", "FREQ=YEARLY"),
        ("monthly", "FREQ=MONTHLY"),
        ("on weekdays", WEEKDAYS),
        ("Monday to Friday", WEEKDAYS),
        ("entre semana", WEEKDAYS),
        ("de lunes a viernes", WEEKDAYS),
        ("on Mondays", "FREQ=WEEKLY;BYDAY=MO"),
        ("every monday and thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("los martes y los sábados", "FREQ=WEEKLY;BYDAY=TU,SA"),
        ("rrule:freq=monthly;byday=-1fr", "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_how_often_is_read_in_both_languages(said: str, rule: str) -> None:
    assert read_often(said) == rule


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("now and then", "rule_not_read"),
        ("week", "rule_not_read"),
        ("every 0 days", "rule_not_read"),
        ("every", "rule_not_read"),
        ("monday morning", "rule_not_read"),
        ("every hour", "rule_too_often"),
        ("cada 5 minutos", "rule_too_often"),
        ("FREQ=MINUTELY", "rule_too_often"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rule_never"),
        ("x" * 500, "rule_not_read"),
    ],
)
def test_what_is_no_rhythm_is_refused(said: str, key: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        read_often(said)
    assert refused.value.key == key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_can_be_typed_again(language: str) -> None:
    words, day = Words(language), date(2026, 1, 31)
    rules = [every(unit, count, day) for unit in ("day", "week", "month", "year") for count in (1, 2, 10)]
    rules += ["", WEEKDAYS, "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TU,SA,SU"]
    for rule in rules:
        typed = read_often(said_often(rule, words))
        assert (read_rule(typed, day) if typed else "") == rule
    assert said_often("FREQ=MONTHLY;BYDAY=-1FR", words).endswith("FREQ=MONTHLY;BYDAY=-1FR")


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("9", 9),
        ("09:00", 9),
        ("9 am", 9),
        ("6 p. m.", 18),
        ("6pm", 18),
        ("12 am", 0),
        ("12 pm", 12),
        ("18h", 18),
        ("24", 0),
        ("a las 18", 18),
        ("las 6 pm", 18),
        ("noon", 12),
        ("medianoche", 0),
        ("9:30", None),
        ("25", None),
        ("13 pm", None),
        ("soon", None),
        ("-3", None),
    ],
)
def test_hours_are_full_hours(said: str, hour: int | None) -> None:
    if hour is not None:
        assert read_hour(said) == hour
        return
    with pytest.raises(AnswerRefused, match="hour_not_read"):
        read_hour(said)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("22 to 7", (22, 7)),
        ("de 10 pm a 7 am", (22, 7)),
        ("22-7", (22, 7)),
        ("22:00 to 7:00", (22, 7)),
        ("from 1 to 3", (1, 3)),
        ("7 to 7", None),
        ("at night", None),
        ("22", None),
    ],
)
def test_quiet_hours_are_two_hours(said: str, hours: tuple[int, int] | None) -> None:
    if hours is not None:
        assert read_quiet(said) == hours
        return
    with pytest.raises(AnswerRefused, match="quiet_not_read"):
        read_quiet(said)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("90", 90),
        ("365 days", 365),
        ("3 months", 90),
        ("un año", 365),
        ("dos semanas", 14),
        ("0", None),
        ("-3", None),
        ("10000", None),
        ("often", None),
    ],
)
def test_days_are_a_number(said: str, days: int | None) -> None:
    if days is not None:
        assert read_days(said) == days
        return
    with pytest.raises(AnswerRefused, match="days_not_read"):
        read_days(said)
