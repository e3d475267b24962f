"""Money on the pages: said to be in current prices, or shown at the constant prices of the user's index. Pure."""

from __future__ import annotations

import pandas as pd

from indicators.app.words import Language, word
from indicators.table.constant_prices import MONEY


def price_word(rows: pd.DataFrame, language: Language) -> str:
    """Which prices the values of `rows` (of one unit) are in, for a title; "" for what is no money."""
    if rows.empty or rows["unit"].iloc[0] not in MONEY:
        return ""
    years = set(rows["shown_prices"]) if "shown_prices" in rows else {""}
    year = years.pop() if len(years) == 1 else ""
    return word("prices.constant", language, year=year) if year else word("prices.current", language)


def at_constant_prices(observations: pd.DataFrame) -> pd.DataFrame:
    """Amounts with value and interval at constant prices, their year in `shown_prices`; without those that have none.

    Rows that are no money stay as they are.
    """
    money = observations["unit"].isin(MONEY)
    rows = observations[~money | observations["value_real"].notna()]
    factor = (rows["value_real"] / rows["value"]).where(rows["value_real"].notna() & (rows["value"] != 0), 1.0)
    scaled = {name: rows[name] * factor for name in ("value", "value_low", "value_high")}
    return rows.assign(**scaled, shown_prices=rows["price_year"])
