"""The plan read aloud: its records as sentences, in either language.

What a person wrote stands after a colon or as a whole phrase, never inside our grammar, and its last stop is dropped so
that a noun, an infinitive and a sentence all fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.plan import glance
from rchrp_goals.plan.dates import WEEKDAYS
from rchrp_goals.plan.lenient import day, instant, parts, text
from rchrp_goals.plan.text import shown
from rchrp_goals.plan.values import Compared, position_name

Record = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Record]]

_ENDED = ("?", "!", "…", "...", ":", ".”", '."', ".)", "?”", '?"', "!”", '!"')
STOPS = tuple(".?!…:")
"""The signs after which a sentence needs no full stop."""
_CLOSING = "”’\"')»"
_END = "\0"
"""Stands after a text that needs no further stop until its sentence is filled; no shown text can hold it."""

# Before a sound of i Spanish says "e", before one of o "u"; a number is read aloud (ocho, once).
_I_SOUND = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)
_O_SOUND = re.compile(r"h?[oó]|8|11(?!\d)", re.IGNORECASE)


# Pieces


def plain_text(value: str) -> str:
    """Return a person's text on one line, clean, as it may stand inside a sentence or a label."""
    return " ".join(shown(value).split())


def phrase(value: str) -> str:
    """Return a person's text on one line without its last stop."""
    line = plain_text(value)
    return line[:-1].rstrip() or line if line.endswith(".") and not line.endswith(_ENDED) else line


def listed(names: Sequence[str], words: Words, kind: str = "and") -> str:
    """Return names as one list: "a, b and c"; ``kind`` is ``and`` or ``or``. In Spanish y or e, o or u by what follows."""
    if len(names) < 2:
        return "".join(names)
    last = names[-1]
    sound = _I_SOUND if kind == "and" else _O_SOUND
    key = f"{kind}_before_sound" if sound.match(last) else kind
    return words.ui(f"sentences.{key}", first=words.ui("sentences.comma").join(names[:-1]), last=last)


def day_words(
    on: date,
    today: date,
    words: Words,
    *,
    with_weekday: bool = True,
    is_short: bool = False,
    with_year: bool = False,
) -> str:
    """Return a day as paper says it: "Monday 9 November", with its year where that is another than today's."""
    table = words.module("dates")
    length = 1 if is_short else 0
    with_year = with_year or on.year != today.year
    form = ("day_short" if is_short else "day") + ("_with_year" if with_year else "")
    month = table["months"][str(on.month)][length]
    found = words.ui(f"sentences.{form}", day=on.day, month=month, year=on.year)
    if not with_weekday:
        return found
    return words.ui("sentences.weekday", weekday=table["weekdays"][WEEKDAYS[on.weekday()]][length], day=found)


def local_day(record: Record, key: str) -> date | None:
    """Return the local date of an instant, None where there is none."""
    at = instant(record, key)
    return at.astimezone().date() if at is not None else None


def beginning(said: str, most: int) -> str:
    """Return words whole where they have ``most`` characters, else how they begin, up to a word, and "…"."""
    if len(said) <= most:
        return said
    begun = said[:most]
    return f"{(begun.rpartition(' ')[0] or begun).rstrip()}…"


def ended(text: str) -> str:
    """Return a text with a full stop, unless it ends by itself ("¿Quién lo iba a saber?")."""
    return text if text.rstrip(_CLOSING).endswith(STOPS) else f"{text}."


def begun(text: str) -> str:
    """Return a text with a capital first, also behind the sign that begins a Spanish question."""
    at = next((at for at, sign in enumerate(text) if sign.isalnum()), 0)
    return f"{text[:at]}{text[at : at + 1].upper()}{text[at + 1 :]}"


# Sentences


def if_then(record: Record, words: Words) -> str:
    """Return the if-then plan as it is said: "If this happens: the shift runs long. Then: I text Rosa."; or nothing."""
    obstacle, then = plain_text(text(record, "obstacle")), plain_text(text(record, "then"))
    if obstacle and then:
        return _filled(words, "if_then", obstacle=obstacle, then=then)
    if obstacle:
        return _filled(words, "if_alone", obstacle=obstacle)
    return _filled(words, "then_alone", then=then) if then else ""


