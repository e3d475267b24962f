"""Exports: the bytes of CSV, round trips of Parquet and XLSX, formulas, faults of the output path."""

from __future__ import annotations

import csv
import errno
import io
import os
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_rows import claims

from indicators.errors import OutputError
from indicators.table import exports
from indicators.table.cells import number_text
from indicators.table.columns import TABLES, build, empty
from indicators.table.exports import check_output, to_bytes, write_table


def small(**columns: list[Any]) -> pd.DataFrame:
    types = {"number": "float64", "whole": "int64", "truth": "bool"}
    return pd.DataFrame({name: pd.Series(cells, dtype=types.get(name, "str")) for name, cells in columns.items()})


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_byte_for_byte() -> None:
    frame = small(
        text=["全县1185个", '他说:"好",走', "第一行\n第二行", ""],
        number=[2712.0, 1051411200.0, 0.1 + 0.2, None],
        whole=[0, 1, -5, 7],
        truth=[True, False, True, False],
    )
    assert to_bytes(frame, "csv") == (
        b"\xef\xbb\xbf"
        + (
            "text,number,whole,truth\r\n"
            "全县1185个,2712,0,true\r\n"
            '"他说:""好"",走",1051411200,1,false\r\n'
            '"第一行\n第二行",0.3,-5,true\r\n'
            ",,7,false\r\n"
        ).encode()
    )


def test_csv_of_claims_has_the_contracts_header_and_empty_for_absent() -> None:
    lines = read_csv(to_bytes(claims({"value": -8.5, "value_low": -8.5, "value_high": None, "text": "8.5%"}), "csv"))
    assert lines[0] == list(TABLES["claims"])
    row = dict(zip(*lines, strict=True))
    assert (row["value"], row["value_low"], row["value_high"], row["town"]) == ("-8.5", "-8.5", "", "")


@pytest.mark.parametrize("words", ["=1+1", "+86", "-3%", "@SUM(A1)", "\tx", "\rx", "=cmd|'/c calc'!A0"])
def test_formula_cells_are_text_in_csv_only(words: str, tmp_path: Path) -> None:
    frame = small(text=[words], number=[-3.0])
    assert read_csv(to_bytes(frame, "csv"))[1] == ["'" + words, "-3"]
    assert pd.read_parquet(io.BytesIO(to_bytes(frame, "parquet")))["text"].tolist() == [words]
    cell = openpyxl.load_workbook(io.BytesIO(to_bytes(frame, "xlsx"))).active["A2"]
    assert (cell.data_type, cell.value) != ("f", words)
    assert cell.data_type in ("s", "inlineStr")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_csv_reads_back_what_was_written(cells: list[str]) -> None:
    """Modulo the apostrophe before what a spreadsheet would run."""
    frame = pd.DataFrame({f"c{i}": pd.Series([cell], dtype="str") for i, cell in enumerate(cells)})
    back = read_csv(to_bytes(frame, "csv"))[1]
    for cell, read in zip(cells, back, strict=True):
        assert read == ("'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell else cell)


@given(st.floats(-1e300, 1e300))
def test_numbers_are_plain_decimals_near_the_value(value: float) -> None:
    words = number_text(value)
    assert set(words) <= set("-0123456789.")
    assert float(words) == pytest.approx(value, rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5e-7, "0.0000005"),
        (1e20, "100000000000000000000"),
        (52.9, "52.9"),
        (33.33, "33.33"),
        (-0.0, "0"),
        (1e15, "1" + "0" * 15),
    ],
)
def test_number_words(value: float, words: str) -> None:
    assert number_text(value) == words


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_table_without_rows_is_its_header(table: str, kind: str) -> None:
    data = to_bytes(empty(TABLES[table]), kind)
    if kind == "csv":
        names: list[Any] = read_csv(data)[0]
    elif kind == "parquet":
        names = list(pd.read_parquet(io.BytesIO(data)).columns)
    else:
        names = [cell.value for cell in next(openpyxl.load_workbook(io.BytesIO(data)).active.rows)]
    assert names == list(TABLES[table])


def test_parquet_round_trip_keeps_values_and_types(tmp_path: Path) -> None:
    frame = claims({"value": 1051411200.0}, {"value_high": None, "sentence": "=甲\n乙"})
    write_table(frame, tmp_path / "claims.parquet")
    back = pd.read_parquet(tmp_path / "claims.parquet")
    pd.testing.assert_frame_equal(back.astype(frame.dtypes.to_dict()), frame)
    assert str(back["value"].dtype) == "float64"
    assert str(back["start"].dtype) == "int64"


def test_xlsx_round_trip(tmp_path: Path) -> None:
    frame = claims({"value": 2712.0, "sentence": "https://例.中国 台山市2712宗"}, {"value_high": None, "text": "0012"})
    write_table(frame, tmp_path / "claims.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx").active
    lines = [[cell.value for cell in row] for row in sheet.rows]
    first, second = (dict(zip(lines[0], line, strict=True)) for line in lines[1:])
    assert (first["value"], first["sentence"], first["town"]) == (2712, "https://例.中国 台山市2712宗", None)
    assert (second["value_high"], second["text"]) == (None, "0012")
    assert sheet.freeze_panes == "A2"


def test_xlsx_marks_a_text_that_excel_would_cut() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_bytes(small(text=["长" * 40_000]), "xlsx"))).active
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("…")


def test_xlsx_refuses_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.table.workbook.MOST_ROWS", 2)
    assert to_bytes(small(whole=[1, 2]), "xlsx")
    with pytest.raises(OutputError, match="CSV or Parquet"):
        to_bytes(small(whole=[1, 2, 3]), "xlsx")


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_equal_tables_give_equal_bytes(kind: str) -> None:
    assert to_bytes(claims({}), kind) == to_bytes(claims({}), kind)


def test_file_equals_bytes_and_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "表.CSV"
    target.write_text("old")
    write_table(claims({}), target)
    assert target.read_bytes() == to_bytes(claims({}), "csv")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_standard_output_carries_csv(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_table(claims({}), "-")
    assert capfdbinary.readouterr().out == to_bytes(claims({}), "csv")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing/claims.csv", r"folder .*missing does not exist; create it"),
        ("claims.doc", r"claims\.doc: unknown format '\.doc'; end the name with one of \.csv, \.parquet, \.xlsx"),
        ("claims", r"no suffix that names a format"),
        ("", r"no suffix that names a format|is a folder; give a file name"),
    ],
)
def test_output_path_faults(tmp_path: Path, name: str, message: str) -> None:
    for attempt in (lambda: write_table(claims({}), tmp_path / name), lambda: check_output(tmp_path / name)):
        with pytest.raises(OutputError, match=message):
            attempt()


def test_check_output_names_the_kind(tmp_path: Path) -> None:
    assert [check_output(path) for path in (tmp_path / "a.XLSX", "-")] == ["xlsx", "csv"]
    assert list(tmp_path.iterdir()) == []


def test_folder_with_a_suffix_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(OutputError, match="is a folder; give a file name"):
        write_table(claims({}), tmp_path / "x.csv")


def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "claims.csv"
    target.write_text("old")

    def full(frame: pd.DataFrame, stream: Any) -> None:
        stream.write(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(exports, "_write_csv", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_table(claims({}), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["claims.csv"]


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(OutputError, match="choose one of csv, parquet, xlsx"):
        to_bytes(claims({}), "ods")


def test_large_tables_are_whole_in_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.table.cells._BLOCK", 3)
    frame = build({"n": "count"}, {"n": list(range(10))})
    assert [line[0] for line in read_csv(to_bytes(frame, "csv"))[1:]] == [str(n) for n in range(10)]
