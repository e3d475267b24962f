"""Folded text -> every numeric expression as a row: the number reader.

`scan` reads shapes first (ids, dates, quoted names, ordinals), then each run of numerals with its unit and qualifiers,
then what ties numbers together (ranges, lists, from-to). `read_quantities` is the same for a plain string, claims only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from indicators.language import dates as date_reader
from indicators.language.classes import classify
from indicators.language.columns import Quantities
from indicators.language.dates import DateExpression
from indicators.language.folding import fold
from indicators.language.hit import Hit
from indicators.language.hits import read_hit
from indicators.language.numeral_parser import ARABIC, Numeral, parse_numeral
from indicators.language.ranges import join, ratio, split_pair
from indicators.language.regions import regions_of
from indicators.language.rows import build_columns
from indicators.language.sentences import split_sentences
from indicators.language.shapes import FixedSpan, fixed_spans
from indicators.language.simplified import simplified
from indicators.language.statements import read_statements
from indicators.language.units import find_unit, unit_at
from indicators.language.words import word_at
from indicators.model import Quantity

_LONGEST = 40  # characters of a numeral; longer ones are codes, and no float could hold them
_BARE = 24  # longest text that can be one number
_HAN = "零〇一二两三四五六七八九十百千万亿"
_RUN = re.compile(
    rf"(?=[\d{_HAN}几数半])(?:(?:{ARABIC}|[{_HAN}]|[几数](?=[十百千万亿])|(?<=[十百千万])几|(?<=[十百千万亿\d])[多余来](?=[万亿千百])"
    rf"|点(?=[{_HAN}]))+|(?<![上下前后大多一])半(?=数|个?小时|个?月|天|年|公里))"
)
# “3800!4100!4400!”: bids called out one after another.
_BIDS = re.compile(r"[“\"「](?:\d[\d,.]{1,12}[!?。…]{1,3}){2,}\d[\d,.]{1,12}[!?。…]*[”\"」]")
_HALF = Numeral(1, Decimal("0.5"), Decimal("0.5"))
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z0-9]*")  # 4A, 3D
_Row = TypeVar("_Row", Hit, FixedSpan)
_TURNS = re.compile(r"翻(?:了|两|近|约)?$")


def scan(text: str, dates: list[DateExpression], spans: Iterable[tuple[int, int]] | None = None) -> Quantities:
    """Numeric expressions of a folded text, as columns; `dates` are the calendar expressions of the same text.

    `spans` are sentences (start, end), sorted and disjoint: only what begins in one of them is read and returned, each
    row as in the whole table but for the number of its group. Without them the whole text is read.

    >>> q = scan("成立党支部1185个,覆盖率约53%。", [])
    >>> q.value, q.unit, q.qualifier
    ([1185.0, 53.0], ['个', '%'], ['exact', 'approx'])
    """
    text = simplified(text)
    sentences = _bounds(text) if spans is None else list(spans)
    regions = [(0, len(text))] if spans is None else regions_of(text, sentences, dates)
    date_ends = [date.end for date in dates]
    date_starts = [date.start for date in dates]
    fixed: list[FixedSpan] = []
    hits: list[Hit] = []
    group = 0
    for start, end in regions:
        own = dates[bisect_right(date_ends, start) : bisect_left(date_starts, end)]
        shaped = fixed_spans(text, own, start, end)
        fixed.extend(shaped)
        group, own_hits = _read_region(text, shaped, start, end, group)
        hits.extend(own_hits)
    if spans is not None:
        fixed, hits = _within(fixed, sentences), _within(hits, sentences)
    read_statements(text, hits, sentences)
    return build_columns(fixed, hits)


def _bounds(text: str) -> list[tuple[int, int]]:
    sentences = split_sentences(text)
    return list(zip(sentences.start, sentences.end, strict=True))


def _within(rows: Iterable[_Row], sentences: list[tuple[int, int]]) -> list[_Row]:
    """The rows that begin in one of the sentences."""
    starts = [start for start, _ in sentences]
    places = ((row, bisect_right(starts, row.start) - 1) for row in rows)
    return [row for row, index in places if index >= 0 and row.start < sentences[index][1]]


def _read_region(text: str, fixed: list[FixedSpan], start: int, end: int, group: int) -> tuple[int, list[Hit]]:
    """The numbers of a region that are rows, with their classes; groups count from `group`, the next free one leads."""
    hits = _numbers(text, fixed, start, end)
    _ratios(text, hits)
    group = join(text, hits, group)
    _bids(text, hits, start, end)
    _classes(text, hits)
    for hit in hits:  # digits are never lost: the 1 of 1和十项, the 成1 of 百成1
        if not hit.cls and _DIGIT.search(text, hit.start, hit.end):
            hit.cls = "name"
    return group, [hit for hit in hits if hit.cls]


def _numbers(text: str, fixed: list[FixedSpan], start: int, end: int) -> list[Hit]:
    """All numbers outside the fixed spans, in order, disjoint; words of the tables come as hits with a class."""
    hits: list[Hit] = []
    index = 0
    done = start
    for run in _RUN.finditer(text, start, end):
        position = max(run.start(), done)
        while position < run.end():
            while index < len(fixed) and fixed[index].end <= position:
                index += 1
            if index < len(fixed) and fixed[index].start <= position:
                position = fixed[index].end
                continue
            limit = fixed[index].start if index < len(fixed) else len(text)
            found = _number_at(text, position, min(run.end(), limit), limit, done)
            position = found.end if found is not None else position + 1
            if found is not None:
                hits.extend(split_pair(found))
                if found.numeral.arabic or found.unit is not None or found.cls:
                    done = position  # the 零 of 零下12℃ is no number of its own
    return hits


def _number_at(text: str, position: int, end: int, limit: int, done: int) -> Hit | None:
    word = word_at(text, position)
    if word is not None and position - word.offset >= done and position - word.offset + len(word.word) <= limit:
        start = position - word.offset
        hit = Hit(start, start + len(word.word), _HALF)
        hit.cls = word.cls
        return hit
    numeral = _HALF if text[position] == "半" else parse_numeral(text, position, end)
    if numeral is None:
        return None
    if numeral.length > _LONGEST:
        hit = Hit(position, position + numeral.length, _HALF)
        hit.cls = "id"
        return hit
    last = position + numeral.length - 1
    if numeral.arabic and text[last] == "千" and unit_at(text, last) is not None:
        numeral = parse_numeral(text, position, last) or numeral  # 300千瓦: the 千 is the unit's
    hit = read_hit(text, position, numeral, limit)
    hit.start = max(hit.start, done)
    if hit.unit is None:
        letters = _LETTERS.match(text, hit.end, limit) if numeral.arabic else None
        if letters:
            hit.end, hit.cls = letters.end(), "name"
    elif hit.unit.written == "番":
        _doubled(text, hit)
    return hit


def _doubled(text: str, hit: Hit) -> None:
    """翻一番 is a growth of 100 %, 翻两番 of 300 %."""
    turns = _TURNS.search(text, max(0, hit.start - 3), hit.start)
    if hit.low > 20:
        return
    hit.low = hit.high = (Decimal(2) ** int(hit.low) - 1) * 100
    hit.unit, hit.direction, hit.marked = find_unit("%"), 1, True
    if turns:
        hit.start = turns.start()


def _ratios(text: str, hits: list[Hit]) -> None:
    """5:1 and 11.1:36.3:52.6, in place; consumed right sides are dropped from the list."""
    position = 0
    dropped: list[int] = []
    while position < len(hits):
        last = position
        while (
            last + 1 < len(hits)
            and text[hits[last].end : hits[last + 1].start] in (":", "∶")
            and hits[last].unit is None
            and hits[last + 1].numeral.arabic
            and hits[last].numeral.arabic
        ):
            last += 1
        if last > position:
            numbers = hits[position : last + 1]
            if not ratio(text, numbers):
                numbers[0].end, numbers[0].cls = numbers[-1].end, "name"
            if len(numbers) == 2 or numbers[0].cls == "name":
                dropped.extend(range(position + 1, last + 1))
        position = last + 1
    for index in reversed(dropped):
        del hits[index]


def _bids(text: str, hits: list[Hit], start: int, end: int) -> None:
    """Quoted lists of bare numbers are values, though no unit is said."""
    for called in _BIDS.finditer(text, start, end):
        first = bisect_left(hits, called.start(), key=lambda hit: hit.start)
        for hit in hits[first : bisect_left(hits, called.end(), key=lambda hit: hit.start)]:
            hit.marked = True


def _classes(text: str, hits: list[Hit]) -> None:
    ends: dict[int, str] = {}
    for hit in reversed(hits):
        if hit.cls:
            hit.cls = "" if hit.cls == "none" else hit.cls
            continue
        if hit.group >= 0 and hit.group in ends:
            hit.cls = ends[hit.group] if hit.unit is not None else classify(text, hit)
            continue
        hit.cls = classify(text, hit)
        if hit.group >= 0:
            if hit.part and not hit.cls and hit.unit is not None:
                hit.cls = "date" if hit.unit.written == "月" else "claim"  # 七八月
            ends[hit.group] = hit.cls


def _scan_bare(text: str) -> Quantities | None:
    """A text that is nothing but a number or a range (三四十, 一百多万, 半年) states it, unit or not."""
    if len(text) > _BARE or fixed_spans(text, date_reader.scan(text)):
        return None
    hits = _numbers(text, [], 0, len(text))
    if not hits or hits[0].start or hits[-1].end != len(text) or any(hit.cls for hit in hits) or len(hits) > 2:
        return None
    join(text, hits)
    for hit in hits:
        hit.cls = "claim"
    read_statements(text, hits, _bounds(text))
    return build_columns([], hits)


def read_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text in order, claims only; a range gives its two ends. Offsets count characters of `text`.

    >>> [(q.surface, q.value, q.unit, q.qualifier) for q in read_quantities("投入约8万元，惠及300多户。")]
    [('约8万元', 80000.0, '元', 'approx'), ('300多户', 300.0, '户', 'at_least')]
    """
    folded = fold(text)
    table = _scan_bare(folded.text) or scan(folded.text, date_reader.scan(folded.text))
    found: list[Quantity] = []
    for row in range(len(table)):
        if table.cls[row] != "claim":
            continue
        start, end = folded.start(table.start[row]), folded.end(table.end[row])
        found.append(
            Quantity(
                start=start,
                end=end,
                surface=text[start:end],
                class_="claim",
                value=table.value[row],
                low=table.low[row],
                high=table.high[row],
                unit=table.unit[row],
                qualifier=table.qualifier[row],  # type: ignore[arg-type]
                kind=table.kind[row],
                status=table.status[row],  # type: ignore[arg-type]
                per=table.per[row],
            )
        )
    return found
