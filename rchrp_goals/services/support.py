"""The support page: never empty, and the person's own words for whom to call."""

from __future__ import annotations

from rchrp_goals import content
from rchrp_goals.services.desk import Desk
from rchrp_goals.services.progress import filled


def support_lines(desk: Desk) -> list[str]:
    """Return the page's lines; a plan that cannot be read leaves out only the person's own line."""
    from rchrp_goals.errors import ProblemError

    page = content.table(desk.words.language, "support")
    lines = [str(line) for line in page["lines"]]
    try:
        people = desk.store.read().records("person")
    except ProblemError:
        people = []
    person = people[0] if people else {}
    if person.get("someone_to_call"):
        lines.insert(0, filled(str(page["someone"]), {"someone": person["someone_to_call"]}))
    return lines


def agreements_of(desk: Desk) -> list[str]:
    """Return the agreements that the person carries, else those of the room, else the eight that are offered."""
    carried = [str(one.get("text", "")) for one in desk.store.read().records("agreements")]
    if carried:
        return carried
    return [*desk.words.room_lines("agreements"), *(entry.text for entry in desk.words.bank("agreements"))]