def content(goal: Record, words: Words, today: date) -> str:
    """Return "By 21 December I would be content to see: ..."; or nothing."""
    expected, by = _level(goal, "0"), day(goal, "review_on")
    if expected and by:
        on = day_words(by, today, words, with_weekday=False)
        return _filled(words, "content", expected=expected, day=on)
    if expected:
        return _filled(words, "content_alone", expected=expected)
    return words.ui("sentences.content_day", day=day_words(by, today, words)) if by else ""


def step_when(step: Record, words: Words, today: date, *, day_first: bool = False) -> str:
    """Return when a step is to be done: its moment as it was written, and its day; or nothing."""
    due = day(step, "due")
    parts = [phrase(text(step, "moment")), day_words(due, today, words) if due else ""]
    return words.ui("sentences.comma").join(part for part in (reversed(parts) if day_first else parts) if part)


def first_step(step: Record, words: Words, today: date, *, key: str = "first_step") -> str:
    """Return a step as sentences: what, when, with whom; or nothing. ``key`` names how it begins."""
    if not text(step, "text"):
        return ""
    said = [_filled(words, key, step=text(step, "text"))]
    when = step_when(step, words, today)
    if when:
        said.append(_filled(words, "when", when=when))
    if text(step, "with_whom"):
        said.append(_filled(words, "with_whom", name=text(step, "with_whom")))
    return " ".join(said)


def rulers(ruler: Record, words: Words) -> str:
    """Return "How sure: at 7; how much it matters, at 8." with what is there; or nothing."""
    confidence, importance = ruler.get("confidence"), ruler.get("importance")
    if isinstance(confidence, int) and isinstance(importance, int):
        said = words.ui("sentences.rulers", confidence=confidence, importance=importance)
    elif isinstance(confidence, int):
        said = words.ui("sentences.confidence", confidence=confidence)
    elif isinstance(importance, int):
        said = words.ui("sentences.importance", importance=importance)
    else:
        return ""
    makes = what_makes_it(ruler, words)
    return f"{said} {makes}" if makes else said


def what_makes_it(ruler: Record, words: Words) -> str:
    """Return what makes a ruler this and not less, as a sentence that names the number; or nothing."""
    number = ruler.get(text(ruler, "what_makes_it_about"))
    if not text(ruler, "what_makes_it"):
        return ""
    if not isinstance(number, int):
        return _filled(words, "makes_it", what=text(ruler, "what_makes_it"))
    return _filled(words, "makes_it_number", what=text(ruler, "what_makes_it"), n=number)


def supporter(record: Record, words: Words) -> str:
    """Return who stands by, and how: "Marcus: asks me on Mondays"."""
    name, how = phrase(text(record, "name")), phrase(text(record, "how"))
    return words.ui("sentences.colon", first=name, second=how) if name and how else name


def occasion(record: Record, words: Words, today: date) -> str:
    """Return a learning occasion with its date, as sentences; or nothing."""
    title, on = text(record, "title"), day(record, "planned_for")
    if not title:
        return ""
    said = _filled(words, "occasion", title=title)
    return f"{said} {words.ui('sentences.when', when=day_words(on, today, words))}" if on else said


def at(position: int, words: Words) -> str:
    """Return "At 7, leaning toward agree."."""
    return words.ui("position.at", n=position, words=words.ui(f"position.{position_name(position)}"))


def then_and_now(row: Compared, words: Words) -> str:
    """Return where somebody stood on one statement: "Day One: at 2. Now: at 7, leaning toward agree."."""
    said = []
    if row.then_given:
        said.append(
            words.ui("sentences.day_one_passed") if row.then is None else words.ui("sentences.day_one", n=row.then)
        )
    if row.now_given:
        said.append(
            words.ui("sentences.now_passed")
            if row.now is None
            else words.ui("sentences.now", n=row.now, words=words.ui(f"position.{position_name(row.now)}"))
        )
    if row.then is not None and row.then == row.now:
        said.append(words.ui("sentences.stayed"))
    return " ".join(said)


