"""A sitting: the last day's parts one after another, or one conversation alone. Both faces drive it.

What changes memory (``answer``, ``pass_``, ``back``, ``type``) is quick; what touches the disk (``keep``,
``finish_part``, ``finish_plan``) says so, so that a face can give it to its writer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rchrp_goals.content import Words
from rchrp_goals.errors import FileProblem
from rchrp_goals.guide.conversation import Conversation, Facts, Statement, Stop
from rchrp_goals.guide.draft import Draft, Values
from rchrp_goals.guide.structure import Module, load, parts_of_last_day
from rchrp_goals.plan.text import room_id
from rchrp_goals.plan.values import CORE_STATEMENTS, Compared, compare
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.parts import Put, Tables, changes_of, local_day, new_ids, stamp
from rchrp_goals.services.standing import answers_of
from rchrp_goals.services.waiting import LAST_DAY, PLAN, module_name

_MADE_BY = {"goals": "goals", "values": "values", "learning": "learning"}


class Sitting:
    """One run through a conversation, resumed where it was put down."""

    def __init__(self, desk: Desk, name: str) -> None:
        """Open or resume ``name`` (see ``waiting.CONVERSATIONS``). Raises FileProblem where the plan cannot be read."""
        self.desk = desk
        self.name = name
        self.resumed = False
        self.part = ""
        self._place: dict[str, Any] = {}
        if name == LAST_DAY:
            place = _read_place(desk)
            self.resumed = place is not None
            self._place = place or {
                "part": self.parts[0],
                "ids": {},
                "started_at": stamp(desk.clock.now()),
            }
            self._open(str(self._place["part"]))
        else:
            self._open(module_name(name))

    # Where it stands

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in order, the plan page among them; one part alone for a single conversation."""
        return (*parts_of_last_day(), PLAN) if self.name == LAST_DAY else (self.part,)

    @property
    def is_at_plan(self) -> bool:
        """Tell whether the questions are done and the plan on one page is what is left."""
        return self.part == PLAN

    @property
    def current(self) -> Stop | None:
        """The stop that waits, or None where the part (or everything) is done."""
        return None if self.part in (PLAN, "") else self.conversation.current

    @property
    def is_part_over(self) -> bool:
        """Tell whether the part's last question was answered: ``finish_part`` comes next."""
        return self.part not in (PLAN, "") and self.conversation.is_over

    @property
    def is_first_stop(self) -> bool:
        """Tell whether there is nothing to go back to."""
        return self.part == self.parts[0] and self.part != PLAN and self.conversation.place[0] == 0

    @property
    def started_on(self) -> date:
        """The local day on which this sitting began."""
        return local_day(str(self._place.get("started_at") or self.draft.started_at))

    @property
    def further(self) -> str:
        """What a part that was finished before begins anew: ``goals``, ``values``, ``learning``, else empty."""
        if self.resumed or self.name == LAST_DAY or self.part not in _MADE_BY:
            return ""
        return self.part if self.desk.store.read().records(_MADE_BY[self.part]) else ""

    # What changes memory only

    def answer(self, values: Mapping[str, Any]) -> bool:
        """Keep an answer in the draft and go on; True where codes were left out. Raises AnswerRefused."""
        return self.conversation.answer(values)

    def pass_(self) -> None:
        """Pass the question that waits."""
        self.conversation.pass_()

    def forward(self) -> None:
        """Go on from what stands without changing it."""
        self.conversation.forward()

    def type(self, values: Mapping[str, Any]) -> None:
        """Remember what is being typed."""
        self.conversation.type(values)

    def switch_language(self) -> None:
        """Ask on in the other language; answers stay as they were given."""
        self.desk.switch_language()
        if self.part != PLAN:
            self._refresh()

    # What touches the disk

    def back(self) -> bool:
        """Go to the question before, also across parts; False at the first one. Reads the plan at a part's edge."""
        if self.part != PLAN and self.conversation.back():
            return True
        before = self.parts.index(self.part) - 1
        if before < 0:
            return False
        if self.part != PLAN:
            self.keep()
        self._reopen(self.parts[before])
        self.keep()
        return True

    def keep(self) -> None:
        """Write the draft (and the sitting's place) to disk."""
        self.keeper()()

    def keeper(self) -> Callable[[], None]:
        """Return what writes the draft as it stands now; a writer may call it later."""
        writes: list[tuple[str, dict[str, Any]]] = []
        if self.part not in (PLAN, ""):
            document = self.draft.to_json()
            writes.append((_draft_name(self.part), _copied(document)))
        if self.name == LAST_DAY and self.part:
            writes.append((LAST_DAY, _copied({**self._place, "part": self.part})))
        drafts = self.desk.drafts

        def write() -> None:
            for name, document in writes:
                drafts.write(name, document)

        return write

    def finish_part(self) -> None:
        """Apply the part as one save and one history entry, take its draft away, and open the next part.

        Raises ProblemError where the plan cannot be saved; the draft stands then, and this can be called again.
        """
        part = self.part
        apply(self.desk, self.conversation)
        ids = self._place.setdefault("ids", {}) if self.name == LAST_DAY else {}
        ids[part] = dict(self.draft.ids)
        self._keep_settings()
        if self.name == LAST_DAY:
            following = self.parts[self.parts.index(part) + 1]
            self._place["part"] = following
            self.desk.drafts.write(LAST_DAY, self._place)
            self.desk.drafts.delete(_draft_name(part))
            self._open(following)
        else:
            self._tell_sitting(part)
            self.desk.drafts.delete(_draft_name(part))
            self.part = ""

    def finish_plan(self) -> None:
        """Close the sitting from its plan page: the values session closes, and no draft is left."""
        close_sessions(self.desk)
        self.desk.drafts.delete(LAST_DAY)
        self.part = ""

    # What is shown

    def then_and_now(self) -> list[Compared]:
        """Return Day One and today side by side; empty where there is no Day One."""
        tables = self.desk.store.read().tables
        now = [
            {
                "statement": stop.statement.id,
                "meaning": answer.get("meaning", stop.statement.meaning),
                "text": answer.get("shown", stop.statement.text),
                "position": answer.get("values", {}).get("position"),
            }
            for stop in self.conversation.road
            if stop.statement is not None and (answer := self.draft.answers.get(stop.key)) is not None
        ]
        line = self.conversation.value("day_one", "positions")
        if isinstance(line, list):
            then: list[dict[str, Any]] = [
                {**one, "position": position} for one, position in zip(now, line, strict=False)
            ]
        else:
            session = day_one_session(tables)
            then = list(session["placements"]) if session else []
        return compare(then, now) if then else []

    def facts(self) -> Facts:
        """Return what the conversation may know of plan, room and settings."""
        return facts_of(self.desk, self.desk.store.read().tables, self.draft.ids)

    def _open(self, part: str) -> None:
        self.part = part
        if part == PLAN:
            return
        module = load(part)
        draft = _read_draft(self.desk, module)
        self.resumed = self.resumed or draft is not None
        if draft is None:
            started = self._place.get("started_at") or stamp(self.desk.clock.now())
            ids = self._place.get("ids", {}).get(part)
            draft = Draft(part, str(started), ids=dict(ids) if ids else new_ids(module))
            if ids:
                draft.answers = answers_of(module, draft.ids, self.desk.store.read().tables)
        self.draft = draft
        self._refresh()

    def _reopen(self, part: str) -> None:
        self._place["part"] = part
        self._open(part)
        road = self.conversation.road
        if road:
            self.conversation.go_to(road[-1].key)

    def _refresh(self) -> None:
        self.conversation = Conversation(load(self.part), self.draft, self.facts())

    def _tell_sitting(self, part: str) -> None:
        """A part that was finished alone during a sitting is finished in the sitting too."""
        place = _read_place(self.desk)
        if place is None or place.get("part") != part:
            return
        parts = (*parts_of_last_day(), PLAN)
        place.setdefault("ids", {})[part] = dict(self.draft.ids)
        place["part"] = parts[parts.index(part) + 1]
        self.desk.drafts.write(LAST_DAY, place)

    def _keep_settings(self) -> None:
        if self.conversation.value("breath", "choice") == "not_again" and self.desk.settings.breath:
            from rchrp_goals.store.settings import write_settings

            self.desk.settings = write_settings(self.desk.places, breath=False)


