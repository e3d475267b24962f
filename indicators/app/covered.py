"""Which county reports which indicator: the cells of the coverage map, with its three kinds of empty."""

from __future__ import annotations

import pandas as pd

from indicators.app.comparing import by_places
from indicators.app.selection import counties


def cells(claims: pd.DataFrame, quantities: pd.DataFrame, everything: pd.DataFrame, most: int = 40) -> pd.DataFrame:
    """One row an indicator and county: indicator, county (code), county_label, state, claims (count).

    `claims` and `quantities` are those selected; `everything` is all quantities, whose counties form the columns.
    State: reported; silent (some selected number speaks of the county, none of the indicator); absent (the selection
    has no number of the county). The `most` indicators that most counties report are kept, widest first.
    """
    names = counties(everything)
    coded = claims[claims["county_code"].fillna("").astype(str) != ""]
    counted = coded.groupby(["indicator", "county_code"]).size()
    present = set(quantities["county_code"].fillna("").astype(str)) | set(coded["county_code"].astype(str))
    rows = []
    for indicator in list(by_places(coded))[:most]:
        for code, label in zip(names["county_code"], names["label"], strict=True):
            count = int(counted.get((indicator, code), 0))
            state = "reported" if count else "silent" if code in present else "absent"
            rows.append((indicator, code, label, state, count))
    return pd.DataFrame(rows, columns=["indicator", "county", "county_label", "state", "claims"])


def fates(quantities: pd.DataFrame) -> dict[str, int]:
    """What became of every number: captured, unclaimed, then the classes that are no claims, largest first."""
    claim = quantities["class"] == "claim"
    taken = quantities["indicator"].fillna("").astype(str) != ""
    others = quantities.loc[~claim, "class"].value_counts()
    return {
        "captured": int((claim & taken).sum()),
        "unclaimed": int((claim & ~taken).sum()),
        **{str(name): int(count) for name, count in others.items()},
    }
