"""A task -> the rows of its documents: what every job does first, in whatever process it runs."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from indicators.engines.shard import Shard, process
from indicators.engines.tasks import Announce, Task
from indicators.model import Document
from indicators.reading.files import Entry, read_entry
from indicators.rules.ruleset import RuleSet
from indicators.table.claims import Lists
from indicators.table.documents import document_lists


@dataclass(slots=True)
class Rows:
    """What a task gives: columns of the documents table, of claims and quantities, and sketches of the texts."""

    documents: Lists
    shard: Shard
    sketches: list[bytes] = field(default_factory=list)


@dataclass(frozen=True)
class ReadRows:
    """The job that gives the rows themselves, for tables that are held in memory.

    `every_number`: the quantities table is wanted. `sketches`: what near-copies are found by is wanted.
    """

    rules: RuleSet
    every_number: bool = True
    sketches: bool = False

    def run(self, task: Task, failed: Mapping[str, str], announce: Announce | None = None) -> Rows:
        """The rows of a task; see `Job.run`."""
        if announce is None and not failed:
            documents = [_document(entry) for entry in task.entries]
            shard = process(documents, self.rules, self.every_number)
        else:
            documents, shard = self._one_by_one(task, failed, announce or (lambda name: None))
        counts = {
            "claims": Counter(map(str, shard.claims["document"])),
            "undated_claims": Counter(map(str, _undated(shard.claims))),
            "quantities": Counter(map(str, shard.quantities["document"])) if self.every_number else None,
        }
        sketches = [_sketch(document) for document in documents] if self.sketches else []
        return Rows(document_lists(documents, counts), shard, sketches)

    def _one_by_one(self, task: Task, failed: Mapping[str, str], announce: Announce) -> tuple[list[Document], Shard]:
        documents, shard = [], Shard()
        for entry in task.entries:
            reason = failed.get(entry.name, "")
            document = _unread(entry)
            if not reason:
                announce(entry.name)
                try:
                    document = _document(entry)
                    shard.extend(process([document], self.rules, self.every_number))
                except Exception as error:
                    reason = _reason(error)
            documents.append(replace(document, status="failed", reason=reason) if reason else document)
        announce("")
        return documents, shard


def _document(entry: Entry | Document) -> Document:
    return read_entry(entry) if isinstance(entry, Entry) else entry


def _unread(entry: Entry | Document) -> Document:
    """What is known of a document that cannot be read: its row of metadata."""
    if isinstance(entry, Document):
        return entry
    document = read_entry(replace(entry, reason="failed"))
    return replace(document, content_hash=entry.content_hash)


def _reason(error: Exception) -> str:
    """What went wrong and where, in a line."""
    if isinstance(error, MemoryError):
        return "out of memory / 内存不足"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    words = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {words} ({Path(frame.filename).name}:{frame.lineno}) / 读取时出错"


def _undated(claims: Lists) -> list[object]:
    columns = (claims["document"], claims["period_start"], claims["period_end"])
    return [document for document, start, end in zip(*columns, strict=True) if not start and not end]


def _sketch(document: Document) -> bytes:
    from indicators.checks.copies import sketch

    return sketch(document.text).tobytes() if document.status == "read" else b""
