"""Which time expression of its own sentence governs a number."""

from __future__ import annotations

from bisect import bisect_left

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression
from indicators.language.date_roles import Role, Roles, is_share
from indicators.language.moments import Moments

_LOOK_BACK = 64  # expressions; keeps hostile texts linear


class Governing:
    """The expressions of one text, asked which of them governs an offset."""

    def __init__(self, cues: Cues, dates: list[DateExpression], roles: Roles, moments: Moments) -> None:
        self._cues = cues
        self._dates = dates
        self._starts = [expression.start for expression in dates]
        self._roles = roles
        self._moments = moments

    def before(self, sentence: int, clause: int, start: int) -> int | None:
        """Index of the nearest expression before `start` in the sentence that governs it, None where there is none."""
        last = bisect_left(self._starts, start) - 1
        for index in range(last, max(-1, last - _LOOK_BACK), -1):
            expression = self._dates[index]
            if expression.start < sentence:
                return None
            if self._governs(self._roles[index], expression, clause, start) and self._is_told(index):
                return index
        return None

    def _governs(self, kind: Role, expression: DateExpression, clause: int, start: int) -> bool:
        text, end = self._cues.text, expression.end
        if kind == "none" or self._bracket_closed(expression, start):
            return False
        if kind in ("frame", "reset"):
            return expression.kind != "former" or not self._cues.has("changed", end, start)
        if expression.start < clause:
            return False
        if kind == "base":  # 比2012年的5800元增加600元: the value right after it is the base's own
            return text.startswith("的", end) and start - end <= 2 and not is_share(text, expression)
        if kind == "first":
            return self._cues.signs.digits.first(end, start) < 0
        if kind == "own":
            return not self._cues.has("towards", end, start)
        return True

    def _is_told(self, index: int) -> bool:
        """False of 当天, 第二年 where no day or year is told that they could refer to."""
        return not self._dates[index].context or self._moments.interval(index) is not None

    def _bracket_closed(self, expression: DateExpression, start: int) -> bool:
        """Whether the expression stands in brackets that close before `start`."""
        text, end = self._cues.text, expression.end
        closed = text.find(")", end, min(start, end + 60))
        return closed >= 0 and text.find("(", end, closed) < 0

    def after(self, end: int, clause_end: int) -> int | None:
        """An expression after the number in its clause: 投资60万元的办公楼今年12月5日开建; 5.3亿元(2013年)."""
        first = bisect_left(self._starts, end)
        for index in range(first, min(len(self._dates), first + _LOOK_BACK)):
            expression = self._dates[index]
            if expression.end > clause_end:
                return None
            if self._roles[index] == "frame" and expression.kind in ("point", "plan", "decade"):
                return None if self._cues.signs.digits.first(end, expression.start) >= 0 else index
        return None
