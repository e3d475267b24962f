"""Claims -> observations: one row an indicator, place and period, for comparing.

Claims of one indicator, place and period become one row: the claim chosen, how many stand behind it, from how many
independent texts, and whether those texts contradict each other. Never merged: two statuses, two `time` or two `basis`;
two units, denominators (`per`), scopes, development zones or labels of a list (`part` 市 / 镇 / 村); two counties
of the time that are one today (`code_then`); and, across documents, claims without a period or without a place. The two
ends of a range (`part` low, high) are one value.

Which claim is chosen: confirmed or corrected by review, then exact, then of the document written later (its `written`,
else `published`), then the one that stands first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from indicators.table.columns import DTYPES, OBSERVATIONS, PLACE, build
from indicators.table.divisions import merged_from
from indicators.table.rounding import half_unit

_KEY = (
    *("indicator", "unit", "level", *PLACE, "county_code", "period_start", "period_end"),
    *("status", "time", "basis", "scope", "zone", "per", "_label", "_part_of", "_within"),
)
# Columns of claims that observations are made of.
NEEDED = (
    *("claim_id", "indicator", "unit", "level", *PLACE, "county_code", "period_start", "period_end", "document"),
    *("value", "value_low", "value_high", "qualifier", "status", "time", "basis", "scope", "zone", "per", "part"),
    *("rule", "start", "end", "published", "sentence", "text", "review", "repeats", "code_then"),
)
_REVIEWED = ("confirmed", "corrected")
_Said = tuple[str, str, float, float, float]  # source, words, value, lowest, highest


def observations(
    claims: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    statuses: Collection[str] = ("actual",),
    exact: bool = False,
    copies: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """One row an indicator, place and period, columns OBSERVATIONS, sorted by indicator, place and period.

    `claims` has the columns CLAIMS. Periods within one calendar year become that year, unless `exact`; longer ones
    stay. Rejected claims are left out. `documents` (columns DOCUMENTS) says which texts are copies and when a text was
    written, `copies` (`checks.copies`) which document a near-copy repeats. `claims` counts all rows behind an
    observation, `sources` independent texts: copies, near-copies, texts that give the claim in the same sentence, and a
    headline with the text below it are one. `spread` is the greatest value less the smallest, in the unit, NaN for a
    single claim; `conflict` is true where the intervals of two sources, widened by the rounding of the numbers as
    written, do not overlap.
    """
    rows = claim_groups(claims, documents, statuses, exact, copies)
    if rows.empty:
        return build(OBSERVATIONS, {})
    first = rows.loc[_first(rows)].set_index("_group")
    groups = rows.groupby("_group")
    values = groups["value"]
    several = groups.size() > 1
    first["claims"] = groups["_claims"].sum()
    first["spread"] = (values.max() - values.min()).where(several)
    shared = rows[rows["_group"].isin(several.index[several])]
    sources = shared.groupby("_group")["_source"].nunique()
    first["sources"] = sources.reindex(first.index, fill_value=1)
    told_twice = shared[shared["_group"].isin(sources.index[sources > 1])]
    first["conflict"] = first.index.isin(_contradicted(told_twice))
    order = first[["indicator", *PLACE, "period_start", "period_end", "_order"]].sort_values(
        ["indicator", *PLACE, "period_start", "period_end", "_order"]
    )
    first = first.loc[order.index, list(OBSERVATIONS)].reset_index(drop=True)
    return first.astype({name: DTYPES[type_] for name, type_ in OBSERVATIONS.items()})


def _first(rows: pd.DataFrame) -> pd.Index[int]:
    """The row chosen of each group. Whole rows are moved once: most of a claim is text, which is slow to sort."""
    keys = rows[["_group", "_preference", "_written", "_order"]]
    ordered = keys.sort_values(list(keys.columns), ascending=[True, True, False, True])
    return ordered.drop_duplicates("_group").index


def _contradicted(rows: pd.DataFrame) -> list[int]:
    """The groups whose sources contradict each other."""
    claims: dict[int, list[_Said]] = {}
    columns = (rows["_source"], rows["text"], rows["value"], rows["value_low"], rows["value_high"])
    for group, *said in zip(rows["_group"], *columns, strict=True):
        claims.setdefault(group, []).append(tuple(said))
    return [group for group, said in claims.items() if _leave_nothing(said)]


def claim_groups(
    claims: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    statuses: Collection[str] = ("actual",),
    exact: bool = False,
    copies: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The claims behind observations: those of one observation share `_group`, those of one text `_source`.

    The two ends of a range are one row; `_claims` is how many claims a row stands for.
    """
    rows = claims[claims["status"].isin(list(statuses)) & (claims["review"] != "rejected")]
    if rows.empty:
        return rows.assign(_group=0, _source="", _claims=0)
    rows = _prepared(rows, documents, exact, copies or {})
    rows["_group"] = rows.groupby(list(_KEY), sort=False, dropna=False).ngroup()
    return _sources(_ranges(rows))


