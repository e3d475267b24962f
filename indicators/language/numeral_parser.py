"""Numerals as texts write them: Arabic, Chinese and mixed, read from left to right in one pass.

`parse_numeral` reads the longest numeral that begins at an offset. It never looks at a character twice but for the
digits after the last multiplier, so a run of n characters costs n steps however hostile it is (3万3万3万...).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Vagueness = Literal["", "pair", "several", "more"]

# Thousands separators: at most six groups, so that 1,111,111,... costs no more than its length.
ARABIC = r"\d{1,3}(?:,\d{3}){1,6}(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?"
DIGITS = {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": Decimal(0), "两": Decimal(2)}
SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
BIG = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_TRILLION = Decimal(10**12)  # 兆 in financial prose; never in scanned texts, where it begins 兆瓦
_TEN = Decimal(10)
_ZERO = Decimal(0)
_ONE = Decimal(1)
_TOKEN = re.compile(rf"(?P<arabic>{ARABIC})|(?P<han>[零〇一二两三四五六七八九])|(?P<other>[十百千万亿兆几数多余来点])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral read from `text[start:end]`, multipliers multiplied out.

    `low` is its value; `high` differs where the words are vague: two neighbouring digits (二三十: pair, `split` is the
    offset between them), 几 or 数 (several), 多, 余 or 来 (more: one unit of the last written digit on top).
    `scale` is the multiplier that the numeral ends in (3.5万 -> 10000), which a range hands to its left end.
    """

    start: int
    end: int
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


def step_of(value: Decimal) -> Decimal:
    """One unit of the last written digit.

    >>> step_of(Decimal(2000)), step_of(Decimal("1.2"))
    (Decimal('1E+3'), Decimal('0.1'))
    """
    if not value:
        return _ONE
    exponent = value.normalize().as_tuple().exponent
    return _ONE.scaleb(exponent) if isinstance(exponent, int) else _ONE


