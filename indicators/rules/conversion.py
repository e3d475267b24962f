"""Whether a quantity's unit will do for an indicator, and its value in the indicator's unit."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indicators.language.units import canonical, convert

if TYPE_CHECKING:
    from indicators.rules.ruleset import Indicator


@lru_cache(maxsize=50_000)
def accepts(indicator: Indicator, unit: str, only: tuple[str, ...] = ()) -> bool:
    """Whether {value} (or {value:only}) of an indicator takes a quantity of that unit.

    `only` limits it to these very units; else the unit must convert into the indicator's or count the same (`same_as`).
    """
    if only:
        return unit in only or canonical(unit) in {canonical(name) for name in only}
    return _counts_the_same(indicator, unit) or convert(1.0, unit, indicator.unit) is not None


def _counts_the_same(indicator: Indicator, unit: str) -> bool:
    if not unit:
        return indicator.unit == "1"  # a number without a unit: an index, a bid
    return unit == indicator.unit or canonical(unit) in {
        canonical(name) for name in (indicator.unit, *indicator.same_as)
    }


def into(indicator: Indicator, value: float | None, unit: str) -> float | None:
    """A value in the indicator's unit; a unit that only counts the same, or that a pattern names, keeps the number."""
    if value is None or keeps(indicator, unit):
        return value
    converted = convert(value, unit, indicator.unit)
    return value if converted is None else converted


@lru_cache(maxsize=50_000)
def keeps(indicator: Indicator, unit: str) -> bool:
    """Whether a value of that unit is one in the indicator's unit as it stands."""
    return _counts_the_same(indicator, unit) or convert(1.0, unit, indicator.unit) is None
