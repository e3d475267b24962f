"""Cells as text: numbers without exponent or noise, formulas made harmless, rows of CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BLOCK = 20_000  # rows encoded at once: memory stays flat on large tables


def number_text(value: float | int | None) -> str:
    """A number as plain decimal digits, at most 15 of them significant (all that are sure); "" where absent.

    >>> number_text(2712.0), number_text(1051411200.0), number_text(0.1 + 0.2), number_text(float("nan"))
    ('2712', '1051411200', '0.3', '')
    """
    if value is None or not math.isfinite(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def safe_text(words: str) -> str:
    """A text cell that no spreadsheet runs as a formula.

    >>> safe_text("=1+1"), safe_text("全县1185个")
    ("'=1+1", '全县1185个')
    """
    return f"'{words}" if words.startswith(_FORMULA) else words


def csv_rows(frame: pd.DataFrame) -> Iterator[str]:
    """A frame as RFC 4180 text, header first, in blocks of whole rows; lines end with CRLF."""
    yield _encode([list(map(str, frame.columns))])
    for begin in range(0, len(frame), _BLOCK):
        block = frame.iloc[begin : begin + _BLOCK]
        columns = [_cells(block.iloc[:, index]) for index in range(block.shape[1])]
        yield _encode(zip(*columns, strict=True))


def _encode(rows: object) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue()


def _cells(series: pd.Series[Any]) -> list[str]:
    """One column as text: true and false, numbers, or texts made safe."""
    if is_bool_dtype(series.dtype):
        return ["true" if value else "false" for value in series]
    if is_numeric_dtype(series.dtype):
        return [number_text(value) for value in series.tolist()]
    return ["" if value is None or value != value else safe_text(str(value)) for value in series.tolist()]
