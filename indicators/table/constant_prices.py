"""Amounts of money at the prices of one year, by a price index that the user gives. Values as reported stay beside.

The index is a CSV file: `year`, `index` (on a fixed base: the base year has 100) and, where it is not for the whole
country, `code`: two digits of a province, four of a city or six of a county. An amount takes the finest index there is.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from indicators.errors import FaultList, ReadingError
from indicators.reading.csv_rows import as_faults
from indicators.reading.regular import read_regular

COLUMNS = ("value_real", "price_year")
# What amounts are counted in; they are in the prices of their own year (现价) unless a deflator is given.
MONEY = frozenset({"元", "美元", "港元", "欧元", "日元", "英镑"})
_DEFLATED = "元"  # an index of consumer prices says nothing of other currencies
_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|")
_BASE = 100.0


@dataclass(frozen=True, slots=True)
class Deflator:
    """`index[code, year]` on the base `price_year` = 100; the code "" is the whole country."""

    price_year: str
    index: Mapping[tuple[str, str], float]

    def factor(self, code: str, year: str) -> float | None:
        """What an amount of `year` is multiplied by; None where no index is known for the county and year."""
        for known in (code, code[:4], code[:2], ""):
            if (known, year) in self.index:
                return _BASE / self.index[known, year]
        return None


def load_deflator(folder: Path, name: str) -> Deflator:
    """The price index of a file below `folder`. Raises ReadingError with all its faults as cpi.csv:line:cell."""
    path, faults = folder / name, FaultList(name)
    if not path.resolve().is_relative_to(folder.resolve()):
        faults.add(1, 1, "lies outside the project's folder", "put the file beside config.yaml", "文件不在项目文件夹中")
        raise ReadingError(faults=tuple(faults.faults))
    try:
        text = read_regular(path).decode("utf-8-sig")
    except OSError as error:
        faults.add(1, 1, f"cannot be read: {error.strerror or error}", "check the path in config.yaml", "无法读取")
    except UnicodeDecodeError:
        faults.add(1, 1, "not UTF-8", "save the file as UTF-8", "文件不是 UTF-8 编码，请另存为 UTF-8")
    else:
        with as_faults(name):
            found = parse_deflator(text, faults)
        if found is not None:
            return found
    raise ReadingError(faults=tuple(faults.faults))


def parse_deflator(text: str, faults: FaultList) -> Deflator | None:
    """The price index in a CSV text; None where `faults` were found, whose columns count cells from 1."""
    before = len(faults.faults)
    reader = csv.DictReader(io.StringIO(text))
    header = [column.strip() for column in reader.fieldnames or ()]
    missing = [column for column in ("year", "index") if column not in header]
    if missing:
        faults.add(1, 1, f"no column {', '.join(missing)}", "columns are year, index, code", "缺少列")
        return None
    reader.fieldnames = header
    index: dict[tuple[str, str], float] = {}
    for cells in reader:
        row = {name: (cells.get(name) or "").strip() for name in ("year", "index", "code")}
        wrong = list(_wrong(row, index))
        for name, message, remedy, zh in wrong:
            faults.add(reader.line_num, header.index(name) + 1, message, remedy, zh)
        if not wrong:
            index[row["code"], row["year"]] = float(row["index"])
    bases = {year for (_, year), value in index.items() if value == _BASE}
    uneven = {code for code, _ in index} - {code for (code, _), value in index.items() if value == _BASE}
    if len(bases) != 1 or uneven:
        remedy = "give a fixed-base index: the base year has 100 in every series, and no other year has"
        faults.add(1, header.index("index") + 1, "no one base year", remedy, "须为定基指数：基年为 100，且只有一个基年")
    return Deflator(bases.pop(), index) if len(faults.faults) == before else None


def _wrong(row: Mapping[str, str], known: Mapping[tuple[str, str], float]) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with a row: column, what, what to do, and what in Chinese."""
    if not re.fullmatch(r"[12]\d{3}", row["year"]):
        yield "year", f"'{row['year']}' is no year", "write four digits, such as 2020", "年份有误"
    try:
        fine = math.isfinite(value := float(row["index"])) and value > 0
    except ValueError:
        fine = False
    if not fine:
        yield "index", f"'{row['index']}' is no index", "write a number above 0; the base year has 100", "指数有误"
    if not _CODE.fullmatch(row["code"]):
        yield "code", f"'{row['code']}' is no division code", "two, four or six digits, or empty", "区划代码有误"
    elif (row["code"], row["year"]) in known:
        yield "year", "the year stands twice", "keep one row a code and year", "年份重复"


def with_real_values(observations: pd.DataFrame, deflator: Deflator, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Observations with the columns COLUMNS at their end; `kinds` gives each indicator's kind.

    `value_real` is NaN and `price_year` "" for what is no amount in 元, a change, not within one calendar year, or of a
    year and place without an index: never guessed from another year.
    """
    codes, years, amounts = observations["county_code"], _years(observations), _amounts(observations, kinds)
    factors = [
        deflator.factor(code, year) if amount else None
        for code, year, amount in zip(codes, years, amounts, strict=True)
    ]
    factor = pd.Series(factors, index=observations.index, dtype="float64")
    said = pd.Series(deflator.price_year, index=observations.index, dtype="str").where(factor.notna(), "")
    return observations.assign(value_real=observations["value"] * factor, price_year=said)


def left_empty(observations: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, int]:
    """Year -> how many amounts of that year have no index; of observations `with_real_values`."""
    lacking = _years(observations)[_amounts(observations, kinds) & observations["value_real"].isna()]
    return {str(year): int(count) for year, count in lacking.value_counts().sort_index().items()}


def _years(observations: pd.DataFrame) -> pd.Series[str]:
    """The calendar year of each row, "" where its period is none or crosses years."""
    years = observations["period_start"].str[:4]
    return years.where(years == observations["period_end"].str[:4], "")


def _amounts(observations: pd.DataFrame, kinds: Mapping[str, str]) -> pd.Series[bool]:
    """Whether each row is an amount of a year that an index can apply to."""
    change = observations["indicator"].map(kinds).isin(["change", "ratio"])
    return (observations["unit"] == _DEFLATED) & ~change & (_years(observations) != "")
