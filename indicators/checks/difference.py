"""What two versions of the rules, or two claims tables, say differently: claims gained, lost and changed."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.errors import Fault, Location, ReadingError
from indicators.table.columns import CLAIMS, PLACE

KEY = ("document", "start", "end", "indicator")
PERIOD = ("period_start", "period_end")
COMPARED = {
    "value": ("value", "value_low", "value_high"),
    "unit": ("unit", "per"),
    "place": (*PLACE, "county_code"),
    "period": PERIOD,
}
COLUMNS = (
    *("change", "indicator", "indicator_name", "differs", "document", "start", "end", "text"),
    *("value_before", "value", "unit_before", "unit", "place_before", "place", "period_before", "period"),
    *("rule_before", "rule", "sentence"),
)
TABLE_SUFFIXES = (".csv", ".parquet", ".zip")


@dataclass(frozen=True, slots=True)
class Difference:
    """Claims of two versions, compared by document, span and indicator."""

    gained: pd.DataFrame
    lost: pd.DataFrame
    changed: pd.DataFrame


def difference(old: pd.DataFrame, new: pd.DataFrame) -> Difference:
    """What `new` claims have more, less and otherwise than `old`.

    `changed` holds the new rows whose value, unit, place or period differs: `differs` names which (joined by ;), and
    each of these columns has its former cell beside it (`value_before`).
    """
    before, after = _keyed(old), _keyed(new)
    both = after.index.intersection(before.index, sort=False)
    left, right = before.loc[both], after.loc[both]
    changed = right.assign(differs=_differs(left, right))
    for columns in (*COMPARED.values(), ("rule",)):
        for column in columns:
            changed[f"{column}_before"] = left[column].to_numpy()
    changed = changed[changed["differs"] != ""]
    return Difference(
        after.loc[after.index.difference(before.index, sort=False)].reset_index(drop=True),
        before.loc[before.index.difference(after.index, sort=False)].reset_index(drop=True),
        changed.reset_index(drop=True),
    )


def _differs(left: pd.DataFrame, right: pd.DataFrame) -> pd.Series[str]:
    words = pd.Series("", index=right.index, dtype="str")
    for name, columns in COMPARED.items():
        for column in columns:
            # A CSV holds 15 digits of a number: what differs in the last of them is the same claim.
            one, other = (frame[column].map(_number) for frame in (left, right))
            words = words.mask((one != other) & ~words.str.endswith(f"{name};"), words + name + ";")
    return words.str.removesuffix(";")


def _keyed(claims: pd.DataFrame) -> pd.DataFrame:
    keys = list(KEY)
    whole = claims.assign(**{name: "" for columns in COMPARED.values() for name in columns if name not in claims})
    unique = whole.drop_duplicates(keys)
    return unique.set_index(pd.MultiIndex.from_frame(unique[keys]), drop=True)


def table(found: Difference) -> pd.DataFrame:
    """One row a claim gained, lost or changed, columns COLUMNS, by indicator and in order of the text."""
    frames = [_rows("gained", found.gained), _rows("lost", found.lost), _rows("changed", found.changed)]
    whole = pd.DataFrame([row for rows in frames for row in rows], columns=list(COLUMNS))
    return whole.sort_values(["indicator", "document", "start", "change"], kind="stable").reset_index(drop=True)


def _rows(change: str, claims: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for cells in claims.to_dict("records"):
        row = {name: cells.get(name, "") for name in COLUMNS} | {"change": change}
        for side, there in (("_before", change != "gained"), ("", change != "lost")):
            suffix = "_before" if side and change == "changed" else ""
            row[f"value{side}"] = cells[f"value{suffix}"] if there else float("nan")
            row[f"unit{side}"] = cells[f"unit{suffix}"] if there else ""
            row[f"place{side}"] = " ".join(str(cells[p + suffix]) for p in PLACE if cells[p + suffix]) if there else ""
            row[f"period{side}"] = "/".join(dict.fromkeys(str(cells[p + suffix]) for p in PERIOD)) if there else ""
            row[f"rule{side}"] = cells[f"rule{suffix}"] if there else ""
        rows.append(row)
    return rows


def counts(found: Difference) -> dict[str, dict[str, int]]:
    """Indicator -> how many of its claims were gained, lost and changed; indicators without a change are left out."""
    sides = {"gained": found.gained, "lost": found.lost, "changed": found.changed}
    names = sorted({str(name) for frame in sides.values() for name in frame["indicator"]})
    tallies = {side: frame["indicator"].value_counts() for side, frame in sides.items()}
    return {name: {side: int(tally.get(name, 0)) for side, tally in tallies.items()} for name in names}


def as_text(found: Difference, failed: dict[str, str] | None = None) -> str:
    """Lines for a terminal: each indicator with its counts, then its claims: + gained, - lost, ~ changed.

    `failed` names rules that did not finish, and why: claims of theirs that are missing are not lost.
    """
    rows = table(found)
    lines = [f"! {rule}: rule failed; {reason}" for rule, reason in (failed or {}).items()]
    for indicator, count in counts(found).items():
        lines.append(f"{indicator}  +{count['gained']} -{count['lost']} ~{count['changed']}")
        lines += [_line(row) for row in rows[rows["indicator"] == indicator].to_dict("records")]
    whole = f"gained {len(found.gained)}, lost {len(found.lost)}, changed {len(found.changed)}"
    return "\n".join([*lines, whole])


def _line(row: dict[Any, Any]) -> str:
    if row["change"] == "changed":
        mark = "~"
        pairs = [
            f"{name} {_number(row[f'{name}_before'])} -> {_number(row[name])}"
            for name in str(row["differs"]).split(";")
        ]
    else:
        mark, side = ("+", "") if row["change"] == "gained" else ("-", "_before")
        cells = (_number(row[f"value{side}"]), *(str(row[name + side]) for name in ("unit", "place", "period", "rule")))
        pairs = [" ".join(cell for cell in cells if cell)]
    return f"  {mark} {row['document']}:{row['start']}: {row['text']}: {', '.join(pairs)}\n      {row['sentence']}"


def _number(cell: object) -> str:
    if isinstance(cell, float):
        return "-" if pd.isna(cell) else f"{cell:.10g}"
    return str(cell) or "-"


def as_json(found: Difference, failed: dict[str, str] | None = None) -> str:
    """`indicators` (counts), `claims` (rows of `table`, absent numbers null), `failed` (rules that did not finish)."""
    rows = json.loads(table(found).to_json(orient="records", force_ascii=False))
    return json.dumps(
        {"indicators": counts(found), "claims": rows, "failed": failed or {}}, ensure_ascii=False, indent=1
    )


def read_claims(path: Path) -> pd.DataFrame:
    """A claims table from CSV, Parquet, or a ZIP that holds one. Raises ReadingError where it is none."""
    try:
        frame = _frame(path.name, path.read_bytes())
    except (OSError, ValueError, zipfile.BadZipFile, KeyError) as error:
        raise ReadingError(faults=(_fault(path, f"cannot be read as a table: {error}", "无法读作表格"),)) from error
    lacking = [name for name in (*KEY, "value", "unit", "sentence", "text") if name not in frame]
    if lacking:
        words = f"no claims table: column {', '.join(lacking)} is missing"
        raise ReadingError(faults=(_fault(path, words, f"不是指标数据表，缺少列：{'、'.join(lacking)}"),))
    frame = frame.assign(
        **{name: "" if CLAIMS[name] == "text" else float("nan") for name in CLAIMS if name not in frame}
    )
    text = [name for name, type_ in CLAIMS.items() if type_ == "text"]
    numbers = [name for name, type_ in CLAIMS.items() if type_ == "number"]
    offsets = [name for name, type_ in CLAIMS.items() if type_ == "count"]
    try:
        return frame.fillna(dict.fromkeys(text, "")).astype(
            {**dict.fromkeys(text, "str"), **dict.fromkeys(numbers, "float64"), **dict.fromkeys(offsets, "int64")}
        )
    except ValueError as error:
        raise ReadingError(faults=(_fault(path, f"a column is damaged: {error}", "有一列无法读取"),)) from error


def _frame(name: str, data: bytes) -> pd.DataFrame:
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one for one in archive.namelist() if one.endswith((".csv", ".parquet"))]
            claims = next(one for one in [*names, ""] if "claims" in Path(one).name or not one)
            if not claims:
                raise ValueError("it holds no claims table")
            return _frame(claims, archive.read(claims))
    if name.endswith(".parquet"):
        return pd.read_parquet(io.BytesIO(data))
    frame = pd.read_csv(io.BytesIO(data), dtype="str", keep_default_na=False, encoding="utf-8-sig")
    numbers = [column for column, type_ in CLAIMS.items() if type_ == "number" and column in frame]
    return frame.assign(**{column: frame[column].replace("", "nan").astype("float64") for column in numbers})


def _fault(path: Path, message: str, zh: str) -> Fault:
    return Fault(Location(str(path)), message, "give a config.yaml, or a claims table (.csv, .parquet)", zh)
