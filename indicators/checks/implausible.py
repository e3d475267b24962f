"""Values that can hardly be: a share above 100 %."""

from __future__ import annotations

import pandas as pd

from indicators.model import Finding

_COLUMNS = ["document", "start", "end", "claim_id", "indicator_name", "indicator", "text"]


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
