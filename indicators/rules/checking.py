"""Everything that `indicators check` says of a rule set: examples, rejects, what is lacking, what is suspicious."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.errors import Fault
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules.corpus_linting import lint_corpus, lint_examples
from indicators.rules.linting import lint
from indicators.rules.ruleset import RuleSet
from indicators.rules.testing import run_examples


def check_rules(rules: RuleSet, corpus: Sequence[Reading] | None = None) -> tuple[list[Fault], str]:
    """Faults (severity error, warning or note) and a line that sums up; notes only where there is a corpus."""
    faults = run_examples(rules, _read)
    examples = [_read(example.text) for indicator in rules.indicators for example in indicator.examples]
    lints = lint_examples(rules, examples) if corpus is None else lint_corpus(rules, corpus, examples)
    found = list(dict.fromkeys([*faults, *lint(rules), *lints]))
    count = {severity: sum(fault.severity == severity for fault in found) for severity in ("error", "warning", "note")}
    cases = sum(len(indicator.examples) + len(indicator.rejects) for indicator in rules.indicators)
    notes = "" if corpus is None else f", {count['note']} notes"
    summary = (
        f"{len(rules.indicators)} indicators, {len(rules.rules)} patterns, {cases} examples and rejects: "
        f"{count['error']} faults, {count['warning']} warnings{notes}"
    )
    return found, summary


def _read(text: str) -> Reading:
    return read(Document("example", text))
