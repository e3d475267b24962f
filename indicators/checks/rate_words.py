"""How a number over its denominator is said, in both languages: 52.9 每百个村民小组 (1185/2239, 同句)."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.rules.ruleset import Indicator
from indicators.rules.schema import Per
from indicators.table.cells import number_text

READ_FROM = {
    "sentence": ("同句", "same sentence"),
    "document": ("同文", "same document"),
    "period": ("相近时期", "nearest period"),
    "series": ("外部序列", "outside series"),
}
_TIMES = {1: "每", 100: "每百", 1000: "每千", 10000: "每万"}


def rate_amount(value: float, qualifier: str) -> tuple[str, str]:
    """The number itself, to three digits.

    >>> rate_amount(52.925, "exact"), rate_amount(52.925, "approx")
    (('52.9', '52.9'), ('约52.9', 'about 52.9'))
    """
    digits = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return (f"约{digits}", f"about {digits}") if qualifier == "approx" else (digits, digits)


def rate_base(per: Per, below: Indicator) -> tuple[str, str]:
    """What it is counted by: 每百个村民小组, per 100 villager groups; `below` is the indicator of the denominator."""
    times = number_text(per.times)
    each = _TIMES.get(int(per.times), f"每{times}")
    many = "per" if per.times == 1 else f"per {times}"
    return f"{each}{below.unit}{below.name.zh}", f"{many} {(below.name.en or below.name.zh).lower()}"


def rate_line(rate: Mapping[str, object], per: Per, below: Indicator) -> tuple[str, str]:
    """The line that stands in a cell: the number, its base and sides, what the text says; else why there is none."""
    if rate["value"] is None:
        parts = [number_text(_float(rate["numerator"])), str(rate["beside"]), str(rate["reason"])]
        zh = "；".join(part for part in parts if part)
        joint = "joint, no coverage" if rate["beside"] else ""
        return zh, "; ".join(part for part in (parts[0], joint, str(rate["reason_en"])) if part)
    zh_from, en_from = READ_FROM[str(rate["read_from"])]
    sides = f"{number_text(_float(rate['numerator']))}/{number_text(_float(rate['denominator']))}"
    gap = rate["years_apart"]
    late_zh, late_en = (f"，相差{gap}年", f", {gap} years apart") if gap else ("", "")
    amount = rate_amount(float(str(rate["value"])), str(rate["qualifier"]))
    base = rate_base(per, below)
    zh = f"{amount[0]} {base[0]} ({sides}, {zh_from}{late_zh})"
    en = f"{amount[1]} {base[1]} ({sides}, {en_from}{late_en})"
    if rate["stated"]:
        return f"{zh}, 文中{rate['stated']}", f"{en}, text says {rate['stated']}"
    return zh, en


def _float(cell: object) -> float | None:
    return None if cell is None else float(str(cell))
