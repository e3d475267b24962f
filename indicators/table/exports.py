"""The one way a table leaves the project: CSV, Parquet, XLSX, to a file, to standard output or to bytes.

CSV: UTF-8 with byte order mark (Excel in Chinese), RFC 4180 with CRLF, absent cells empty. Numbers are written without
exponent and are never touched; a text cell that a spreadsheet would run as a formula (it begins with = + - @, tab or
carriage return) gets a leading apostrophe. Parquet is raw and typed. XLSX has string cells for text.
A file is written beside its target and then renamed: readers never see half a table.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from indicators.errors import Fault, Location, OutputError, unwritable
from indicators.reading.replacing import replacing
from indicators.table.cells import csv_rows
from indicators.table.columns import DTYPES, TABLES, Columns, arrow_schema, table_of
from indicators.table.workbook import write_workbook

SUFFIXES = {".csv": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}
STANDARD_OUTPUT = "-"


def write_table(frame: pd.DataFrame, path: str | Path, kind: str = "") -> None:
    """Write a frame to a file, or to standard output where `path` is "-" (CSV unless `kind` says otherwise).

    `kind` is csv, parquet or xlsx; by default the file's suffix decides. An existing file is replaced only when the
    new one is complete. Raises OutputError with what to do: unknown suffix, no such folder, not writable, disk full.
    """
    if str(path) == STANDARD_OUTPUT:
        if sys.stdout is None:
            raise OutputError(faults=(unwritable(Path("stdout"), OSError(errno.EBADF, os.strerror(errno.EBADF))),))
        sys.stdout.flush()
        sys.stdout.buffer.write(to_bytes(frame, kind or "csv"))
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    write = _writer(check_output(target, kind))
    _replace(target, lambda stream: write(frame, stream))


def write_bytes(data: bytes, path: str | Path) -> None:
    """Write a file whole or not at all. Raises OutputError as `write_table` does."""
    check_output(path, "bytes")
    _replace(Path(path), lambda stream: stream.write(data))


def _replace(target: Path, write: Callable[[BinaryIO], object]) -> None:
    try:
        with replacing(target) as stream:
            write(stream)
    except OSError as error:
        raise OutputError(faults=(unwritable(target, error),)) from error


def to_bytes(frame: pd.DataFrame, kind: str) -> bytes:
    """The bytes of the file that `write_table` would write; `kind` is csv, parquet or xlsx."""
    stream = io.BytesIO()
    _writer(kind)(frame, stream)
    return stream.getvalue()


def _kind(target: Path) -> str:
    kind = SUFFIXES.get(target.suffix.lower())
    if kind is None:
        known = ", ".join(SUFFIXES)
        message = f"unknown format '{target.suffix}'" if target.suffix else "no suffix that names a format"
        raise _fault(target, message, f"end the name with one of {known}", f"请用 {known} 结尾的文件名")
    return kind


def check_output(path: str | Path, kind: str = "") -> str:
    """The kind that `write_table` would write; OutputError where it could not, said before any work is done."""
    if str(path) == STANDARD_OUTPUT:
        return kind or "csv"
    target = Path(path)
    kind = kind or _kind(target)
    if target.is_dir():
        raise _fault(target, "is a folder", "give a file name", "这是文件夹,请给出文件名")
    if not target.parent.exists():
        message = f"folder {target.parent} does not exist"
        raise _fault(target, message, "create it or choose another", "文件夹不存在,请先创建")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise _fault(target, f"folder {target.parent} is not writable", "choose another folder", "文件夹不可写")
    return kind


def _fault(target: Path, message: str, remedy: str, zh: str) -> OutputError:
    return OutputError(faults=(Fault(Location(str(target)), message, remedy, zh),))


def _writer(kind: str) -> Callable[[pd.DataFrame, BinaryIO], None]:
    writers: dict[str, Callable[[pd.DataFrame, BinaryIO], None]] = {
        "csv": _write_csv,
        "parquet": _write_parquet,
        "xlsx": write_workbook,
    }
    if kind not in writers:
        raise OutputError(f"unknown format '{kind}'; choose one of {', '.join(writers)}")
    return writers[kind]


def _write_csv(frame: pd.DataFrame, stream: BinaryIO) -> None:
    stream.write("\ufeff".encode())
    for lines in csv_rows(frame):
        stream.write(lines.encode("utf-8", "replace"))


def parquet_bytes(columns: Columns, lists: Mapping[str, Sequence[Any]]) -> bytes:
    """One part of a folder of Parquet: rows given as lists, without a frame; None is null, a column left out absent."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(columns)
    rows = len(next(iter(lists.values())))
    arrays = [
        pa.array(lists[field.name], field.type) if field.name in lists else _absent(field.type, rows)
        for field in schema
    ]
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), stream, compression="zstd")
    return stream.getvalue()


def _absent(type_: Any, rows: int) -> Any:
    """A column of absent cells: empty text, else null."""
    import pyarrow as pa

    return pa.array([""] * rows, type_) if pa.types.is_string(type_) else pa.nulls(rows, type_)


def frame_of(name: str, parts: Any) -> pd.DataFrame:
    """The frame of a table of ours, from its rows in Arrow: the types of `columns.build`; counts may be missing."""
    frame: pd.DataFrame = parts.to_pandas()
    wanted = {column: DTYPES[type_] for column, type_ in TABLES[name].items() if column in frame}
    for column, dtype in wanted.items():
        if dtype == "int64" and frame[column].isna().any():
            wanted[column] = "Int64"
    return frame.astype(wanted)


def _write_parquet(frame: pd.DataFrame, stream: BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = TABLES.get(table_of(list(frame.columns)), {})
    exact = len(columns) == len(frame.columns)
    schema = arrow_schema(columns) if exact else None
    pq.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False), stream)
