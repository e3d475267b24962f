"""What a date governs, by the words around it; the words stand in data/time_cues.csv."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import Literal

from indicators.language.date_expression import DateExpression
from indicators.language.lexicon import lexicon
from indicators.language.occurrences import NumberSigns
from indicators.language.sentences import Sentences

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
_BASE_LAST = {"的", "期", "份", "\n"}  # what _BASE_OF ends with
_SHARE_OF = re.compile(
    "(?:相当于|等于|达到了?|占|回到|恢复到|[是为达]|不足|不到)(?:[^,。;]{1,5}年)?$"
)  # of it, a share
# 占全年预算的52.7%: the whole year is that of the plan, not of what has been done by now.
_PLAN_OF = re.compile("(?:占|完成|实现|为|达到?|相当于|超)$")
_OF_PLAN = re.compile(r"度?(?:[^,。;0-9]{0,6}(?:预算|计划|任务|目标|指标)[^,。;0-9]{0,4}?|预期)的?[0-9.]+%")
_DISTANCE = re.compile(r"(?:相?距|距离)[^,。;:!?\n0-9]{1,10}$")
_WINDOW = 40  # characters over which a from-to, or a comparison, may reach
_CLAUSE_MARK = re.compile(r"[。;!?\n；！？…—,:，：](?:(?<![,:，：])|(?<!\d.)|(?!\d))")
_LONGEST = 64  # characters of a cue and of what must follow it
_FOUNDED = 16  # the same of what says that something began
_RATIO_REST = re.compile(r"(?:[:∶][\d.]+)*")
_NUMBER = re.compile(r"\d+")


@cache
def cue(kind: str, form: str = "{}") -> re.Pattern[str]:
    """The compiled words of a kind of cue, set into `form`."""
    words = next(row["words"] for row in lexicon("time_cues") if row["kind"] == kind)
    return re.compile(form.format(f"(?:{words})"))


@cache
def _unsettling() -> tuple[re.Pattern[str], ...]:
    """Cues of any of the kinds that take a date from a number, which most sentences are free of.

    Joined as far as `re` still skips to the characters that one of the words begins with.
    """
    kinds = ("rule", "plan", "condition", "standing", "scattered", "hardship", "background", "composition")
    joined = "|".join(row["words"] for row in lexicon("time_cues") if row["kind"] in kinds)
    return re.compile(joined), cue("formerly")


class Cues:
    """The cues of one folded text, asked for by offsets; those of a sentence are found when it is first asked about.

    A cue belongs to the sentence that it begins in.
    """

    def __init__(self, text: str, sentences: Sentences) -> None:
        self.text = text
        self.signs = NumberSigns(text)
        self._sentences = sentences
        self._found: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self._marks: dict[int, list[int]] = {}
        self._unsettled: dict[int, bool] = {}

    def has(self, kind: str, start: int, end: int) -> bool:
        """Whether a cue of this kind stands wholly in `[start, end)`; `start` lies in the sentence that is meant."""
        spans = self._spans(kind, self._sentences.at(start))
        index = bisect_left(spans, (start,))
        return index < len(spans) and spans[index][1] <= end

    def covers(self, kind: str, start: int, end: int) -> bool:
        """Whether `[start, end)` lies in a cue of this kind."""
        spans = self._spans(kind, self._sentences.at(start))
        index = bisect_left(spans, (start + 1,)) - 1
        return index >= 0 and spans[index][1] >= end

    def is_unsettled(self, sentence: int) -> bool:
        """Whether a sentence holds a cue by which its numbers may have no date, or another one."""
        known = self._unsettled.get(sentence)
        if known is None:
            start, end = self._sentences.start[sentence], self._sentences.end[sentence]
            known = False
            for words in _unsettling():
                found = words.search(self.text, start, end + _LONGEST)
                known = known or (found is not None and found.start() < end)
            self._unsettled[sentence] = known
        return known

    def _spans(self, kind: str, sentence: int) -> list[tuple[int, int]]:
        spans = self._found.get((kind, sentence))
        if spans is None:
            start, end = self._sentences.start[sentence], self._sentences.end[sentence]
            found = cue(kind).finditer(self.text, start, end + _LONGEST)
            spans = self._found[kind, sentence] = [match.span() for match in found if match.start() < end]
        return spans

    def clause(self, sentence: int, start: int, end: int) -> tuple[int, int]:
        """The clause around `[start, end)` in its sentence, as `sentences.clause_span` cuts it."""
        marks = self._marks.get(sentence)
        if marks is None:
            first, last = self._sentences.start[sentence], self._sentences.end[sentence]
            found = _CLAUSE_MARK.finditer(self.text, first, last + 1)
            marks = self._marks[sentence] = [first - 1, *[mark.start() for mark in found], last]
        left, right = bisect_left(marks, start), bisect_left(marks, end)
        return marks[left - 1 if left else 0] + 1, marks[right if right < len(marks) else -1]

    def is_distance(self, start: int) -> bool:
        """Whether the number at `start` is how far it is to a place (距县城8公里), which no event dates."""
        first = max(0, start - 14)
        return self.text.find("距", first, start) >= 0 and _DISTANCE.search(self.text[first:start]) is not None

    def is_from_value(self, clause: int, start: int, end: int) -> bool:
        """Whether `[start, end)` is the earlier value of a from-to (由300元提高到500元).

        `clause` is where its clause begins.
        """
        first = max(clause, start - _WINDOW)
        lead = max(self.text.rfind("由", first, start), self.text.rfind("从", first, start))
        if lead < 0 or cue("towards").search(self.text, lead, start):
            return False
        end = _RATIO_REST.match(self.text, end).end()  # type: ignore[union-attr]
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
    if kind in ("clock", "weekday", "page") or _is_dispatch(text, expression) or _is_price_base(text, expression):
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


class Roles:
    """What each expression of a text governs, found when first asked for; 全年 in 比去年全年 is what 去年 is."""

    def __init__(self, text: str, dates: list[DateExpression]) -> None:
        self._text = text
        self._dates = dates
        self._known: dict[int, Role] = {}

    def __getitem__(self, index: int) -> Role:
        known = self._known.get(index)
        if known is not None:
            return known
        first = index
        while first - 1 not in self._known and self._is_joined(first):
            first -= 1
        for each in range(first, index + 1):
            based = self._is_joined(each) and self._known[each - 1] == "base"
            self._known[each] = "base" if based else role(self._text, self._dates[each])
        return self._known[index]

    def _is_joined(self, index: int) -> bool:
        """Whether an expression continues the one right before it."""
        expression = self._dates[index]
        joins = expression.context or expression.kind == "same"
        return joins and index > 0 and self._dates[index - 1].end == expression.start


def is_share(text: str, expression: DateExpression) -> bool:
    """Whether a base is the whole that a share is given of (相当于2015年的七成)."""
    return _SHARE_OF.search(text[max(0, expression.start - 9) : expression.start]) is not None


def _is_dispatch(text: str, expression: DateExpression) -> bool:
    """本报11月5日讯 dates the telegram; 每年3月 dates no year."""
    if expression.day and text.startswith(("讯", "电"), expression.end):
        return text[expression.end] == "讯" or text[expression.end + 1 : expression.end + 2] in ("(", ",", ":", "", " ")
    return text.endswith(("每年", "每年的"), max(0, expression.start - 3), expression.start)


def _is_price_base(text: str, expression: DateExpression) -> bool:
    """2010年不变价, 按2005年可比价格计算: the year whose prices are counted in, of no value."""
    return text.startswith(("不变价", "可比价", "价格", "价计"), expression.end)


def _is_founding(text: str, expression: DateExpression) -> bool:
    """创办于1956年, 2015年建成的车间: when something began, not when it had what is told of it."""
    if text.startswith("于", expression.start - 1) and text[max(0, expression.start - 2)] in "建办立创设":
        return True
    end = expression.end
    return text.find("的", end, end + _FOUNDED) >= 0 and cue("founded").match(text, end) is not None


def _is_base(text: str, expression: DateExpression) -> bool:
    start, end = expression.start, expression.end
    if text[start - 1 : start] in _BASE_LAST and _BASE_OF.search(text[max(0, start - 14) : start]):
        return True
    lead = text[max(0, start - 4) : start]
    if _PLAN_OF.search(lead) and _OF_PLAN.match(text, end):
        return True
    if text.startswith("同期", end):
        end += 2
    if not _compares(lead):
        return lead.endswith(("是", "为")) and cue("base_after").match(text, end) is not None
    if lead.endswith(_NEEDS_PROOF):
        return expression.kind == "same" or cue("base_after").match(text, end) is not None
    return True


@lru_cache(maxsize=4096)
def _compares(lead: str) -> bool:
    """Whether the words right before an expression end in one that compares."""
    return cue("base", ".*?{}").fullmatch(lead) is not None


def _is_from(text: str, expression: DateExpression) -> bool:
    """由2003年的4:1缩小到2:1: from-marked, and a towards verb follows in the sentence."""
    if expression.relation == "since":
        return False
    marked = text.startswith(("由", "从"), expression.frame_start) or text.startswith("由", expression.frame_start - 1)
    return marked and cue("towards").search(text, expression.end, _reach(text, expression.end)) is not None
