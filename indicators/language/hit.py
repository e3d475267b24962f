"""One number with all that belongs to it: what the stages of reading fill in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.language.numeral_parser import Numeral
from indicators.language.units import Unit


@dataclass(slots=True)
class Hit:
    """A number in the making; offsets folded, `low` and `high` multiplied out and scaled to the canonical unit.

    `cls` is "" for a Chinese numeral that is no row.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: Decimal
    high: Decimal
    numeral: Numeral
    unit: Unit | None = None
    qualifier: str = "exact"
    vague: str = ""
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
