"""The wording: complete and equal in shape in both languages, plain, kind, and without words that hurt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import prompts
from rchrp_goals import content
from rchrp_goals.errors import FileProblem
from rchrp_goals.guide.budget import OFFERED_AT_ONCE, offered

FOLDER = Path(prompts.__file__).parent
LANGUAGES = ("en", "es")
MODULES = ("start", "values", "day_one", "learning", "goals", "ahead", "practice", "reflect", "check_in")
BANKS = ("statements", "agreements", "commitments", "occasions", "focus_areas", "situations")
LISTS_MAY_DIFFER = {"dates", "often"}
"""Files of words that people type: one language has more of them than the other."""

PLACEHOLDERS = {
    ("check_in", "level"): {"goal"},
    ("check_in", "next_step"): {"goal"},
    ("check_in", "rulers"): {"goal", "step", "n"},
    ("goals", "importance"): {"goal"},
    ("goals", "confidence"): {"step", "n"},
    ("ahead", "dates"): {"day_7", "day_30", "day_90", "day_365"},
    ("ahead", "which"): {"day_7", "day_30", "day_90", "day_365"},
}
"""What may stand in the words of a question: nothing else is filled there."""

# Words that carry stigma, as whole words. English: the VA content style guide on destigmatizing language,
# NIDA "Words Matter" and the Addictionary of recoveryanswers.org; Spanish: NIDA "Las palabras importan",
# CDC and MedlinePlus on stigma, and our own glossary.
STIGMA = {
    "en": (
        "addicts?", "addicted", "abusers?", "(?:substance|drug|alcohol) abuse", "drug habit", "junkies?",
        "drunks?", "alcoholics?", "clean", "dirty", "relaps(?:e|es|ed|ing)", "lapses?", "users?",
        "recovering addict", "medication[- ]assisted",
        "(?:replacement|substitution) (?:therapy|treatment)", "non-?complian(?:t|ce)", "in denial",
        "unmotivated", "resistant", "drug[- ]seeking", "manipulative", "failed treatment", "dealers?",
        "convicts?", "felons?", "inmates?", "offenders?", "homeless", "transients?", "hopeless",
        "suffer(?:s|ing) from", "victims?", "enabl(?:er|ers|ing)", "codependent", "rock bottom", "cases?",
        "clients?", "patients?", "marijuana",
    ),
    "es": (
        "adict[oa]s?", "drogadict[oa]s?", "drogadicción", "drogodependientes?", "farmacodependientes?",
        "toxicóman[oa]s?", "heroinóman[oa]s?", "cocainóman[oa]s?", "yonquis?", "junkies?",
        "alcohólic[oa]s?", "borrach[oa]s?", "vicios?", "vicios[oa]s?", "abusos?", "consumidor(?:es|as?)?",
        "usuari[oa]s?", "limpi[oa]s?", "suci[oa]s?", "recaídas?", "recaer", "reincid\\w+", "desliz",
        "tropiezo", "rehabilitad[oa]s?", "ex-?adict[oa]s?", "sobri[oa]s?", "enganchad[oa]s?",
        "sustitución", "tratamiento asistido", "en negación", "manipulador(?:es|as?)?", "no adherentes?",
        "tocar fondo", "codependientes?", "indigentes?", "vagabund[oa]s?", "convict[oa]s?",
        "delincuentes?", "ilegal(?:es)?", "prostitutas?", "víctimas?", "sufren? de", "padecen?",
        "mis? casos?", "clientes?", "pacientes?", "flagelo", "rescatar", "gente limpia",
    ),
}  # fmt: skip
FINE = {
    "en": ("in case", "in any case", "other file"),
    "es": ("limpia la pantalla", "limpia pantalla", "en limpio"),
}
"""Everyday phrases in which such a word says something else."""

SHAME = {
    "en": ("overdue", "failed to", "failures?", "streaks?", "you missed", "late again", "non-?negotiable"),
    "es": (
        "atrasad[oa]s?", "vencid[oa]s?", "fracas\\w+", "incumpl\\w+", "fallaste", "pendientes?", "rachas?",
        "te extrañ\\w+",
    ),
}  # fmt: skip

ABOUT_THE_READER = re.compile(
    r"\b(?:estás|estés|estuviste|eres|te sientes|quedaste|quedas) (?:\w+ )?"
    r"(?:segur|cansad|list|sol|satisfech|preparad|content|interesad|perdid|agotad|nervios|bloquead|ocupad)[oa]\b",
    re.IGNORECASE,
)
"""A Spanish adjective or participle that gives the reader a gender."""


def read(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / language / f"{name}.toml").read_text(encoding="utf-8"))


def files_of(language: str) -> set[str]:
    return {path.stem for path in (FOLDER / language).glob("*.toml")}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a parsed file with its dotted path; a list counts as one value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    else:
        yield path, value


def texts_of(value: Any) -> list[str]:
    """The strings of a value that somebody reads or types."""
    if isinstance(value, str):
        return [value]
    return [text for one in value for text in texts_of(one)] if isinstance(value, list) else []


def read_texts(language: str) -> list[tuple[str, str]]:
    """Every string that somebody reads in this language, with file and key; no ids, tags or typed words."""
    found = []
    for name in sorted(files_of(language) - LISTS_MAY_DIFFER):
        for path, value in leaves(read(language, name)):
            if path.rsplit(".", 1)[-1] not in {"areas", "kind", "leaning", "source"}:
                found += [(f"{language}/{name}.toml {path}", text) for text in texts_of(value)]
    return found


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)[^{}]*\}", text))


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?:;])[\"”’)]*\s+", text) if re.search(r"\w", one)]


def words(text: str) -> int:
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def found_words(text: str, patterns: tuple[str, ...], fine: tuple[str, ...] = ()) -> list[str]:
    for phrase in fine:
        text = re.sub(re.escape(phrase), " ", text, flags=re.IGNORECASE)
    return re.findall(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text, re.IGNORECASE)


# The same shape in both languages


def test_both_languages_have_the_same_files() -> None:
    assert files_of("en") == files_of("es")
    assert files_of("en") >= {*MODULES, *BANKS, "support", "ui"}


@pytest.mark.parametrize("name", sorted(files_of("en")))
def test_both_languages_have_the_same_keys_in_the_same_order(name: str) -> None:
    en, es = (dict(leaves(read(language, name))) for language in LANGUAGES)
    assert list(en) == list(es)


@pytest.mark.parametrize("name", sorted(files_of("en")))
def test_both_languages_have_the_same_placeholders(name: str) -> None:
    en, es = (dict(leaves(read(language, name))) for language in LANGUAGES)
    for path, value in en.items():
        ours, theirs = texts_of(value), texts_of(es[path])
        if name not in LISTS_MAY_DIFFER:
            assert len(ours) == len(theirs), path
        assert {name for text in ours for name in placeholders(text)} == {
            name for text in theirs for name in placeholders(text)
        }, path


@pytest.mark.parametrize("name", [*MODULES, *BANKS, "support"])
def test_spanish_is_not_english(name: str) -> None:
    en, es = (dict(leaves(read(language, name))) for language in LANGUAGES)
    for path, value in en.items():
        if path.rsplit(".", 1)[-1] in {"areas", "kind", "leaning", "source"}:
            continue
        for ours, theirs in zip(texts_of(value), texts_of(es[path]), strict=True):
            if re.search(r"[a-z]{3}.* .*[a-z]{3}", ours):
                assert ours != theirs, path


# The large file, a table at a time


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_alone_is_that_of_the_whole_file(language: str) -> None:
    whole = read(language, "ui")
    assert {name: content.section(language, name) for name in whole} == whole
    with pytest.raises(KeyError):
        content.section(language, "nowhere")


def test_a_table_cut_in_a_text_is_read_whole_and_a_mistake_has_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompts, "__path__", [str(tmp_path)])
    files = {"cut": '[a]\nb = """\n[c]\n"""\n[d]\ne = "f"\n', "wrong": '[a]\nb = "c"\n[d]\ne = f\n'}
    for folder, text in files.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ui.toml").write_text(text, encoding="utf-8")
    assert [content.section("cut", name) for name in "ad"] == [{"b": "[c]\n"}, {"e": "f"}]
    assert content.section("wrong", "a") == {"b": "c"}
    with pytest.raises(FileProblem) as problem:
        content.section("wrong", "d")
    assert (problem.value.key, problem.value.values) == ("wording_unreadable", {"file": "wrong/ui.toml", "line": 4})


# Every question has its words


def questions_of(module: str) -> list[dict[str, Any]]:
    path = FOLDER / "structure" / f"{module}.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["question"])


def test_every_conversation_is_among_those_tested() -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / "structure").glob("*.toml")}
    assert {name for name, text in files.items() if "question" in tomllib.loads(text)} == set(MODULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", MODULES)
def test_every_question_has_its_words_and_no_others(module: str, language: str) -> None:
    said = read(language, module)
    asked = {question["id"]: question for question in questions_of(module)}
    assert said["title"]
    assert set(said) == {"title", *asked}
    for id, question in asked.items():
        about = said[id]
        fields = {one["id"]: one for one in question.get("field", ())}
        assert about["text"], id
        if question["kind"] != "page":
            assert about["why"], id
            assert about["example"], id
        known = {"text", "hint", "why", "example"}
        assert known.isdisjoint(fields), f"{id}: a field's id is a key of its question's words"
        assert set(about) <= known | set(fields), id
        for field_id, field in fields.items():
            check_field(f"{module}.{id}.{field_id}", question, field, about.get(field_id, {}))


def check_field(place: str, question: dict[str, Any], field: dict[str, Any], said: dict[str, Any]) -> None:
    assert set(said) <= {"label", "label_importance", "note", "ideas", "low", "high", "options"}, place
    assert set(said.get("options", {})) == set(field.get("options", ())), place
    assert list(said.get("options", {})) == list(field.get("options", ())), place
    assert ("ideas" in said) == ("ideas" in field), place
    if field["kind"] == "position":
        assert said["low"], place
        assert said["high"], place
    if question["kind"] == "pair" or field["kind"] in {"line", "long", "items"}:
        assert said["label"], place
    if field.get("own_words"):
        assert said["label"], place
    if place == "goals.confidence.what_makes_it":
        assert said["label_importance"], place


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*MODULES, *BANKS])
def test_only_what_is_given_is_filled(name: str, language: str) -> None:
    for path, value in leaves(read(language, name)):
        allowed = PLACEHOLDERS.get((name, path.split(".")[0]), set())
        for text in texts_of(value):
            assert placeholders(text) <= allowed, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_step_and_the_number_are_shown_where_they_are_asked_about(language: str) -> None:
    said = read(language, "goals")["confidence"]
    assert placeholders(said["text"]) == {"step"}
    assert placeholders(said["what_makes_it"]["label"]) == {"n"}
    assert placeholders(said["what_makes_it"]["label_importance"]) == {"n"}
    options = read(language, "ahead")["which"]["which"]["options"]
    assert {name: placeholders(text) for name, text in options.items()} == {name: {name} for name in options}


# Statements and banks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("bank", "fewest", "most"),
    [
        ("statements", 12, 30),
        ("agreements", 8, 8),
        ("commitments", 20, 60),
        ("occasions", 20, 60),
        ("focus_areas", 20, 30),
    ],
)
def test_each_bank_has_enough(bank: str, fewest: int, most: int, language: str) -> None:
    entries = read(language, bank)
    assert fewest <= len(entries) <= most
    assert all(entry["text"].strip() == entry["text"] != "" for entry in entries.values())
    assert len({entry["text"].casefold() for entry in entries.values()}) == len(entries)
    assert [id[:3] for id in entries] == [f"{bank[0]}{number:02}" for number in range(1, len(entries) + 1)]


@pytest.mark.parametrize("bank", BANKS)
def test_tags_are_equal_in_both_languages(bank: str) -> None:
    en, es = (read(language, bank) for language in LANGUAGES)
    said = {"text", "name", "help"}
    for id, entry in en.items():
        assert {key: value for key, value in entry.items() if key not in said} == {
            key: value for key, value in es[id].items() if key not in said
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_of_the_statements_lean_each_way(language: str) -> None:
    entries = list(read(language, "statements").values())
    leanings = [entry["leaning"] for entry in entries]
    assert set(leanings) == {"towards", "away"}
    assert abs(leanings.count("towards") - leanings.count("away")) <= 1
    assert leanings[:6].count("towards") == 3
    assert all(isinstance(entry["meaning"], int) and entry["meaning"] >= 1 for entry in entries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_is_one_or_two_sentences_without_a_question(language: str) -> None:
    for id, entry in read(language, "statements").items():
        assert 1 <= len(sentences(entry["text"])) <= 2, id
        assert entry["text"].endswith("."), id
        assert "?" not in entry["text"], id


@pytest.mark.parametrize("bank", ["commitments", "occasions"])
def test_every_focus_area_is_offered_six_of_which_three_are_its_own(bank: str) -> None:
    entries, areas = read("en", bank), read("en", "focus_areas")
    for id, entry in entries.items():
        assert entry["areas"], id
        assert set(entry["areas"]) <= set(areas), id
        assert len(set(entry["areas"])) == len(entry["areas"]), id
    for area in areas:
        found = offered(entries, area)
        assert len(set(found)) == OFFERED_AT_ONCE
        own = [area in entries[id]["areas"] for id in found]
        assert sum(own) >= 3, area
        assert own == sorted(own, reverse=True), f"{area}: its own come first"


def test_an_occasion_says_of_what_kind_it_is() -> None:
    kinds = {entry["kind"] for entry in read("en", "occasions").values()}
    assert kinds == {"course", "shift", "visit", "reading", "talk", "practice"}


def test_focus_areas_name_their_source() -> None:
    sources = [entry["source"] for entry in read("en", "focus_areas").values()]
    assert all(source.startswith(("training: ", "SAMHSA core competencies: ")) for source in sources)
    assert all(source.startswith("training: ") for source in sources[:9])
    assert len({source for source in sources if source.startswith("SAMHSA")}) == 12


# Support


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_support_page_is_never_empty(language: str) -> None:
    page = read(language, "support")
    assert page["title"]
    assert placeholders(page["someone"]) == {"someone"}
    assert placeholders(page["organisation"]) == {"organisation"}
    together = " ".join(page["lines"])
    assert not placeholders(together), "every line stands without anybody's setting"
    for needed in ("988", "AYUDA", "911", {"en": "police", "es": "policía"}[language]):
        assert needed in together


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_support_file_says_where_988_comes_from(language: str) -> None:
    head = (FOLDER / language / "support.toml").read_text(encoding="utf-8").split("title =")[0]
    assert "988lifeline.org" in head
    assert "2026" in head


# Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_carries_stigma(language: str) -> None:
    hits = [
        (place, text) for place, text in read_texts(language) if found_words(text, STIGMA[language], FINE[language])
    ]
    assert not hits


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_shames(language: str) -> None:
    hits = [(place, text) for place, text in read_texts(language) if found_words(text, SHAME[language])]
    assert not hits


@pytest.mark.parametrize(
    ("language", "text", "hurts"),
    [
        ("en", "He is an Addict.", True),
        ("en", "The needle was dirty", True),
        ("en", "Users said so", True),
        ("en", "Cleaning up, in case you come back", False),
        ("es", "una persona adicta", True),
        ("es", "Los usuarios", True),
        ("es", "tuvo una recaída", True),
        ("es", "guarda, limpia la pantalla y cierra", False),
        ("es", "todavía usa drogas", False),
    ],
)
def test_the_search_for_words_finds_them(language: str, text: str, hurts: bool) -> None:
    assert bool(found_words(text, STIGMA[language], FINE[language])) is hurts


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    lengths = [words(one) for _, text in read_texts(language) for one in sentences(text)]
    assert sum(lengths) / len(lengths) <= 14
    conversation = {f"{language}/{name}.toml" for name in (*MODULES, *BANKS)}
    long = [
        (place, one)
        for place, text in read_texts(language)
        if place.split(" ")[0] in conversation
        for one in sentences(text)
        if words(one) > 20
    ]
    assert not long


def test_spanish_gives_the_reader_no_gender() -> None:
    for place, text in read_texts("es"):
        assert not ABOUT_THE_READER.search(text), place
        assert not re.search(r"\bbienvenid|\bvosotr|\btú mism[oa]|\busted\b", text, re.IGNORECASE), place
        assert not re.search(r"\w@(?!\w)|\w\((?:a|as|o|os)\)|\w/(?:a|as|o|os)\b", text), place


def test_spanish_questions_open_and_close() -> None:
    for place, text in read_texts("es"):
        # A lone "?" is a key, not the end of a question.
        assert len(re.findall(r"(?<=\S)\?", text)) == text.count("¿"), place
        assert len(re.findall(r"(?<=\S)!", text)) == text.count("¡"), place


@pytest.mark.parametrize("text", ["¿Estás seguro de esto?", "Si te sientes muy cansada", "si quedas solo"])
def test_the_search_for_gender_finds_it(text: str) -> None:
    assert ABOUT_THE_READER.search(text)
