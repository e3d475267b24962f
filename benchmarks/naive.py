"""What one would write first: each document, each rule, `finditer` with a number macro; and faster relatives of it.

All of them run the same plain patterns over the same text, folded as the project folds it (folding is not timed).
They only find words beside numbers: no units are converted, no ordinals or dates told from claims, no list is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import regex

from indicators.project import load_project
from indicators.rules.expanding import plain
from indicators.rules.macros import expand

_NUMERAL = "0-9零〇一二两三四五六七八九十百千万亿几"
_UNIT = "(?:平方米|公里|人次|场次|[个名人位户次期场项家条亩元件宗起笔支队册本篇份吨米箱群户处座所间栋套种类%层天年])?"
# Fixed on 2026-11-23: figures of different days compare only while it stays as it is.
_ARABIC, _CHINESE = r"[0-9]+(?:[.,][0-9]+)*", "[零〇一二两三四五六七八九十百千万亿几]+"
_BEFORE = "(?:约|近|超过|超|达|不足)?"
NAIVE = f"(?P<value>{_BEFORE}(?:{_ARABIC}|{_CHINESE})(?:余|多)?(?:万|亿)?(?:余|多)?{_UNIT})"
# The same numbers: never begins within one, looks at the first character, and gives nothing back.
TUNED = f"(?P<value>(?<![{_NUMERAL}.])(?=[{_NUMERAL}])[{_NUMERAL}]++(?:[,.余多][{_NUMERAL}]*+)*+{_UNIT})"

Hit = tuple[int, int, int, int]  # text, rule, start and end of the value


def patterns(config: Path, macro: str = NAIVE) -> list[tuple[str, str]]:
    """Indicator and plain pattern of each rule of a config.yaml, {value} written out as `macro`."""

    def built_in(name: str, argument: str, index: int) -> str:
        return macro if name == "value" else plain(name, argument, index)

    rules = load_project(config).rules.rules
    return [(rule.indicator.id, expand(rule.source, rule.macros, built_in).pattern) for rule in rules]


def loop(texts: Iterable[str], expressions: Sequence[str]) -> list[Hit]:
    """The naive loop."""
    compiled = [regex.compile(expression) for expression in expressions]
    found: list[Hit] = []
    for number, text in enumerate(texts):
        for rule, expression in enumerate(compiled):
            found += [(number, rule, *hit.span("value")) for hit in expression.finditer(text)]
    return found


class FilteredRE2:
    """RE2's own prefilter: which of many patterns match in a sentence; `regex` then says where."""

    def __init__(self, expressions: Sequence[str]) -> None:
        import re2  # type: ignore[import-untyped]

        self._filter = re2.Filter()
        for expression in expressions:
            self._filter.Add(expression)
        self._filter.Compile()
        self._compiled = [regex.compile(expression) for expression in expressions]

    def find(self, texts: Iterable[str]) -> list[Hit]:
        """The hits of the naive loop, sentence by sentence."""
        found: list[Hit] = []
        for number, text in enumerate(texts):
            for sentence in re.finditer(r"[^。\n]+", text):
                offset = sentence.start()
                for rule in self._filter.Match(sentence.group(), potential=True) or ():
                    for hit in self._compiled[rule].finditer(sentence.group()):
                        start, end = hit.span("value")
                        found.append((number, rule, start + offset, end + offset))
        return found
