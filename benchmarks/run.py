"""The goals table in one run: this tree, an older one beside it, the naive loop, FilteredRE2 and ripgrep.

Every measurement runs in a process of its own (`measures.py`); of `--repeat` times the least CPU time counts. What
fails says why on stderr, and its cells say "failed". All that was measured is kept in results.json.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rules
from generate_corpus import documents, write
from goals import Measured, Results, report
from naive import patterns

HERE = Path(__file__).resolve().parent
CHANGE = "全镇有党员81人。\n"  # what is added to the document that changes


def measure(tree: Path, name: str, repeat: int = 1, **given: object) -> Measured:
    """The best of some runs of a measurement on a tree; {"failed": why} where one fails, said on stderr too."""
    words = [sys.executable, str(HERE / "measures.py"), name, *(f"{key}={value}" for key, value in given.items())]
    # Modules are compiled once and kept, as they are for users.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    best: Measured = {}
    for _ in range(repeat):
        begin = time.perf_counter()
        done = subprocess.run(  # noqa: S603
            words, cwd=tree, env={**kept, "PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False
        )
        sys.stderr.write(f"{time.perf_counter() - begin:7.1f} s  {' '.join(words[2:])[:150]}\n")
        if done.returncode:
            said = done.stderr.strip() or f"exit code {done.returncode}"
            sys.stderr.write(f"FAILED in {tree}: {said}\n")
            return {"failed": said}
        result = json.loads(done.stdout)
        if not best or result["cpu"] < best["cpu"]:
            best = result
    return best


def measure_tree(tree: Path, corpora: dict[str, Path], configs: dict[int, Path], repeat: int) -> Results:
    """All measurements of one tree."""
    results: Results = {}
    main, small = corpora["main"], corpora["small"]
    for size, config in configs.items():
        results[f"pipeline {size}"] = measure(tree, "pipeline", repeat, config=config, corpus=main)
        results[f"every number {size}"] = measure(tree, "pipeline", repeat, config=config, corpus=main, every_number=1)
        results[f"rule stage {size}"] = measure(tree, "rule_stage", repeat, config=config, corpus=main)
        results[f"loops {size}"] = measure(tree, "loops", config=config, corpus=small)
    if "large" in corpora:
        results["large"] = measure(tree, "pipeline", config=configs[30], corpus=corpora["large"])
    results["reading"] = measure(tree, "reading", repeat, corpus=main)
    results["warm"] = measure(tree, "warm", config=tree / "config.yaml", corpus=tree / "seeds")
    for name, words in {"cold": ["-m", "indicators.cli", "extract"], "import": ["-c", "import indicators"]}.items():
        results[name] = measure(tree, "command", max(3, repeat), words=command(*words), folder=tree)
    with tempfile.TemporaryDirectory() as folder:
        results.update(folder_runs(tree, corpora.get("large", main), configs[30], Path(folder)))
    return results


def command(*words: str) -> str:
    """A Python command as `measures.command` takes it."""
    return json.dumps([sys.executable, *words])


def folder_runs(tree: Path, corpus: Path, config: Path, folder: Path) -> Results:
    """`indicators extract --output DIR`: one process, two, again with nothing and with one document changed.

    "start" is the same command on a folder of one short document: what a run costs before its corpus is read.
    """
    (folder / "short").mkdir(parents=True)
    (folder / "short" / "a.txt").write_text(CHANGE, "utf-8")

    def extract(read: Path, output: str, workers: int = 1) -> Measured:
        words = ["-m", "indicators.cli", "extract", str(read), "--config", str(config), "--workers", str(workers)]
        (folder / output).mkdir(exist_ok=True)
        return measure(tree, "command", words=command(*words, "--output", str(folder / output)), folder=folder)

    results = {"start": extract(folder / "short", "start"), "one": extract(corpus, "one")}
    results["two"] = extract(corpus, "two", workers=2)
    results["unchanged"] = extract(corpus, "one")
    changed = min(corpus.rglob("*.txt"))
    text = changed.read_bytes()
    try:
        changed.write_bytes(text + CHANGE.encode())
        results["again"] = extract(corpus, "one")
    finally:
        changed.write_bytes(text)
    return results


def measure_others(corpora: dict[str, Path], configs: dict[int, Path], repeat: int) -> Results:
    """The naive loop, FilteredRE2 and ripgrep; the loops with 1,000 rules run on the small corpus."""
    results: Results = {}
    tree, main = HERE.parent, corpora["main"]
    for size, config in configs.items():
        corpus = main if size == min(configs) else corpora["small"]
        for macro in ("naive", "tuned"):
            results[f"{macro} {size}"] = measure(tree, "naive_loop", config=config, corpus=corpus, macro=macro)
        results[f"FilteredRE2 {size}"] = measure(tree, "filtered_re2", repeat, config=config, corpus=main)
    alternation = "|".join(f"(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', each)})" for _, each in patterns(configs[30]))
    size_of_main = sum(path.stat().st_size for path in main.rglob("*.txt")) / 1e6
    for name, pattern in {"ripgrep [0-9]+": "[0-9]+", "ripgrep 30": alternation}.items():
        words = json.dumps(["rg", "-j1", "--count-matches", "-e", pattern, str(main)])
        results[name] = measure(tree, "command", repeat, words=words, folder=HERE)
        if "failed" not in results[name]:
            results[name]["mb"] = size_of_main
    return results


def corpora_in(folder: Path, main: float, large: float) -> dict[str, Path]:
    """The corpora of these sizes and a small one, made where they are not there yet."""
    corpora = {}
    for name, size in {"main": main, "small": main / 10, "large": large}.items():
        if size:
            corpora[name] = folder / f"corpus{size:g}"
            if not (corpora[name] / "metadata.csv").exists():
                write(corpora[name], documents(size), ["utf-8"], 0)
    return corpora


def main() -> int:
    """Make corpora and rules, measure, print; exit code 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=float, default=10, help="main corpus, 10^6 bytes (10)")
    parser.add_argument("--large", type=float, default=0, help="large corpus; 100, or 1000 for the full run (0: none)")
    parser.add_argument("--before", type=Path, help="folder with an older tree: indicators, config.yaml, seeds")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "indicators-benchmarks")
    given = parser.parse_args()
    work = given.work.resolve()
    corpora = corpora_in(work, given.mb, given.large)
    configs = {size: rules.write(work, size) for size in rules.SIZES}
    others = measure_others(corpora, configs, given.repeat)
    trees = {"now": HERE.parent, **({"before": given.before.resolve()} if given.before else {})}
    measured: dict[str, Results] = {}
    for name, tree in trees.items():
        measured[name] = measure_tree(tree, corpora, configs, given.repeat)
        found = {"others": others, **measured}
        (work / "results.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    sys.stdout.write(report(dict(reversed(measured.items())), others, given.mb, given.large))
    return int(any("failed" in one for results in found.values() for one in results.values()))


if __name__ == "__main__":
    sys.exit(main())
