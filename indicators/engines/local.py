"""Documents -> tables on this machine: one process, or several that read shards of the documents side by side."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import pandas as pd

from indicators.engines.shard import Shard, process
from indicators.model import Document, Finding
from indicators.rules.ruleset import RuleSet
from indicators.table.columns import CLAIMS, QUANTITIES, build

SHARD = 64  # documents a process reads at a time: a few hundred kilobytes, small beside the cost of a process


@dataclass(frozen=True, slots=True)
class Extraction:
    """The tables of a corpus. `failed`: rules that could not be run to their end; their missing rows are no zero."""

    documents: tuple[Document, ...]
    claims: pd.DataFrame
    quantities: pd.DataFrame
    findings: tuple[Finding, ...]
    failed: dict[str, str]


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
