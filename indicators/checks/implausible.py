"""Values that can hardly be: a share above 100 %."""

from __future__ import annotations

import pandas as pd

from indicators.model import Finding


def implausible_findings(claims: pd.DataFrame) -> list[Finding]:
    """One finding for each actual share (kind ratio, unit %) above 100."""
    shares = claims[(claims["kind"] == "ratio") & (claims["unit"] == "%") & (claims["value"] > 100)]
    return [
        Finding(
            "share_above_100",
            "warning",
            str(row.document),
            int(row.start),
            int(row.end),
            (str(row.claim_id),),
            {"zh": f"{row.indicator_name}“{row.text}”超过100%", "en": f"{row.indicator}: “{row.text}” is above 100 %"},
        )
        for row in shares.itertuples()
    ]
