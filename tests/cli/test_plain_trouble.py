"""A plan's file that is not as it should be, line by line: the ways back of the app, each only on a yes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from rchrp_goals.content import LANGUAGES
from rchrp_goals.errors import FileProblem
from rchrp_goals.plain import run
from rchrp_goals.services.context import Context
from rchrp_goals.services.desk import Desk
from rchrp_goals.store.places import Places
from tests.cli.speaking import speak
from tests.services.desk import StillClock, desk_in, put

Talk = Callable[..., str]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A plan with a step, and one more since its backup."""
    found = desk_in(tmp_path)
    put(found, "steps", text="Call Rosa", state="planned")
    put(found, "steps", text="Write to Marcus", state="planned")
    return found


def steps(desk: Desk) -> list[str]:
    fresh = desk_in(Path(desk.places.data))
    return [str(one["text"]) for one in fresh.store.read().records("steps")]


def refused(desk: Desk, *lines: str) -> str:
    """Type lines where the plan stays as it is, and return what was said before that."""
    context = Context(Places(desk.places.data), {}, StillClock(), language="en", plain=True)
    context.stdin, context.stdout = io.StringIO("".join(f"{line}\n" for line in lines)), io.StringIO()
    with pytest.raises(FileProblem):
        run(context)
    return context.stdout.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_plan_comes_back_from_its_backup_on_a_yes(desk: Desk, tmp_path: Path, language: str) -> None:
    cut = Path(desk.places.plan).read_bytes()[:-30]
    Path(desk.places.plan).write_bytes(cut)
    words = desk.words.to(language)
    said = speak(tmp_path, "1", "", "1", "1", "", language=language)
    assert said.count(words.ui("trouble.title")) == 2 and words.ui("trouble.untouched") in said
    assert f"1 {words.ui('trouble.use_backup')}. " in said and words.ui("trouble.sure_use_backup") in said
    assert words.ui("plain_home.menu") in said
    assert steps(desk) == ["Call Rosa"]
    assert [one.read_bytes() for one in Path(desk.places.backups).iterdir()] == [cut]


def test_what_another_program_wrote_is_taken_by_its_words(desk: Desk, tmp_path: Path) -> None:
    plan = Path(desk.places.plan)
    plan.write_bytes(plan.read_bytes().replace(b"Write to Marcus", b"Write to Lena"))
    speak(tmp_path, desk.words.ui("trouble.keep_as_it_is"), "1", "")
    assert steps(desk) == ["Call Rosa", "Write to Lena"]


@pytest.mark.parametrize("lines", [(), ("",), ("/pause",), ("/leave",), ("1",), ("7", "x", "")])
def test_without_a_yes_it_stays_as_it_is_and_who_to_call_can_be_heard(desk: Desk, lines: tuple[str, ...]) -> None:
    Path(desk.places.plan).write_bytes(b"")
    said = refused(desk, "/support", "/where", "/language", *lines)
    assert (
        "988" in said
        and said.count(desk.words.ui("trouble.title")) == 2
        and desk.words.to("es").ui("trouble.title") in said
    )
    assert Path(desk.places.plan).read_bytes() == b"" and not list(Path(desk.places.backups).iterdir())


def test_a_way_that_cannot_be_gone_is_said_and_asked_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rchrp_goals import plain_trouble
    from rchrp_goals.errors import ProblemError

    Path(desk.places.plan).write_bytes(b"")
    with monkeypatch.context() as patched:

        def full(*_: object) -> str:
            raise ProblemError("disk_full", path="plan.json")

        patched.setattr(plain_trouble, "mend", full)
        said = refused(desk, "1", "1", "")
    assert desk.words.problem("disk_full", {"path": "plan.json"}) in said
    assert said.count(desk.words.ui("trouble.title")) == 2
