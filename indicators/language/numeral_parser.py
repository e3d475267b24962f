"""Numerals as texts write them: Arabic, Chinese and mixed, read from left to right in one pass.

`parse_numeral` reads the longest numeral that begins at an offset. It never looks at a character twice but for the
digits after the last multiplier, so a run of n characters costs n steps however hostile it is (3万3万3万...).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indicators.language.numeral_state import NumeralState, Vagueness

# Thousands separators: at most six groups, so that 1,111,111,... costs no more than its length.
# A space may stand for the comma where a unit follows (1 256个); two table cells (100 200) have none.
ARABIC = (
    r"(?<![\d.])(?<!\d )\d{1,3}(?: \d{3}){1,4}(?:\.\d+)?"
    r"(?=[万亿个名人户元家亩头只口处吨公平立斤千台套辆间条座眼株羽件栋所项])"
    r"|\d{1,3}(?:,\d{3}){1,6}(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?"
)
DIGITS = {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": Decimal(0), "两": Decimal(2)}
SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
BIG = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_TRILLION = Decimal(10**12)  # 兆 in financial prose; never in scanned texts, where it begins 兆瓦
_ZERO = Decimal(0)
_ONE = Decimal(1)
_SPACED = r"\d{1,3}(?: \d{3}){1,4}(?:\.\d+)?"  # the run pattern has looked for the unit behind it
_TOKEN = re.compile(
    rf"(?P<arabic>{_SPACED}|{ARABIC})|(?P<han>[零〇一二两三四五六七八九])|(?P<other>[十百千万亿兆几数多余来点])"
)
_SHORT = 16  # longest stretch whose numeral is kept for the next time
_GOES_ON = frozenset("零〇一二两三四五六七八九十百千万亿兆几数多余来点")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral of `length` characters, multipliers multiplied out.

    `low` is its value; `high` differs where the words are vague: two neighbouring digits (二三十: pair, `split` is the
    offset between them from its start), 几 or 数 (several), 多, 余 or 来 (more: one unit of the last written digit on
    top).
    `scale` is the multiplier that the numeral ends in (3.5万 -> 10000), which a range hands to its left end.
    """

    length: int
    low: Decimal
    high: Decimal
    vagueness: Vagueness = ""
    split: int = -1
    scale: Decimal = _ONE
    arabic: bool = False
    bare: bool = False

    @property
    def mantissa(self) -> Decimal:
        """The number before its final multiplier: 3.5 of 3.5万."""
        return self.low / self.scale


def parse_numeral(text: str, start: int, end: int, trillion: bool = False) -> Numeral | None:
    """The longest numeral that begins at `start` and ends at or before `end`; None where there is none.

    >>> n = parse_numeral("2000多万元", 0, 7); n.low, n.high, n.length
    (Decimal('20000000'), Decimal('30000000'), 6)
    """
    if end - start <= _SHORT:
        return _parse_short(text[start:end], trillion)
    return _parse(text, start, end, trillion)


def _parse(text: str, start: int, end: int, trillion: bool) -> Numeral | None:
    return _plain(text, start, end) or _read(text, start, end, NumeralState(trillion))


@lru_cache(maxsize=8192)
def _parse_short(words: str, trillion: bool) -> Numeral | None:
    """Reports repeat their small numbers: what a numeral says depends on nothing beyond it."""
    return _parse(words, 0, len(words), trillion)


def _plain(text: str, start: int, end: int) -> Numeral | None:
    """An Arabic number that nothing goes on (1,185个): most are, and need no state."""
    token = _TOKEN.match(text, start, end)
    if token is None or token.lastgroup != "arabic":
        return None
    after = token.end()
    if after < end and text[after] in _GOES_ON:
        return None
    value = _arabic(token.group())
    return Numeral(after - start, value, value, arabic=True)


def _arabic(word: str) -> Decimal:
    return Decimal(word.replace(",", "").replace(" ", ""))


def _read(text: str, start: int, end: int, reader: NumeralState) -> Numeral | None:
    """The longest numeral, token by token."""
    offset = start
    mark = start  # end of the last complete state, after a multiplier
    marked: tuple[Decimal, Decimal] = (_ZERO, _ZERO)
    marked_vagueness: Vagueness = ""
    marked_last = _ONE
    while offset < end:
        token = _TOKEN.match(text, offset, end)
        if token is None:
            break
        after = token.end()
        kind = token.lastgroup
        word = token.group()
        if kind == "arabic":
            taken = reader.number(_arabic(word))
        elif kind == "han":
            taken = reader.digit(DIGITS[word], offset)
        elif word == "点":
            point = _decimal(text, after, end)
            if point is None or not _take_point(reader, point[0]):
                break
            taken, after = True, point[1]
        else:
            taken = _take_word(reader, word)
            if not taken and word in "十百千万亿兆" and mark > start:
                low, high = marked
                split = reader.split - start if marked_vagueness == "pair" else -1
                bare = not reader.written
                return Numeral(mark - start, low, high, marked_vagueness, split, marked_last, reader.arabic, bare)
        if not taken:
            break
        offset = after
        if kind == "other" and word in "十百千万亿兆":
            low, high, _ = reader.value()
            mark, marked, marked_vagueness, marked_last = offset, (low, high), reader.vagueness, reader.last
    return _finish(reader, start, offset, mark, marked, marked_vagueness)


def _take_word(reader: NumeralState, word: str) -> bool:
    if word in SMALL:
        return reader.multiply_small(SMALL[word])
    if word in BIG:
        return reader.multiply_big(BIG[word])
    if word == "兆":
        return reader.trillion and reader.multiply_big(_TRILLION)
    if word in "几数":
        return reader.several()
    return reader.more()


def _decimal(text: str, start: int, end: int) -> tuple[Decimal, int] | None:
    """Digits after 点 as a fraction below one, and where they end."""
    offset = start
    digits: list[str] = []
    while offset < end and (text[offset] in DIGITS or text[offset].isdecimal()):
        digits.append(str(int(DIGITS[text[offset]])) if text[offset] in DIGITS else text[offset])
        offset += 1
    return (Decimal("0." + "".join(digits)), offset) if digits else None


def _take_point(reader: NumeralState, fraction: Decimal) -> bool:
    """Add decimals to what was read before 点."""
    if reader.closed or reader.vagueness:
        return False
    low, _, whole = reader.value()
    if not whole or (not reader.pending and not reader.low and not reader.groups):
        return False
    reader.groups, reader.low, reader.high = [], _ZERO, _ZERO
    reader.pending = [low + fraction]
    reader.arabic_pending = True
    reader.small = Decimal(10**9)
    reader.after_big = False
    return True


def _finish(
    reader: NumeralState, start: int, offset: int, mark: int, marked: tuple[Decimal, Decimal], vague: Vagueness
) -> Numeral | None:
    low, high, whole = reader.value()
    vagueness = reader.vagueness
    if not whole:
        offset, (low, high), vagueness = mark, marked, vague
    elif low != high and not vagueness:
        vagueness = "pair"
    if offset == start:
        return None
    scale = reader.last if not reader.pending else _ONE
    split = reader.split - start if vagueness == "pair" else -1
    return Numeral(offset - start, low, high, vagueness, split, scale, reader.arabic, not reader.written)