class _Reader:
    """State of one reading: closed groups, the open section below 万 and the pending digits, each as (low, high)."""

    def __init__(self, trillion: bool) -> None:
        self.trillion = trillion
        self.groups: list[tuple[Decimal, Decimal, Decimal]] = []
        self.low = _ZERO
        self.high = _ZERO
        self.small = Decimal(10**9)  # last multiplier of the open section
        self.pending: list[Decimal] = []
        self.pending_high: Decimal | None = None
        self.arabic_pending = False
        self.zero = False  # a 零 stands before the pending digits, so they count ones
        self.last = _ONE  # last multiplier read
        self.after_big = False
        self.vagueness: Vagueness = ""
        self.split = -1
        self.arabic = False
        self.written = False  # some digit is written, not only multipliers (百, 万)
        self.closed = False  # 多 or 余 read: only a multiplier may follow

    def digit(self, value: Decimal, offset: int) -> bool:
        """Take one Chinese digit; False where it cannot belong to the numeral."""
        if self.closed or self.arabic_pending or self.pending_high is not None:
            return False
        if not value and not self.pending and (self.groups or self.low):
            self.zero = True
            return True
        if len(self.pending) == 1:
            self.split = offset
        elif len(self.pending) >= 2 and (self.groups or self.low):
            return False
        self.pending.append(value)
        self.written = True
        return True

    def number(self, value: Decimal) -> bool:
        """Take an Arabic number."""
        if self.pending or self.closed or self.pending_high is not None:
            return False
        if (self.groups or self.low) and value >= self.last:
            return False
        self.pending = [value]
        self.arabic = self.arabic_pending = self.written = True
        return True

    def several(self) -> bool:
        """Take 几 or 数 as a digit."""
        if self.pending or self.closed or self.pending_high is not None:
            return False
        self.pending = [_ZERO if self.groups or self.low else _ONE]
        self.pending_high = _TEN
        self.vagueness = "several"
        self.written = True
        return True

    def more(self) -> bool:
        """Take 多, 余 or 来 before a multiplier or at the end."""
        if self.closed or not (self.pending or self.low or self.groups):
            return False
        low, high, _ = self.value(final=True)
        self.groups, self.pending, self.pending_high = [], [], None
        self.low, self.high = low, high + step_of(low)
        self.vagueness, self.closed = "more", True
        self.arabic_pending = False
        return True

    def _take_pending(self, implied: Decimal) -> tuple[Decimal, Decimal] | None:
        """(low, high) of the pending digits before a multiplier; None where they are no number."""
        if not self.pending:
            return implied, implied
        if self.pending_high is not None:
            return self.pending[0], self.pending_high
        if len(self.pending) == 1:
            digit = self.pending[0] or implied  # 零十 is ten
            return digit, digit
        if len(self.pending) == 2 and is_pair(self.pending[0], self.pending[1]):
            self.vagueness = "pair"
            return self.pending[0], self.pending[1]
        return None

    def multiply_small(self, multiplier: Decimal) -> bool:
        """Take 十, 百 or 千."""
        if self.closed:
            self.low, self.high = self.low * multiplier, self.high * multiplier
            self.last = self.last * multiplier
            return True
        if multiplier >= self.small and not (self.arabic_pending and not self.low):
            return False
        if self.after_big and not self.pending and not self.zero:
            return False
        taken = self._take_pending(_ONE)
        if taken is None:
            return False
        self.low += taken[0] * multiplier
        self.high += taken[1] * multiplier
        self._close(multiplier)
        self.small = multiplier
        self.after_big = False
        return True

    def multiply_big(self, multiplier: Decimal) -> bool:
        """Take 万, 亿 or 兆."""
        if self.after_big and not self.pending and self.groups and not self.zero:
            low, high, size = self.groups.pop()  # 万亿, 万万
            if size * multiplier > _TRILLION * _TRILLION:
                return False
            self.groups.append((low * multiplier, high * multiplier, size * multiplier))
            self.last = size * multiplier
            return True
        open_section = bool(self.low or self.high)
        taken = self._take_pending(_ZERO if open_section else _ONE)
        if taken is None:
            return False
        if len(self.pending) == 1 and open_section and not self.zero and self.small > _TEN and not self.arabic_pending:
            taken = (taken[0] * self.small / _TEN, taken[1] * self.small / _TEN)  # 两千五万 is not written, 三百五万 is
        low, high = self.low + taken[0], self.high + taken[1]
        if self.groups and self.groups[-1][2] == multiplier:
            return False
        while self.groups and self.groups[-1][2] < multiplier:
            below = self.groups.pop()
            low, high = low + below[0], high + below[1]
        self.groups.append((low * multiplier, high * multiplier, multiplier))
        self.low = self.high = _ZERO
        self.small = Decimal(10**9)
        self._close(multiplier)
        self.after_big = True
        self.closed = False
        return True

    def _close(self, multiplier: Decimal) -> None:
        self.pending, self.pending_high, self.arabic_pending = [], None, False
        self.zero = False
        self.last = multiplier

    def value(self, final: bool = True) -> tuple[Decimal, Decimal, bool]:
        """(low, high, the pending digits could be used)."""
        low = self.low + sum((group[0] for group in self.groups), _ZERO)
        high = self.high + sum((group[1] for group in self.groups), _ZERO)
        if not self.pending:
            return low, high, True
        factor = _ONE
        structured = bool(self.groups or self.low)
        colloquial = structured and not self.zero and self.last > _TEN and self.pending_high is None
        if colloquial and (not self.arabic_pending or (self.pending[0] < _TEN and self.last >= 10**4)):
            factor = self.last / _TEN  # 一百五 is 150, 13万2 is 132000
        if self.pending_high is not None:
            return low + self.pending[0] * factor, high + self.pending_high * factor, True
        if len(self.pending) == 1:
            return low + self.pending[0] * factor, high + self.pending[0] * factor, True
        if len(self.pending) == 2 and is_pair(self.pending[0], self.pending[1]):
            return low + self.pending[0] * factor, high + self.pending[1] * factor, True
        if structured:
            return low, high, False
        digits = Decimal("".join(str(int(digit)) for digit in self.pending))
        return digits, digits, True


def is_pair(first: Decimal, second: Decimal) -> bool:
    """Two neighbouring digits that mean an approximation: 二三, 七八, 三五.

    >>> is_pair(Decimal(2), Decimal(3)), is_pair(Decimal(1), Decimal(7))
    (True, False)
    """
    return bool(first) and (second - first == 1 or (first, second) == (3, 5))


def parse_numeral(text: str, start: int, end: int, trillion: bool = False) -> Numeral | None:
    """The longest numeral that begins at `start` and ends at or before `end`; None where there is none.

    >>> n = parse_numeral("2000多万元", 0, 7); n.low, n.high, n.end
    (Decimal('20000000'), Decimal('30000000'), 6)
    """
    reader = _Reader(trillion)
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
            taken = reader.number(Decimal(word.replace(",", "")))
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
                return Numeral(start, mark, low, high, marked_vagueness, reader.split if marked_vagueness == "pair" else -1,
                               marked_last, reader.arabic)  # fmt: skip
        if not taken:
            break
        offset = after
        if kind == "other" and word in "十百千万亿兆":
            low, high, _ = reader.value()
            mark, marked, marked_vagueness, marked_last = offset, (low, high), reader.vagueness, reader.last
    return _finish(reader, start, offset, mark, marked, marked_vagueness)


def _take_word(reader: _Reader, word: str) -> bool:
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


def _take_point(reader: _Reader, fraction: Decimal) -> bool:
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
    reader: _Reader, start: int, offset: int, mark: int, marked: tuple[Decimal, Decimal], vague: Vagueness
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
    split = reader.split if vagueness == "pair" else -1
    return Numeral(start, offset, low, high, vagueness, split, scale, reader.arabic, not reader.written)
