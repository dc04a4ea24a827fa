"""One change of a plan: records read, put and removed, gathered until the block ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rchrp_goals.errors import AnswerRefused, ProblemError
from rchrp_goals.plan import versions
from rchrp_goals.plan.lenient import instant_text
from rchrp_goals.plan.tables import SCHEMA
from rchrp_goals.store import history
from rchrp_goals.store.history import Before, What
from rchrp_goals.store.keeper import private_copy
from rchrp_goals.store.plan_file import DEEPEST, FILE_TABLE, Meta, check_document

if TYPE_CHECKING:
    from tinydb import TinyDB

Record = dict[str, Any]

ABOUT = ("id", "created_at", "updated_at", "revision", "author")
"""What a record holds beside its content; all that stays of a removed one, with ``removed_at``."""

_BOOKKEEPING = frozenset(ABOUT[1:])
ME = "me"


def instant(now: datetime) -> str:
    """Return a moment as it stands in records: UTC, microseconds, Z. Raises ValueError without a time zone."""
    if now.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return instant_text(now)


def is_removed(record: Mapping[str, Any]) -> bool:
    """Whether only the id and the times of a record are left."""
    return record.get("removed_at") is not None


def content_of(record: Mapping[str, Any]) -> Record:
    """Return a record without the bookkeeping: what a person would call its content."""
    return {key: value for key, value in record.items() if key not in _BOOKKEEPING}


class Change:
    """The newest plan, to be read and changed. What it gives are copies; only ``put`` and ``remove`` change it."""

    def __init__(self, tables: TinyDB, meta: Meta, now: datetime, *, is_new: bool) -> None:
        self.now = now
        self.instant = instant(now)
        self.plan_id = meta.plan_id
        self.generation = meta.generation
        self.taken_over: Meta | None = None
        self.is_new = is_new
        self.backup = ""
        self._meta = meta
        self._tables = tables
        self._standing: dict[str, dict[str, Record]] = {}
        self._keys: dict[str, dict[str, int]] = {}
        self._puts: dict[str, dict[str, Record]] = {}

    # --- reading

    def all(self, table: str) -> list[Record]:
        """Return the records of a table in the file's order, without the removed ones."""
        puts = self._puts.get(table, {})
        found = {**self._stand(table), **puts}
        copies: list[Record] = private_copy([record for record in found.values() if not is_removed(record)])
        return copies

    def get(self, table: str, id: str) -> Record | None:
        """Return one record; None where there is none, or only a removed one."""
        record = self._now(table, id)
        return None if record is None or is_removed(record) else private_copy(record)

    def standing(self, table: str) -> dict[str, Record]:
        """Return the records of a table as they stood before this change, by id, removed ones too."""
        copies: dict[str, Record] = private_copy(self._stand(table))
        return copies

    def _stand(self, table: str) -> dict[str, Record]:
        """Return the records as they stood before this change, by id."""
        if table not in self._standing:
            documents = (self._tables.storage.read() or {}).get(table, {})
            found: dict[str, Record] = {}
            keys: dict[str, int] = {}
            for key, document in documents.items():
                id = document.get("id")
                if isinstance(id, str) and id not in found:
                    found[id], keys[id] = document, int(key)
            self._standing[table], self._keys[table] = found, keys
        return self._standing[table]

    def _now(self, table: str, id: str) -> Record | None:
        put = self._puts.get(table, {}).get(id)
        if put is not None:
            return put
        return self._stand(table).get(id)

    # --- changing

    def put(self, table: str, record: Mapping[str, Any]) -> Record:
        """Keep a whole record in the place of what stands under its id; return it as it is kept.

        A missing id is made. The same content again changes nothing. Raises AnswerRefused ``value_not_kept`` for
        what JSON cannot hold.
        """
        new = _pure(table, record)
        id = new.get("id") or new.setdefault("id", str(uuid4()))
        stood = self._stand(table).get(id)
        if stood is not None and _is_same(content_of(stood), content_of(new)):
            self._puts.get(table, {}).pop(id, None)
            return _copy(stood)
        kept: Record = {
            "id": id,
            "created_at": (stood or new).get("created_at") or self.instant,
            "updated_at": self.instant,
            "revision": _revision(stood) + 1,
            "author": new.get("author") or (stood or new).get("author") or ME,
        }
        return self._keep(table, kept | content_of(new))

    def put_as_it_is(self, table: str, record: Mapping[str, Any]) -> Record:
        """Keep a record that was written elsewhere, its times, revision and author with it.

        Raises AnswerRefused ``value_not_kept`` for what JSON cannot hold.
        """
        new = _pure(table, record)
        stood = self._stand(table).get(new["id"])
        if stood is not None and dict(stood) == new:
            self._puts.get(table, {}).pop(new["id"], None)
            return new
        return self._keep(table, new)

    def remove(self, table: str, id: str) -> bool:
        """Clear a record's content; its id and times stay, with ``removed_at``. Return whether it was there."""
        record = self._now(table, id)
        if record is None or is_removed(record):
            return False
        stood = self._stand(table).get(id)
        if stood is None:  # made by this very change
            del self._puts[table][id]
            return True
        about = {key: stood[key] for key in ABOUT if key in stood}
        about |= {"updated_at": self.instant, "revision": _revision(stood) + 1, "removed_at": self.instant}
        self._keep(table, about)
        return True

    def take_over(self, plan_id: str, generation: int) -> None:
        """Go on as a plan that comes from elsewhere, into a folder that holds none yet.

        Raises ProblemError ``plan_already_there``.
        """
        if not self.is_new:
            raise ProblemError("plan_already_there")
        self.taken_over = self._meta._replace(plan_id=plan_id, generation=generation + 1)

    def go_beyond(self, generation: int) -> None:
        """Let the plan's next generation be higher than one that was seen elsewhere, so that it passes for the newer."""
        self.generation = max(self.generation, generation)

    def _keep(self, table: str, record: Record) -> Record:
        self._puts.setdefault(table, {})[record["id"]] = record
        return _copy(record)

    # --- the end of the block

    def put_back(self, entry: history.Entry) -> list[Before]:
        """Take a change back: every record as it was, as a new revision; what the change made is removed.

        A record that somebody else changed since (its revision moved on) stays as it is; what stood before goes to
        ``kept_versions``. Returns these.
        """
        left = history.left_at(self._history().values())
        moved_on: list[Before] = []
        for part in reversed(entry.before):
            stands = self._now(part.table, part.id)
            if stands is not None and _revision(stands) != left.get((part.table, part.id), part.left_at()):
                moved_on.append(part)
                if part.record is not None:
                    self.put(versions.KEPT, versions.kept_version(part.table, part.record))
            elif part.record is None:
                self.remove(part.table, part.id)
            else:
                self.put(part.table, {**part.record, "id": part.id})
        return moved_on

    def _history(self) -> dict[int, Record]:
        documents = (self._tables.storage.read() or {}).get(history.TABLE, {})
        return {int(key): documents[key] for key in sorted(documents, key=int)}

    def is_empty(self) -> bool:
        """Whether nothing was changed."""
        return not any(self._puts.values()) and self.taken_over is None

    def meta(self) -> Meta | None:
        """Return what line 1 is to say, None where that is only the next generation."""
        if self.taken_over is not None or self.generation == self._meta.generation:
            return self.taken_over
        return self._meta._replace(schema=max(self._meta.schema, SCHEMA), generation=self.generation + 1)

    def write(self, what: What, undid: str | None = None) -> None:
        """Bring everything that was gathered, and the entry for undo, into TinyDB's tables.

        What a ``backup`` holds need not stand in the entry: undo brings it back from there.
        """
        before: list[Before] = []
        for name, puts in self._puts.items():
            stand, table = self._stand(name), self._tables.table(name)
            before += [
                Before(name, id, dict(stand[id]) if id in stand else None, _revision(new)) for id, new in puts.items()
            ]
            changed = [self._keys[name][id] for id in puts if id in stand]
            if changed:
                table.update(_replacing(puts), doc_ids=changed)
            made = [record for id, record in puts.items() if id not in stand]
            if made:
                table.insert_multiple(made)
        if self.taken_over is not None:
            return  # a plan that was brought in is still where it came from; one key must not empty it
        entries = self._tables.table(history.TABLE)
        if self.backup:
            what, before = What(what.key, {**what.args, history.BACKUP: self.backup}), []
        entries.insert(history.new_entry(what, self.instant, before, undid))
        surplus = history.to_forget(self._history())
        if surplus:
            entries.remove(doc_ids=surplus)


