"""Folded text -> calendar expressions: 2015年11月底, 今年以来, 前三季度, 近五年, "十四五"期间, 6月3日21时许.

Words stand in data/date_words.csv and data/festivals.csv, shapes in `indicators.language.date_patterns`. What days an
expression means is `indicators.language.intervals`'s business; what it governs is `indicators.language.timeline`'s.
Durations that are claims (工期2年, 3到5年, 7天) are no expressions here.
"""

from __future__ import annotations

import re
from typing import Any

from indicators.language.date_anchors import anchors
from indicators.language.date_expression import DateExpression, number
from indicators.language.date_patterns import NUMERALS, number_pattern, word_pattern
from indicators.language.date_shapes import SHAPES

__all__ = ["DateExpression", "number", "scan"]

Words = tuple[Any, ...]  # fields of a DateExpression that its words decide, from `kind` to `has_number`
_FIRST, _LAST = DateExpression._fields.index("kind"), DateExpression._fields.index("has_number")
_MONTH = DateExpression._fields.index("month") - _FIRST
_KNOWN: dict[tuple[str, str], Words] = {}  # a corpus repeats its dates
_MOST_KNOWN = 4096
_HUNDRED = 100

_HAS_NUMERAL = frozenset("0123456789零〇○一二两三四五六七八九十百")
# Words right before an expression that relate it, and their last characters.
_BEFORE = {"截至": "until", "截至到": "until", "截止到": "until", "截止": "until", "预计到": "by", "力争到": "by"}
_BEFORE |= {"到": "to", "至": "to", "自从": "since", "自": "since", "从": "since", "在": "at", "于": "at"}
_BEFORE_LAST = {word[-1] for word in _BEFORE}
_AFTER = re.compile(
    r"(?P<since>以来|开始|至今(?!年)|[至到](?:现在|目前|如今)|起(?![到来步草]))|(?P<after>之后|以后|后)|(?P<by>之前|以前|前(?!后))|(?P<during>期间)"
)
_AFTER_FIRST = frozenset("以开至到起之后前期")
_SINCE_LATER = re.compile(r"[^,。;:!?\n]{1,20}?以来")  # 2019年实施该政策以来
_SINCE_REACH = 22
_UP_TO_NOW = {to + now for to in ("至", "到") for now in ("今", "现在", "目前", "如今")}
_LINKS = {"至", "到", "-", "—", "~", "——"}


def scan(text: str) -> list[DateExpression]:
    """Calendar expressions of a folded text in order, disjoint; linear in its length.

    >>> [e.surface for e in scan("2013年初试点,截至今年11月底建成22个,近三年投入6年的资金")]
    ['2013年初', '今年11月底', '近三年']
    """
    found: list[DateExpression] = []
    by_number, by_word = number_pattern().match, word_pattern().match
    free = 0
    for offset in anchors(text):
        if offset < free:
            continue
        match = by_number(text, offset) if text[offset] in NUMERALS else by_word(text, offset)
        if match is None or (match.lastgroup == "clock" and _is_division(match.group())):
            continue
        free = match.end()
        expression = _expression(text, match)
        before = found[-1] if found and found[-1].kind == "point" else None
        if before and expression.kind == "now" and text[before.end : expression.end] in _UP_TO_NOW:
            continue  # 2016年至今: one expression, the now a part of its frame
        if before and text[before.end : offset] in _LINKS and (joined := _join(before, expression, text)):
            expression = joined
            found.pop()
        found.append(expression)
    return found


def _is_division(clock: str) -> bool:
    """Whether a clock time is three shares of a hundred: 三次产业的比重为3:46:51."""
    parts = clock.split(":")
    return len(parts) == len("时分秒") and all(part.isdigit() for part in parts) and sum(map(int, parts)) == _HUNDRED


def _join(first: DateExpression, second: DateExpression, text: str) -> DateExpression | None:
    """2015年3月至2016年2月: one range out of two points of the same grain, None where they are none."""
    if second.kind != "point" or any(first.last) or any(second.last):
        return None
    if first.day and second.day and second.month is None and not first.part:
        last = (0, 0, second.day)  # 7月20日8时至21日8时
    else:
        if first.part or second.part or bool(first.month) != bool(second.month):
            return None
        if second.year is None and not first.month:
            return None  # 2013年至今年: the far end is no point of the near end's calendar
        offset = second.year_offset
        if offset is not None and not second.context and offset - (first.year_offset or 0) > 1:
            return None
        last = (second.year or 0, second.month or 0, second.day or 0)
    start, end = first.start, second.end
    joined = first._replace(end=end, surface=text[start:end], last=last)
    return DateExpression._make((*joined[: _LAST + 1], *_frame(text, start, end, joined[_FIRST:])))


def _expression(text: str, match: re.Match[str]) -> DateExpression:
    """The expression of a match of one of the patterns."""
    start, end = match.span()
    surface, shape = match.group(), match.lastgroup or ""
    if shape == "page":  # without the words of its copyright
        start = match.start(shape)
        surface = match[shape]
    words = _KNOWN.get((shape, surface))
    if words is None:
        words = _words(surface, shape, match)
    return DateExpression._make((start, end, surface, *words, *_frame(text, start, end, words)))


def _words(surface: str, shape: str, match: re.Match[str]) -> Words:
    """What the words of a match mean; remembered, but for those that what follows decides (一年多)."""
    fields = {"kind": "point", "has_number": not _HAS_NUMERAL.isdisjoint(surface), **SHAPES[shape](match)}
    words = DateExpression(0, 0, surface, **fields)[_FIRST : _LAST + 1]
    if shape != "run":
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[shape, surface] = words
    return words


def _frame(text: str, start: int, end: int, words: Words) -> tuple[str, int, int]:
    """How the words around `[start, end)` relate it to a value, and where they begin and end."""
    frame_start, frame_end, relation = start, end, ""
    if text[start - 1 : start] in _BEFORE_LAST:
        for width in (3, 2, 1):
            if start >= width and (before := _BEFORE.get(text[start - width : start])):
                frame_start, relation = start - width, before
                break
    after = _AFTER.match(text, end) if text[end : end + 1] in _AFTER_FIRST else None
    kind = words[0]
    if after:
        frame_end = after.end()
        if after.lastgroup == "after":
            relation = "since" if words[_MONTH] is None and kind in ("point", "event") else relation
        elif after.lastgroup != "during":
            relation = after.lastgroup or ""
    elif kind == "point" and text.find("以来", end + 1, end + _SINCE_REACH) > 0 and _SINCE_LATER.match(text, end):
        relation = "since"
    elif relation == "since":
        relation = "from"
    return relation, frame_start, frame_end
