"""The order of the conversations is checked on load; what is wrong is named with file, key and line."""

from __future__ import annotations

import tomllib

import pytest

from rchrp_goals.errors import FileProblem
from rchrp_goals.guide.structure import Module, load, parts_of_last_day, read_module

GOOD = """
[slot.goal]
table = "goals"

[[question]]
id = "what"
kind = "text"
[[question.field]]
id = "title"
kind = "line"
bind = "goal.title"

[[question]]
id = "why"
kind = "long_text"
when = ["answered:what"]
[[question.field]]
id = "why"
kind = "long"
bind = "goal.why"
"""


def read(text: str) -> Module:
    return read_module("trial", tomllib.loads(text), text)


def test_a_good_file_is_read() -> None:
    module = read(GOOD)
    assert [question.id for question in module.questions] == ["what", "why"]
    assert module.question("why").when[0].questions == ("what",)


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ('kind = "text"', 'kind = "txt"', "kind", 7),
        ('id = "why"\nkind = "long_text"', 'id = "what"\nkind = "long_text"', "id", 14),
        ('when = ["answered:what"]', 'when = ["answered:wat"]', "when", 16),
        ('when = ["answered:what"]', 'when = ["rule:moonlight"]', "when", 16),
        ('when = ["answered:what"]', 'wen = ["answered:what"]', "wen", 16),
        ('bind = "goal.why"', 'bind = "gaol.why"', "why.bind", 20),
        ('kind = "line"', 'kind = "lien"', "title.kind", 10),
    ],
)
def test_a_wrong_key_kind_or_reference_names_file_key_and_line(old: str, new: str, key: str, line: int) -> None:
    with pytest.raises(FileProblem) as caught:
        read(GOOD.replace(old, new, 1))
    assert caught.value.values["file"] == "structure/trial.toml"
    assert caught.value.values["key"] == key
    found = int(caught.value.values["line"])
    text = GOOD.replace(old, new, 1).splitlines()
    assert key.rsplit(".", maxsplit=1)[-1] in text[found - 1]


@pytest.mark.parametrize("name", ["start", "values", "day_one", "learning", "goals", "ahead"])
def test_every_shipped_module_loads(name: str) -> None:
    assert load(name).core


def test_the_last_day_joins_parts_that_exist() -> None:
    assert [load(part).name for part in parts_of_last_day()] == list(parts_of_last_day())
