"""Where the pipeline's time goes: CPU time of each stage, then the ten functions with the most time of their own.

The profiler makes small functions look slower than they are: believe the stages first. Time in C (regex, dict, str) is
counted to the Python function that called it.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from indicators.checks.labels import label_findings
from indicators.checks.reposts import repost_findings
from indicators.engines.shard import process
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.project import load_project
from indicators.reading.files import read_documents
from indicators.rules.matches import MatchResult
from indicators.rules.matching import match
from indicators.rules.ruleset import RuleSet
from indicators.table.claims import add_claims, empty_lists
from indicators.table.columns import QUANTITIES
from indicators.table.quantities import add_quantities
from indicators.table.repeats import mark_repeats

Result = TypeVar("Result")
Function = tuple[str, int, str]


class Stages:
    """CPU seconds by name of stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, name: str, run: Callable[..., Result], *given: Any) -> Result:
        """Call it and count its time to that stage."""
        begin = time.process_time()
        result = run(*given)
        self.seconds[name] += time.process_time() - begin
        return result


def stages(documents: Sequence[Document], rules: RuleSet) -> tuple[dict[str, float], int, int]:
    """CPU seconds of each stage over the documents, and how many quantities and claims they gave."""
    clock = Stages()
    quantities = claims = 0
    for document in documents:
        reading = read(document)
        clock.time("fold", getattr, reading, "folded")
        clock.time("sentences", getattr, reading, "sentences")
        clock.time("dates", getattr, reading, "dates")
        quantities += len(clock.time("quantities", getattr, reading, "quantities"))
        result = clock.time("rules", match, reading, rules)
        clock.time("timeline", getattr, reading, "timeline")
        clock.time("places", getattr, reading, "places")
        lists = empty_lists()
        clock.time("claims", add_claims, lists, reading, result, rules.rules_version)
        claims += len(lists["claim_id"])
        clock.time("repeats", mark_repeats, lists, 0, reading)
        every: dict[str, list[Any]] = {name: [] for name in QUANTITIES}
        clock.time("every number's row", add_quantities, every, reading, result)
        clock.time("findings", _findings, reading, result)
    return dict(clock.seconds), quantities, claims


def _findings(reading: Reading, result: MatchResult) -> int:
    return len([*repost_findings(reading), *label_findings(reading, result)])


def own_times(documents: Sequence[Document], rules: RuleSet, every_number: bool) -> list[tuple[float, int, Function]]:
    """Seconds of its own (calls into C included), calls, and each Python function, the slowest first."""
    profiler = cProfile.Profile()
    profiler.enable()
    process(documents, rules, every_number=every_number)
    profiler.disable()
    table: Any = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    own: dict[Function, float] = defaultdict(float)
    calls: dict[Function, int] = {}
    for function, (_, count, seconds, _, callers) in table.items():
        calls[function] = count
        if function[0] != "~":
            own[function] += seconds
        for caller, (_, _, part, _) in callers.items() if function[0] == "~" else ():
            own[caller] += part
    return sorted(((seconds, calls.get(function, 0), function) for function, seconds in own.items()), reverse=True)


def _name(function: Function) -> str:
    path, line, name = function
    parts = Path(path).with_suffix("").parts
    first = max((i for i, part in enumerate(parts) if part == "indicators"), default=len(parts) - 1)
    return f"{'.'.join(parts[first:])}.{name}" if line else name


def main() -> int:
    """Print both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder of documents, a few megabytes")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--every-number", action="store_true", help="the quantities table too")
    parser.add_argument("--top", type=int, default=10)
    given = parser.parse_args()
    rules = load_project(given.config).rules
    documents = [document for document in read_documents(given.corpus) if document.status == "read"]
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    process(documents[:8], rules)  # warm
    seconds, quantities, claims = stages(documents, rules)
    out = sys.stdout
    out.write(f"{size:.1f} MB, {quantities} numbers, {claims} claims\n\n")
    out.write("| stage | ms a MB | us a number |\n|---|---:|---:|\n")
    for name, spent in seconds.items():
        out.write(f"| {name} | {spent / size * 1e3:.1f} | {spent / max(1, quantities) * 1e6:.1f} |\n")
    out.write("\n| own time, share | calls a MB | function |\n|---:|---:|---|\n")
    slowest = own_times(documents, rules, given.every_number)
    total = sum(spent for spent, _, _ in slowest)
    for spent, count, function in slowest[: given.top]:
        out.write(f"| {spent / total:.1%} | {count / size:,.0f} | {_name(function)} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
