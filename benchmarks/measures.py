"""One measurement in a process of its own, so that memory and warm-up are its own: prints one JSON object.

usage: measures.py NAME [key=value]...    PYTHONPATH decides which tree of the project is measured

Seconds are CPU seconds of the process (`cpu`) and of the clock (`wall`); `mb` are 10^6 bytes of UTF-8 text; `peak` is
the process's greatest memory in MB. What is not named in a measurement (loading rules, warming up) is not in its time.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BATCH = 64  # documents at a time: about half a megabyte
WARM = 8  # documents read before the clock starts
Result = dict[str, Any]
Spans = dict[tuple[int, str], list[tuple[int, int]]]  # (document, indicator) -> spans of numbers


class Clock:
    """Adds up CPU and wall seconds of the blocks it is used in."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    def __enter__(self) -> Clock:
        self._from = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu += time.process_time() - self._from[0]
        self.wall += time.perf_counter() - self._from[1]


def pipeline(config: str, corpus: str, every_number: str = "") -> Result:
    """Files -> claims table, batch by batch: reading, numbers, rules, places, periods, columns, Arrow."""
    import pyarrow as pa

    from indicators.engines.shard import process
    from indicators.project import load_project
    from indicators.reading.files import read_documents
    from indicators.table.columns import CLAIMS, arrow_schema

    loading = Clock()
    with loading:
        rules = load_project(config).rules
        process(list(itertools.islice(read_documents(corpus), WARM)), rules, every_number=bool(every_number))
    clock, size, rows, schema = Clock(), 0, 0, arrow_schema(CLAIMS)
    documents = iter(read_documents(corpus))
    while True:
        with clock:
            batch = list(itertools.islice(documents, BATCH))
            shard = process(batch, rules, every_number=bool(every_number))
            rows += pa.table(
                [list(shard.claims[name]) for name in CLAIMS if name in shard.claims],
                schema=pa.schema([field for field in schema if field.name in shard.claims]),
            ).num_rows
        if not batch:
            break
        size += sum(len(document.text.encode()) for document in batch)
    return _result(clock, size, rows=rows, loading=loading.cpu)


def rule_stage(config: str, corpus: str) -> Result:
    """Rules alone, batch by batch as the engines run them: sentences and numbers of the documents are known."""
    from indicators.rules.matching import match_all

    rules = _rules(config)
    list(match_all(list(itertools.islice(_readings(corpus), WARM)), rules))
    clock, size, rows = Clock(), 0, 0
    readings = _readings(corpus)
    while batch := list(itertools.islice(readings, BATCH)):
        with clock:
            rows += sum(len(result.matches) for result in match_all(batch, rules))
        size += sum(len(reading.document.text.encode()) for reading in batch)
    return _result(clock, size, rows=rows)


def loops(config: str, corpus: str) -> Result:
    """Claims beside two loops: every rule on every sentence (no prefilter), and the naive loop's hits.

    `equal`: the claims tables with and without prefilter are the same, row for row. `found`: share of our captures
    whose number the naive loop finds for the same indicator; `kept`: share of the naive hits that we capture (the rest
    are ordinals, dates, units that do not convert, gaps over another number, or go to another indicator).
    """
    from indicators.engines.shard import process
    from indicators.reading.files import read_documents
    from indicators.rules.reach import ANYWHERE

    rules = _rules(config)
    unfiltered = dataclasses.replace(
        rules, rules=tuple(dataclasses.replace(rule, literals=None, reach=ANYWHERE) for rule in rules.rules)
    )
    documents = list(read_documents(corpus))
    size = sum(len(document.text.encode()) for document in documents)
    version = rules.rules_version
    ours, theirs = (process(documents, one, every_number=False).claims for one in (rules, unfiltered))
    equal = all(list(ours[name]) == list(theirs[name]) for name in ours if version == unfiltered.rules_version)
    found, kept = _overlap(config, corpus)
    return _result(Clock(), size, rows=len(ours["claim_id"]), equal=equal, found=found, kept=kept)


def _overlap(config: str, corpus: str) -> tuple[float, float]:
    from naive import NAIVE, loop, patterns

    from indicators.rules.matching import match

    rules, plain = _rules(config), patterns(Path(config), NAIVE)
    readings = list(_readings(corpus))
    hits: Spans = {}
    for text, rule, start, end in loop([reading.folded.text for reading in readings], [each for _, each in plain]):
        hits.setdefault((text, plain[rule][0]), []).append((start, end))
    ours: Spans = {}
    for number, reading in enumerate(readings):
        quantities = reading.quantities
        for one in match(reading, rules).matches:
            span = quantities.start[one.quantity], quantities.end[one.quantity]
            ours.setdefault((number, one.indicator.id), []).append(span)
    return _covered(ours, hits), _covered(hits, ours)


