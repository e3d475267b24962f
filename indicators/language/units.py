"""The unit table: reading a unit off a text, folding its synonyms, converting between measures.

Units keep the name they are written with (公里, 斤, 公顷); only synonyms are folded (名, 位 -> 人; ㎡ -> 平方米).
Classifiers (个, 支, 家) convert into nothing but themselves: whether two of them count the same is for a rule to say.
"""

from __future__ import annotations

from collections.abc import Iterable
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
def _by_beginning() -> tuple[dict[str, Unit], dict[str, tuple[Unit, ...]]]:
    """Character -> the unit that it is; two characters -> the longer units that begin with them, longest first."""
    units = sorted(_table().values(), key=lambda unit: -len(unit.written))
    longer: dict[str, tuple[Unit, ...]] = {}
    for unit in units:
        if len(unit.written) > 1:
            longer[unit.written[:2]] = (*longer.get(unit.written[:2], ()), unit)
    return {unit.written: unit for unit in units if len(unit.written) == 1}, longer


def unit_at(text: str, offset: int) -> Unit | None:
    """The longest unit that begins at `offset` of a folded text, None where there is none.

    >>> unit_at("平方公里", 0).canonical, unit_at("名党员", 0).canonical, unit_at("党员", 0)
    ('平方公里', '人', None)
    """
    single, longer = _by_beginning()
    beginning = text[offset : offset + 2]
    if beginning in longer:
        for unit in longer[beginning]:
            if text.startswith(unit.written, offset) and _is_whole(text, unit, offset + len(unit.written)):
                return unit
    found = single.get(beginning[:1])
    return found if found is not None and _is_whole(text, found, offset + 1) else None


def _is_whole(text: str, unit: Unit, end: int) -> bool:
    """Whether the word ends with the unit: 5Gb is no 5 G; 3人均 and 5条件 count nothing."""
    after = text[end : end + 1]
    if after in unit.not_before:
        return not after
    last = unit.written[-1]
    return not (last.isascii() and last.isalpha() and after.isascii() and after.isalnum())


def every_unit() -> Iterable[Unit]:
    """All units of the table."""
    return _table().values()


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