def _replacing(puts: dict[str, Record]) -> Any:
    """Return what TinyDB calls with each document that is updated."""

    def replace(document: Record) -> None:
        new = puts[document["id"]]
        document.clear()
        document.update(new)

    return replace


def _is_same(one: Record, other: Record) -> bool:
    # equal is not enough: True equals 1
    return one == other and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _copy(record: Mapping[str, Any]) -> Record:
    copy: Record = private_copy(dict(record))
    return copy


def _revision(record: Mapping[str, Any] | None) -> int:
    revision = record.get("revision") if record is not None else 0
    return revision if isinstance(revision, int) and revision > 0 else 0


def _pure(table: str, record: Mapping[str, Any]) -> Record:
    """Return a record as JSON values of our own. Raises AnswerRefused ``value_not_kept``, without the text."""
    if table in {history.TABLE, FILE_TABLE} or not table:
        raise ValueError(f"the store keeps the table {table!r} itself")
    try:
        text = json.dumps(dict(record), allow_nan=False)
        new: Record = json.loads(text)
        check_document(new, has_surrogates="\\ud" in text, deepest=DEEPEST)
    except (ValueError, TypeError, RecursionError):
        raise AnswerRefused("value_not_kept") from None
    if "id" in new and not (isinstance(new["id"], str) and new["id"]):
        raise AnswerRefused("value_not_kept")
    return new
