"""Numbers read -> columns of the quantities table, with the interval that the words allow."""

from __future__ import annotations

from decimal import Decimal

from indicators.language.columns import Quantities
from indicators.language.hit import Hit
from indicators.language.shapes import FixedSpan

_BEYOND = Decimal(10) ** 300  # what no float can hold is no quantity (9亿亿亿...)


def build_columns(fixed: list[FixedSpan], hits: list[Hit]) -> Quantities:
    """Fixed spans and hits as one table, by start."""
    rows: list[tuple[int, FixedSpan | Hit]] = [(span.start, span) for span in fixed]
    rows.extend((hit.start, hit) for hit in hits)
    rows.sort(key=lambda row: row[0])
    table = Quantities()
    for _, row in rows:
        if isinstance(row, Hit):
            _add_hit(table, row)
        else:
            _add(table, row.start, row.end, row.start, row.end, row.cls)
    return table


def _add_hit(table: Quantities, hit: Hit) -> None:
    if hit.cls != "claim" or not abs(hit.high) < _BEYOND:
        _add(table, hit.start, hit.end, hit.number_start, hit.number_end, "id" if hit.cls == "claim" else hit.cls)
        return
    value = float(hit.low)
    low, high = interval(value, float(hit.high), hit)
    _add(table, hit.start, hit.end, hit.number_start, hit.number_end, hit.cls)
    table.value[-1], table.low[-1], table.high[-1] = value, low, high
    table.unit[-1] = hit.unit.canonical if hit.unit is not None else ""
    table.qualifier[-1], table.kind[-1], table.status[-1] = hit.qualifier, hit.kind, hit.status
    table.direction[-1], table.part[-1], table.group[-1], table.per[-1] = hit.direction, hit.part, hit.group, hit.per


def interval(value: float, high: float, hit: Hit) -> tuple[float | None, float | None]:
    """What the words allow: see `value_low` in the contract of the claims table."""
    if hit.part and hit.vague == "pair":
        return value, value
    vague = bool(hit.vague)
    if hit.qualifier in ("exact", "approx"):
        vague = vague and not hit.part
    elif hit.qualifier == "at_least":
        vague = vague and not hit.qualified_before and not hit.qualified_after
    else:
        vague = False
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


def _add(table: Quantities, start: int, end: int, number_start: int, number_end: int, cls: str) -> None:
    table.start.append(start)
    table.end.append(end)
    table.number_start.append(number_start)
    table.number_end.append(number_end)
    table.cls.append(cls)
    for column in (table.value, table.low, table.high):
        column.append(None)
    for words in (table.unit, table.kind, table.part, table.per):
        words.append("")
    table.qualifier.append("exact")
    table.status.append("actual")
    table.direction.append(0)
    table.group.append(-1)
