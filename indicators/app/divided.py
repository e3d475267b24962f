"""Places by the divisions of today or of the time: names of counties as they were, counties that were merged. Pure."""

from __future__ import annotations

import pandas as pd

from indicators.language.former_codes import name_then
from indicators.table.divisions import merged_from

NEEDED = ("county", "county_code", "code_then", "period_start", "period_end")  # columns that tell a change


def _days(rows: pd.DataFrame) -> pd.Series[str]:
    return rows["period_end"].where(rows["period_end"] != "", rows["period_start"])


def _names_then(rows: pd.DataFrame) -> list[str]:
    """The name of each row's county in its period; today's where the code of the time is not known."""
    cells = zip(rows["county"], rows["county_code"], rows["code_then"], _days(rows), strict=True)
    return [name_then(code, then, day) if then and day else str(today) for today, code, then, day in cells]


def as_then(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` (observations or claims) with their counties named as in their period: 静海县 for 静海区 of 2012."""
    return rows.assign(county=_names_then(rows))


def merged_names(rows: pd.DataFrame) -> list[str]:
    """For each row of a county that is part of another today its name then, "" for all others."""
    parts = merged_from(rows)
    return [
        name if part and name != today else ""
        for name, part, today in zip(_names_then(rows), parts, rows["county"], strict=True)
    ]


def changed(rows: pd.DataFrame) -> bool:
    """Whether some county of `rows` had another code or name in its period, so that the choice says something."""
    known = rows[rows["code_then"] != ""]
    return bool((known["code_then"] != known["county_code"]).any()) or _names_then(known) != list(known["county"])
