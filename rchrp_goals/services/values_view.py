"""Values sessions in words: their names and days, two of them side by side, and what was put right later.

Read tolerantly from the plan's tables; nothing here changes anything. Whether old answers may be seen is not asked here:
``revisit`` says that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rchrp_goals.content import Words
from rchrp_goals.plan import glance
from rchrp_goals.plan.lenient import Record, text
from rchrp_goals.plan.values import position_name
from rchrp_goals.services import saying
from rchrp_goals.services.day_words import short_date
from rchrp_goals.services.plan_values import placements
from rchrp_goals.services.room import Detail
from rchrp_goals.services.sessions import AT_THE_TIME

Tables = Mapping[str, Mapping[str, Record]]
Placement = Mapping[str, Any]
DAY_ONE, PART_1, PART_2 = "day_one", "day_one_part_1", "day_one_part_2"
OCCASIONS = (PART_1, PART_2, "last_day", "revisit")


class Side(NamedTuple):
    """What stands on one side: Day One in both its parts, or one session.

    ``name`` is how a sentence calls it, ``short`` how the legend does, ``heard`` the same where nobody sees the mark.
    """

    sessions: tuple[Record, ...]
    name: str
    short: str
    heard: str

    @property
    def placements(self) -> list[Placement]:
        """Every placement once by statement and meaning; the first part's stands."""
        found: dict[tuple[str, int], Placement] = {}
        for session in self.sessions:
            for one in placements(session):
                found.setdefault(_name_of(one), one)
        return list(found.values())

    def holding(self, name: tuple[str, int]) -> tuple[Record, Placement] | None:
        """Return the session that holds the placement of a statement, and the placement."""
        for session in self.sessions:
            for one in placements(session):
                if _name_of(one) == name:
                    return session, one
        return None


def occasion(session: Record) -> str:
    """Return a session's occasion; one that nobody knows is another look."""
    found = text(session, "occasion")
    return found if found in OCCASIONS else "revisit"


def is_day_one(session: Record) -> bool:
    """Tell whether a session belongs to Day One."""
    return occasion(session).startswith(DAY_ONE)


def day_of(session: Record) -> date | None:
    """Return the day on which somebody stood there; None where it was entered later and nobody said which day."""
    taken = saying.local_day(session, "taken_at")
    if session.get("entered", AT_THE_TIME) != AT_THE_TIME and taken == saying.local_day(session, "created_at"):
        return None
    return taken


def in_order(tables: Tables) -> list[Record]:
    """Return the sessions, the earliest first; one whose day nobody noted stands before all."""
    return sorted(glance.standing(tables, "values"), key=_when)


def _when(session: Record) -> tuple[bool, str, int, str]:
    is_dated = day_of(session) is not None
    part = OCCASIONS.index(occasion(session))
    return is_dated, text(session, "taken_at") if is_dated else "", part, text(session, "created_at")


def default_pair(sessions: Sequence[Record]) -> tuple[tuple[Record, ...], Record | None]:
    """Return what is compared where nobody chose: Day One (both parts), else the first; and the newest of the others."""
    now = next((one for one in reversed(sessions) if not is_day_one(one)), None)
    first = next((one for one in reversed(sessions) if occasion(one) == PART_1), None)
    second = next((one for one in reversed(sessions) if occasion(one) == PART_2), None)
    then = tuple(one for one in (first, second) if one is not None)
    if not then and now is not None and sessions[0] is not now:
        then = (sessions[0],)
    return then, now


# In words


def session_name(session: Record, sessions: Sequence[Record], words: Words) -> str:
    """Return how a session is called: "Day One", "Last day"; the parts of Day One apart where there are both."""
    name = occasion(session)
    has_parts = any(occasion(one) == PART_2 for one in sessions)
    key = "day_one" if name == PART_1 and not has_parts else name
    return words.ui(f"values_room.occasion.{key}")


def named_with_day(session: Record, sessions: Sequence[Record], words: Words, today: date) -> str:
    """Return a session's name and its day: "Day One, 3 Nov"."""
    name, day = session_name(session, sessions, words), day_words(session, words, today)
    return words.ui("values_room.named", name=name, day=day) if day else name


