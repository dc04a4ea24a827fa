"""Everything that can be done, once: its id, its key, and the words for it. Both faces, help and the finder read it here.

A letter is a key only where no text is typed. Nothing here needs a lone ctrl key.
"""

from __future__ import annotations

from typing import NamedTuple

EVERYWHERE, ROOM, FIELD = "everywhere", "room", "field"
"""Where a key works: on every screen, in every room, or while one writes in a long text, wherever that stands."""
CONVERSATION_SCOPES = frozenset({"ask", "plan", "page"})
"""Screens that are no rooms: a question, the plan on one page, a page of words."""


class ActionSpec(NamedTuple):
    """One thing that can be done.

    ``key`` is a key as Textual names it, empty where a line or a menu is the only way; ``words`` is a key of the
    wording; ``scope`` says where it works: ``EVERYWHERE``, ``ROOM``, or the name of what it is done with.
    """

    id: str
    key: str
    words: str
    scope: str


_APP = (
    ActionSpec("app.help", "f1", "rooms.action.help", EVERYWHERE),
    ActionSpec("app.agreements", "f2", "rooms.action.agreements", EVERYWHERE),
    ActionSpec("app.switch_language", "f3", "rooms.action.switch_language", EVERYWHERE),
    ActionSpec("app.toggle_hidden", "f9", "rooms.action.toggle_hidden", EVERYWHERE),
    ActionSpec("app.leave", "ctrl+q", "rooms.action.leave", EVERYWHERE),
    ActionSpec("screen.go_to", "g", "rooms.action.go_to", ROOM),
    ActionSpec("screen.find", "/", "rooms.action.find", ROOM),
    ActionSpec("screen.undo", "u", "rooms.action.undo", ROOM),
    ActionSpec("screen.back", "escape", "rooms.action.back", ROOM),
    ActionSpec("screen.close_app", "q", "rooms.action.close_app", ROOM),
)
_THING = (
    ActionSpec("thing.done", "d", "home.done", "thing"),
    ActionSpec("thing.later", "l", "home.later", "thing"),
    ActionSpec("thing.not_now", "n", "home.not_now", "thing"),
    ActionSpec("thing.change", "c", "home.change", "thing"),
    ActionSpec("thing.open", "enter", "home.open", "thing"),
)
_HOME = (
    ActionSpec("home.first", "enter", "keys.home.first", "home"),
    ActionSpec("home.begin_day_one", "1", "keys.home.begin_day_one", "home"),
    ActionSpec("home.values", "v", "home.values", "home"),
    ActionSpec("home.open_question", "o", "plain_home.open_question", "home"),
    ActionSpec("home.another_day", "x", "plain_home.question_another_day", "home"),
    ActionSpec("home.plan", "p", "home.my_plan", "home"),
    ActionSpec("home.add", "a", "plain_home.add", "home"),
    ActionSpec("home.start", "s", "plain_home.begin", "home"),
)
_ASK = (
    ActionSpec("ask.next", "enter", "keys.ask.next", "ask"),
    ActionSpec("ask.pass", "p", "keys.ask.pass", "ask"),
    ActionSpec("ask.back", "b", "keys.ask.back", "ask"),
    ActionSpec("ask.close", "escape", "keys.ask.close", "ask"),
    ActionSpec("ask.example", "e", "keys.ask.example", "ask"),
    ActionSpec("ask.why", "w", "keys.ask.why", "ask"),
    ActionSpec("ask.more", "m", "keys.ask.more", "ask"),
    ActionSpec("ask.copy", "c", "keys.ask.copy", "ask"),
    ActionSpec("ask.not_again", "n", "keys.ask.not_again", "ask"),
    ActionSpec("ask.editor", "f4", "keys.ask.editor", FIELD),
)
_PLAN = (
    ActionSpec("plan.done", "enter", "keys.plan.done", "plan"),
    ActionSpec("plan.change", "c", "keys.plan.change", "plan"),
    ActionSpec("plan.wall", "w", "keys.plan.wall", "plan"),
    ActionSpec("plan.mine", "m", "keys.plan.mine", "plan"),
    ActionSpec("plan.keep", "k", "keys.plan.keep", "plan"),
    ActionSpec("plan.back", "b", "keys.plan.back", "plan"),
    ActionSpec("plan.close", "escape", "keys.plan.close", "plan"),
)
_PAGES = (
    ActionSpec("page.support", "s", "help_page.support", "page"),
    ActionSpec("page.home", "h", "pause.home", "page"),
    ActionSpec("page.leave", "q", "pause.leave", "page"),
    ActionSpec("page.leave_without", "l", "pause.leave_without", "page"),
    ActionSpec("page.leave_it", "l", "problem.leave_it", "page"),
    ActionSpec("page.write_again", "w", "trouble.write_again", "page"),
    ActionSpec("page.use_backup", "b", "trouble.use_backup", "page"),
    ActionSpec("page.start_new", "n", "trouble.start_new", "page"),
    ActionSpec("page.keep_as_it_is", "k", "trouble.keep_as_it_is", "page"),
    ActionSpec("page.yes", "y", "trouble.yes", "page"),
)
_GOALS = (
    ActionSpec("goals.note", "a", "goal_rooms.action.note", "goals"),
    ActionSpec("goals.begin", "b", "goal_rooms.action.begin", "goals"),
    ActionSpec("letter.write", "w", "goal_rooms.action.write", "goals"),
    ActionSpec("letter.read", "enter", "goal_rooms.action.read", "letter"),
    ActionSpec("letter.remove", "", "goal_rooms.action.remove_letter", "letter"),
    ActionSpec("goal.add_step", "a", "goal_rooms.action.add_step", "goals.one"),
    ActionSpec("goal.note_level", "w", "goal_rooms.action.note_level", "goals.one"),
    ActionSpec("goal.levels", "e", "goal_rooms.action.levels", "goal"),
    ActionSpec("goal.state", "s", "goal_rooms.action.state", "goals.one"),
    ActionSpec("goal.rulers", "r", "goal_rooms.action.rulers", "goal"),
    ActionSpec("goal.remove", "", "goal_rooms.action.remove_goal", "goal"),
    ActionSpec("if_then.say", "y", "goal_rooms.action.say", "if_then"),
    ActionSpec("if_then.add", "i", "goal_rooms.action.add_if_then", "if_then"),
    ActionSpec("if_then.remove", "", "goal_rooms.action.remove_if_then", "if_then"),
    ActionSpec("note.remove", "", "goal_rooms.action.remove_note", "note"),
    ActionSpec("step.let_go", "x", "goal_rooms.action.let_go", "step"),
    ActionSpec("step.take_up", "t", "goal_rooms.action.take_up", "step"),
    ActionSpec("step.went", "", "goal_rooms.action.went", "step"),
    ActionSpec("step.up", "k", "goal_rooms.action.up", "step"),
    ActionSpec("step.down", "j", "goal_rooms.action.down", "step"),
    ActionSpec("step.to_goal", "m", "goal_rooms.action.to_goal", "step"),
    ActionSpec("step.remove", "", "goal_rooms.action.remove_step", "step"),
)
_VALUES = (
    ActionSpec("values.look", "v", "values_room.action.look_again", "values"),
    ActionSpec("values.reasons", "r", "values_room.action.reasons", "values"),
    ActionSpec("values.sessions", "s", "values_room.action.sessions", "values"),
    ActionSpec("values.day_one", "d", "values_room.action.day_one", "values"),
    ActionSpec("values.day_one_today", "t", "values_room.action.day_one_today", "values"),
    ActionSpec("values.change", "c", "home.change", "values"),
    ActionSpec("values.look_back", "b", "values_room.action.look_back", "values"),
    ActionSpec("values.put_right", "p", "values_room.action.put_right", "values"),
    ActionSpec("values.compare", "w", "values_room.action.compare", "values"),
    ActionSpec("values.usual_pair", "o", "values_room.action.usual_pair", "values"),
    ActionSpec("values.over_time", "e", "over_time.action.open", "values"),
    ActionSpec("values.follow_goal", "y", "over_time.action.follow_goal", "values"),
    ActionSpec("values.link", "k", "over_time.action.link", "values"),
    ActionSpec("values.no_follow", "m", "over_time.action.no_follow", "values"),
    ActionSpec("values.unlink", "", "over_time.action.unlink", "values"),
    ActionSpec("values.put_aside", "x", "values_room.action.put_aside", "values"),
)
_LEARNING = (
    ActionSpec("learning.log", "h", "learning_room.action.log", "learning"),
    ActionSpec("learning.add", "a", "learning_room.action.add", "learning"),
    ActionSpec("learning.area", "f", "learning_room.action.area", "learning"),
    ActionSpec("learning.place", "p", "learning_room.action.place", "learning"),
    ActionSpec("learning.practice", "y", "learning_room.action.practice", "learning"),
    ActionSpec("learning.reflections", "e", "learning_room.action.reflections", "learning"),
    ActionSpec("learning.reflect", "r", "learning_room.action.reflect", "activity"),
    ActionSpec("learning.plan", "l", "learning_room.action.plan", "activity"),
    ActionSpec("learning.begin", "b", "learning_room.action.begin", "activity"),
    ActionSpec("learning.let_go", "x", "learning_room.action.let_go", "activity"),
    ActionSpec("learning.take_up", "t", "learning_room.action.take_up", "activity"),
    ActionSpec("learning.remove", "", "learning_room.action.remove", "activity"),
    ActionSpec("proof.copy", "", "renewal_room.action.copy", "activity"),
    ActionSpec("proof.remove", "", "renewal_room.action.remove_copy", "activity"),
    ActionSpec("learning.renewal", "v", "renewal_room.action.renewal", "learning"),
    ActionSpec("learning.supervision", "s", "renewal_room.action.supervision", "learning"),
    ActionSpec("learning.sheet", "k", "renewal_room.action.sheet", "learning"),
    ActionSpec("renewal.choose", "", "renewal_room.action.choose", "learning"),
    ActionSpec("renewal.checked", "", "renewal_room.action.checked", "learning"),
    ActionSpec("renewal.remove_category", "", "renewal_room.action.remove_category", "learning"),
    ActionSpec("renewal.remove", "", "renewal_room.action.remove_rule", "learning"),
    ActionSpec("supervision.remove", "", "renewal_room.action.remove_supervision", "learning"),
    ActionSpec("area.look", "w", "learning_room.action.look", "learning.area"),
    ActionSpec("area.remove", "", "learning_room.action.remove_area", "learning.area"),
    ActionSpec("place.check", "t", "learning_room.action.check", "place"),
    ActionSpec("place.remove", "", "learning_room.action.remove_place", "place"),
)
_PRACTICE = (
    ActionSpec("practice.begin", "b", "practice_room.action.begin", "learning.practice"),
    ActionSpec("practice.say", "s", "practice_room.action.say", "practised"),
    ActionSpec("practice.remove", "", "practice_room.action.remove", "practised"),
    ActionSpec("reflect.begin", "b", "reflect_room.action.begin", "learning.reflections"),
    ActionSpec("reflect.remove", "", "reflect_room.action.remove", "learning.reflections"),
)
_REMINDERS = (
    ActionSpec("thing.remind", "z", "reminders_room.action.remind", "thing"),
    ActionSpec("reminders.add", "a", "reminders_room.action.add", "reminders"),
    ActionSpec("reminders.pause", "p", "reminders_room.action.pause", "reminders"),
    ActionSpec("reminders.back", "b", "reminders_room.action.back", "reminders"),
    ActionSpec("reminders.values", "v", "reminders_room.action.values", "reminders"),
    ActionSpec("reminder.keep", "k", "reminders_room.action.keep", "reminder"),
    ActionSpec("reminder.stop", "t", "reminders_room.action.stop", "reminder"),
    ActionSpec("reminder.went", "w", "home.went", "reminder"),
    ActionSpec("reminder.see", "e", "reminders_room.action.see", "reminder"),
    ActionSpec("reminder.again", "y", "reminders_room.action.again", "reminder.rest"),
    ActionSpec("reminder.remove", "", "reminders_room.action.remove", "reminder"),
)
_CHECK_IN = (
    ActionSpec("check_in.begin", "b", "check_in_room.action.begin", "check_in"),
    ActionSpec("check_in.day", "m", "check_in_room.action.day", "check_in"),
    ActionSpec("asks.add", "a", "check_in_room.action.add_ask", "check_in"),
    ActionSpec("asks.answered", "t", "check_in_room.action.answered", "ask_of"),
    ActionSpec("asks.remove", "", "check_in_room.action.remove_ask", "ask_of"),
    ActionSpec("check_in.copy", "y", "check_in_room.action.copy", "check_in.one"),
    ActionSpec("check_in.put_right", "p", "check_in_room.action.put_right", "check_in.one"),
    ActionSpec("check_in.remove", "", "check_in_room.action.remove", "check_in.one"),
)
_SETTINGS = (ActionSpec("settings.change", "c", "home.change", "setting"),)
_YEAR = (ActionSpec("year.choose", "c", "year.choose", "year"),)
_SHEETS = (
    ActionSpec("sheets.look", "enter", "sheets.room.look", "sheet"),
    ActionSpec("sheets.keep", "k", "sheets.room.keep", "sheet"),
)

ACTIONS: dict[str, ActionSpec] = {
    spec.id: spec
    for spec in (
        *_APP,
        *_THING,
        *_HOME,
        *_ASK,
        *_PLAN,
        *_PAGES,
        *_GOALS,
        *_VALUES,
        *_LEARNING,
        *_PRACTICE,
        *_REMINDERS,
        *_CHECK_IN,
        *_SETTINGS,
        *_SHEETS,
        *_YEAR,
    )
}
"""Every action by its id."""


def cap(key: str) -> str:
    """Return a key as it is written on a cap: short, and the same in every language."""
    named = {"escape": "esc", "space": "␣", "left_square_bracket": "[", "right_square_bracket": "]", "slash": "/"}
    short = named.get(key, key)
    return short.upper() if short[:1] == "f" and short[1:].isdigit() else short
