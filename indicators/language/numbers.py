"""The numbers of a text: runs of numerals, each number read with its unit and the words beside it.

Most numbers are digits before a unit with nothing else to them (1185个, 3.5万元): these are read in one step. All
others, and all that only might be more (3元5角, 2000多户, 3亩半), take the way through `hits`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from indicators.language.hit import Hit
from indicators.language.hits import FRACTION_MARKS, MORE_MARKS, following, leading, read_before, read_hit
from indicators.language.numeral_parser import ARABIC, Numeral, parse_numeral
from indicators.language.ranges import JOINING, split_pair
from indicators.language.shapes import FixedSpan
from indicators.language.units import every_unit, find_unit, unit_at
from indicators.language.words import word_at, word_signs

_HAN = "零〇一二两三四五六七八九十百千万亿"
_FIRST = re.compile(rf"[\d{_HAN}几数半]")  # what _RUN begins with; a class alone is found fast
_RUN = re.compile(
    rf"(?:{ARABIC}|[{_HAN}]|[几数](?=[十百千万亿])|(?<=[十百千万])几|(?<=[十百千万亿\d])[多余来](?=[万亿千百])"
    rf"|点(?=[{_HAN}]))+|(?<![上下前后大多一])半(?=数|个?小时|个?月|天|年|公里)"
)
_COMMON = re.compile(
    r"(?:\d{1,3}(?:,\d{3}){1,6}(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)[万亿]?"
    r"|[零〇一二两三四五六七八九十百千]++(?![\d万亿几数半多余来点])"
)
_LONGEST = 40  # characters of a numeral; longer ones are codes, and no float could hold them
_HALF = Numeral(1, Decimal("0.5"), Decimal("0.5"))
_LETTERS = re.compile(r"[A-Za-z][A-Za-z0-9]*")  # 4A, 3D
_GROWN = re.compile("[翻增长]")
_TURNS = re.compile(r"翻(?:了|两|近|约)?$")


def find_numbers(text: str, fixed: list[FixedSpan], start: int, end: int, every: bool = False) -> list[Hit]:
    """All numbers of `text[start:end]` outside the fixed spans, in order, disjoint; words of the tables come as hits
    with a class. Idle Chinese numerals, which count nothing and join nothing (一致), are left out, but for `every`.
    """
    hits: list[Hit] = []
    search, match, signs = _FIRST.search, _RUN.match, word_signs()
    index = 0
    position = done = start
    while first := search(text, position, end):
        position = first.start()
        while index < len(fixed) and fixed[index].end <= position:
            index += 1
        limit = fixed[index].start if index < len(fixed) else len(text)
        if limit <= position:
            position = fixed[index].end
            continue
        if text.startswith("零下", position):
            position += 1  # the sign of the number behind it
            continue
        worded = text[position : position + 2] in signs or text[position - 1 : position + 1] in signs
        common: Hit | int | None = _word(text, position, limit, done) if worded else None
        common = common or _read_common(text, position, min(end, limit), limit, every)
        if common is None:
            run = match(text, position, end)
            if run is not None:
                done = _read_run(text, fixed, index, run, done, hits)
            position = max(run.end(), done) if run is not None else position + 1
        elif isinstance(common, int):
            position = common
        else:
            common.start = max(common.start, done)
            hits.append(common)
            position = done = common.end
    return hits


def _word(text: str, position: int, limit: int, done: int) -> Hit | None:
    """The word of the tables whose first numeral stands at `position`, where it lies between `done` and `limit`."""
    word = word_at(text, position)
    if word is None or position - word.offset < done or position - word.offset + len(word.word) > limit:
        return None
    start = position - word.offset
    hit = Hit(start, start + len(word.word), _HALF)
    hit.cls = word.cls
    return hit


def _read_common(text: str, position: int, end: int, limit: int, every: bool) -> Hit | int | None:
    """A numeral with a unit that nothing goes on; None where they may be more, or something else.

    The numeral ends before `end`, the unit before `limit`. Of an idle numeral where it ends.
    """
    written = _COMMON.match(text, position, end)
    if written is None or written.end() - position > _LONGEST:
        return None
    tail = written.end()
    numeral = parse_numeral(text, position, tail)
    if numeral is None or numeral.vagueness or numeral.length < tail - position:
        return None
    unit = unit_at(text, tail)
    if unit is None:
        idle = not (every or numeral.arabic or tail >= end or text[tail] in _telling())
        return tail if idle else None
    before, going_on = _beside()
    stop = tail + len(unit.written)
    if stop > limit or text[stop : stop + 1] in going_on or unit.written not in _plain_units():
        return None
    if unit.weak and not numeral.arabic:
        return None
    hit = Hit(position, tail, numeral)
    hit.unit, hit.end = unit, stop
    if position and text[position - 1] in before:
        read_before(text, hit)
    return hit


@cache
def _telling() -> frozenset[str]:
    """Characters behind a numeral without a unit by which it may yet say something; with none of them it is idle."""
    return FRACTION_MARKS | MORE_MARKS | JOINING


@cache
def _plain_units() -> frozenset[str]:
    """Units that only name what is counted: without numerals and coins, and with no other meaning behind digits."""
    marks = (FRACTION_MARKS | MORE_MARKS) - {"个"}
    return frozenset(
        unit.written
        for unit in every_unit()
        if unit.scale == 1
        and unit.written not in ("番", "块", "位", "名")
        and unit.written[0] not in marks
        and not _FIRST.search(unit.written)
    )


@cache
def _beside() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that end what may belong to a number before it, and that may go on with a number and its unit."""
    return leading(), following() | FRACTION_MARKS | MORE_MARKS | frozenset(f"每点0123456789{_HAN}")


def _read_run(text: str, fixed: list[FixedSpan], index: int, run: re.Match[str], done: int, hits: list[Hit]) -> int:
    """Append the numbers of a run of numerals; `fixed[index]` is the first span that ends behind its beginning.

    Returns where what has been read ends: `done`, or the end of the last number that is one.
    """
    position = max(run.start(), done)
    while position < run.end():
        while index < len(fixed) and fixed[index].end <= position:
            index += 1
        if index < len(fixed) and fixed[index].start <= position:
            position = fixed[index].end
            continue
        limit = fixed[index].start if index < len(fixed) else len(text)
        found = _number_at(text, position, min(run.end(), limit), limit, done)
        if isinstance(found, int):
            position = found
            continue
        position = found.end
        hits.extend(split_pair(found))
        if found.numeral.arabic or found.unit is not None or found.cls:
            done = position  # the 零 of 零下12℃ is no number of its own
    return done


def _number_at(text: str, position: int, end: int, limit: int, done: int) -> Hit | int:
    """The number at `position`; where there is none, the offset at which to go on."""
    word = _word(text, position, limit, done)
    if word is not None:
        return word
    numeral = _HALF if text[position] == "半" else parse_numeral(text, position, end)
    if numeral is None:
        return position + 1
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
    if not turns and not hit.numeral.arabic and not _GROWN.search(text, max(0, hit.start - 8), hit.start):
        hit.unit, hit.end = None, hit.numeral_end  # 一番话, 另一番景象: nothing is doubled
        return
    if hit.low > 20:
        return
    hit.low = hit.high = (Decimal(2) ** int(hit.low) - 1) * 100
    hit.unit, hit.direction, hit.marked = find_unit("%"), 1, True
    if turns:
        hit.start = turns.start()
