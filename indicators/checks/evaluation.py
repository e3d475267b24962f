"""How well a quantities table agrees with labels made by hand.

A label is one numeric expression: doc, start, end, text, cls; a claim has value, unit, qualifier, county, city, town,
period ("2015", "2015-11", "2011/2016"), status, and `<field>_also` where a second answer is as good. A predicted claim
is right when it overlaps a label not yet matched, with the same value (1e-6) and unit (convertible units are equal).
The other figures are shares of the right ones, but `span` (labels overlapped) and `cls` (digit-bearing non-claims given
their class).
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from indicators.language.units import convert

Label = dict[str, Any]
Row = dict[str, Any]
Pair = tuple[Label, Row]
NEAR = {"nearly": {"at_most", "approx"}}  # 近 is below and about: rows that say so are no worse
OVERLAP = 0.8  # share of two spans' union that counts as the same span


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`figures` by name, `wrong` by name the pairs behind each figure below 1, `confusion` (label, row) -> count."""

    figures: dict[str, float]
    wrong: dict[str, list[tuple[Label | None, Row | None]]]
    confusion: Counter[tuple[str, str]]


def evaluate(labels: Sequence[Label], quantities: pd.DataFrame) -> Evaluation:
    """Figures of a quantities table (columns QUANTITIES) on labels; documents without labels are left out."""
    documents = {label["doc"] for label in labels}
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in quantities.to_dict("records"):
        name = PurePosixPath(str(row["document"])).name
        if name in documents:
            rows[name].append({str(key): value for key, value in row.items()})
    claims = [label for label in labels if label["cls"] == "claim"]
    pairs, missed, extra, touched = _pair(claims, rows)
    found = len(pairs) + len(extra)
    precision, recall = len(pairs) / max(1, found), len(pairs) / max(1, len(claims))
    figures = {
        "labels": float(len(claims)),
        "rows": float(found),
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "span": touched / max(1, len(claims)),
    }
    wrong: dict[str, list[tuple[Label | None, Row | None]]] = {
        "missed": [(label, row) for label, row in missed],
        "extra": [(None, row) for row in extra],
    }
    for name, applies, right in _attributes(claims):
        chosen = [pair for pair in pairs if applies(pair[0])]
        bad = [pair for pair in chosen if not right(*pair)]
        figures[name] = (len(chosen) - len(bad)) / max(1, len(chosen))
        wrong[name] = list(bad)
    figures["cls"], wrong["cls"], confusion = _classes(labels, rows)
    figures["captured"] = sum(bool(row["indicator"]) for _, row in pairs) / max(1, len(pairs))
    return Evaluation(figures, wrong, confusion)


def _pair(
    claims: Sequence[Label], rows: dict[str, list[Row]]
) -> tuple[list[Pair], list[tuple[Label, Row | None]], list[Row], int]:
    """Labels and rows that say the same; labels missed with the row beside them; rows too many; labels overlapped."""
    free = {name: [row for row in group if row["class"] == "claim"] for name, group in rows.items()}
    pairs: list[Pair] = []
    missed: list[tuple[Label, Row | None]] = []
    touched = 0
    for label in claims:
        beside = [row for row in free.get(label["doc"], []) if _overlap(label, row) > 0]
        touched += bool(beside)
        same = next((row for row in beside if _same_quantity(label, row)), None)
        if same is None:
            missed.append((label, beside[0] if beside else None))
        else:
            free[label["doc"]].remove(same)
            pairs.append((label, same))
    return pairs, missed, [row for group in free.values() for row in group], touched


def _overlap(label: Label, row: Row) -> int:
    return int(min(label["end"], row["end"]) - max(label["start"], row["start"]))


def _same_quantity(label: Label, row: Row) -> bool:
    if pd.isna(row["value"]):
        return False
    value = convert(float(row["value"]), str(row["unit"]), label.get("unit") or "")
    expected = float(label["value"])
    return value is not None and abs(value - expected) <= 1e-6 * max(1.0, abs(value), abs(expected))


Attribute = tuple[str, Callable[[Label], bool], Callable[[Label, Row], bool]]


def _attributes(claims: Sequence[Label]) -> list[Attribute]:
    """Name, which labels it applies to, and when a row is right."""
    spans = Counter((label["doc"], label["start"], label["end"]) for label in claims)
    dated: Callable[[Label], bool] = lambda label: bool(label.get("period"))  # noqa: E731
    return [
        ("qualifier", _always, _same_qualifier),
        ("county", _always, _same_county),
        ("town", lambda label: bool(label.get("town")), lambda label, row: row["town"] == label["town"]),
        ("no_town", lambda label: not (label.get("town") or label.get("village")), lambda _, row: not row["town"]),
        ("period", dated, lambda label, row: any(_compatible(days, row) for days in _periods(label))),
        ("period_exact", dated, lambda label, row: any(_days(row) == days for days in _periods(label))),
        ("no_period", lambda label: not _periods(label), lambda _, row: not row["period_start"]),
        ("status", _always, lambda label, row: row["status"] == label["status"]),
        ("iou", lambda label: spans[label["doc"], label["start"], label["end"]] == 1, _same_span),
    ]


def _always(label: Label) -> bool:
    return True


def _same_qualifier(label: Label, row: Row) -> bool:
    accepted = {label["qualifier"], label.get("qualifier_also")}
    return any(row["qualifier"] == word or row["qualifier"] in NEAR.get(word or "", ()) for word in accepted)


def _same_county(label: Label, row: Row) -> bool:
    """The same county; where the label names none, the same city."""
    county = label.get("county") or ""
    return bool(row["county"] == county and (county or row["city"] == (label.get("city") or "")))


def _same_span(label: Label, row: Row) -> bool:
    union = max(label["end"], row["end"]) - min(label["start"], row["start"])
    return bool(_overlap(label, row) >= OVERLAP * union)


def _periods(label: Label) -> list[tuple[date, date]]:
    return [_interval(words) for words in (label.get("period"), label.get("period_also")) if words]


def _interval(words: str) -> tuple[date, date]:
    first, _, last = words.partition("/")
    return _day(first, False), _day(last or first, True)


def _day(words: str, last: bool) -> date:
    """The first or last day of a year, a month or a day."""
    parts = [int(part) for part in words.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return date(year, month, day)


def _days(row: Row) -> tuple[date, date] | None:
    if not row["period_start"]:
        return None
    return date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"] or row["period_start"])


def _compatible(label: tuple[date, date], row: Row) -> bool:
    """Within the label's days, or around them without leaving its years."""
    days = _days(row)
    if days is None:
        return False
    inside = label[0] <= days[0] and days[1] <= label[1]
    around = days[0] <= label[0] and label[1] <= days[1]
    return inside or (around and days[0].year >= label[0].year and days[1].year <= label[1].year)


def _classes(
    labels: Sequence[Label], rows: dict[str, list[Row]]
) -> tuple[float, list[tuple[Label | None, Row | None]], Counter[tuple[str, str]]]:
    """Share of digit-bearing non-claims given their class, those that are not, and the confusion of all labels."""
    confusion: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[Label | None, Row | None]] = []
    right = total = 0
    for label in labels:
        over = [row for row in rows.get(label["doc"], []) if _overlap(label, row) > 0]
        classes = {str(row["class"]) for row in over}
        confusion[label["cls"], label["cls"] if label["cls"] in classes else min(classes, default="none")] += 1
        if label["cls"] == "claim" or not any(character.isdigit() for character in label["text"]):
            continue
        total += 1
        if label["cls"] in classes:
            right += 1
        else:
            wrong.append((label, over[0] if over else None))
    return right / max(1, total), wrong, confusion
