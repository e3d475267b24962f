"""What changed between two years: the two values of each place, and the words for their difference. Pure."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from indicators.app.words import Language, word
from indicators.charts import readable


def years_of(dated: pd.DataFrame) -> list[str]:
    """The years with a value, ascending, as they stand in an address."""
    return [str(int(year)) for year in sorted(dated["year"].unique())]


def two_years(dated: pd.DataFrame) -> tuple[str, str] | None:
    """The two years that most places have both, of those the farthest apart; None where no place has two."""
    having = [set(own["year"].astype(int)) for _, own in dated.groupby("place")]
    years = sorted(set().union(*having)) if having else []
    counts = {pair: sum(set(pair) <= own for own in having) for pair in combinations(years, 2)}
    best = max(counts, key=lambda pair: (counts[pair], pair[1] - pair[0]), default=None)
    return (str(best[0]), str(best[1])) if best and counts[best] else None


def pairs(dated: pd.DataFrame, first: str, last: str, language: Language) -> tuple[pd.DataFrame, list[str]]:
    """Rows of the places with a value in both years, two a place, with `when` and `label`; and the other places.

    `label` is the difference in the unit and in percent of the earlier value, or in points where the unit is percent;
    where the intervals that the words allow overlap, it says so.
    """
    ends = {
        when: dated[dated["year"] == int(year)].drop_duplicates("place", keep="last").set_index("place", drop=False)
        for when, year in (("before", first), ("after", last))
    }
    both = ends["before"].index.intersection(ends["after"].index)
    labels = [_label(ends["before"].loc[place], ends["after"].loc[place], language) for place in both]
    rows = pd.concat([own.loc[both].assign(when=when, label=labels) for when, own in ends.items()], ignore_index=True)
    return rows, [str(place) for place in dict.fromkeys(dated["place"]) if place not in both]


def _label(before: pd.Series, after: pd.Series, language: Language) -> str:
    difference = float(after["value"] - before["value"])
    unit = word("compare.points", language) if after["unit"] == "%" else str(after["unit"])
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    words = sign + readable(abs(difference), unit, language == "zh")
    if difference and after["unit"] != "%" and before["value"] > 0:
        words += f" ({difference / before['value']:+.1%})".replace("-", "−")
    return f"{words} · {word('compare.overlap', language)}" if difference and _overlap(before, after) else words


def _overlap(one: pd.Series, other: pd.Series) -> bool:
    """Whether the intervals that the words allow share a value, so that the difference may be none."""
    lows = [float("-inf") if pd.isna(row["value_low"]) else row["value_low"] for row in (one, other)]
    highs = [float("inf") if pd.isna(row["value_high"]) else row["value_high"] for row in (one, other)]
    return max(lows) <= min(highs)
