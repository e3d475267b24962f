"""Sheets for reviewers: XLSX to fill in, blind to the rule and to what others said, and back into reviews."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import xlsxwriter

from indicators.errors import FaultList, ReadingError
from indicators.model import Document
from indicators.reading.quotes import quote_at
from indicators.reading.reviews import Review
from indicators.rules.ruleset import RuleSet
from indicators.table.sampling import Share

SAMPLE = "sample"  # begins the note of a review that came from a random sample
NONE = "none"  # stands for the indicator of a number that belongs to none
_MARK = ("【", "】")
_CLAIMS = (
    *(("id", 6), ("sentence 原句", 70), ("number 数字", 16), ("indicator 指标", 24), ("counts 计什么", 28)),
    *(("value 数值", 14), ("unit 单位", 8), ("place 地点", 26), ("period 时间", 24), ("status 状态", 10)),
    *(("decision 判断", 14), ("field 更正哪一项", 16), ("right 正确的值", 20), ("note 备注", 24)),
)
_NUMBERS = (
    *(("id", 6), ("sentence 原句", 70), ("number 数字", 16), ("decision 判断", 14)),
    *(("indicator 指标代码", 26), ("note 备注", 24)),
)
_KEY = ("document", "document_hash", "indicator", "start", "exact", "prefix", "suffix")
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_HOW = (
    "claims：逐行判断。confirmed 正确；rejected 不是该指标；unsure 无法判断；corrected 有一项不对，",
    "在 field 写 value、unit、place、period 或 status，在 right 写正确的值。",
    "unclaimed：added 表示属于某个指标（写指标代码，见 indicators 表），rejected 表示不属于任何指标。",
    "claims: one decision a row. confirmed, rejected (not this indicator), unsure, or corrected:",
    "name the field (value, unit, place, period or status) and give the right one.",
    "unclaimed: added (name the indicator, see sheet indicators) or rejected (it belongs to none).",
)


def write_sheet(share: Share, rules: RuleSet, documents: Mapping[str, Document], stream: BinaryIO) -> None:
    """A reviewer's share as XLSX with sheets claims, unclaimed, indicators and how; keys stand in hidden columns."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": _MADE})
    rows = _records(share.claims)
    claims = [_claim_cells(row, rules) for row in rows]
    keys = [_key(row, documents) for row in rows]
    choices = ["confirmed", "rejected", "corrected", "unsure"]
    _page(book, "claims", _CLAIMS, claims, keys, choices)
    rows = _records(share.unclaimed)
    numbers: list[list[object]] = [[_marked(row), row["text"]] for row in rows]
    keys = [_key({**row, "indicator": NONE}, documents) for row in rows]
    _page(book, "unclaimed", _NUMBERS, numbers, keys, ["added", "rejected", "unsure"])
    known: list[list[object]] = [
        [one.name.zh, one.name.en, one.id, one.unit, str(one.counts or "")] for one in rules.indicators
    ]
    listed = (("id", 6), ("名称", 24), ("name", 30), ("indicator", 30), ("unit", 8), ("counts", 60))
    _page(book, "indicators", listed, known, [], [])
    how = book.add_worksheet("how")
    how.set_column(0, 0, 120, book.add_format({"text_wrap": True}))
    for line, words in enumerate(_HOW):
        how.write_string(line, 0, words)
    book.close()


def read_sheet(path: Path, reviewer: str, reviewed_at: str, rules_version: str = "") -> tuple[list[Review], FaultList]:
    """The decisions of a filled sheet as reviews, rows left empty left out; faults say `sheet.xlsx:line:column`.

    `line` is the row of the sheet that the fault's words name. Raises ReadingError where the file is no such sheet.
    """
    try:
        pages = pd.read_excel(path, sheet_name=["claims", "unclaimed"], dtype=str, keep_default_na=False)
    except (OSError, ValueError, KeyError) as error:
        raise ReadingError(f"{path}: is no sheet of `indicators sample`: {error}") from error
    faults = FaultList(str(path))
    found: list[Review] = []
    for page, frame in pages.items():
        for row, cells in enumerate(frame.to_dict("records"), start=2):
            review = _filled(str(page), row, {str(name).split(" ")[0]: cell for name, cell in cells.items()}, faults)
            if review:
                found.append(Review(reviewed_at=reviewed_at, reviewer=reviewer, rules_version=rules_version, **review))
    return found, faults


