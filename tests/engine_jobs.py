"""Jobs that go wrong on purpose, and a small corpus, for the tests of the engines."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indicators.engines.tasks import Announce, Task

RULES = """schema: 1
topics: {places: {zh: 地方, en: Places}}
indicators:
  villages:
    name: {zh: 行政村, en: Villages}
    counts: {zh: 行政村}
    not_counts: {zh: 社区}
    topic: places
    kind: count
    time: stock
    unit: 个
    patterns: ['行政村{gap}{value}']
    examples: [{text: 全县共有行政村99个。, value: 99}]
    rejects: [全县共有社区99个。]
"""


def write_corpus(folder: Path, count: int = 12) -> Path:
    """`count` documents in two folders, a copy of the first, a file that is no text, and metadata for one."""
    for number in range(count):
        path = folder / f"{'甲乙'[number % 2]}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"2021年，隆德县共有行政村{number + 10}个，比上年增加{number}个。" * (number % 3 + 1), "utf-8")
    (folder / "乙" / "copy.txt").write_bytes((folder / "甲" / "000.txt").read_bytes())
    (folder / "broken.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "metadata.csv").write_text("file,title,published\n甲/002.txt,某县概况,2022-03\n", "utf-8")
    return folder


@dataclass(frozen=True)
class Mishap:
    """Gives the names of a task's documents; at those whose text says so it hangs, dies, raises or eats memory."""

    def run(self, task: Task, failed: Mapping[str, str], announce: Announce | None = None) -> dict[str, str]:
        read: dict[str, str] = {}
        for document in task.entries:
            if document.name in failed:
                read[document.name] = failed[document.name]
                continue
            if announce:
                announce(document.name)
            try:
                _mishap(document.text)  # type: ignore[union-attr]
                read[document.name] = "read"
            except Exception as error:
                if announce is None:
                    raise
                read[document.name] = f"{type(error).__name__}"
        return read


def _mishap(text: str) -> None:
    if text == "hang":
        time.sleep(600)
    elif text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif text == "raise":
        raise ValueError("no")
    elif text == "eat":
        held = [bytearray(1 << 24) for _ in range(1000)]
        raise AssertionError(len(held))
