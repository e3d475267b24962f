"""Documents that contradict each other on one indicator, place and period."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indicators.model import Finding
from indicators.table.observations import claim_groups, contradict

_MOST = 4  # sources named in a message


def conflict_findings(
    claims: pd.DataFrame, documents: pd.DataFrame | None = None, copies: Mapping[str, str] | None = None
) -> list[Finding]:
    """One finding for each indicator, place and period of which two independent texts leave no common value.

    The period must be the same to the day: a stock may change within a year. Rounding and qualifiers are no conflict;
    copies and near-copies are one text. The finding stands at the latest document and names all claims.
    """
    rows = claim_groups(claims, documents, exact=True, copies=copies)
    rows = rows[(rows["level"] != "") & (rows["period_start"] != "")]
    several = rows.groupby("_group")["_source"].transform("nunique") > 1
    found = []
    for _, group in rows[several].groupby("_group"):
        if contradict(group):
            found.append(_finding(group))
    return found


def _finding(group: pd.DataFrame) -> Finding:
    last = group.sort_values(["_written", "_order"]).iloc[-1]
    said = group.drop_duplicates(["_source", "value"]).head(_MOST)
    words = "；".join(f"{name}“{text}”" for name, text in zip(said["document"], said["text"], strict=True))
    period = last["period_start"] if last["period_start"] == last["period_end"] else _span(last)
    place = next(str(last[level]) for level in ("village", "town", "county", "city", "province") if last[level])
    return Finding(
        "conflict",
        "warning",
        str(last["document"]),
        int(last["start"]),
        int(last["end"]),
        tuple(group["claim_id"]),
        {
            "zh": f"{place} {period} {last['indicator_name']}，各文不一：{words}",
            "en": f"{place} {period} {last['indicator']}: documents disagree: {words.replace('；', '; ')}",
        },
    )


def _span(row: pd.Series) -> str:
    return f"{row['period_start']}–{row['period_end']}"
