"""A sitting: the last day's parts one after another, or one conversation alone. Both faces drive it.

What changes memory (``answer``, ``pass_``, ``back``, ``type``) is quick; what touches the disk (``keep``,
``finish_part``, ``finish_plan``) says so, so that a face can give it to its writer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rchrp_goals.errors import ProblemError
from rchrp_goals.guide.conversation import Conversation, Stop
from rchrp_goals.guide.draft import Draft
from rchrp_goals.guide.structure import Module, load, parts_of_last_day
from rchrp_goals.plan.values import Compared, compare
from rchrp_goals.services.applying import apply
from rchrp_goals.services.asked import Asked
from rchrp_goals.services.changes import Tables
from rchrp_goals.services.check_in import MODULE as CHECK_IN
from rchrp_goals.services.check_in_parts import check_in_id
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.facts import facts_of
from rchrp_goals.services.own_things import own_things
from rchrp_goals.services.parts import OCCASIONS, new_ids
from rchrp_goals.services.place import Place
from rchrp_goals.services.sessions import close_sessions, day_one_session, is_closed, placements_of
from rchrp_goals.services.sitting_drafts import copied, draft_name, read_draft, read_place
from rchrp_goals.services.standing import answers_of, standing_tables
from rchrp_goals.services.waiting import CHECK_IN as WITH_PAGE
from rchrp_goals.services.waiting import LAST_DAY, PLAN, module_name

_AGAIN = frozenset({"goals", "values", "learning"})
"""Conversations that begin anew where there is something of theirs already."""


class Sitting(Asked):
    """One run through a conversation, resumed where it was put down."""

    def __init__(self, desk: Desk, name: str) -> None:
        """Open or resume ``name`` (see ``waiting.CONVERSATIONS``). Raises FileProblem where the plan cannot be read.

        ``reflect:ID`` begins a reflection about that activity or goal.
        """
        self.desk = desk
        self.name, _, about = name.partition(":")
        self.resumed = False
        self.part = ""
        self._ids: dict[str, dict[str, str]] = {}
        if self.name == LAST_DAY:
            place = read_place(desk)
            self.resumed = place is not None
            self._ids = place["ids"] if place else {}
            self._open(place["part"] if place else self.parts[0])
        else:
            self._open(module_name(self.name))
            self._begin_about(about)

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
    def further(self) -> str:
        """What a part that was finished before begins anew: ``goals``, ``values``, ``learning``, else empty."""
        if self.resumed or self.part not in _AGAIN or self.name == LAST_DAY:
            return ""
        records = self.desk.store.read().records(self.part)
        return self.part if any(one.get("occasion") != OCCASIONS["day_one"] for one in records) else ""

    @property
    def about(self) -> str:
        """What a reflection is about, in the person's words; empty elsewhere, and for nothing named."""
        thing = self.conversation.value("about", "thing") if self.part == "reflect" else None
        return str(thing["text"]) if isinstance(thing, Mapping) else ""

    # What changes it

    def switch_language(self) -> None:
        """Ask on in the other language; answers stay as they were given."""
        self.desk.switch_language()
        if self.part not in (PLAN, ""):
            self._refresh()

    def back(self) -> bool:
        """Go to the question before, also across parts; False at the first one. Reads the plan at a part's edge."""
        if self.part == "":
            return False
        if self.part != PLAN and self.conversation.back():
            return True
        before = self.parts.index(self.part) - 1
        if before < 0:
            return False
        if self.part != PLAN:
            self.keep()
        self._open(self.parts[before], is_back=True)
        self.keep()
        return True

    def keeper(self) -> Callable[[], None]:
        """Return what writes the draft (and the sitting's place) as it stands now; a writer may call it later."""
        writes: list[tuple[str, dict[str, Any]]] = []
        if self.part not in (PLAN, ""):
            document = self.draft.to_json()
            writes.append((draft_name(self.part), copied(document)))
        if self.name == LAST_DAY and self.part:
            writes.append((LAST_DAY, copied({"part": self.part, "ids": self._ids})))
        drafts = self.desk.drafts

        def write() -> None:
            for name, document in writes:
                drafts.write(name, document)

        return write

    def finish_part(self) -> None:
        """Apply the part as one save and one history entry, take its draft away, and open the next part.

        The draft is written first: whatever ends the program from here on, the same part can be applied again. Raises
        ProblemError where the plan cannot be saved; the draft stands then, and this can be called again.
        """
        part = self.part
        is_changed = bool(self.draft.given) or part not in self._ids
        if self._is_another_look():
            self.draft.ids, self.draft.given = new_ids(self.conversation.module), list(self.draft.answers)
        self.keep()
        if is_changed:
            apply(self.desk, self.conversation)
        self._keep_breath()
        if self.name == LAST_DAY:
            self._ids[part] = dict(self.draft.ids)
            following = _following(self.desk, part, self._ids)
            self.desk.drafts.write(LAST_DAY, {"part": following, "ids": self._ids})
            self.desk.drafts.delete(draft_name(part))
            self._open(following)
        else:
            self._tell_sitting(part)
            self.desk.drafts.delete(draft_name(part))
            self.part = ""

    def finish_plan(self) -> None:
        """Close the sitting from its plan page: the values session closes, and no draft of it is left."""
        close_sessions(self.desk)
        for part in parts_of_last_day():
            if self._is_applied(part, read_draft(self.desk, load(part))):
                self.desk.drafts.delete(draft_name(part))
        self.desk.drafts.delete(LAST_DAY)
        self.part = ""

    # What is shown

    def then_and_now(self) -> list[Compared]:
        """Return Day One and today side by side; empty where there is no Day One.

        Only what was answered or passed now: who skips all of it sees none of the old either.
        """
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
            session = day_one_session(standing_tables(self.desk.store.read()).get("values", {}))
            then = placements_of(session) if session else []
        return [row for row in compare(then, now) if row.now_given] if then else []

    def _open(self, part: str, *, is_back: bool = False) -> None:
        """Open a part at the question that waits; one that is gone back to at its last question."""
        if part == PLAN:
            self.part = part
            return
        module = load(part)
        tables = standing_tables(self.desk.store.read())
        known = self._ids.get(part)
        draft = read_draft(self.desk, module)
        if (is_back or self.name != LAST_DAY) and self._is_applied(part, draft):
            draft = None  # left over by a kill between save and delete: it stands in the plan
        self.resumed = self.resumed or draft is not None
        if draft is None:
            draft = Draft(part, ids=_found(module, {**new_ids(module), **(known or {})}, tables))
            draft.answers = answers_of(module, draft.ids, tables)
        elif known:
            # a line may have been changed on the plan page since it was put down
            standing = answers_of(module, draft.ids, tables)
            draft.answers = {**standing, **{key: draft.answers[key] for key in draft.given if key in draft.answers}}
        self.part, self.draft = part, draft
        self._refresh()
        if is_back or self.conversation.is_over:
            self.conversation.go_to(self.conversation.road[-1].key)

    def _begin_about(self, id: str) -> None:
        """Say what a reflection is about, unless one that was paused says it; the first question comes next."""
        thing = next((one for one in own_things(self.desk.store.read().tables) if id and one.id == id), None)
        if thing is not None and "about" not in self.draft.answers:
            self.draft.say("about", {"values": {"thing": {"bank": thing.name, "text": thing.title}}})
            if self.draft.at == "about":
                self.draft.at, self.draft.typing = "", {}
            self._refresh()

    def _refresh(self) -> None:
        tables = standing_tables(self.desk.store.read())
        module = load(self.part)
        self.conversation = Conversation(module, self.draft, facts_of(self.desk, module, tables, self.draft.ids))

    def _is_another_look(self) -> bool:
        """Tell whether somebody stands elsewhere now than in the session that this part had made, and that is closed."""
        tables = standing_tables(self.desk.store.read())
        session = tables.get("values", {}).get(self.draft.ids.get("session", ""))
        if session is None or not is_closed(session, self.desk.clock.today()):
            return False
        standing = answers_of(self.conversation.module, self.draft.ids, tables)
        said = [key for key in self.draft.given if key == "note" or key.startswith("statement:")]
        return any(self.draft.answers.get(key) != standing.get(key) for key in said)

    def _is_applied(self, part: str, draft: Draft | None) -> bool:
        """Tell whether a draft is what a kill left over of a part that the sitting has behind it, or of a check-in."""
        if draft is not None and part == CHECK_IN:
            return check_in_id(draft.ids) in self.desk.store.read().tables.get("check_ins", {})
        is_sitting = self.name == LAST_DAY
        place: dict[str, Any] | None = {"part": self.part, "ids": self._ids} if is_sitting else read_place(self.desk)
        if draft is None or place is None:
            return False
        parts = (*parts_of_last_day(), PLAN)
        is_behind = part in parts and parts.index(part) < parts.index(place["part"])
        return is_behind and place["ids"].get(part, {}).get("base") == draft.ids["base"]

    def _tell_sitting(self, part: str) -> None:
        """A part that was finished alone during a sitting is finished in the sitting too."""
        place = read_place(self.desk)
        parts = (*parts_of_last_day(), PLAN)
        if place is None or part not in parts or parts.index(part) < parts.index(place["part"]):
            return
        place["ids"].setdefault(part, dict(self.draft.ids))
        if place["part"] == part:
            place["part"] = _following(self.desk, part, place["ids"])
        self.desk.drafts.write(LAST_DAY, place)

    def _keep_breath(self) -> None:
        if self.conversation.value("breath", "choice") == "not_again" and self.desk.settings.breath:
            from rchrp_goals.store.settings import write_settings

            try:
                self.desk.settings = write_settings(self.desk.places, breath=False)
            except ProblemError:
                # it holds for this run: a settings file that cannot be changed must not keep the part from being done
                self.desk.settings = self.desk.settings._replace(breath=False)


def made_page(sitting: Sitting) -> Place | None:
    """Return the page of what a conversation made, where one looks at it next; None where there is no such page."""
    return Place("check_in.one", check_in_id(sitting.draft.ids)) if sitting.name == WITH_PAGE else None


def _following(desk: Desk, part: str, ids: Mapping[str, Any]) -> str:
    """Return the part after this one; one that was finished by itself meanwhile is not asked again."""
    parts = parts_of_last_day()
    after = parts[parts.index(part) + 1 :]
    return next((name for name in after if name not in ids or desk.drafts.read(draft_name(name)) is not None), PLAN)


def _found(module: Module, ids: dict[str, str], tables: Tables) -> dict[str, str]:
    """Return ids with those of records that the plan page has added meanwhile to what the part had made."""
    found = dict(ids)
    for name, slot in module.slots.items():
        records = tables.get(slot.table, {})
        for link, target in slot.links.items():
            stands = found[target] in tables.get(module.slots[target].table, {})
            own = next((id for id, one in records.items() if one.get(link) == found[target]), None)
            if stands and found[name] not in records and own is not None:
                found[name] = own
            elif not stands and records.get(found[name], {}).get(link):
                found[target] = records[found[name]][link]
    return found
