"""What a date governs, by the words around it; the words stand in data/time_cues.csv.

>>> text = "收入比2012年增加3万元"
>>> role(text, scan(text)[0])
'base'
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from indicators.language.dates import DateExpression, scan
from indicators.language.lexicon import lexicon

Role = Literal["frame", "base", "own", "clause", "first", "reset", "none"]

__all__ = ["Role", "cue", "from_value", "has", "role", "scan"]

# Former times that speak for the rest of their sentence (过去,收入只有3万元); the others (原来的300元) only for the next number.
_FORMER_FRAMES = {"过去", "以前", "以往", "从前"}
_WINDOW = 40


@cache
def cue(kind: str, form: str = "{}") -> re.Pattern[str]:
    """The compiled words of a kind of cue, set into `form`."""
    words = next(row["words"] for row in lexicon("time_cues") if row["kind"] == kind)
    return re.compile(form.format(f"(?:{words})"))


def has(kind: str, text: str, start: int, end: int) -> bool:
    """Whether a cue of this kind stands in `text[start:end]`."""
    return cue(kind).search(text, start, end) is not None


def role(text: str, expression: DateExpression) -> Role:
    """What an expression governs.

    frame: values after it in the sentence, and the paragraph's later sentences; clause: values of its clause; own: the
    value it is attributed to (2005年的5:1); first: the next number (原来的300元); base: nothing, a value is compared
    with it; reset: speaks of an open time (近年来) and ends what earlier dates govern; none: a time of day.
    """
    if expression.kind == "clock":
        return "none"
    if expression.kind == "trend":
        return "reset"
    if expression.kind == "former":
        return "frame" if expression.surface in _FORMER_FRAMES else "first"
    if _is_base(text, expression):
        return "base"
    if _is_from(text, expression) or text.startswith("的", expression.frame_end):
        return "own"
    if expression.kind == "span":
        return "clause" if expression.direction in ("run", "ago", "after") else "frame"
    return "frame"


def _is_base(text: str, expression: DateExpression) -> bool:
    start, end = expression.frame_start, expression.end
    lead = text[max(0, start - 4) : start]
    if text.startswith("同期", end):
        end += 2
    compared = cue("base", r".*?{}").fullmatch(lead)
    if not compared:
        return bool(cue("base_after").match(text, end)) and lead.endswith(("是", "为"))
    if lead.endswith("在"):
        return bool(cue("base_after").match(text, end))
    if lead.endswith(("同", "与", "和", "跟", "到", "达到了", "超")):
        return bool(cue("base_after").match(text, end)) or expression.kind == "same"
    return True


def _is_from(text: str, expression: DateExpression) -> bool:
    """由2005年的5:1缩小到2.6:1: from-marked, and a towards verb follows in the sentence."""
    if not text.startswith(("由", "从"), expression.frame_start) and text[expression.frame_start - 1 : expression.frame_start] != "由":
        return False
    if expression.relation == "since":
        return False
    stop = _sentence_stop(text, expression.end)
    return cue("towards").search(text, expression.end, stop) is not None


def _sentence_stop(text: str, offset: int) -> int:
    """End of what a from-to may cover: the sentence, at most _WINDOW characters."""
    stop = min(len(text), offset + _WINDOW)
    marks = [i for i in (text.find(mark, offset, stop) for mark in "。;!?\n") if i >= 0]
    return min(marks, default=stop)


_NUMBER = re.compile(r"[0-9]|[一二两三四五六七八九十百千万亿]{1,8}[个户人元亩件宗名]")


def from_value(text: str, clause: int, start: int, end: int) -> bool:
    """Whether `[start, end)` is the earlier value of a from-to (由300元提高到500元) whose clause begins at `clause`."""
    lead = cue("from").search(text, clause, start)
    while lead and (later := cue("from").search(text, lead.end(), start)):
        lead = later
    if lead is None or text.startswith("将", lead.start()):
        return False
    between = text[lead.end() : start]
    if cue("towards").search(between):
        return False
    return cue("towards").search(text, end, _sentence_stop(text, end)) is not None and _adjacent(text, end)


def _adjacent(text: str, end: int) -> bool:
    """No further number between a from-value and its towards verb but the amount of the change (300元增加200元)."""
    towards = cue("towards").search(text, end, _sentence_stop(text, end))
    return towards is not None and len(_NUMBER.findall(text[end : towards.start()])) <= 4
