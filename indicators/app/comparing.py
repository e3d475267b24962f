"""Observations -> rows ready to compare and to draw. Pure functions; levels, times and bases are never mixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from indicators.app.divided import as_then, merged_names
from indicators.app.prices import price_word
from indicators.app.selection import own_names, place_labels
from indicators.app.words import Language, word, word_of
from indicators.charts import NEUTRAL, readable
from indicators.table import queries
from indicators.table.store import Rows

BARS, LINES = 60, 12  # places that a chart shows
_RANKING = ["unit", "status", "time", "basis"]
REVIEWED = ("confirmed", "corrected", "added")


@dataclass(frozen=True, eq=False)
class Ranking:
    """Observations that may stand in one ranking: one indicator, level, unit, status, `time` and `basis`.

    `rows` has the columns of `queries.compare` and name, subject, place (name with subject), year (missing where
    undated), period, label, tick, hover, colour and reviewed. Equal to itself alone: charts are kept by it.
    """

    unit: str
    status: str
    time: str
    basis: str
    rows: pd.DataFrame

    @cached_property
    def places(self) -> int:
        """How many places are compared."""
        return int(self.rows["name"].nunique())

    @cached_property
    def latest(self) -> pd.DataFrame:
        """One row a place: the latest period; an undated row only where a place has no other."""
        ordered = self.rows.sort_values(["period_end", "claims"], kind="stable")
        return ordered.drop_duplicates("place", keep="last")

    @cached_property
    def noted(self) -> pd.DataFrame:
        """The rows of `latest` for charts beside those of other indicators, where one county is one line.

        A place has its own name where it has one row; its subject then stands in `note`, below the period.
        """
        rows = self.latest
        alone = ~rows["name"].duplicated(keep=False)
        subject = ("<br>\u2003" + rows["subject"]).where(alone & (rows["subject"] != ""), "")
        return rows.assign(place=rows["name"].where(alone, rows["place"]), note=rows["period"] + subject)

    @cached_property
    def far(self) -> float:
        """How far the bars of `drawn` reach, with the intervals that their words allow."""
        return float(self.drawn[["value", "value_high"]].max(axis=1).max())

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The rows of `latest` that a chart still shows: those with the greatest values, at most BARS."""
        return self.latest.nlargest(BARS, "value", keep="all").head(BARS)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The dated rows of the places with the greatest values, as many as lines can be told apart."""
        places = self.latest.nlargest(LINES, "value").place
        return self.dated[self.dated["place"].isin(places)]

    @cached_property
    def dated(self) -> pd.DataFrame:
        """The rows with a year."""
        return self.rows[self.rows["year"].notna()]

    @cached_property
    def spans_years(self) -> bool:
        """Whether some place has values of at least two years, so that a line says more than a bar."""
        return bool((self.dated.groupby("place")["year"].nunique() >= 2).any())


def title_of(ranking: Ranking, language: Language) -> str:
    """What a ranking holds beside its indicator: time, basis, status unless actual, prices, number of places."""
    parts = [word_of(name, getattr(ranking, name), language) for name in ("time", "basis")]
    parts += [word_of("status", ranking.status, language)] if ranking.status != "actual" else []
    parts += [price_word(ranking.rows, language), f"n = {ranking.places}"]
    return " · ".join(filter(None, parts))


def alike(one: Ranking, other: Ranking) -> bool:
    """Whether two rankings of an indicator differ in their status alone (what came of a plan): one scale for both."""
    return (one.unit, one.time, one.basis) == (other.unit, other.time, other.basis)


def opening_level(observations: Rows) -> str:
    """The level where one indicator compares most places; the county where no other compares more; "" without any."""
    counts = queries.places_count(observations)
    most = counts.groupby("level")["places"].max().to_dict()
    if not most:
        return ""
    return "county" if most.get("county") == max(most.values()) else str(max(most, key=lambda level: most[level]))


def by_places(observations: Rows, level: str) -> dict[str, int]:
    """Indicator -> number of places of that level with a value, most places first, then by id."""
    counts = queries.places_count(observations)
    own = counts[counts["level"] == level]
    return {str(name): int(places) for name, places in zip(own["indicator"], own["places"], strict=True)}


def of_indicator(observations: Rows, claims: Rows, indicator: str, level: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What `rankings` needs of one indicator at one level: its observations; its claims about a part or a subject, or
    reviewed."""
    own = observations.where("indicator = ? AND level = ?", indicator, level)
    narrow = claims.where("indicator = ? AND (part <> '' OR scope <> '' OR review <> '')", indicator)
    return own.frame(), narrow.frame(["claim_id", "part", "scope", "review"])


