"""The four tables: names, order and types of their columns. A contract: outside programs read them.

Columns may be appended at the end; these keep name, order and meaning. Absent text is "" and an absent number NaN in
frames, an empty cell in CSV and XLSX, null (number) or "" (text) in Parquet. Days are text in ISO form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

Type = Literal["text", "number", "count", "truth"]
Columns = Mapping[str, Type]

# pandas types: "str" is the string type of pandas 3 (object in pandas 2).
DTYPES: Mapping[Type, str] = {"text": "str", "number": "float64", "count": "int64", "truth": "bool"}


def _columns(words: str, **others: Type) -> dict[str, Type]:
    return {name: others.get(name, "text") for name in words.split()}


_VALUES: dict[str, Type] = {"value": "number", "value_low": "number", "value_high": "number"}
_OFFSETS: dict[str, Type] = {"start": "count", "end": "count"}

CLAIMS: Columns = _columns(
    """claim_id indicator indicator_name topic value value_low value_high unit qualifier status kind part
    province city county town village level county_code period_start period_end
    document title source published sentence text start end rule rules_version
    per time basis scope zone place_as_written place_from period_from repeats review""",
    **_VALUES,
    **_OFFSETS,
)
QUANTITIES: Columns = _columns(
    """document start end text class value value_low value_high unit qualifier status kind
    province city county town village level county_code period_start period_end indicator sentence
    per zone place_as_written place_from period_from""",
    **_VALUES,
    **_OFFSETS,
)
OBSERVATIONS: Columns = _columns(
    """indicator unit level province city county town village county_code period_start period_end
    value value_low value_high qualifier status time basis claims sources spread conflict claim_id""",
    **_VALUES,
    claims="count",
    sources="count",
    spread="number",
    conflict="truth",
)
DOCUMENTS: Columns = _columns(
    """document content_hash encoding title title_from source source_from url published published_from written
    place place_from characters quantities claims undated_claims same_as status reason""",
    characters="count",
    quantities="count",
    claims="count",
    undated_claims="count",
)
TABLES: Mapping[str, Columns] = {
    "claims": CLAIMS,
    "quantities": QUANTITIES,
    "observations": OBSERVATIONS,
    "documents": DOCUMENTS,
}
PLACE = ("province", "city", "county", "town", "village")


def build(columns: Columns, values: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A frame of exactly these columns, in their order and types; a column that `values` lacks is absent in all rows.

    None becomes "" in text and NaN in numbers. Raises ValueError where the lists differ in length.
    """
    unknown = set(values) - set(columns)
    if unknown:
        raise ValueError(f"no such columns: {', '.join(sorted(unknown))}")
    rows = len(next(iter(values.values()))) if values else 0
    series = {}
    for name, type_ in columns.items():
        cells = values.get(name)
        if cells is None:
            cells = [_ABSENT[type_]] * rows
        elif len(cells) != rows:
            raise ValueError(f"column {name} has {len(cells)} rows, not {rows}")
        series[name] = pd.Series(cells, dtype=DTYPES[type_])
        if type_ == "text":
            series[name] = series[name].fillna("")
    return pd.DataFrame(series, columns=list(columns))


_ABSENT: Mapping[Type, object] = {"text": "", "number": float("nan"), "count": 0, "truth": False}


def empty(columns: Columns) -> pd.DataFrame:
    """A frame of these columns without rows."""
    return build(columns, {})


def table_of(names: Sequence[str]) -> str:
    """Name of the table whose columns these begin with; "" where it is none of ours."""
    return next((table for table, columns in TABLES.items() if list(names)[: len(columns)] == list(columns)), "")


def arrow_schema(columns: Columns) -> pa.Schema:
    """The Parquet types of a table: string, double, int64, bool."""
    import pyarrow as pa

    types = {"text": pa.string(), "number": pa.float64(), "count": pa.int64(), "truth": pa.bool_()}
    return pa.schema([(name, types[type_]) for name, type_ in columns.items()])
