"""``settings.toml``: what a person chose about the program itself."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rchrp_goals.errors import ProblemError
from rchrp_goals.store.places import Places
from rchrp_goals.store.settings import Complaint, Settings, read_settings, write_key, write_settings
from rchrp_goals.store.settings_spec import BY_NAME, SPEC, Value
from tests.store.helpers import standing, temporary_files

MINE = """\
# my own notes, ¡ojo!
language = "es"   # since last week

face="plain"
colour = "sage"  # of a later version
'glyphs' = 'full'

[later]
language = "de"
list = [
  1,
]
"""


def lay(places: Places, text: str) -> None:
    Path(places.data).mkdir(exist_ok=True)
    Path(places.settings).write_bytes(text.encode())


def lies(places: Places) -> str:
    return Path(places.settings).read_bytes().decode()


class TestReading:
    def test_defaults(self, places: Places) -> None:
        assert read_settings(places) == Settings()
        assert not os.path.exists(places.data)

    def test_what_was_chosen(self, places: Places) -> None:
        lay(places, MINE)
        assert read_settings(places) == Settings(language="es", face="plain")

    def test_every_choice_is_taken(self, places: Places) -> None:
        for setting in SPEC:
            for choice in setting.choices:
                assert getattr(write_settings(places, **{setting.name: choice}), setting.name) == choice
                assert getattr(read_settings(places), setting.name) == choice

    def test_the_spec_says_every_setting_and_its_default(self) -> None:
        assert Settings()._asdict() == {**{one.name: one.default for one in SPEC}, "keys": (), "complaints": ()}
        assert all(one.default is None or one.allows(one.default) for one in SPEC)

    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ('language = "de"', "language"),
            ("language = 1", "language"),
            ('breath = "no"', "breath"),
            ("breath = 1", "breath"),
            ("always_show_why = 0", "always_show_why"),
            ("face = []", "face"),
            ("theme = 2026-11-05", "theme"),
            ("[glyphs]", "glyphs"),
        ],
    )
    def test_a_wrong_value_is_the_default_and_a_complaint(self, places: Places, line: str, name: str) -> None:
        lay(places, f'date_order = "day_month"\n{line}\n')
        found = read_settings(places)
        assert found._replace(complaints=()) == Settings(date_order="day_month")
        (complaint,) = found.complaints
        assert (complaint.key, complaint.args["name"], complaint.args["path"]) == (
            "setting_wrong",
            name,
            places.settings,
        )
        assert str(BY_NAME[name].choices[0]).lower() in str(complaint.args["choices"])

    @pytest.mark.parametrize(
        ("data", "line"),
        [
            (b'face = "app"\nnot toml\n', 2),
            (b'face = "app"\nface = "app"\n', 2),
            (b'face = "app', 1),
            (b"\xff\xfe", 1),
        ],
    )
    def test_what_is_no_toml_is_all_defaults_and_a_complaint(self, places: Places, data: bytes, line: int) -> None:
        lay(places, "")
        Path(places.settings).write_bytes(data)
        assert read_settings(places) == Settings(
            complaints=(Complaint("settings_unreadable", {"path": places.settings, "line": line}),)
        )
        assert Path(places.settings).read_bytes() == data

    def test_a_mark_at_the_beginning_is_fine(self, places: Places) -> None:
        lay(places, '\ufefflanguage = "es"\n')
        assert read_settings(places).language == "es"


class TestWriting:
    def test_the_first_ones(self, places: Places) -> None:
        assert write_settings(places, language="es", face="plain") == Settings(language="es", face="plain")
        assert lies(places) == 'language = "es"\nface = "plain"\n'
        assert stat.S_IMODE(os.stat(places.settings).st_mode) == 0o600
        assert stat.S_IMODE(os.stat(places.data).st_mode) == 0o700
        assert temporary_files(places.data) == []

    def test_everything_else_stays(self, places: Places) -> None:
        lay(places, MINE)
        write_settings(places, language="en", glyphs="ascii", breath=False)
        assert lies(places) == (
            MINE.replace('language = "es"', 'language = "en"')
            .replace("'full'", '"ascii"')
            .replace("\n\n[later]", "\nbreath = false\n\n[later]")
        )

    def test_one_taken_out(self, places: Places) -> None:
        lay(places, MINE)
        write_settings(places, language=None, theme=None)
        assert lies(places) == MINE.replace('language = "es"   # since last week\n', "")

    def test_a_last_line_without_an_end(self, places: Places) -> None:
        lay(places, 'face = "plain"')
        write_settings(places, breath=False)
        assert lies(places) == 'face = "plain"\nbreath = false\n'

    def test_line_ends_stay_as_they_are(self, places: Places) -> None:
        lay(places, 'face = "plain"\r\n# mine\r\n')
        write_settings(places, face="app", breath=False)
        assert lies(places) == 'face = "app"\r\n# mine\r\nbreath = false\r\n'

    def test_a_wrong_value_is_mended(self, places: Places) -> None:
        lay(places, "language = 7 # hm\n")
        assert write_settings(places, language="en") == Settings(language="en")
        assert lies(places) == 'language = "en" # hm\n'

    def test_what_is_no_toml_is_set_aside(self, places: Places) -> None:
        for number in (1, 2):
            lay(places, "my words")
            assert write_settings(places, face="plain") == Settings(face="plain")
            assert Path(f"{places.settings}.damaged-{number}").read_text() == "my words"

    @pytest.mark.parametrize(
        "text",
        [
            'note = """\nlanguage = "de"\n"""\nlanguage = "es"\n',
            'language = """es"""\n',
            'language = [\n"es",\n]\n',
            'x = {a = 1}\n"lang\\u0075age" = "es"\n',
        ],
    )
    def test_what_cannot_be_changed_safely_stays(self, places: Places, text: str) -> None:
        lay(places, text)
        with pytest.raises(ProblemError) as problem:
            write_settings(places, language="en")
        assert (problem.value.key, problem.value.values) == ("settings_not_changed", {"path": places.settings})
        assert lies(places) == text

    @pytest.mark.parametrize("changes", [{"colour": "sage"}, {"language": "de"}, {"breath": 1}, {"face": True}])
    def test_what_does_not_exist_is_a_mistake(self, places: Places, changes: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="no such setting"):
            write_settings(places, **changes)
        assert not os.path.exists(places.settings)

    def test_the_old_ones_stand_where_the_disk_says_no(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        lay(places, MINE)
        before = standing(places.data)

        def refuse(*_: object) -> None:
            raise OSError(28, "no room")

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(ProblemError, match="disk_full"):
            write_settings(places, language="en")
        assert standing(places.data) == before

    @given(
        st.lists(
            st.sampled_from([(one.name, choice) for one in SPEC for choice in (*one.choices, None)]),
            max_size=4,
        )
    )
    def test_any_sequence_keeps_the_rest(self, changes: list[tuple[str, Value | None]]) -> None:
        import tempfile
        import tomllib

        with tempfile.TemporaryDirectory() as folder:
            places = Places(folder)
            lay(places, MINE)
            wanted = tomllib.loads(MINE)
            for name, value in changes:
                write_settings(places, **{name: value})
                wanted[name] = value
            expected = {name: value for name, value in wanted.items() if value is not None}
            assert tomllib.loads(lies(places)) == expected
            for line in ("# my own notes, ¡ojo!", 'colour = "sage"  # of a later version', "list = ["):
                assert line in lies(places)


class TestKeys:
    def test_dotted_and_quoted_ids_are_the_same(self, places: Places) -> None:
        lay(places, '[keys]\napp.help = "f5"\n"home.add" = "y"\n')
        assert read_settings(places).keys == (("app.help", "f5"), ("home.add", "y"))

    def test_what_is_no_text_is_a_key_that_nobody_can_press(self, places: Places) -> None:
        lay(places, "[keys]\napp.help = 5\n")
        assert read_settings(places).keys == (("app.help", ""),)
        lay(places, 'keys = "f5"\n')
        assert [one.key for one in read_settings(places).complaints] == ["settings_room.keys.no_table"]

    def test_the_first_one_makes_the_table(self, places: Places) -> None:
        write_key(places, "app.help", "f5")
        assert lies(places) == '[keys]\n"app.help" = "f5"\n'
        assert write_settings(places, face="plain").keys == (("app.help", "f5"),)
        assert lies(places) == 'face = "plain"\n[keys]\n"app.help" = "f5"\n'

    def test_everything_else_stays(self, places: Places) -> None:
        lay(places, f'{MINE}\n[keys] # fast ones\napp.help = "f5" # since monday\n\n[more]\nx = 1')
        before = lies(places)
        write_key(places, "app.help", "f6")
        assert lies(places) == before.replace('"f5"', '"f6"')
        write_key(places, "home.add", "y")
        assert lies(places) == before.replace('"f5" # since monday\n', '"f6" # since monday\n"home.add" = "y"\n')
        write_key(places, "app.help", None)
        write_key(places, "home.add", None)
        assert lies(places) == before.replace('app.help = "f5" # since monday\n', "")
        assert read_settings(places).keys == ()

    def test_a_file_without_a_last_line_end(self, places: Places) -> None:
        lay(places, 'face = "plain"')
        write_key(places, "app.help", "f5")
        write_key(places, "app.leave", "f10")
        assert lies(places) == 'face = "plain"\n\n[keys]\n"app.help" = "f5"\n"app.leave" = "f10"\n'
