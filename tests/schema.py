"""A small reader of JSON Schema: as much of it as the plan's own schema says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip
_SAYS_NOTHING = {"title", "description", "default", "format", "$schema", "$defs"}


def complaints(value: Any, schema: dict[str, Any]) -> list[str]:
    """Return where a document does not fit a schema; raises KeyError for a keyword that this reader does not know."""
    return list(_complaints(value, schema, schema, "$"))


def _complaints(value: Any, schema: Any, root: dict[str, Any], at: str) -> Iterator[str]:
    if schema is True:
        return
    for keyword, said in schema.items():
        if keyword not in _SAYS_NOTHING and keyword not in {"properties", "additionalProperties"}:
            yield from _CHECKS[keyword](value, said, root, at)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for key, inner in value.items():
            if key in known:
                yield from _complaints(inner, known[key], root, f"{at}.{key}")
            elif schema.get("additionalProperties", True) is False:
                yield f"{at}.{key}: not known"
            else:
                yield from _complaints(inner, schema.get("additionalProperties", True), root, f"{at}.{key}")


def _ref(value: Any, said: str, root: dict[str, Any], at: str) -> Iterator[str]:
    yield from _complaints(value, root["$defs"][said.removeprefix("#/$defs/")], root, at)


def _type(value: Any, said: str, root: dict[str, Any], at: str) -> Iterator[str]:
    is_bool = isinstance(value, bool) and said in {"integer", "number"}
    if is_bool or not isinstance(value, _TYPES[said]):
        yield f"{at}: not {said}"


def _any_of(value: Any, said: list[Any], root: dict[str, Any], at: str) -> Iterator[str]:
    found = [list(_complaints(value, one, root, at)) for one in said]
    if all(found):
        yield from found[0]


def _required(value: Any, said: list[str], root: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: no {key}" for key in said if isinstance(value, dict) and key not in value)


def _items(value: Any, said: Any, root: dict[str, Any], at: str) -> Iterator[str]:
    for number, one in enumerate(value if isinstance(value, list) else []):
        yield from _complaints(one, said, root, f"{at}[{number}]")


def _names(value: Any, said: Any, root: dict[str, Any], at: str) -> Iterator[str]:
    for key in value if isinstance(value, dict) else ():
        yield from _complaints(key, said, root, f"{at}.{key}")


def _compare(is_wrong: Any) -> Any:
    def check(value: Any, said: Any, root: dict[str, Any], at: str) -> Iterator[str]:
        if is_wrong(value, said):
            yield f"{at}: {said!r}"

    return check


_CHECKS: dict[str, Any] = {
    "$ref": _ref,
    "type": _type,
    "anyOf": _any_of,
    "required": _required,
    "items": _items,
    "propertyNames": _names,
    "enum": _compare(lambda value, said: value not in said),
    "const": _compare(lambda value, said: value != said),
    "pattern": _compare(lambda value, said: isinstance(value, str) and not re.search(said, value)),
    "minimum": _compare(lambda value, said: isinstance(value, int) and value < said),
    "maximum": _compare(lambda value, said: isinstance(value, (int, float)) and value > said),
    "exclusiveMinimum": _compare(lambda value, said: isinstance(value, (int, float)) and value <= said),
    "minLength": _compare(lambda value, said: isinstance(value, str) and len(value) < said),
    "maxLength": _compare(lambda value, said: isinstance(value, str) and len(value) > said),
}
