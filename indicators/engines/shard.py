"""A shard of documents -> the rows of its tables: the one function that every engine runs.

A pure function of documents and rules: however the documents are cut into shards, and wherever a shard is read, the
tables are the same, row for row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.checks.labels import label_findings
from indicators.checks.reposts import repost_findings
from indicators.language.reader import read
from indicators.model import Document, Finding
from indicators.rules.matching import match
from indicators.rules.ruleset import RuleSet
from indicators.table.claims import Lists, add_claims, empty_lists
from indicators.table.columns import QUANTITIES
from indicators.table.quantities import add_quantities
from indicators.table.repeats import mark_repeats


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

    `every_number`: the quantities table is wanted too; without it only numbers that a rule could take are read.
    """
    shard = Shard()
    for document in documents:
        if document.status == "refused":
            continue
        reading = read(document)
        result = match(reading, rules, shard.failed)  # a rule that ran out of time once is not tried again
        first = len(shard.claims["claim_id"])
        add_claims(shard.claims, reading, result, rules.rules_version)
        mark_repeats(shard.claims, first, reading)
        if every_number:
            add_quantities(shard.quantities, reading, result)
        shard.failed.update(result.failed)
        shard.findings.extend([*repost_findings(reading), *label_findings(reading, result)])
    return shard