def _prepared(
    rows: pd.DataFrame, documents: pd.DataFrame | None, exact: bool, copies: Mapping[str, str]
) -> pd.DataFrame:
    """Claims with what grouping and choosing need: calendar years, labels, preference, date of writing, content."""
    rows = rows.assign(code_then=rows.get("code_then", ""))  # a table that an earlier version wrote has none
    if not exact:
        year, last = rows["period_start"].str[:4], rows["period_end"].str[:4]
        whole = (year != "") & (year == last)
        rows["period_start"] = rows["period_start"].where(~whole, year + "-01-01")
        rows["period_end"] = rows["period_end"].where(~whole, year + "-12-31")
    undated = (rows["period_start"] == "") & (rows["period_end"] == "")
    rows["_within"] = rows["document"].where(undated | (rows["level"] == ""), "")
    rows["_part_of"] = merged_from(rows)
    rows["_label"] = rows["part"].where(~rows["part"].isin(["low", "high"]), "")
    reviewed = rows["review"].isin(_REVIEWED)
    rows["_preference"] = 2 - 2 * reviewed - (rows["qualifier"] == "exact") + 0.5 * (rows["repeats"] != "")
    rows["_written"] = rows["published"]
    rows["_content"] = own = rows["document"].map(lambda name: copies.get(name, name))
    if documents is not None and len(documents):
        facts = documents.drop_duplicates("document").set_index("document")
        written = facts["written"].where(facts["written"] != "", facts["published"])
        rows["_written"] = rows["document"].map(written).fillna(rows["published"])
        hashes = facts["content_hash"].where(facts["content_hash"] != "", facts.index.to_series())
        rows["_content"] = own.map(hashes).fillna(own)
    rows["_order"] = range(len(rows))
    rows["_claims"] = 1
    return rows


def _ranges(rows: pd.DataFrame) -> pd.DataFrame:
    """The two ends of a range as one row: the lower end's value, the interval from the lower to the upper end."""
    if not rows["part"].isin(["low", "high"]).any():
        return rows
    low = rows[rows["part"] == "low"]
    high = rows[rows["part"] == "high"]
    pairs = low.merge(high, on=["document", "sentence", "rule", "_group"], suffixes=("", "_upper"))
    pairs = pairs[pairs["start_upper"] >= pairs["end"]].sort_values("start_upper").drop_duplicates("_order")
    pairs = pairs.drop_duplicates("_order_upper").set_index("_order")
    upper = pairs["value_high_upper"]
    rows = rows.set_index("_order", drop=False)
    rows.loc[pairs.index, "value_high"] = upper
    rows.loc[pairs.index, "_claims"] = 2
    return rows[~rows["_order"].isin(pairs["_order_upper"])].reset_index(drop=True)


def _sources(rows: pd.DataFrame) -> pd.DataFrame:
    """Claims with `_source`: equal where documents are copies, or say it in the same sentence (a reprint)."""
    rows["_source"] = rows["_content"]
    shared = rows.loc[rows["_group"].duplicated(keep=False), ["_group", "_content", "sentence"]]
    shared["_said"] = shared["sentence"].str.replace(r"\s+", "", regex=True)
    first = shared.groupby(["_group", "_said"])["_content"].transform("first")
    joined: dict[tuple[int, str], str] = {}

    def root(group: int, content: str) -> str:
        while (found := joined.get((group, content), content)) != content:
            content = found
        return content

    triples = list(zip(shared["_group"], shared["_content"], first, strict=True))
    for group, content, other in triples:
        if content != other and root(group, content) != root(group, other):
            joined[group, root(group, content)] = root(group, other)
    if joined:
        rows.loc[shared.index, "_source"] = [root(group, content) for group, content, _ in triples]
    return rows


def contradict(rows: pd.DataFrame) -> bool:
    """Whether two sources leave no value that both allow. A source allows what any of its claims allows."""
    columns = (rows["_source"], rows["text"], rows["value"], rows["value_low"], rows["value_high"])
    return _leave_nothing(zip(*columns, strict=True))


def _leave_nothing(claims: Iterable[_Said]) -> bool:
    allowed: dict[str, list[tuple[float, float, float]]] = {}
    for source, text, value, low, high in claims:
        lower = float("-inf") if low != low else min(low, value)
        upper = float("inf") if high != high else max(high, value)
        allowed.setdefault(source, []).append((lower, upper, half_unit(text, value)))
    sides = list(allowed.values())
    return any(
        not any(_agree(a, b) for a in one for b in other) for i, one in enumerate(sides) for other in sides[i + 1 :]
    )


def _agree(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether two intervals overlap, or would if the coarser number is a rounding of the finer (53 % of 52.9 %)."""
    gap = max(one[0] - other[1], other[0] - one[1])
    coarse, fine = max(one[2], other[2]), min(one[2], other[2])
    return gap <= 0 or (coarse > fine and gap <= coarse * (1 + 1e-9))
