"""The state of reading one numeral from left to right: closed groups, the open section below 万, pending digits."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Vagueness = Literal["", "pair", "several", "more"]

_TRILLION = Decimal(10**12)
_TEN = Decimal(10)
_ZERO = Decimal(0)
_ONE = Decimal(1)


def step_of(value: Decimal) -> Decimal:
    """One unit of the last written digit.

    >>> step_of(Decimal(2000)), step_of(Decimal("1.2"))
    (Decimal('1E+3'), Decimal('0.1'))
    """
    if not value:
        return _ONE
    exponent = value.normalize().as_tuple().exponent
    return _ONE.scaleb(exponent) if isinstance(exponent, int) else _ONE


def is_pair(first: Decimal, second: Decimal) -> bool:
    """Two neighbouring digits that mean an approximation: 二三, 七八, 三五.

    >>> is_pair(Decimal(2), Decimal(3)), is_pair(Decimal(1), Decimal(7))
    (True, False)
    """
    return bool(first) and (second - first == 1 or (first == 3 and second == 5))


class NumeralState:
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
        low, high, _ = self.value()
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
            digit = self.pending[0] if self.pending[0] or self.arabic_pending else implied  # 零十 is ten
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

    def value(self) -> tuple[Decimal, Decimal, bool]:
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
