"""One number with all that belongs to it: what the stages of reading fill in."""

from __future__ import annotations

from decimal import Decimal

from indicators.language.numeral_parser import Numeral
from indicators.language.units import Unit


class Hit:
    """A number in the making; offsets folded, `low` and `high` multiplied out and scaled to the canonical unit.

    `numeral` stands in `text[numeral_start:numeral_end]`, whatever is done to the other offsets.
    `cls` is "" for a Chinese numeral that is no row. What most numbers do not have is told once, in the class.
    """

    unit: Unit | None = None
    qualifier: str = "exact"
    per: str = ""
    cls: str = ""
    part: str = ""
    group: int = -1
    kind: str = ""
    status: str = "actual"
    direction: int = 0
    existing: bool = False  # a number of what is there (全镇21个村), which no plan or rule of its sentence touches
    qualified_before: bool = False
    qualified_after: bool = False
    marked: bool = False  # a sign that makes a number without unit a quantity: %, a currency, a fraction

    def __init__(self, start: int, end: int, numeral: Numeral) -> None:
        self.start = self.number_start = self.numeral_start = start
        self.end = self.number_end = self.numeral_end = end
        self.numeral = numeral
        self.low: Decimal = numeral.low
        self.high: Decimal = numeral.high
        self.vague: str = numeral.vagueness
