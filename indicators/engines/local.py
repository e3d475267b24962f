"""Documents -> tables on this machine: one process, or several that read shards of the documents side by side.

`process` is the shard function: a pure function of documents and rules. However the documents are cut into shards, the
tables are the same, row for row.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import pandas as pd

from indicators.checks.labels import label_findings
from indicators.checks.reposts import repost_findings
from indicators.language.reader import read
from indicators.model import Document, Finding
from indicators.rules.matching import match
from indicators.rules.ruleset import RuleSet
from indicators.table.claims import Lists, add_claims, empty_lists
from indicators.table.columns import CLAIMS, QUANTITIES, build
from indicators.table.quantities import add_quantities
from indicators.table.repeats import mark_repeats

SHARD = 64  # documents a process reads at a time: a few hundred kilobytes, small beside the cost of a process


@dataclass(slots=True)
class Shard:
    """What one shard of documents gives: the columns of both tables, findings, and rules that failed and why."""

    claims: Lists = field(default_factory=empty_lists)
    quantities: Lists = field(default_factory=lambda: {name: [] for name in QUANTITIES})
    findings: list[Finding] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def extend(self, other: Shard) -> None:
        """Append another shard's rows."""
        for mine, theirs in ((self.claims, other.claims), (self.quantities, other.quantities)):
            for name, cells in theirs.items():
                mine[name].extend(cells)
        self.findings.extend(other.findings)
        self.failed.update(other.failed)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The tables of a corpus. `failed`: rules that could not be run to their end; their missing rows are no zero."""

    documents: tuple[Document, ...]
    claims: pd.DataFrame
    quantities: pd.DataFrame
    findings: tuple[Finding, ...]
    failed: dict[str, str]


def process(documents: Sequence[Document], rules: RuleSet) -> Shard:
    """Read some documents; refused ones give no rows."""
    shard = Shard()
    for document in documents:
        if document.status == "refused":
            continue
        reading = read(document)
        result = match(reading, rules, shard.failed)  # a rule that ran out of time once is not tried again
        first = len(shard.claims["claim_id"])
        add_claims(shard.claims, reading, result, rules.rules_version)
        mark_repeats(shard.claims, first, reading)
        add_quantities(shard.quantities, reading, result)
        shard.failed.update(result.failed)
        shard.findings.extend([*repost_findings(reading), *label_findings(reading, result)])
    return shard


def extract(documents: Sequence[Document], rules: RuleSet, workers: int = 1) -> Extraction:
    """The tables of `documents`, in their order, read by `workers` processes."""
    whole = Shard()
    for shard in _shards(documents, rules, workers):
        whole.extend(shard)
    return Extraction(
        tuple(documents),
        build(CLAIMS, whole.claims),
        build(QUANTITIES, whole.quantities),
        tuple(whole.findings),
        whole.failed,
    )


def _shards(documents: Sequence[Document], rules: RuleSet, workers: int) -> Iterator[Shard]:
    if workers == 1 or len(documents) < 2:
        yield process(documents, rules)
        return
    size = max(1, min(SHARD, -(-len(documents) // workers)))
    parts = [documents[first : first + size] for first in range(0, len(documents), size)]
    # spawn: a forked copy of a process with threads (the dashboard) may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(rules,)) as pool:
        yield from pool.map(_work, parts)


_rules: RuleSet


def _begin(rules: RuleSet) -> None:
    """Give a worker process its rules once, not with every shard."""
    global _rules
    _rules = rules


def _work(documents: Sequence[Document]) -> Shard:
    return process(documents, _rules)
