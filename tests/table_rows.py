"""Hand-made rows of the tables for tests: say what matters, the rest has ordinary values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indicators.table.columns import CLAIMS, DOCUMENTS, QUANTITIES, Columns, build

_PLACE = {
    "province": "广东省",
    "city": "江门市",
    "county": "台山市",
    "level": "county",
    "county_code": "440781",
    "place_from": "clause",
    "period_start": "2015-01-01",
    "period_end": "2015-12-31",
    "period_from": "clause",
}
_CLAIM: dict[str, Any] = {
    **_PLACE,
    "indicator": "villages",
    "indicator_name": "行政村",
    "topic": "organisation",
    "value": 245.0,
    "unit": "个",
    "qualifier": "exact",
    "status": "actual",
    "kind": "count",
    "document": "a.txt",
    "published": "2015-12-31",
    "text": "245个",
    "start": 0,
    "end": 4,
    "rule": "villages#1",
    "time": "stock",
}
_QUANTITY: dict[str, Any] = {
    name: _CLAIM[name] for name in (*_PLACE, "document", "text", "start", "end", "value", "unit", "qualifier", "status")
} | {"class": "claim", "kind": "count"}


def claims(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Claims, each with its own id and sentence unless given; value_low and value_high are the value unless given."""
    return _frame(CLAIMS, [_claim(number, row) for number, row in enumerate(rows)])


def quantities(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Quantities of class claim that no rule captured, unless said otherwise."""
    return _frame(QUANTITIES, [{**_QUANTITY, **row} for row in rows])


def documents(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Documents; each needs its `document`."""
    return _frame(DOCUMENTS, [dict(row) for row in rows])


def _claim(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    value = row.get("value", _CLAIM["value"])
    own = {"claim_id": f"c{number}", "sentence": f"第{number}句。", "value_low": value, "value_high": value}
    return {**_CLAIM, **own, **row}


def _frame(columns: Columns, rows: list[dict[str, Any]]) -> pd.DataFrame:
    absent: dict[str, Any] = {"text": "", "number": None, "count": 0, "truth": False}
    return build(columns, {name: [row.get(name, absent[kind]) for row in rows] for name, kind in columns.items()})
