"""Divisions of the time beside today's: the column `code_then`, and counties that were merged, which are never one."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping

import pandas as pd

from indicators.language.former_codes import code_then, took_over


def with_code_then(row: MutableMapping[str, object]) -> None:
    """Fill `code_then` of a claim's row from its county, the last day of its period and its place as written."""
    day = str(row.get("period_end") or row.get("period_start") or "")
    row["code_then"] = code_then(str(row.get("county_code") or ""), day, str(row.get("place_as_written") or ""))


def codes_then(
    codes: Iterable[object], starts: Iterable[object], ends: Iterable[object], words: Iterable[object]
) -> list[str]:
    """`code_then` of claims: of their county codes, days (ISO, "" where undated) and places as written."""
    cells = zip(codes, starts, ends, words, strict=True)
    return [
        code_then(str(code), str(end or start), str(written)) if code else "" for code, start, end, written in cells
    ]


def merged_from(claims: pd.DataFrame) -> pd.Series[str]:
    """`code_then` where today's county was several then, "" elsewhere: two of those are never one observation."""
    merged = {code for code in claims["county_code"].unique() if took_over(code)}
    return claims["code_then"].where(claims["county_code"].isin(merged), "")