def day_words(session: Record, words: Words, today: date) -> str:
    """Return a session's day in short, empty where nobody noted it."""
    on = day_of(session)
    return saying.day_words(on, today, words, with_weekday=False, is_short=not words.is_heard) if on else ""


def entered_words(session: Record, words: Words, today: date) -> str:
    """Return how a session was entered: at the time, or later from paper or from memory, and on which day."""
    entered = text(session, "entered") or AT_THE_TIME
    if entered not in {"from_paper", "from_memory"}:
        return words.ui("values_room.entered.at_the_time")
    on = saying.local_day(session, "created_at")
    if on is None:
        return words.ui(f"values_room.entered.{entered}")
    return words.ui(f"values_room.entered.{entered}_on", day=short_date(on, today, words))


def side_of(chosen: Sequence[Record], sessions: Sequence[Record], words: Words, today: date, *, is_now: bool) -> Side:
    """Return a side with its names: the newest look is "now", Day One is Day One, any other is named by its day."""
    one = chosen[0]
    day, named = day_words(one, words, today), named_with_day(one, sessions, words, today)
    if len(chosen) > 1:
        name = words.ui("values_room.occasion.day_one")
        named = words.ui("values_room.named", name=name, day=day) if day else name
        return Side(tuple(chosen), name, named, named)
    if is_now and one is next((it for it in reversed(sessions) if not is_day_one(it)), None):
        name = words.ui("values_room.now")
        short = words.ui("values_room.now_short", day=day) if day else name
        return Side((one,), name, short, named)
    return Side((one,), session_name(one, sessions, words) if is_day_one(one) else named, named, named)


def where(name: str, position: int | None, words: Words, *, in_words: bool) -> str:
    """Return "Day One: at 3.", with the words of the place where ``in_words``, or that it was passed."""
    if position is None:
        return words.ui("values_room.side_passed", side=name)
    if not in_words:
        return words.ui("values_room.side_at", side=name, n=position)
    return words.ui("values_room.side", side=name, n=position, words=words.ui(f"position.{position_name(position)}"))


# What was put right


def corrections_of(tables: Tables, session: Record, statement: str | None = None) -> list[Record]:
    """Return what was put right of a session, the oldest first: of one statement, or (None) of the session as a whole."""
    found = [
        one
        for one in glance.standing(tables, "corrections")
        if isinstance(what := one.get("what"), Mapping)
        and (text(what, "kind"), text(what, "id")) == ("values", text(session, "id"))
        and (text(one, "statement") or None) == statement
    ]
    return sorted(found, key=lambda one: (text(one, "at"), text(one, "created_at")))


def corrected_position(corrections: Iterable[Record]) -> int | None:
    """Return the last place that was given in putting right, None where there is none."""
    places = [at for one in corrections if type(at := one.get("position")) is int and 0 <= at <= 10]
    return places[-1] if places else None


def correction_details(corrections: Iterable[Record], words: Words, today: date) -> list[Detail]:
    """Return each word that was put right with its day."""
    found = []
    for one in corrections:
        on = saying.local_day(one, "at")
        label = words.ui("values_room.put_right_on", day=short_date(on, today, words)) if on else ""
        at = corrected_position([one])
        said = [saying.at(at, words)] if at is not None else []
        said.append(saying.plain_text(text(one, "text")))
        found.append(Detail(label or words.ui("values_room.put_right"), " ".join(piece for piece in said if piece)))
    return found


def reason_of(placement: Placement) -> str:
    """Return the reason that was given with a placement, on one line; or nothing."""
    return saying.plain_text(text(placement, "reason"))


def looking_back_of(placement: Placement) -> int | None:
    """Return where somebody thinks now that they stood then, None where they did not say."""
    at = placement.get("looking_back")
    return at if type(at) is int and 0 <= at <= 10 else None


def _name_of(one: Placement) -> tuple[str, int]:
    return text(one, "statement"), one["meaning"]
