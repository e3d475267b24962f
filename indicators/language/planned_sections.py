"""Sections whose heading says that all below is a plan: 三、2026年预算草案, (二)2025年发展主要目标.

The budget or the targets of the coming year stand in such reports without a word of planning in the sentences
themselves. A section ends at the next heading of its rank or a higher one.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from indicators.language.headings import is_heading
from indicators.language.sentences import clause_span

_RANKS = (
    re.compile(r"第?[一二三四五六七八九十]+(?:部分|章|篇)?[、\s.]"),
    re.compile(r"\([一二三四五六七八九十]+\)"),
    re.compile(r"\d{1,2}[.、]"),
    re.compile(r"\(\d{1,2}\)"),
)
_LOWEST = len(_RANKS)
_PLAN = re.compile(
    r"预算草案|收支预算|预算(?:收支)?安排|收支安排|(?:预期|奋斗|发展|工作|主要)目标|目标任务|工作(?:安排|打算|计划|思路|重点|任务)"
)
_FACT = re.compile("已|去年|上年|执行数|截至")
_REPORT = re.compile(r"执行|完成情况|回顾|总结|关于|报告")


class PlannedSections:
    """The spans of a folded text that stand under a planning heading."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        if not _PLAN.search(text):
            return
        rank = -1  # of the planning section that is open, -1 for none
        offset = 0
        for line in text.split("\n"):
            own = _rank(line)
            if rank >= 0 and own <= rank and (own < _LOWEST or is_heading(line)):
                self._ends.append(offset)
                rank = -1
            if rank < 0 and own < _LOWEST and is_heading(line) and _PLAN.search(line) and not _REPORT.search(line):
                self._starts.append(offset)
                rank = own
            offset += len(line) + 1
        if rank >= 0:
            self._ends.append(len(text))

    def plans(self, text: str, start: int, end: int) -> bool:
        """Whether a number stands in such a section and its own clause tells no fact."""
        index = bisect_right(self._starts, start) - 1
        if index < 0 or start >= self._ends[index]:
            return False
        left, right = clause_span(text, start, end)
        return not _FACT.search(text, left, right)


def _rank(line: str) -> int:
    """0 for 一、, 1 for (一), 2 for 1., 3 for (1), and 4 for a line without a number."""
    return next((rank for rank, pattern in enumerate(_RANKS) if pattern.match(line)), _LOWEST)
