"""Numbers read -> columns of the quantities table, with the interval that the words allow."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter

from indicators.language.columns import Quantities
from indicators.language.hit import Hit
from indicators.language.shapes import FixedSpan

_Row = tuple[
    int, int, int, int, str, float | None, float | None, float | None, str, str, str, str, int, str, int, str
]  # the columns of Quantities in their order
_BLANK = (None, None, None, "", "exact", "", "actual", 0, "", -1, "")  # of what is no claim, from `value` on
_BEYOND = Decimal(10) ** 300  # what no float can hold is no quantity (9亿亿亿...)


def build_columns(fixed: list[FixedSpan], hits: list[Hit]) -> Quantities:
    """Fixed spans and hits as one table, by start."""
    rows: list[_Row] = [(span.start, span.end, span.start, span.end, span.cls, *_BLANK) for span in fixed]
    rows += [_row(hit) for hit in hits]
    rows.sort(key=itemgetter(0))
    return Quantities(*map(list, zip(*rows, strict=True))) if rows else Quantities()


def _row(hit: Hit) -> _Row:
    if hit.cls != "claim" or not abs(hit.high) < _BEYOND:
        cls = "id" if hit.cls == "claim" else hit.cls
        return (hit.start, hit.end, hit.number_start, hit.number_end, cls, *_BLANK)
    value = float(hit.low)
    low, high = allowed(value, hit.qualifier) if not hit.vague else interval(value, float(hit.high), hit)
    return (
        hit.start,
        hit.end,
        hit.number_start,
        hit.number_end,
        "claim",
        value,
        low,
        high,
        hit.unit.canonical if hit.unit is not None else "",
        hit.qualifier,
        hit.kind,
        hit.status,
        hit.direction,
        hit.part,
        hit.group,
        hit.per,
    )


def interval(value: float, high: float, hit: Hit) -> tuple[float | None, float | None]:
    """What the words allow of a vague number: see `value_low` in the contract of the claims table."""
    if hit.part and hit.vague == "pair":
        return value, value
    vague = False
    if hit.qualifier in ("exact", "approx"):
        vague = not hit.part
    elif hit.qualifier == "at_least":
        vague = not hit.qualified_before and not hit.qualified_after
    return (value, high) if vague else allowed(value, hit.qualifier)


def allowed(value: float, qualifier: str) -> tuple[float | None, float | None]:
    """What a qualifier allows of a value that is no vague one itself; None where a side is open.

    >>> allowed(100.0, "nearly"), allowed(100.0, "at_least")
    ((90.0, 100.0), (100.0, None))
    """
    if qualifier == "approx":
        spread = abs(value) * 0.05
        return value - spread, value + spread
    if qualifier == "nearly":
        return (0.9 * value, value) if value >= 0 else (value, 0.9 * value)
    if qualifier == "at_least":
        return value, None
    return (None, value) if qualifier == "at_most" else (value, value)
