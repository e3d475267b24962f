"""The unit table: reading a unit off a text, folding its synonyms, converting between measures.

Units keep the name they are written with (公里, 斤, 公顷); only synonyms are folded (名, 位 -> 人; ㎡ -> 平方米).
Classifiers (个, 支, 家) convert into nothing but themselves: whether two of them count the same is for a rule to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indicators.language.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written. `scale` multiplies the number (3成 is 30 %); `factor` leads to the base of `dimension`."""

    written: str
    canonical: str
    dimension: str
    factor: float
    kind: str
    scale: float
    weak: bool
    not_before: str


@cache
def _table() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in lexicon("units"):
        units[row["unit"]] = Unit(
            row["unit"],
            row["canonical"],
            row["dimension"] or f"count:{row['canonical']}",
            float(row["factor"] or 1),
            row["kind"],
            float(row["scale"]),
            row["flags"] == "weak",
            row["not_before"],
        )
    return units


@cache
def _by_first() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First character -> its units, longest first."""
    grouped: dict[str, list[str]] = {}
    for unit in _table():
        grouped.setdefault(unit[0], []).append(unit)
    return {first: (tuple(sorted(units, key=len, reverse=True)),) for first, units in grouped.items()}


def unit_at(text: str, offset: int) -> Unit | None:
    """The longest unit that begins at `offset` of a folded text, None where there is none.

    >>> unit_at("平方公里", 0).canonical, unit_at("名党员", 0).canonical, unit_at("党员", 0)
    ('平方公里', '人', None)
    """
    groups = _by_first().get(text[offset : offset + 1])
    if groups is None:
        return None
    for unit in groups[0]:
        if text.startswith(unit, offset):
            after = text[offset + len(unit) : offset + len(unit) + 1]
            if unit[-1].isascii() and unit[-1].isalpha() and after.isascii() and after.isalnum():
                continue  # 5Gb is no 5 G
            found = _table()[unit]
            if after and after in found.not_before:
                continue  # 3人均, 5条件
            return found
    return None


def find_unit(written: str) -> Unit | None:
    """The unit of that very name, None where the table has none."""
    return _table().get(written)


def canonical(unit: str) -> str:
    """The unit's name in the tables; a unit that the table does not hold keeps its name.

    >>> canonical("名"), canonical("㎡"), canonical("公里"), canonical("元/斤")
    ('人', '平方米', '公里', '元')
    """
    found = _table().get(unit) or _table().get(unit.split("/")[0])
    return found.canonical if found else unit.split("/")[0]


def _convertible(unit: str) -> Unit | None:
    return _table().get(unit) or _table().get(unit.split("/")[0])


def same_dimension(first: str, second: str) -> bool:
    """Whether values in the two units can be converted into each other.

    >>> same_dimension("亩", "公顷"), same_dimension("个", "家"), same_dimension("元", "美元")
    (True, False, False)
    """
    a, b = _convertible(first), _convertible(second)
    if a is None or b is None:
        return canonical(first) == canonical(second)
    return a.dimension == b.dimension


def convert(value: float, unit: str, into: str) -> float | None:
    """`value` of `unit` in the unit `into`, None where the one does not convert into the other.

    Values are in units as written: 万 and 亿 are already multiplied out, and so is the scale of 成 and 折.

    >>> convert(2.0, "公顷", "亩"), convert(3.0, "个", "家"), convert(5.0, "名", "人")
    (30.0, None, 5.0)
    """
    if canonical(unit) == canonical(into):
        return value
    a, b = _convertible(unit), _convertible(into)
    if a is None or b is None or a.dimension != b.dimension:
        return None
    # Rounded so that 2 公顷 are 30 亩 and not 30.000000000000004.
    return float(f"{value * a.factor / b.factor:.12g}")