def _filled(page: str, row: int, cells: Mapping[str, Any], faults: FaultList) -> dict[str, Any] | None:
    """What a reviewer said in one row; None where she said nothing, or, with a fault, something that cannot be."""
    decision = str(cells["decision"]).strip().lower()
    if not decision:
        return None
    key = {name: str(cells[f"key_{name}"]) for name in _KEY}
    correction, right = str(cells.get("field", "")).strip().lower(), str(cells.get("right", "")).strip()
    columns = list(cells)
    if page == "unclaimed" and decision == "added":
        key["indicator"] = str(cells["indicator"]).strip()
        if not key["indicator"]:
            faults.add(
                row, columns.index("indicator") + 1, f"{page}: added, but to no indicator", "write its id", "缺指标"
            )
            return None
    if decision == "corrected" and not (correction and right):
        faults.add(
            row, columns.index("field") + 1, f"{page}: corrected, but not to what", "fill in field and right", "缺更正"
        )
        return None
    allowed = ("confirmed", "rejected", "corrected", "unsure") if page == "claims" else ("added", "rejected", "unsure")
    if decision not in allowed:
        words = f"{page}: '{decision}' is no decision"
        faults.add(row, columns.index("decision") + 1, words, f"write one of {', '.join(allowed)}", "判断有误")
        return None
    note = f"{SAMPLE} {page}: {cells['note']}".strip(": ")
    said = {"decision": decision, "note": note}
    said |= {"field": correction, "value": right} if decision == "corrected" else {}
    return {**key, **said, "start": int(key["start"])}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _claim_cells(row: Mapping[str, Any], rules: RuleSet) -> list[object]:
    indicator = rules.indicator(row["indicator"]) if row["indicator"] in rules else None
    place = "".join(row[name] for name in ("province", "city", "county", "town", "village"))
    ends = [row["period_start"], row["period_end"]]
    period = "" if not any(ends) else ends[0] if ends[0] == ends[1] else "–".join(ends)
    counts = str(indicator.counts or "") if indicator else ""
    name = row["indicator_name"]
    return [_marked(row), row["text"], name, counts, row["value"], row["unit"], place, period, row["status"]]


def _marked(row: Mapping[str, Any]) -> str:
    """The sentence with its number in brackets; where the number stands twice, the first is marked."""
    return str(row["sentence"]).replace(str(row["text"]), str(row["text"]).join(_MARK), 1)


def _key(row: Mapping[str, Any], documents: Mapping[str, Document]) -> list[str]:
    document = documents[row["document"]]
    quote = quote_at(document.text, int(row["start"]), int(row["end"]))
    words = [" ".join(part.splitlines()) for part in (quote.exact, quote.prefix, quote.suffix)]
    return [document.name, document.content_hash, row["indicator"], str(quote.start), *words]


def _page(
    book: xlsxwriter.Workbook,
    name: str,
    columns: tuple[tuple[str, int], ...],
    rows: list[list[object]],
    keys: list[list[str]],
    choices: list[str],
) -> None:
    sheet = book.add_worksheet(name)
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    for index, (words, width) in enumerate(columns):
        sheet.set_column(index, index, width, wrapped)
        sheet.write_string(0, index, words, bold)
    hidden = len(columns)
    for index, words in enumerate(_KEY if keys else ()):
        sheet.set_column(hidden + index, hidden + index, 10, None, {"hidden": True})
        sheet.write_string(0, hidden + index, f"key_{words}", bold)
    for line, cells in enumerate(_cells(rows, keys, hidden), start=1):
        for index, cell in cells:
            if isinstance(cell, float | int):
                sheet.write_number(line, index, cell)
            else:
                sheet.write_string(line, index, str(cell))
    sheet.freeze_panes(1, 0)
    if choices and rows:
        at = next(index for index, (words, _) in enumerate(columns) if words.startswith("decision"))
        sheet.data_validation(1, at, len(rows), at, {"validate": "list", "source": choices})


def _cells(rows: list[list[object]], keys: list[list[str]], hidden: int) -> Iterator[list[tuple[int, object]]]:
    for number, row in enumerate(rows):
        key = keys[number] if keys else []
        yield [(0, number + 1), *enumerate(row, start=1), *enumerate(key, start=hidden)]
