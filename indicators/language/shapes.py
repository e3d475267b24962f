"""Numeric expressions that are known by their shape: telephone numbers, codes, 1+4+N, 第一, headings, quoted names.

`fixed_spans` finds them before numbers are read as quantities; each is a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from indicators.language.dates import DateExpression
from indicators.language.words import word_at

_HAN_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# Each pattern opens with the class of all characters that it can begin with: `re` finds those many times faster than it
# tries alternatives at every place. A look-behind then says which of them an alternative goes on from.
_ID = re.compile(
    r"""[0-9A-Za-z(\[〔._+东南西北中公-](?:
    (?<=h)ttps?://[A-Za-z0-9./?=&%_~\#:@!$'*+,;-]+ | (?<=w)ww\.[A-Za-z0-9./?=&%_~\#:@!$'*+,;-]+
    | (?<=[A-Za-z0-9._+-])(?<![A-Za-z0-9._+-].)[A-Za-z0-9._+-]{0,63}@[A-Za-z0-9.-]{1,64}
    | (?<=\()(?<!\d\()\+?\d{3,6}\)\d{7,8}(?!\d)
    | (?<=I)CP备\d+号?(?:-\d+)? | (?<=公)网安备\d+号?
    | (?<=[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z])
      [·•]?(?=[A-Z\d]{0,4}\d)[A-Z\d]{5}(?![A-Za-z\d])
    | (?<=[〔\[(])(?:19|20)\d\d[〕\])]\s?(?:第)?\d+号
    | (?<=[路街道巷弄][东南西北中])\d{1,4}(?:-\d+)?号
    | (?<=\d)(?<!\d\d)(?:
        (?<=0)\d{2,3}-?\d{7,8}(?!\d)
        | (?<=1)[3-9]\d{9}(?!\d) | (?<=[48])00-?\d{3,4}-?\d{3,4}(?!\d)
        | (?<=[编码证号备机话真箱Q户群]:\d)[\d-]{3,}(?![\d年.万亿元人个%部台条次户]|,\d)
        | (?:(?<=(?:邮编|电话|传真|热线|编码|代码|QQ|微信)\d)|(?<=(?:微信号|QQ群)\d))
          [\d-]{4,}(?![\d.万亿元人个%部台条次户]|,\d)
        | (?<=拨打1)[12]\d(?!\d) | (?<=1)(?:10|19|20|22)(?=报警|指挥|急救|热线|平台|电话|出警)
        | (?<=[路街道巷弄]\d)\d{0,3}(?:-\d+)?号 | \d{2,3}室
        | (?<![.,]\d)\d{8,}(?![\d.,]|[万亿元人个%吨亩件])
      )
    )""",
    re.VERBOSE,
)
_DATE = re.compile(
    r"""[0-9](?:
    (?<!\d\d)(?:(?<=1)9|(?<=2)0)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12]\d|3[01]|0?[1-9])
        (?:\s?\d{1,2}:\d\d(?::\d\d)?)?(?!\d)
    | (?<![\d:.]\d)(?:(?<=[01])\d|(?<=2)[0-3]|(?<![比为到由例至]\d)):[0-5]\d(?::[0-5]\d)?(?![\d:.])
    )""",
    re.VERBOSE,
)
_NAME = re.compile(
    rf"""[0-9A-Za-z第一二三](?:
    (?<![\dA-Za-z.].)(?:(?<=\d)\d{{0,5}}|(?<=[A-Za-z])(?=[A-Za-z+×·xX*]*\d))
        (?:[+×·xX*](?:\d+|[A-Za-z]{{1,6}}|[{_HAN_NUMERAL}]))+(?:小时|工作法|模式)?
    | (?<=\d)(?<=[纬经]\d)\d{{0,2}}(?:\.\d+)?[°度](?!\d)
    | (?<=\d)(?<![\d.]\d)\d{{0,2}}°\d{{1,2}}(?:\.\d+)?['′](?:\d{{1,2}}(?:\.\d+)?["″])?
    | (?<=[06-9])(?<!\d.)0后
    | (?:(?<=第)[一二三]|(?<=[一二三]))(?:[、和及][一二三]){{1,2}}产业? | (?<=第)[一二三]产业
    | (?<=[A-Za-z])(?<![A-Za-z].)(?!(?<=[\d万亿][kchm])m?[23](?![\dA-Za-z]))
        (?!(?<=R)MB\d|(?<=U)SD\d|(?<=H)KD\d|(?<=E)UR\d)
        [A-Za-z]{{0,11}}[-.]?\d[\dA-Za-z]*(?:[-.]\d+)?
    )""",
    re.VERBOSE,
)
_CIRCLED = "\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
_ORDINAL = re.compile(
    rf"""[第(0-9一二三四五六七八九十{_CIRCLED}](?:
    (?<=第)(?:\d+|[{_HAN_NUMERAL}]{{1,8}})
    | (?<![^\n].)(?:(?<=\()(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})|(?<=\d)\d?
        |(?<=[一二三四五六七八九十])[一二三四五六七八九十]{{0,2}})(?:\)[、.]?|[、]|\.(?!\d))
    | (?<=\()(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\)
    | (?<=[一二三四五六七八九十])(?<![^。;:,、!?\n].)[一二三四五六七八九十]?(?=是[^一])
    | (?<=其[一二三四五六])(?=[,是、:])
    | (?<=[{_CIRCLED}])[{_CIRCLED}]*
    )""",
    re.VERBOSE,
)
_PAGE = re.compile(r"\n([-— ]{0,4}\d{1,4}[-— ]{0,4})(?=\n|$)")
_FIRST_PAGE = re.compile(r"([-— ]{0,4}\d{1,4}[-— ]{0,4})(?=\n|$)")
_QUOTE = re.compile(
    r"""[“‘「『](?:
    (?<=“)([^“”‘’"\n,。;!?:]{1,12})” | (?<=‘)([^“”‘’"\n,。;!?:]{1,12})’ | (?<=[「『])([^「」『』\n,。;!?]{1,12})[」』]
    )""",
    re.VERBOSE,
)
_TITLE = re.compile(r"《([^《》\n]{1,60})》")
_TITLE_NUMBER = re.compile(rf"\d+(?:[.,+·×-]\d+){{0,20}}|[{_HAN_NUMERAL}]{{1,8}}(?=[条项个大年届次号章])")
_STRAIGHT = re.compile(r"[\"\n]")
_BEYOND = 40  # how far the look-aheads of the shapes reach
_DIGIT = re.compile(r"\d")
_NAMED = re.compile(rf"[\d{_HAN_NUMERAL}半]")
_HAN_NAME = re.compile(rf"[{_HAN_NUMERAL}半]")
_NUMERAL = re.compile(rf"[\d{_HAN_NUMERAL}]")
_ORDINARY = re.compile(
    r"一(?:起|些|直|定|样|般|切|旦|致|路|律|再|同|家亲|份子|下|点|边|生|时)|[统唯万逐]一|进一步|十分"
)
# A quoted product line or wage is still a claim: long digits with a measure behind 年产, 总投资 and the like.
_QUOTED_CLAIM = re.compile(r"(?:年产|总投资|投资|日产|月入|年入|增收|亩产)\d+(?:\.\d+)?[万亿]?(?:吨|元|公斤|斤|台|辆)")


class FixedSpan(NamedTuple):
    """A numeric expression known by its shape, in folded offsets."""

    start: int
    end: int
    cls: str


def fixed_spans(text: str, dates: Sequence[DateExpression], start: int = 0, end: int | None = None) -> list[FixedSpan]:
    """Ids, dates, names and ordinals of a folded text, or of a region of it that reads by itself: disjoint, in order,
    the earlier kind winning where two meet.

    >>> [(text[s.start : s.end], s.cls) for text in ["“1+4+N”架构"] for s in fixed_spans(text, [])]
    [('1+4+N', 'name')]
    """
    end = len(text) if end is None else end
    dates = [date for date in dates if date.has_number]
    layers: list[list[FixedSpan]] = [
        _shaped(_ID, "id", text, start, end),
        _quoted(text, dates, start, end),
        [FixedSpan(date.start, date.end, "date") for date in dates],
        _shaped(_DATE, "date", text, start, end),
        _shaped(_NAME, "name", text, start, end),
        _shaped(_ORDINAL, "ordinal", text, start, end),
        _pages(text, start, end),
    ]
    spans: list[FixedSpan] = []
    for layer in layers:
        spans = _merged(spans, layer)
    return spans


def _shaped(shape: re.Pattern[str], cls: str, text: str, start: int, end: int) -> list[FixedSpan]:
    """What begins in `text[start:end]` and has the shape; its look-aheads see what follows the region."""
    spans = [FixedSpan(*match.span(), cls) for match in shape.finditer(text, start, min(len(text), end + _BEYOND))]
    while spans and spans[-1].start >= end:
        spans.pop()
    return spans


def _pages(text: str, start: int, end: int) -> list[FixedSpan]:
    """Lines that hold nothing but a page number."""
    first = _FIRST_PAGE.match(text) if start == 0 else None
    pages = [FixedSpan(*first.span(1), "id")] if first else []
    lines = _PAGE.finditer(text, max(0, start - 1), min(len(text), end + _BEYOND))
    pages.extend(FixedSpan(*line.span(1), "id") for line in lines if line.end() <= end)
    return pages


def _merged(taken: list[FixedSpan], more: list[FixedSpan]) -> list[FixedSpan]:
    """Both lists in order, without those of `more` that touch one of `taken`."""
    if not more:
        return taken
    merged: list[FixedSpan] = []
    index = 0
    last = -1
    for span in more:
        while index < len(taken) and taken[index].start < span.end:
            merged.append(taken[index])
            last = taken[index].end
            index += 1
        if span.start >= last:
            merged.append(span)
            last = span.end
    merged.extend(taken[index:])
    return merged


def _quoted(text: str, dates: Sequence[DateExpression], begin: int, stop: int) -> list[FixedSpan]:
    """Short quoted names that hold a number: “123工作法”, “六个一”, "三品一标"; numbers in titles 《...》."""
    inner = [match.span(match.lastindex or 1) for match in _QUOTE.finditer(text, begin, stop)]
    if text.find('"', begin, stop) >= 0:
        inner = sorted([*inner, *_straight(text, begin, stop)])
    dated = [(d.start, d.end) for d in dates]
    spans: list[FixedSpan] = []
    position = 0
    for start, end in inner:
        if _NAMED.search(text, start, end) is None:
            continue
        while position < len(dated) and dated[position][1] <= start:
            position += 1
        if position < len(dated) and dated[position][0] < end:
            continue
        words = text[start:end]
        if _is_name(words) and (not spans or spans[-1].end <= start):
            spans.append(FixedSpan(start, end, _class_of(words)))
    for match in _TITLE.finditer(text, begin, stop):
        for digits in _TITLE_NUMBER.finditer(match.group(1)):
            offset = match.start(1)
            if not any(a < offset + digits.end() and offset + digits.start() < b for a, b in dated):
                spans.append(FixedSpan(offset + digits.start(), offset + digits.end(), "name"))
    spans.sort(key=lambda span: span.start)
    return [span for index, span in enumerate(spans) if not index or spans[index - 1].end <= span.start]


def _straight(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """Contents of pairs of straight quotes; a paragraph's first mark opens."""
    pairs: list[tuple[int, int]] = []
    opened = -1
    for mark in _STRAIGHT.finditer(text, begin, stop):
        if mark.group() == "\n":
            opened = -1
        elif opened < 0:
            opened = mark.end()
        else:
            content = text[opened : mark.start()]
            if 0 < len(content) <= 12 and not any(c in ",。;!?:" for c in content):
                pairs.append((opened, mark.start()))
            opened = -1
    return pairs


@lru_cache(4096)
def _is_name(words: str) -> bool:
    if _DIGIT.search(words):
        return not _QUOTED_CLAIM.search(words)
    return len(words) <= 8 and bool(_HAN_NAME.search(words)) and not _ORDINARY.search(words)


@lru_cache(4096)
def _class_of(words: str) -> str:
    """Idiom for a quoted word of the table of idioms (“最后一公里”), name for any other."""
    numeral = _NUMERAL.search(words)
    word = word_at(words, numeral.start()) if numeral else None
    return "idiom" if word is not None and word.cls == "idiom" and len(word.word) == len(words) else "name"