def apply(desk: Desk, conversation: Conversation, occasion: str = "") -> None:
    """Write a conversation's answers into the plan: one save, one history entry. Raises ProblemError."""
    from rchrp_goals.plan.records import TABLES, checked
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What(f"part_{conversation.module.name}"), desk.clock.now()) as change:
        tables: Tables = {name: {one["id"]: one for one in change.all(name)} for name in TABLES}
        if not occasion and conversation.module.name == "values":
            occasion = "last_day" if desk.drafts.read(LAST_DAY) is not None else "revisit"
        for one in changes_of(conversation, tables, desk.clock, occasion):
            if isinstance(one, Put):
                change.put(one.table, checked(one.table, one.record))
            else:
                change.remove(one.table, one.id)


def close_sessions(desk: Desk) -> None:
    """Close every values session that is open: from now on a correction keeps both."""
    from rchrp_goals.store.plan_store import What

    with desk.store.change(What("values_closed"), desk.clock.now()) as change:
        for session in change.all("values"):
            if session.get("state") == "open" and not session.get("removed_at"):
                change.put("values", {**session, "state": "closed"})


def close_sessions_of_other_days(desk: Desk) -> bool:
    """Close the values sessions whose local day is over; True where there was one."""
    today = desk.clock.today()
    tables = desk.store.read().tables
    is_stale = any(
        one.get("state") == "open" and not one.get("removed_at") and _local_day(one) < today
        for one in tables.get("values", {}).values()
    )
    if is_stale and desk.drafts.read(LAST_DAY) is None:
        close_sessions(desk)
        return True
    return False


