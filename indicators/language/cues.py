"""What a date governs, by the words around it; the words stand in data/time_cues.csv."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import Literal

from indicators.language.date_expression import DateExpression
from indicators.language.lexicon import lexicon

Role = Literal["frame", "base", "own", "clause", "first", "reset", "none"]

# Former times that speak for the rest of their sentence (过去,收入只有3万元); others (原来的300元) for the next number.
_FORMER_FRAMES = {"过去", "以前", "以往", "从前", "早些年", "前些年", "前几年", "那时", "那时候"}
# 原来住在山上,4间土坯房: how things were, told over several clauses.
_LIVED = re.compile("(?:一直|都|就|也|全?家里?|他们?|她们?|只能){0,2}(?:住|靠|守|挤|没|不)[^,。;0-9]{0,14},")
_NEEDS_PROOF = ("同", "与", "和", "跟", "到", "达到了", "超", "在")  # compare only where 水平, 相比, 基础上 follows
# 比丰收的去年: words that belong to the base stand between.
_BASE_OF = re.compile(
    r"(?:比(?![例重较如分值])|较(?![好大快高多强低小差为长])|相当于|高于|低于|多于|少于|优于|不及|超过)"
    r"[^,。;:!?\n0-9、]{1,8}(?:的|时期|年份)$"
)
_SHARE_OF = re.compile(
    "(?:相当于|等于|达到了?|占|回到|恢复到|[是为达]|不足|不到)(?:[^,。;]{1,5}年)?$"
)  # of it, a share
_DISTANCE = re.compile(r"(?:相?距|距离)[^,。;:!?\n0-9]{1,10}$")
_WINDOW = 40  # characters over which a from-to, or a comparison, may reach
_CLAUSE_MARK = re.compile(r"[。;!?\n；！？…—]|(?<!\d)[,:，：]|[,:，：](?!\d)")
_NUMBER = re.compile(r"\d+")


@cache
def cue(kind: str, form: str = "{}") -> re.Pattern[str]:
    """The compiled words of a kind of cue, set into `form`."""
    words = next(row["words"] for row in lexicon("time_cues") if row["kind"] == kind)
    return re.compile(form.format(f"(?:{words})"))


class Cues:
    """The cues of one folded text, each kind found once and asked for by offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, tuple[list[int], list[int]]] = {}
        marks = [match.start() for match in _CLAUSE_MARK.finditer(text)]
        self._marks = [-1, *marks, len(text)]

    def has(self, kind: str, start: int, end: int) -> bool:
        """Whether a cue of this kind stands wholly in `[start, end)`."""
        starts, ends = self._spans(kind)
        index = bisect_left(starts, start)
        return index < len(starts) and ends[index] <= end

    def covers(self, kind: str, start: int, end: int) -> bool:
        """Whether `[start, end)` lies in a cue of this kind."""
        starts, ends = self._spans(kind)
        index = bisect_right(starts, start) - 1
        return index >= 0 and ends[index] >= end

    def _spans(self, kind: str) -> tuple[list[int], list[int]]:
        if kind not in self._found:
            spans = [match.span() for match in cue(kind).finditer(self.text)]
            self._found[kind] = ([span[0] for span in spans], [span[1] for span in spans])
        return self._found[kind]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around `[start, end)`, as `sentences.clause_span` cuts it."""
        right = bisect_left(self._marks, end)
        left = bisect_left(self._marks, start)
        return self._marks[left - 1] + 1 if left else 0, self._marks[min(right, len(self._marks) - 1)]

    def is_distance(self, start: int) -> bool:
        """Whether the number at `start` is how far it is to a place (距县城8公里), which no event dates."""
        return _DISTANCE.search(self.text[max(0, start - 14) : start]) is not None

    def is_from_value(self, clause: int, start: int, end: int) -> bool:
        """Whether `[start, end)` is the earlier value of a from-to (由300元提高到500元).

        `clause` is where its clause begins.
        """
        window = self.text[max(clause, start - _WINDOW) : start]
        lead = max(window.rfind("由"), window.rfind("从"))
        if lead < 0 or cue("towards").search(window, lead):
            return False
        towards = cue("towards").search(self.text, end, _reach(self.text, end))
        # Between the value and its 提高到 stands at most the amount of the change: 300元增加200元,提高到500元.
        return towards is not None and len(_NUMBER.findall(self.text, end, towards.start())) <= 1


def _reach(text: str, offset: int) -> int:
    """How far a from-to that begins at `offset` may reach: the sentence, at most _WINDOW characters."""
    stop = min(len(text), offset + _WINDOW)
    marks = [i for i in (text.find(mark, offset, stop) for mark in "。;!?\n") if i >= 0]
    return min(marks, default=stop)


def role(text: str, expression: DateExpression) -> Role:
    """What an expression governs.

    frame: values after it in the sentence, and the paragraph's later sentences; clause: values of its clause; own: the
    value it is attributed to (2003年的4:1); first: the next number (原来的300元); base: nothing, a value is compared
    with it; reset: speaks of an open time (近年来) and ends what earlier dates govern; none: a time of day.

    >>> from indicators.language.dates import scan
    >>> text = "2014年收入比2012年增加3万元"
    >>> [role(text, expression) for expression in scan(text)]
    ['frame', 'base']
    """
    kind = expression.kind
    if kind in ("clock", "weekday", "page") or _is_dispatch(text, expression):
        return "none"
    if kind == "trend":
        return "reset"
    if kind == "former":
        told = expression.surface in _FORMER_FRAMES or _LIVED.match(text, expression.end)
        return "frame" if told else "first"
    if _is_base(text, expression):
        return "base"
    if _is_from(text, expression) or text.startswith("的", expression.frame_end):
        return "own"
    if expression.context and expression.year_offset == -1 and not text.startswith((",", "末"), expression.end):
        return "own"  # 上年结转
    if _is_founding(text, expression):
        return "clause"
    if kind == "same" or text.startswith("其中", max(0, expression.frame_start - 2)):
        return "clause"
    if kind == "span" and expression.direction in ("run", "ago", "after"):
        return "frame" if text.startswith(",", expression.frame_end) else "clause"
    return "frame"


def roles(text: str, dates: list[DateExpression]) -> list[Role]:
    """What each of the expressions of a text governs; 全年 in 比去年全年 is what 去年 is."""
    found: list[Role] = []
    for index, expression in enumerate(dates):
        joins = expression.context or expression.kind == "same"
        joined = joins and index > 0 and dates[index - 1].end == expression.start
        found.append(found[-1] if joined and found[-1] == "base" else role(text, expression))
    return found


def is_share(text: str, expression: DateExpression) -> bool:
    """Whether a base is the whole that a share is given of (相当于2015年的七成)."""
    return _SHARE_OF.search(text[max(0, expression.start - 9) : expression.start]) is not None


def _is_dispatch(text: str, expression: DateExpression) -> bool:
    """本报11月5日讯 dates the telegram; 每年3月 dates no year."""
    if expression.day and text.startswith(("讯", "电"), expression.end):
        return text[expression.end] == "讯" or text[expression.end + 1 : expression.end + 2] in ("(", ",", ":", "", " ")
    return text.endswith(("每年", "每年的"), max(0, expression.start - 3), expression.start)


def _is_founding(text: str, expression: DateExpression) -> bool:
    """创办于1956年, 2015年建成的车间: when something began, not when it had what is told of it."""
    if text.startswith("于", expression.start - 1) and text[max(0, expression.start - 2)] in "建办立创设":
        return True
    return cue("founded").match(text, expression.end) is not None


def _is_base(text: str, expression: DateExpression) -> bool:
    start, end = expression.start, expression.end
    if _BASE_OF.search(text[max(0, start - 14) : start]):
        return True
    lead = text[max(0, start - 4) : start]
    if text.startswith("同期", end):
        end += 2
    if not cue("base", ".*?{}").fullmatch(lead):
        return lead.endswith(("是", "为")) and cue("base_after").match(text, end) is not None
    if lead.endswith(_NEEDS_PROOF):
        return expression.kind == "same" or cue("base_after").match(text, end) is not None
    return True


def _is_from(text: str, expression: DateExpression) -> bool:
    """由2003年的4:1缩小到2:1: from-marked, and a towards verb follows in the sentence."""
    if expression.relation == "since":
        return False
    marked = text.startswith(("由", "从"), expression.frame_start) or text.startswith("由", expression.frame_start - 1)
    return marked and cue("towards").search(text, expression.end, _reach(text, expression.end)) is not None
