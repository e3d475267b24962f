"""Folded text -> every numeric expression as a row: the number reader.

`scan` reads shapes first (ids, dates, quoted names, ordinals), then each run of numerals with its unit and qualifiers,
then what ties numbers together (ranges, lists, from-to). `read_quantities` is the same for a plain string, claims only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TypeVar

from indicators.language import dates as date_reader
from indicators.language.classes import classify
from indicators.language.columns import Quantities
from indicators.language.dates import DateExpression
from indicators.language.folding import fold
from indicators.language.hit import Hit
from indicators.language.numbers import find_numbers
from indicators.language.ranges import join, ratio
from indicators.language.regions import regions_of
from indicators.language.rows import build_columns
from indicators.language.sentences import Sentences, split_sentences
from indicators.language.shapes import FixedSpan, fixed_spans
from indicators.language.statements import read_statements, with_leads
from indicators.model import Quantity

_BARE = 24  # longest text that can be one number
# “3800!4100!4400!”: bids called out one after another.
_BIDS = re.compile(r"[“\"「](?:\d[\d,.]{1,12}[!?。…]{1,3}){2,}\d[\d,.]{1,12}[!?。…]*[”\"」]")
_DIGIT = re.compile(r"\d")
_Row = TypeVar("_Row", Hit, FixedSpan)


def scan(
    text: str,
    dates: list[DateExpression],
    spans: Iterable[tuple[int, int]] | None = None,
    sentences: Sentences | None = None,
) -> Quantities:
    """Numeric expressions of a folded text, as columns; `dates` and `sentences` are those of the same text.

    `spans` are sentences (start, end), sorted and disjoint: only what begins in one of them is read and returned, each
    row as in the whole table but for the number of its group. Without them the whole text is read.

    >>> q = scan("成立党支部1185个,覆盖率约53%。", [])
    >>> q.value, q.unit, q.qualifier
    ([1185.0, 53.0], ['个', '%'], ['exact', 'approx'])
    """
    sentences = sentences or split_sentences(text)
    chosen = None if spans is None else list(spans)
    bounds = _bounds(sentences) if chosen is None else with_leads(text, chosen, sentences)
    regions = [(0, len(text))] if chosen is None else regions_of(text, bounds, dates)
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
    if chosen is not None:
        fixed, hits = _within(fixed, chosen), _within(hits, bounds)
    read_statements(text, hits, bounds)
    return build_columns(fixed, hits if chosen is None else _within(hits, chosen))


def _bounds(sentences: Sentences) -> list[tuple[int, int]]:
    return list(zip(sentences.start, sentences.end, strict=True))


def _within(rows: Iterable[_Row], sentences: list[tuple[int, int]]) -> list[_Row]:
    """The rows that begin in one of the sentences."""
    starts = [start for start, _ in sentences]
    places = ((row, bisect_right(starts, row.start) - 1) for row in rows)
    return [row for row, index in places if index >= 0 and row.start < sentences[index][1]]


def _read_region(text: str, fixed: list[FixedSpan], start: int, end: int, group: int) -> tuple[int, list[Hit]]:
    """The numbers of a region that are rows, with their classes; groups count from `group`, the next free one leads."""
    hits = find_numbers(text, fixed, start, end)
    _ratios(text, hits)
    group = join(text, hits, group)
    _bids(text, hits, start, end)
    _classes(text, hits)
    for hit in hits:  # digits are never lost: the 1 of 1和十项, the 成1 of 百成1
        if not hit.cls and _DIGIT.search(text, hit.start, hit.end):
            hit.cls = "name"
    return group, [hit for hit in hits if hit.cls]


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
            if numbers[0].end == numbers[-1].end:  # made one
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
    hits = find_numbers(text, [], 0, len(text), every=True)
    if not hits or hits[0].start or hits[-1].end != len(text) or any(hit.cls for hit in hits) or len(hits) > 2:
        return None
    join(text, hits)
    for hit in hits:
        hit.cls = "claim"
    read_statements(text, hits, _bounds(split_sentences(text)))
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
