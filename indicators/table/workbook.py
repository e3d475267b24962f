"""A frame as an Excel workbook: one sheet, header frozen and filterable, text always as string cells."""

from __future__ import annotations

import datetime
import math
from typing import Any, BinaryIO

import pandas as pd
import xlsxwriter
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from indicators.errors import OutputError

MOST_ROWS = 1_048_575  # of a sheet below its header, by Excel's specification
_CHARACTERS = 32_767  # of a cell
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # equal tables give equal files


def write_workbook(frame: pd.DataFrame, stream: BinaryIO) -> None:
    """Write a frame to a stream as XLSX. A text longer than Excel's 32,767 characters ends with … there.

    Raises OutputError where the rows do not fit a sheet.
    """
    if len(frame) > MOST_ROWS:
        raise OutputError(
            f"XLSX holds {MOST_ROWS:,} rows and the table has {len(frame):,}; write CSV or Parquet / "
            f"XLSX 最多 {MOST_ROWS:,} 行,请改用 CSV 或 Parquet"
        )
    workbook = xlsxwriter.Workbook(stream, _OPTIONS)
    workbook.set_properties({"created": _MADE})
    sheet = workbook.add_worksheet("table")
    bold = workbook.add_format({"bold": True})
    kinds = [_kind(frame.iloc[:, index]) for index in range(frame.shape[1])]
    for index, name in enumerate(frame.columns):
        sheet.set_column(index, index, _width(str(name), kinds[index]))
    sheet.freeze_panes(1, 0)
    if len(kinds):
        sheet.autofilter(0, 0, len(frame), len(kinds) - 1)
    for index, name in enumerate(frame.columns):
        sheet.write_string(0, index, str(name), bold)
    for row, cells in enumerate(frame.itertuples(index=False, name=None), start=1):
        for column, (kind, value) in enumerate(zip(kinds, cells, strict=True)):
            _write(sheet, row, column, kind, value)
    workbook.close()


def _kind(series: pd.Series[Any]) -> str:
    if is_bool_dtype(series.dtype):
        return "truth"
    return "number" if is_numeric_dtype(series.dtype) else "text"


def _width(name: str, kind: str) -> int:
    """Column width in characters of the default font."""
    if name in ("sentence", "title"):
        return 60
    return max(len(name) + 2, 10 if kind == "number" else 14)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, kind: str, value: object) -> None:
    """One cell; absent numbers and empty texts are left blank."""
    if kind == "number" and isinstance(value, (int, float)):
        if math.isfinite(value):
            sheet.write_number(row, column, value)
    elif kind == "truth":
        sheet.write_boolean(row, column, bool(value))
    elif value is not None and value == value and value != "":
        words = str(value).encode("utf-8", "replace").decode()
        sheet.write_string(row, column, words if len(words) <= _CHARACTERS else words[: _CHARACTERS - 1] + "…")
