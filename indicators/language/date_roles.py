"""What a date governs: the rest of its sentence, its clause, one number, or nothing at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from indicators.language.cues import cue, reach
from indicators.language.date_expression import DateExpression

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
# 占年初预算500万元的43%, 完成年初预算数500万元的43%: the year is the budget's own, of the next number alone.
_BUDGET_OF = re.compile(r"度?[^,。;0-9]{0,6}(?:预算|计划|任务|目标)[^,。;0-9]{0,4}?[0-9.,]+[万亿]*元?的[0-9.]+%")
_COMPARED = re.compile(r"[^,。;0-9]{0,16}的[0-9.]+[万亿]?[^,。;]{1,20}?相比")
_QUALIFIED = re.compile("[\u4e00-\u9fff]{1,4}")  # 较去年清理后全年
_CLIMATE = ("平均气温", "均气温", "平均温度", "均温")
_FOUNDED = 16  # the same of what says that something began


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
    if _is_of_next(text, expression):
        return "first"
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
        if not joins or not index:
            return False
        between = self._text[self._dates[index - 1].end : expression.start]
        return not between or (expression.surface == "全年" and _QUALIFIED.fullmatch(between) is not None)


def is_share(text: str, expression: DateExpression) -> bool:
    """Whether a base is the whole that a share is given of (相当于2015年的七成)."""
    return _SHARE_OF.search(text[max(0, expression.start - 9) : expression.start]) is not None


def _is_of_next(text: str, expression: DateExpression) -> bool:
    """占年初预算500万元的43%, 与2010年普查的33万人相比: the date of the next number, by which others are measured."""
    lead = text[max(0, expression.start - 4) : expression.start]
    if lead.endswith(("与", "同", "和", "跟")):
        return _COMPARED.match(text, expression.end) is not None
    return _PLAN_OF.search(lead) is not None and _BUDGET_OF.match(text, expression.end) is not None


def _is_dispatch(text: str, expression: DateExpression) -> bool:
    """本报11月5日讯 dates the telegram; 每年3月, 1月平均气温 and 农历八月 date none."""
    if expression.month and text.startswith(_CLIMATE, expression.end):
        return True
    if expression.day and text.startswith(("讯", "电"), expression.end):
        return text[expression.end] == "讯" or text[expression.end + 1 : expression.end + 2] in ("(", ",", ":", "", " ")
    return text.endswith(("每年", "每年的", "农历", "阴历"), max(0, expression.start - 3), expression.start)


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
    opens = start - (text[start - 1 : start] in ("“", '"'))  # 是“九五”末的3倍
    lead = text[max(0, opens - 4) : opens].rpartition("\n")[2]
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
    return marked and cue("towards").search(text, expression.end, reach(text, expression.end)) is not None