def rankings(
    observations: pd.DataFrame,
    claims: pd.DataFrame,
    indicator: str,
    level: str,
    language: Language,
    colours: Mapping[str, str],
    then: bool = False,
) -> list[Ranking]:
    """The rankings of one indicator at one level, the one with most rows first.

    `claims` tell which part of a list or which narrower subject a value is about (4万件 of the city, 16万件 of its
    towns): such values stand beside each other, each with its words, and never for the place as a whole. `colours`
    gives each county code its colour; a place above the counties takes the neutral one. `then` names counties as they
    were called in the period; without it a county that is part of another today stands as a part of it.
    """
    rows = queries.compare(observations, indicator, level)
    if rows.empty:
        return []
    own = claims[claims["claim_id"].isin(rows["claim_id"])].drop_duplicates("claim_id").set_index("claim_id")
    rows["reviewed"] = rows["claim_id"].map(own["review"].isin(REVIEWED)).eq(True)
    called = as_then(rows) if then else rows
    rows["name"] = place_labels(called)
    rows["subject"] = _subjects(rows, own, "" if then else word("compare.formerly", language, name="{}"))
    rows["place"] = rows["name"].where(rows["subject"] == "", rows["name"] + "（" + rows["subject"] + "）")
    last = rows["period_end"].where(rows["period_end"] != "", rows["period_start"])
    rows["year"] = pd.to_numeric(last.str[:4], errors="coerce")
    records = rows.to_dict("records")
    rows["period"] = [period_label(row, language) for row in records]
    rows["label"] = [value_label(row["value"], row["unit"], row["qualifier"], language) for row in records]
    rows["tick"] = _ticks(rows, own_names(called))
    rows["hover"] = [_hover(row, language) for row in rows.to_dict("records")]
    rows["colour"] = [colours.get(code, NEUTRAL) for code in rows["county_code"]]
    groups = rows.groupby(_RANKING, sort=True)
    found = []
    for _, part in groups:
        unit, status, time, basis = (str(part[key].iloc[0]) for key in _RANKING)
        found.append(Ranking(unit, status, time, basis, part))
    return sorted(found, key=lambda ranking: -len(ranking.rows))


def _subjects(rows: pd.DataFrame, own: pd.DataFrame, formerly: str) -> pd.Series[str]:
    """What each row's claim is about, "" for the whole: the part of a list (市, 镇, 村), a narrower subject, a county
    that is part of this one today (named by `formerly`). `own` are the claims by id."""
    part = own["part"].where(~own["part"].isin(["low", "high"]), "")
    told = part.where(part != "", own["scope"]).to_dict()
    subject = [told.get(claim, "") for claim in rows["claim_id"]]
    merged = [formerly.format(name) if name and formerly else "" for name in merged_names(rows)]
    return pd.Series(["，".join(filter(None, pair)) for pair in zip(merged, subject, strict=True)], index=rows.index)


def _ticks(rows: pd.DataFrame, own_name: pd.Series[str]) -> list[str]:
    """The name of each place, and in a smaller line below its subject, what it belongs to and the period."""
    ticks = []
    for own, name, subject, period in zip(own_name, rows["name"], rows["subject"], rows["period"], strict=True):
        above = name.removesuffix(own).rstrip("·")
        small = " ".join(part for part in (above, subject, period) if part)
        ticks.append(tick(own, small))
    return ticks


def tick(name: str, small: str) -> str:
    """The label of a bar: a name, and a smaller line below it."""
    return f"{name}<br><span style='font-size:11px'>{small}</span>"


def period_label(row: Mapping[Any, Any], language: Language) -> str:
    """The period of a row: a year, a month, a day or from–to; the word for undated where it has none.

    >>> period_label({"period_start": "2019-01-01", "period_end": "2019-12-31"}, "en")
    '2019'
    """
    start, end = str(row["period_start"]), str(row["period_end"])
    if not start and not end:
        return word("period.undated", language)
    if start == end or not start or not end:
        return start or end
    if (start[4:], end[4:]) == ("-01-01", "-12-31"):
        return start[:4] if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"
    month = start[:7] == end[:7] and start[8:] == "01"
    if month and end == str(pd.Period(start[:7]).end_time.date()):
        return start[:7]
    return f"{start}–{end}"


def value_label(value: float, unit: str, qualifier: str, language: Language) -> str:
    """A value with the mark of its qualifier.

    >>> value_label(53.0, "%", "approx", "zh")
    '约53%'
    """
    return word_of("mark", qualifier, language) + readable(value, unit, language == "zh")


def _hover(row: Mapping[Any, Any], language: Language) -> str:
    claims = word("hover.claims", language, claims=row["claims"], sources=row["sources"])
    exact = f"{row['value']:,.10g} {row['unit']}"
    review = word("review.filled" if row["reviewed"] else "review.hollow", language)
    lines = [f"<b>{row['place']}</b>", f"{row['label']} · {row['period']}", exact, claims, review]
    return "<br>".join([*lines, word("hover.conflict", language)] if row["conflict"] else lines)
