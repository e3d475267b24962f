"""Rows of a store as the bytes of a file, a part at a time: a million claims are written without holding them."""

from __future__ import annotations

import io

from indicators.table.cells import csv_rows
from indicators.table.columns import TABLES, arrow_schema
from indicators.table.exports import to_bytes
from indicators.table.store import Rows


def rows_to_bytes(rows: Rows, kind: str) -> bytes:
    """The same bytes of CSV that `exports.to_bytes` gives for the frame of these rows, and the same table as Parquet.

    `kind` is csv, parquet or xlsx; a sheet is made in memory.
    """
    if kind == "csv":
        return _csv(rows)
    return _parquet(rows) if kind == "parquet" else to_bytes(rows.frame(), kind)


def _csv(rows: Rows) -> bytes:
    stream = io.BytesIO()
    stream.write("\ufeff".encode())
    for number, part in enumerate([rows.frame(limit=0), *rows.parts()] if rows.empty else rows.parts()):
        lines = csv_rows(part)
        header = next(lines)
        stream.write(header.encode("utf-8", "replace") if number == 0 else b"")
        for block in lines:
            stream.write(block.encode("utf-8", "replace"))
    return stream.getvalue()


def _parquet(rows: Rows) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = TABLES.get(rows.table, {})
    schema = arrow_schema(columns) if list(columns) == list(rows.columns) else None
    stream, writer = io.BytesIO(), None
    for part in rows.parts():
        table = pa.Table.from_pandas(part, schema=schema, preserve_index=False)
        writer = writer or pq.ParquetWriter(stream, table.schema)
        writer.write_table(table)
    if writer is None:
        return to_bytes(rows.frame(limit=0), "parquet")
    writer.close()
    return stream.getvalue()
