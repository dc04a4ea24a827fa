"""The text of ``plan.json``: TinyDB's JSON, a line a table and a line a record, with a checksum over all of it.

Line 1 holds ``_file`` only, shaped as a table with one document, so that any TinyDB reads every table. The sha256
in it is over the whole file with its own 64 digits written as zeros.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, NoReturn

from rchrp_goals.errors import AnswerRefused, FileProblem
from rchrp_goals.plan.tables import SCHEMA

Document = dict[str, Any]
Documents = dict[str, Document]
"""The documents of one table, by TinyDB's own key: an integer, written as text."""

FORMAT = "rchrp-goals-plan"
FILE_TABLE = "_file"
LARGEST = 64 * 1024 * 1024
"""Bytes; a plan is some hundred kilobytes, so what is larger is something else."""

DEEPEST = 32
"""How deep the lists and fields of a record that is put may nest; history adds a few, a file may hold twice as many."""

_ZEROS = b"0" * 64
_BEGINNING = f'{{"{FILE_TABLE}": {{"1": {{"format": "{FORMAT}"'.encode()
_HEADER = re.compile(rb'\{"_file": \{"1": (\{"format": "rchrp-goals-plan", .*"sha256": "([0-9a-f]{64})"\})\}(?:,|\})')
_KEY = re.compile(r"0|[1-9][0-9]{0,15}")
_RECORD = re.compile(r'"(0|[1-9][0-9]{0,15})": ')
_CODES = re.compile(r"[\x80-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What would act in a terminal that shows the file; JSON can say each in letters. What is below a blank it always does."""
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Meta(NamedTuple):
    """What line 1 says: the plan's id, its schema, how often it was saved."""

    plan_id: str
    schema: tuple[int, int]
    generation: int


class Content(NamedTuple):
    """A plan file that was read. ``lines`` holds each record as it is written, by table and key.

    ``is_sealed`` is False where the checksum does not fit: another program changed the file.
    """

    meta: Meta
    tables: dict[str, Documents]
    lines: dict[str, dict[str, bytes]]
    header: bytes
    is_sealed: bool


class _WrongError(ValueError):
    """JSON that no plan may hold. Carries nothing of the text."""


def refuse(kind: str, path: str) -> NoReturn:
    """Raise the FileProblem ``plan_KIND`` (path)."""
    raise FileProblem(f"plan_{kind}", path=path) from None


def parse(data: bytes, path: str) -> Content:
    """Read a plan file.

    Raises FileProblem: ``plan_empty`` (nothing or only blanks), ``plan_newer_schema``, ``plan_cut`` (begins as a
    plan and is not whole), ``plan_not_ours`` (anything else).
    """
    if not data.strip(b"\0 \t\r\n"):
        refuse("empty", path)
    if len(data) > LARGEST:
        refuse("not_ours", path)
    header, found = _header(data)
    if found:
        meta = _meta(_plain_json(found.group(1)))
        if meta:
            _refuse_newer(meta, path)
            start, end = found.span(2)
            checksum = hashlib.sha256(data[:start] + _ZEROS)
            checksum.update(memoryview(data)[end:])
            if checksum.hexdigest().encode() == found.group(2):
                return _sealed(data, meta, header, path)
    return _unsealed(data, path)


def render(meta: Meta, blocks: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Return the bytes of a plan file of these tables (see ``block_of``), and its first line."""
    head = (
        _BEGINNING
        + (
            f', "plan": {json.dumps(meta.plan_id)}, "schema": [{meta.schema[0]}, {meta.schema[1]}], '
            f'"generation": {meta.generation}, "sha256": "'
        ).encode()
    )
    body = b",\n".join(blocks)
    tail = b'"}},\n' + body + b"}\n" if body else b'"}}}\n'
    checksum = hashlib.sha256(head + _ZEROS)
    checksum.update(tail)
    data = b"".join((head, checksum.hexdigest().encode(), tail))
    return data, data[: data.index(b"\n") + 1]


def block_of(name: str, lines: Mapping[str, bytes]) -> bytes:
    """Return one table as it is written: its name, and a line a record."""
    beginning = json.dumps(name, ensure_ascii=False).encode() + b": {\n"
    return beginning + b",\n".join(lines.values()) + (b"\n}" if lines else b"}")


def record_line(key: str, document: Document) -> bytes:
    """Return one record as it is written.

    Raises AnswerRefused ``value_not_kept`` for what JSON in UTF-8 cannot hold; the error does not carry the text.
    """
    if not (type(document) is dict and _KEY.fullmatch(key)):
        raise AnswerRefused("value_not_kept")
    try:
        text = _ENCODER.encode(document)
        if not text.isascii():
            text = _CODES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        return f'"{key}": {text}'.encode()
    except (ValueError, TypeError, RecursionError):  # not a number, no JSON, a lone surrogate, endless depth
        raise AnswerRefused("value_not_kept") from None


def lines_of(tables: dict[str, Documents]) -> dict[str, dict[str, bytes]]:
    """Return every record of some tables as it is written. Raises AnswerRefused as ``record_line`` does."""
    return {
        name: {key: record_line(key, document) for key, document in table.items()} for name, table in tables.items()
    }


def first_line(data: bytes) -> Meta | None:
    """Return what line 1 of a file says, whatever became of the rest; None where it says nothing of ours."""
    _, found = _header(data)
    return _meta(_plain_json(found.group(1))) if found else None


def _header(data: bytes) -> tuple[bytes, re.Match[bytes] | None]:
    header = data[: data.find(b"\n") + 1 or None]
    return header, _HEADER.fullmatch(header.rstrip(b"\n"))


def _plain_json(data: bytes) -> Any:
    try:
        return _DECODER.decode(data.decode())
    except (ValueError, RecursionError):
        return None


def _meta(found: Any) -> Meta | None:
    """Return what ``_file`` says, None where it is not ours."""
    if not (isinstance(found, dict) and found.get("format") == FORMAT):
        return None
    plan, schema, generation = found.get("plan"), found.get("schema"), found.get("generation")
    if not (isinstance(schema, list) and len(schema) == 2 and all(type(part) is int for part in schema)):
        return None
    if not (isinstance(plan, str) and plan and len(plan) <= 64 and plan.isascii() and plan.isprintable()):
        return None
    if not (type(generation) is int and 0 <= generation < 2**53 and min(schema) >= 0):
        return None
    return Meta(plan, (schema[0], schema[1]), generation)


def _refuse_newer(meta: Meta, path: str) -> None:
    if meta.schema[0] > SCHEMA[0]:
        refuse("newer_schema", path)


def _sealed(data: bytes, meta: Meta, header: bytes, path: str) -> Content:
    """Read a file whose checksum fits, line by line, so that each record's line is known to be that record."""
    try:
        tables, lines = _by_line(data)
    except (ValueError, RecursionError):
        # the checksum fits a file that we did not write so: read it as a whole, and write every line anew
        try:
            tables = _whole(data)[1]
            lines = lines_of(tables)
        except (ValueError, AnswerRefused, RecursionError):
            refuse("cut", path)
    return Content(meta, tables, lines, header, is_sealed=True)


def _unsealed(data: bytes, path: str) -> Content:
    """Read a file whose checksum does not fit, or that has lost its form: changed by another program, or damaged."""
    try:
        found, tables = _whole(data)
        meta = _meta(found)
        lines = lines_of(tables)
    except (ValueError, AnswerRefused, RecursionError):
        is_ours = FORMAT.encode() in data[:4096] or _BEGINNING.startswith(data)
        refuse("cut" if is_ours else "not_ours", path)
    if meta is None:
        refuse("not_ours", path)
    _refuse_newer(meta, path)
    return Content(meta, tables, lines, b"", is_sealed=False)


def _by_line(data: bytes) -> tuple[dict[str, Documents], dict[str, dict[str, bytes]]]:
    """Read the lines after the first. Raises a ValueError where they do not stand as we write them."""
    text = data.decode()
    written, raw = text.split("\n"), data.split(b"\n")
    if written.pop() or not written:
        raise _WrongError
    tables: dict[str, Documents] = {}
    lines: dict[str, dict[str, bytes]] = {}
    if len(written) == 1 and written[0].endswith("}}}"):
        return tables, lines
    at, has_surrogates = 1, _SURROGATE.search(text) is not None
    while at < len(written):
        name = _table_name(written[at])
        if name in tables or name == FILE_TABLE:
            raise _WrongError
        end = _end_of_table(written, at + 1)
        tables[name] = _records(written[at + 1 : end], has_surrogates=has_surrogates)
        lines[name] = {key: line.removesuffix(b",") for key, line in zip(tables[name], raw[at + 1 : end], strict=True)}
        if (written[end] == "}}") != (end == len(written) - 1):
            raise _WrongError
        at = end + 1
    return tables, lines


def _table_name(line: str) -> str:
    name, end = _DECODER.raw_decode(line)
    if line[end:] != ": {" or not isinstance(name, str) or not _is_text(name):
        raise _WrongError
    return name


def _end_of_table(written: list[str], at: int) -> int:
    while at < len(written):
        if written[at][:1] == "}":
            if written[at] not in {"},", "}}"}:
                raise _WrongError
            return at
        at += 1
    raise _WrongError


def _records(written: list[str], *, has_surrogates: bool) -> Documents:
    """Read the records of one table, each line one whole record, all but the last with a comma."""
    documents: Documents = {}
    last = len(written) - 1
    for number, line in enumerate(written):
        found = _RECORD.match(line)
        if not found:
            raise _WrongError
        document, end = _DECODER.raw_decode(line, found.end())
        key = found.group(1)
        if line[end:] != ("" if number == last else ",") or type(document) is not dict or key in documents:
            raise _WrongError
        check_document(document, has_surrogates=has_surrogates)
        documents[key] = document
    return documents


def _whole(data: bytes) -> tuple[Any, dict[str, Documents]]:
    """Read any JSON of the form that TinyDB writes: what ``_file`` holds, and every other table.

    Raises _WrongError or another ValueError.
    """
    text = data.decode(json.detect_encoding(data))
    found = _DECODER.decode(text.removeprefix("\ufeff"))
    has_surrogates = _SURROGATE.search(text) is not None
    if type(found) is not dict:
        raise _WrongError
    about = found.pop(FILE_TABLE, None)
    for name, table in found.items():
        if type(table) is not dict or not _is_text(name):
            raise _WrongError
        for key, document in table.items():
            if type(document) is not dict or not _KEY.fullmatch(key):
                raise _WrongError
            check_document(document, has_surrogates=has_surrogates)
    return about["1"] if type(about) is dict and about.keys() == {"1"} else None, found


def check_document(document: Document, *, has_surrogates: bool = True, deepest: int = 2 * DEEPEST) -> None:
    """Refuse what is nested without end, or holds half a character. Raises ValueError without the text."""
    if _depth(document, deepest) < 0:
        raise _WrongError
    if has_surrogates and not _is_text(json.dumps(document, ensure_ascii=False)):
        raise _WrongError


def _depth(value: Any, left: int) -> int:
    """Return how many levels are left below the deepest one; negative where there are too many."""
    least = left
    if left >= 0:
        for part in value.values() if type(value) is dict else value:
            if type(part) is dict or type(part) is list:
                least = min(least, _depth(part, left - 1))
    return least


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_constant(_: str) -> NoReturn:
    raise _WrongError  # NaN and the infinities are not JSON


def _number(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _WrongError
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _WrongError  # the same key twice: nobody can say which was meant
    return found


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_number, object_pairs_hook=_pairs)
