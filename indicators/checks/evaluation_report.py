"""An evaluation in words: lines for a terminal, JSON for programs, a Markdown table for the README."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

from indicators import __version__
from indicators.checks.evaluation import Evaluation, Label, Row

MEANINGS = {
    "labels": "claims in the labels",
    "rows": "claims in the table",
    "precision": "value and unit: share of the rows that are right",
    "recall": "value and unit: share of the labels found",
    "F1": "value and unit",
    "span": "labels that some row overlaps",
    "qualifier": "exact, approx, nearly, at_least, at_most",
    "county": "county (or city where the label has no county)",
    "town": "town, where the label names one",
    "no_town": "no town invented",
    "period": "period, the same or finer, within the label's years",
    "period_exact": "period, the same days",
    "no_period": "no period invented",
    "status": "actual, planned, standard, past",
    "iou": "spans that overlap the label's by 0.8",
    "cls": "dates, ordinals, names, idioms, ids with digits given their class",
    "captured": "right rows that some rule captured",
}
_LABEL = ("text", "value", "unit", "qualifier", "county", "town", "period", "status", "cls")
_ROW = ("text", "value", "unit", "qualifier", "county", "town", "period_start", "period_end", "status", "class")


def as_text(result: Evaluation) -> str:
    """One figure a line, then what was taken for what."""
    lines = [f"{name:14}{_figure(value):>8}  {MEANINGS[name]}" for name, value in result.figures.items()]
    lines.append("class: label -> row")
    lines += [f"  {label} -> {row}: {count}" for (label, row), count in sorted(result.confusion.items())]
    return "\n".join(lines)


def as_json(result: Evaluation) -> str:
    """The figures and the confusion of classes."""
    confusion = [{"label": label, "row": row, "count": count} for (label, row), count in result.confusion.items()]
    return json.dumps({"version": __version__, "figures": result.figures, "confusion": confusion}, ensure_ascii=False)


def as_markdown(result: Evaluation) -> str:
    """A table with date and version."""
    lines = [f"indicators {__version__}, {date.today().isoformat()}", "", "| figure | | what |", "|---|---|---|"]
    lines += [f"| {name} | {_figure(value)} | {MEANINGS[name]} |" for name, value in result.figures.items()]
    return "\n".join(lines)


FORMATS: dict[str, Callable[[Evaluation], str]] = {"text": as_text, "json": as_json, "markdown": as_markdown}


def wrong_rows(result: Evaluation, most: int) -> list[str]:
    """Up to `most` wrong rows of each figure: the label, then the row that stands there."""
    lines: list[str] = []
    for name, wrong in result.wrong.items():
        if wrong:
            lines.append(f"{name}: {len(wrong)}")
            lines += [f"  {_words(label, _LABEL)}  <>  {_words(row, _ROW)}" for label, row in wrong[:most]]
    return lines


def _figure(value: float) -> str:
    return f"{value:.3f}" if value != int(value) or value <= 1 else str(int(value))


def _words(cells: Label | Row | None, names: tuple[str, ...]) -> str:
    if cells is None:
        return "-"
    where: Mapping[str, object] = cells
    place = f"{where.get('doc') or where.get('document')}:{where['start']}"
    return " ".join([place, *(str(where[name]) for name in names if where.get(name) not in (None, ""))])
