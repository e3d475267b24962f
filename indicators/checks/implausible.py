"""Values that can hardly be: a share above 100 %, a step by a factor of 10,000."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from indicators.model import Finding
from indicators.table.columns import PLACE

_COLUMNS = ["document", "start", "end", "claim_id", "indicator_name", "indicator", "text"]
_ALIKE = ("indicator", "level", *PLACE, "zone", "unit", "part", "scope", "per", "time", "basis")
_LEAST, _MOST = 5_000, 20_000  # one 万, and the thing itself halved or doubled


def implausible_findings(claims: pd.DataFrame) -> list[Finding]:
    """One finding for each actual share (kind ratio, unit %) above 100."""
    shares = claims[(claims["kind"] == "ratio") & (claims["unit"] == "%") & (claims["value"] > 100)]
    return [
        Finding(
            "share_above_100",
            "warning",
            document,
            start,
            end,
            (claim_id,),
            {"zh": f"{name}“{text}”超过100%", "en": f"{indicator}: “{text}” is above 100 %"},
        )
        for document, start, end, claim_id, name, indicator, text in shares[_COLUMNS].itertuples(index=False)
    ]


def lost_multiplier_findings(claims: pd.DataFrame) -> list[Finding]:
    """One finding for each step by a factor of about 10,000 (a 万 lost or added) between sources or years.

    Compared are actual claims of one indicator, place, part and scope. The values of one document and period may lie
    far apart for good reason and are not compared with each other; changes and ratios neither.
    """
    rows = claims[
        claims["kind"].isin(["count", "amount", "measure", "price"])
        & (claims["status"] == "actual")
        & (claims["level"] != "")
        & (claims["value"] > 0)
        & (claims["review"] != "rejected")
    ]
    found = []
    for _, group in rows.groupby(list(_ALIKE), sort=False):
        if len(group) > 1 and group["value"].max() / group["value"].min() >= _LEAST:
            found += _jumps(group.sort_values(["value", "period_start"]))
    return found


def _jumps(rows: pd.DataFrame) -> list[Finding]:
    """Neighbours in order of value that lie one 万 apart."""
    found = []
    for low, high in pairwise(rows.to_dict("records")):
        apart = (low["document"], low["period_start"]) != (high["document"], high["period_start"])
        if not apart or not _LEAST <= high["value"] / low["value"] <= _MOST:
            continue
        words = f"“{low['text']}” ({low['document']})", f"“{high['text']}” ({high['document']})"
        found.append(
            Finding(
                "lost_multiplier",
                "warning",
                low["document"],
                low["start"],
                low["end"],
                (low["claim_id"], high["claim_id"]),
                {
                    "zh": f"{low['indicator_name']}：{words[0]} 与 {words[1]} 相差约一万倍，可能漏写或多写了“万”",
                    "en": f"{low['indicator']}: {words[0]} and {words[1]} differ by about 10,000: a 万 lost or added?",
                },
            )
        )
    return found
