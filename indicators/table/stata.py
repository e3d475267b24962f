"""Tables as Stata files: variables and values labelled, sentences as strL, Chinese as UTF-8 (format 118)."""

from __future__ import annotations

import io
import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from indicators.table.columns import DESCRIPTIONS

_LONGEST = 32  # characters of a variable's name
_LABEL = 80  # characters of a variable's label
_STRL = ("sentence", "title", "text", "read_as", "place_as_written")
_CODED = (
    *("indicator", "topic", "qualifier", "status", "kind", "level", "time", "basis"),
    *("place_from", "period_from", "class", "review"),
)
_NO_NAME = re.compile(r"[^A-Za-z0-9_]")


def to_stata(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a .dta file of a table. `names` gives words for codes: indicator ids -> their names.

    Columns of a few words (status, level, indicator ...) become numbers with value labels; the code itself is kept in
    the label where `names` has no word for it. A name that Stata cannot take is made one it can.
    """
    words = names or {}
    columns: dict[str, pd.Series[Any]] = {}
    labels: dict[Hashable, str] = {}
    values: dict[Hashable, dict[float, str]] = {}
    for name in map(str, frame.columns):
        variable = variable_name(name, columns)
        column = frame[name]
        if name in _CODED:
            codes = [code for code in sorted(column.astype(str).unique()) if code]
            number = {code: index for index, code in enumerate(codes, 1)}
            columns[variable] = column.astype(str).map(number).astype("float64")
            if codes:
                values[variable] = {number[code]: words.get(code, code)[:_LABEL] for code in codes}
        elif is_bool_dtype(column.dtype):
            columns[variable] = column.astype("int8")
        elif is_numeric_dtype(column.dtype):
            columns[variable] = column
        else:
            columns[variable] = column.fillna("").astype(str).astype(object)
        labels[variable] = (DESCRIPTIONS.get(name) or words.get(name.split("__")[0]) or name)[:_LABEL]
    stream = io.BytesIO()
    pd.DataFrame(columns, index=frame.index).to_stata(
        stream,
        write_index=False,
        version=118,
        variable_labels=labels,
        value_labels=values,
        convert_strl=[name for name in _STRL if name in columns],
        time_stamp=pd.Timestamp("2000-01-01").to_pydatetime(),  # equal tables give equal files
    )
    return stream.getvalue()


def variable_name(name: str, taken: Mapping[str, object]) -> str:
    """A name that Stata takes and no other column has.

    >>> variable_name("gdp__同比", {}), variable_name("class", {"class_": 0})
    ('gdp__u540cu6bd4', 'class_1')
    """
    short = _NO_NAME.sub(lambda found: f"u{ord(found[0]):x}", name)
    if not short[0].isalpha():
        short = f"v_{short}"
    if short in _RESERVED:
        short += "_"
    short = short[:_LONGEST]
    number = 0
    while short in taken:
        number += 1
        short = f"{short.rstrip('0123456789')[: _LONGEST - 3]}{number}"
    return short


_RESERVED = frozenset(
    ("byte", "double", "float", "if", "in", "int", "long", "str", "strL", "using", "with", "class", "end")
)
