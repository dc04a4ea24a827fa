"""The JSON Schema of a plan file, for whoever reads or writes one elsewhere."""

from __future__ import annotations

from typing import Any

from rchrp_goals.plan.fields import Record
from rchrp_goals.plan.records import TABLES
from rchrp_goals.plan.tables import SCHEMA


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of a plan file: the tables that have a model, each a map of TinyDB's integer keys."""
    definitions: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for name, model in TABLES.items():
        schema = model.model_json_schema(ref_template="#/$defs/{model}")
        definitions.update(schema.pop("$defs", {}))
        definitions[model.__name__] = schema
        record = {"anyOf": [{"$ref": f"#/$defs/{model.__name__}"}, {"$ref": "#/$defs/Removed"}]}
        tables[name] = {"type": "object", "additionalProperties": record}
    removed = Record.model_json_schema()
    definitions["Removed"] = {**removed, "title": "Removed", "required": ["id", "removed_at"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"rchrp-goals plan {SCHEMA[0]}.{SCHEMA[1]}",
        "type": "object",
        "required": ["_file"],
        "properties": tables,
        "$defs": definitions,
    }