def _covered(
    spans: dict[tuple[int, str], list[tuple[int, int]]], by: dict[tuple[int, str], list[tuple[int, int]]]
) -> float:
    """Share of spans that overlap a span of the same document and indicator."""
    pairs = [(span, by.get(key, [])) for key, found in spans.items() for span in found]
    hit = sum(any(start < span[1] and span[0] < end for start, end in others) for span, others in pairs)
    return hit / len(pairs) if pairs else 1.0


def naive_loop(config: str, corpus: str, macro: str = "naive") -> Result:
    """The naive loop over folded texts, with the naive or the tuned number macro."""
    import naive

    expressions = [each for _, each in naive.patterns(Path(config), naive.TUNED if macro == "tuned" else naive.NAIVE)]
    texts, size = _folded(corpus)
    naive.loop(texts[:1], expressions)  # compiles
    clock = Clock()
    with clock:
        rows = len(naive.loop(texts, expressions))
    return _result(clock, size, rows=rows)


def filtered_re2(config: str, corpus: str) -> Result:
    """FilteredRE2 in place of the loop over rules."""
    import naive

    texts, size = _folded(corpus)
    finder = naive.FilteredRE2([each for _, each in naive.patterns(Path(config))])
    finder.find(texts[:1])
    clock = Clock()
    with clock:
        rows = len(finder.find(texts))
    return _result(clock, size, rows=rows)


def warm(config: str, corpus: str) -> Result:
    """Documents in memory -> claims frame in a process that has done it before; the best of 20 times."""
    from indicators.engines.local import extract
    from indicators.reading.files import read_documents

    rules = _rules(config)
    documents = list(read_documents(corpus))
    best = Clock()
    best.cpu = best.wall = 1e9
    for _ in range(20):
        clock = Clock()
        with clock:
            rows = len(extract(documents, rules).claims)
        best = min(best, clock, key=lambda one: one.cpu)
    return _result(best, sum(len(document.text.encode()) for document in documents), rows=rows)


def reading(corpus: str) -> Result:
    """Files -> documents: reading, decoding, metadata."""
    from indicators.reading.files import read_documents

    clock = Clock()
    with clock:
        documents = list(read_documents(corpus))
    return _result(clock, sum(len(document.text.encode()) for document in documents), rows=len(documents))


def command(words: str, folder: str = ".") -> Result:
    """A command run in a folder (`words`: a JSON list), its process start included; `peak` of its greatest process.

    Raises SystemExit with what the command said where its exit code is not 0.
    """
    begin = time.perf_counter()
    done = subprocess.run(json.loads(words), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    wall = time.perf_counter() - begin
    if done.returncode:
        sys.exit(f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-2000:].strip()}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"cpu": used.ru_utime + used.ru_stime, "wall": wall, "mb": 0.0, "peak": used.ru_maxrss / 1e3}


def _rules(config: str) -> Any:
    from indicators.project import load_project

    return load_project(config).rules


def _readings(corpus: str) -> Iterator[Any]:
    """Readings of the documents with their sentences and numbers read."""
    from indicators.language.reader import read
    from indicators.reading.files import read_documents

    for document in read_documents(corpus):
        reading = read(document)
        _ = reading.sentences, reading.quantities
        yield reading


def _folded(corpus: str) -> tuple[list[str], int]:
    """The folded texts of a corpus, and the bytes of the texts before folding."""
    from indicators.language.folding import fold
    from indicators.reading.files import read_documents

    texts = [document.text for document in read_documents(corpus)]
    return [fold(text).text for text in texts], sum(len(text.encode()) for text in texts)


def _result(clock: Clock, size: int, **more: Any) -> Result:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return {"cpu": clock.cpu, "wall": clock.wall, "mb": size / 1e6, "peak": peak, **more}


MEASURES: dict[str, Callable[..., Result]] = {
    each.__name__: each for each in (pipeline, rule_stage, loops, naive_loop, filtered_re2, warm, reading, command)
}


def main() -> int:
    """Run the measurement that the arguments name."""
    if len(sys.argv) < 2 or sys.argv[1] not in MEASURES:
        sys.stderr.write(f"{__doc__}\nNAME: {', '.join(MEASURES)}\n")
        return 2
    result = MEASURES[sys.argv[1]](**dict(words.split("=", 1) for words in sys.argv[2:]))
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
