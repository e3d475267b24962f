"""What was measured -> the table of goals as Markdown. A cell says "failed" where something it needs failed."""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Measured = dict[str, Any]  # one measurement: seconds, MB, peak; or {"failed": why}
Results = dict[str, Measured]  # by name of measurement
Row = tuple[str, str]  # what is measured, and the goal


def cell(write: Callable[[], str], results: Mapping[str, Measured], *needed: str) -> str:
    """A cell made of some measurements: "failed" where one of them failed, "-" where one was not made."""
    found = [results.get(name, {}) for name in needed]
    if any("failed" in one for one in found):
        return "failed"
    return write() if all(found) else "-"


def rate(results: Mapping[str, Measured], name: str) -> float:
    """MB a CPU second."""
    return float(results[name]["mb"] / results[name]["cpu"])


def goal_rows(tree: Results, others: Results) -> dict[Row, str]:
    """What one tree reached, by row of the table."""
    every = {**others, **tree}

    def put(what: str, goal: str, write: Callable[[], str], *needed: str) -> None:
        rows[what, goal] = cell(write, every, *needed)

    def speed(name: str, digits: int = 2) -> Callable[[], str]:
        return lambda: f"{rate(every, name):.{digits}f} MB/s"

    def value(name: str, key: str, form: str) -> Callable[[], str]:
        return lambda: form.format(every[name][key])

    rows: dict[Row, str] = {}
    for size, goal, times in ((30, "12", 10), (1000, "6", 60)):
        own, naive = f"pipeline {size}", f"naive {size}"
        put(f"pipeline, {size:,} rules", f"{goal} MB/s", speed(own), own)
        put(f"the same : naive loop, {size:,} rules", f"{times} x", _times(every, own, naive), own, naive)
        put(f"pipeline and every number, {size:,} rules", "", speed(f"every number {size}"), f"every number {size}")
    for size, goal in ((30, "35"), (1000, "12")):
        name = f"rule stage {size}"
        put(f"rule stage, {size:,} rules", f"{goal} MB/s", speed(name, 1), name)
    for size in (30, 1000):
        name = f"loops {size}"
        put(f"claims as without prefilter, {size:,} rules", "True", value(name, "equal", "{}"), name)
        put(f"of our captures the naive loop has, {size:,} rules", "", value(name, "found", "{:.1%}"), name)
    few, many = "pipeline 30", "pipeline 1000"
    put("growth from 30 to 1,000 rules", "2.5 x", _times(every, few, many), few, many)
    put("time a MB, large : main corpus", "0.8 to 1.25", _times(every, few, "large"), few, "large")
    put("peak memory, main corpus", "400 MB", value(few, "peak", "{:.0f} MB"), few)
    put("peak memory, large corpus", "400 MB", value("large", "peak", "{:.0f} MB"), "large")
    rows.update(_folder_rows(tree))
    put("extract on the seeds, start included", "1.5 s", value("cold", "wall", "{:.2f} s"), "cold")
    put("the same, warm", "20 ms", lambda: f"{every['warm']['cpu'] * 1e3:.0f} ms", "warm")
    put("import indicators", "0.3 s", value("import", "wall", "{:.2f} s"), "import")
    put("loading 1,000 rules (not in the rates)", "", value(many, "loading", "{:.2f} s"), many)
    put("reading files alone", "", speed("reading", 0), "reading")
    return rows


def _times(results: Mapping[str, Measured], one: str, other: str) -> Callable[[], str]:
    return lambda: f"{rate(results, one) / rate(results, other):.2f} x"


def _folder_rows(tree: Results) -> dict[Row, str]:
    """Rows about a folder of Parquet: clock time, the start of the process taken off where a share is wanted."""
    wall = {name: tree[name]["wall"] for name in tree if "wall" in tree[name]}

    def share(name: str) -> Callable[[], str]:
        return lambda: f"{(wall[name] - wall['start']) / (wall['one'] - wall['start']):.1%}"

    def peak(name: str) -> Callable[[], str]:
        return lambda: f"{tree[name]['peak']:.0f} MB"

    whole = ("one", "start")
    return {
        ("folder, one process (clock)", ""): cell(lambda: f"{wall['one']:.1f} s", tree, "one"),
        ("folder, two workers : one", "1.8 x"): cell(lambda: f"{wall['one'] / wall['two']:.2f} x", tree, "one", "two"),
        ("folder, one document changed: share of the full run", "5 %"): cell(share("again"), tree, "again", *whole),
        ("folder, nothing changed: share of the full run", ""): cell(share("unchanged"), tree, "unchanged", *whole),
        ("folder, peak memory, one process", "400 MB"): cell(peak("one"), tree, "one"),
        ("folder, peak memory, greatest of three processes", "400 MB"): cell(peak("two"), tree, "two"),
    }


def report(trees: Mapping[str, Results], others: Results, main: float, large: float) -> str:
    """Date, machine and both tables as Markdown; `main` and `large` are the corpora in MB."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    name = cpu.group(1) if cpu else platform.machine()
    machine = f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"
    corpora = f"corpora of {main:g} MB" + (f" and {large:g} MB (large, folder)" if large else "")
    lines = [f"{time.strftime('%Y-%m-%d %H:%M')}; {machine}; {corpora}; load {os.getloadavg()[0]:.1f} at the end", ""]
    lines += [f"| | goal | {' | '.join(trees)} |", f"|---|---:|{'---:|' * len(trees)}"]
    columns = [goal_rows(results, others) for results in trees.values()]
    lines += [f"| {' | '.join((*key, *(column[key] for column in columns)))} |" for key in columns[0]]
    lines += ["", "| beside it | MB/s |", "|---|---:|"]
    for each in others:
        lines.append(f"| {each} | {cell(lambda each=each: f'{rate(others, each):.2f}', others, each)} |")  # type: ignore[misc]
    return "\n".join(lines) + "\n"
