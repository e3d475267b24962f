"""Documents -> tables in memory: the whole corpus of a notebook, of the dashboard, of the checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from indicators.engines.reading_shards import ReadRows, Rows
from indicators.engines.running import in_order, run
from indicators.engines.shard import Shard
from indicators.engines.tasks import SHARD, Task, size_of
from indicators.model import Document, Finding
from indicators.reading.encodings import sound
from indicators.rules.ruleset import RuleSet
from indicators.table.columns import CLAIMS, QUANTITIES, build


@dataclass(frozen=True, slots=True)
class Extraction:
    """The tables of a corpus. `failed`: rules that could not be run to their end; their missing rows are no zero."""

    documents: tuple[Document, ...]
    claims: pd.DataFrame
    quantities: pd.DataFrame
    findings: tuple[Finding, ...]
    failed: dict[str, str]


def extract(documents: Sequence[Document], rules: RuleSet, workers: int = 1) -> Extraction:
    """The tables of `documents`, in their order, read by `workers` processes.

    A document that cannot be read to its end has status failed and the reason; the others are read. Lone surrogates in
    texts of a caller's own are U+FFFD in the documents returned and in the tables.
    """
    whole, read = Shard(), [_sound(document) for document in documents]
    for number, rows in enumerate(in_order(run(ReadRows(rules), tasks := _tasks(read, workers), workers))):
        whole.extend(rows.shard)
        _mark_failed(read, sum(len(task.entries) for task in tasks[:number]), rows)
    return Extraction(
        tuple(read),
        build(CLAIMS, whole.claims),
        build(QUANTITIES, whole.quantities),
        tuple(whole.findings),
        whole.failed,
    )


def _sound(document: Document) -> Document:
    """The document, itself where its words are those of a file."""
    words: dict[str, Any] = {name: getattr(document, name) for name in _WORDS}
    clean: dict[str, Any] = {name: sound(value) for name, value in words.items()}
    return document if clean == words else replace(document, **clean)


_WORDS = ("name", "text", "title", "source", "url", "published", "written", "place")


def _tasks(documents: Sequence[Document], workers: int) -> list[Task]:
    """Documents in shards, so many that all workers have some."""
    most = min(SHARD, sum(map(size_of, documents)) // workers + 1) if workers > 1 else SHARD
    tasks: list[Task] = []
    shard: list[Document] = []
    size = 0
    for document in documents:
        shard.append(document)
        size += size_of(document)
        if size >= most:
            tasks.append(Task(len(tasks), tuple(shard), size))
            shard, size = [], 0
    if shard:
        tasks.append(Task(len(tasks), tuple(shard), size))
    return tasks


def _mark_failed(documents: list[Document], first: int, rows: Rows) -> None:
    """Give the documents of one task their status where it failed."""
    statuses = zip(rows.documents["status"], rows.documents["reason"], strict=True)
    for index, (status, reason) in enumerate(statuses, first):
        if status == "failed":
            documents[index] = replace(documents[index], status="failed", reason=str(reason))
