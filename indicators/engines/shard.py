"""A shard of documents -> the rows of its tables: the one function that every engine runs.

A pure function of documents and rules: however the documents are cut into shards, and wherever a shard is read, the
tables are the same, row for row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from indicators.checks.labels import label_findings
from indicators.checks.reposts import repost_findings
from indicators.language.reader import Reading, read_all
from indicators.model import Document, Finding
from indicators.rules.focusing import focus
from indicators.rules.matches import MatchResult
from indicators.rules.matching import match_all
from indicators.rules.ruleset import RuleSet
from indicators.rules.uncollected import collect_new, uncollected
from indicators.table.claims import Lists, add_claims, empty_lists
from indicators.table.columns import QUANTITIES
from indicators.table.quantities import add_quantities
from indicators.table.repeats import mark_repeats

BATCH = 300_000  # characters of the documents whose words are looked for at once: about a megabyte of UTF-8


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


def process(documents: Sequence[Document], rules: RuleSet, every_number: bool = True) -> Shard:
    """Read some documents; refused ones give no rows.

    `every_number`: the quantities table and all findings are wanted too. Without it numbers are read only where a rule
    could take one: the claims are the same, `quantities` stays empty, and findings are those of documents with claims.
    """
    shard = Shard()
    with uncollected():
        for batch in batches(document for document in documents if document.status != "refused"):
            _read_batch(shard, batch, rules, every_number)
            collect_new()
    return shard


def _read_batch(shard: Shard, batch: Sequence[Document], rules: RuleSet, every_number: bool) -> None:
    """Append the rows of some documents."""
    readings, hits = focus(read_all(batch), rules.prefilter, every_number)
    # A rule that ran out of time once is not tried again.
    results = match_all(readings, rules, shard.failed, hits)
    for reading, result in zip(readings, results, strict=True):
        _add(shard, reading, result, rules, every_number)


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents, some hundreds of thousands of characters at a time."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _add(shard: Shard, reading: Reading, result: MatchResult, rules: RuleSet, every_number: bool) -> None:
    """Append the rows of one document."""
    shard.failed.update(result.failed)
    if every_number or len(result):
        first = len(shard.claims["claim_id"])
        add_claims(shard.claims, reading, result, rules.rules_version)
        mark_repeats(shard.claims, first, reading)
        shard.findings.extend([*repost_findings(reading), *label_findings(reading, result)])
    if every_number:
        add_quantities(shard.quantities, reading, result)