def day_one_session(tables: Tables, except_id: str = "") -> dict[str, Any] | None:
    """Return the newest session of Day One, or None."""
    found = [
        one
        for one in tables.get("values", {}).values()
        if one.get("occasion") == "day_one_part_1" and not one.get("removed_at") and one.get("id") != except_id
    ]
    return max(found, key=lambda one: str(one.get("taken_at", "")), default=None)


def facts_of(desk: Desk, tables: Tables, ids: Mapping[str, str]) -> Facts:
    """Return the facts of a conversation from the plan, the room's files and the settings."""
    words: Words = desk.words
    asked = [one for one in tables.get("asked", {}).values() if not one.get("removed_at")]
    return Facts(
        statements=[
            Statement(entry.id, int(entry.more.get("meaning", 1)), entry.text) for entry in words.bank("statements")
        ],
        room_statements=[Statement(room_id(text), 1, text) for text in words.room_lines("statements")],
        has_day_one_session=day_one_session(tables, ids.get("day_one", "")) is not None,
        is_day_one_put_off=any(one["question"] == "values.day_one" and one["outcome"] == "later" for one in asked),
        is_breath_wanted=desk.settings.breath,
        has_focus=any(not one.get("removed_at") for one in tables.get("focus", {}).values()),
        has_goal=any(not one.get("removed_at") for one in tables.get("goals", {}).values()),
    )


def core_statements(words: Words) -> list[str]:
    """Return the texts of the six statements in this language."""
    return [entry.text for entry in words.bank("statements")[:CORE_STATEMENTS]]


def _local_day(session: Mapping[str, Any]) -> date:
    try:
        return local_day(str(session.get("taken_at") or session.get("created_at") or ""))
    except ValueError:
        return date.max


def _draft_name(part: str) -> str:
    return part.replace("_", "-")


def _read_draft(desk: Desk, module: Module) -> Draft | None:
    """Return a module's draft; what does not read as one is set aside, like a file that cannot be understood."""
    name = _draft_name(module.name)
    document = desk.drafts.read(name)
    if document is None:
        return None
    try:
        draft = Draft.from_json(document)
    except FileProblem:
        draft = None
    if draft is None or draft.module != module.name:
        desk.drafts.set_aside(name)
        return None
    draft.ids = {**new_ids(module), **draft.ids}
    return draft


def _read_place(desk: Desk) -> dict[str, Any] | None:
    """Return where the last day stands; what names no part of it is set aside."""
    place = desk.drafts.read(LAST_DAY)
    if place is None:
        return None
    if place.get("part") not in (*parts_of_last_day(), PLAN) or not isinstance(place.get("ids", {}), dict):
        desk.drafts.set_aside(LAST_DAY)
        return None
    return dict(place)


def _copied(document: dict[str, Any]) -> Values:
    import json

    copy: Values = json.loads(json.dumps(document))
    return copy