def reminder(record: Record, words: Words, *, is_for_all_eyes: bool = False) -> str:
    """Return what a date ahead is for; ``is_for_all_eyes`` says nothing of values."""
    name = text(record, "words")
    if name == "own" and not is_for_all_eyes and text(record, "text"):
        return phrase(text(record, "text"))
    if name not in glance.REMINDER_WORDS - {"own"} or (is_for_all_eyes and name != "first_step"):
        name = "look_again"
    return words.ui(f"plan_page.date_{name}")


def dates_ahead(tables: Tables, today: date) -> list[tuple[date, Record]]:
    """Return the dates ahead that are on and still to come, today included, soonest first."""
    found = [
        (on, record)
        for record in glance.standing(tables, "reminders")
        if record.get("on") is True and (on := local_day(record, "next_at")) is not None and on >= today
    ]
    return sorted(found, key=lambda one: (one[0], text(one[1], "id")))


def newest(records: Sequence[Record], key: str) -> Record:
    """Return the record with the greatest text in ``key``, an empty one where there is none."""
    return max(records, key=lambda one: (text(one, key), text(one, "created_at")), default={})


def plan_aloud(tables: Tables, words: Words, today: date) -> list[str]:
    """Return the whole plan as sentences in order, one record or idea a string; empty where nothing stands."""
    said: list[str] = []
    for goal in glance.goals_in_view(tables):
        said += _goal_aloud(tables, goal, words, today)
    said += [first_step(step, words, today, key="inbox_step") for step in _planned(glance.inbox(tables))]
    said += [
        _filled(words, "focus", area=text(one, "area")) for one in glance.standing(tables, "focus") if one.get("area")
    ]
    said += [
        occasion(one, words, today)
        for one in glance.standing(tables, "learning")
        if text(one, "state") in {"idea", "planned", "under_way"}
    ]
    ahead = [day_words(on, today, words, with_weekday=False) for on, _ in dates_ahead(tables, today)]
    if ahead:
        said.append(words.ui("sentences.dates", n=len(ahead), dates=listed(ahead, words)))
    return [one for one in said if one]


def _goal_aloud(tables: Tables, goal: Record, words: Words, today: date) -> list[str]:
    def own(table: str) -> list[Record]:
        return [one for one in glance.standing(tables, table) if one.get("goal") == goal["id"]]

    said = [_filled(words, "goal", goal=text(goal, "title"))]
    if text(goal, "why"):
        said.append(_filled(words, "why", why=text(goal, "why")))
    said.append(content(goal, words, today))
    said += [if_then(one, words) for one in own("if_thens")]
    steps = _planned(glance.steps_of(tables, goal["id"]))
    said += [
        first_step(step, words, today, key="first_step" if number == 0 else "further_step")
        for number, step in enumerate(steps)
    ]
    said.append(rulers(newest(own("rulers"), "at"), words))
    helpers = [named for one in parts(goal, "supporters") if (named := supporter(one, words))]
    if helpers:
        said.append(_filled(words, "supporters", names=words.ui("sentences.semicolon").join(helpers)))
    return said


def _planned(steps: Sequence[Record]) -> list[Record]:
    return [step for step in steps if step.get("state") == "planned"]


def _level(goal: Record, name: str) -> str:
    levels = goal.get("levels")
    return text(levels, name) if isinstance(levels, Mapping) else ""


def _filled(words: Words, key: str, **values: str | int) -> str:
    """Fill a sentence of ours with a person's words; a text that ends by itself gets no stop after it."""
    ready: dict[str, str | int] = {}
    for name, value in values.items():
        if isinstance(value, str):
            value = phrase(value)
            if value.endswith(_ENDED):
                value += _END
        ready[name] = value
    return words.ui(f"sentences.{key}", **ready).replace(f"{_END}.", "").replace(_END, "")
