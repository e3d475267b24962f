"""Rule sets for the benchmarks: 30 of the project's own rules, and 1,000 as a province's rule book would hold.

The 30 are indicators of config.yaml and the pack `rural` with one pattern each, as they were on 2026-11-23, so that
figures of different days compare; none needs a look-around, so that every engine can run them. The other 970 are made:
97 nouns of the genre times 10 verbs. Some of them occur in the text, most do not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from templates import rows

SIZES = (30, 1000)
_ORDERS = {
    "verb-first": "VERB了?{value}{clause}NOUN",
    "noun-first": "NOUN{gap:6}VERB{is}{value}",
    "noun-value": "NOUN{is}{value}",
    "value-noun": "{value}(?:的|\\p{Han}{2})?NOUN",
}


def config(size: int) -> dict[str, Any]:
    """The config.yaml with that many indicators of one pattern each, as a mapping. At most 1,000."""
    indicators = dict([*_real(), *_made()][:size])
    if len(indicators) < size:
        raise ValueError(f"only {len(indicators)} rules are known")
    return {
        "schema": 1,
        "topics": {"benchmark": {"zh": "基准", "en": "Benchmark"}},
        "macros": {row["name"]: row["pattern"] for row in rows("rule_macros")},
        "indicators": indicators,
    }


def _real() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in rows("rules30"):
        entry = _entry(row["zh"], row["en"], row["kind"], row["unit"], row["pattern"])
        if row["time"]:
            entry["time"] = row["time"]
        if row["same_as"]:
            entry["same_as"] = row["same_as"].split()
        yield row["id"], entry


def _made() -> Iterator[tuple[str, dict[str, Any]]]:
    """The 970: verb by verb for each noun, so that any first part of them is mixed."""
    for number, noun in enumerate(rows("rule_nouns"), 1):
        for verb in rows("rule_verbs"):
            word = noun["noun"]
            pattern = _ORDERS[verb["order"]].replace("NOUN", word).replace("VERB", verb["verb"])
            names = f"{word}{verb['verb'][3:5]}", f"noun {number} {verb['id']}"
            yield f"made_{number:03}_{verb['id']}", _entry(*names, "measure", noun["unit"], pattern)


def _entry(zh: str, en: str, kind: str, unit: str, pattern: str) -> dict[str, Any]:
    words = {"name": {"zh": zh, "en": en}, "counts": {"zh": zh, "en": en}, "not_counts": {"zh": "其他", "en": "others"}}
    return {**words, "topic": "benchmark", "kind": kind, "unit": unit, "patterns": [pattern]}


def write(folder: Path, size: int) -> Path:
    """Write config<size>.yaml into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"config{size}.yaml"
    path.write_text(yaml.safe_dump(config(size), allow_unicode=True, sort_keys=False, width=1000), "utf-8")
    return path


def hits(path: Path, megabytes: float) -> tuple[float, int]:
    """Claims a megabyte of made text, and how many of the rules captured any."""
    from generate_corpus import documents

    from indicators.language.reader import read
    from indicators.model import Document
    from indicators.project import load_project
    from indicators.rules.matching import match

    rules = load_project(path).rules
    found = []
    for made in documents(megabytes):
        document = Document(made.name, made.text, title=made.metadata["title"])
        found += [one.rule for one in match(read(document), rules).matches]
    return len(found) / megabytes, len(set(found))


def main() -> int:
    """Write both rule sets into a folder and say how often they hit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mb", type=float, default=1, help="measure hits on that much made text; 0: do not (1)")
    given = parser.parse_args()
    for size in SIZES:
        path = write(given.folder, size)
        sys.stdout.write(f"{path}: {size} rules")
        if given.mb:
            rate, rules = hits(path, given.mb)
            sys.stdout.write(f"; {rate:.0f} claims a MB, {rules} of the rules capture some")
        sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
