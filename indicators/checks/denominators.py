"""Numbers per 100 villager groups, per village: the denominators that rules declare under `per`, and why one lacks."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from indicators.checks.expressions import evaluate
from indicators.checks.intervals import Interval
from indicators.checks.rate_words import READ_FROM, rate_line
from indicators.rules.references import expression_names
from indicators.rules.ruleset import Indicator, RuleSet
from indicators.rules.schema import Per
from indicators.table.columns import PLACE

Row = Mapping[Hashable, object]
RATES = (
    *("indicator", "per", "times", "level", *PLACE, "county_code", "period_start", "period_end"),
    *("value", "qualifier", "numerator", "denominator", "read_from", "years_apart", "source", "claim_id"),
    *("denominator_id", "stated", "stated_id", "beside", "beside_id", "reason", "reason_en", "shown", "shown_en"),
)
_JOINT = re.compile(r"[^,，、;；。]*(?:联合|共建|合建|合并)[^,，、;；。]*")
_UNKNOWN = 9999  # years apart where one of two texts has no date
_FINER = ("town", "village")


def denominators(
    observations: pd.DataFrame, claims: pd.DataFrame, rules: RuleSet, series: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row an observation and denominator declared for its indicator, columns RATES.

    A denominator is an actual claim of the same place and level: of the same sentence, else the same document, else the
    nearest period; or, for counties, a row of `series` (see `checks.series`). It must lie within `max_years_apart`.
    `value` is numerator / denominator * `times`, NaN where there is none; then `reason` says why: 无分母, 年份相差n年,
    or 无县级数字 for a county of which only towns or villages are known. `stated` is what the text itself says of the
    ratio (a claim that an identity under `checks` ties to both). `beside` are words on a count of the same sentence
    that looks like a denominator and is none (84 joint branches of 101 groups). `shown` says it all in one line.
    """
    finder = _Finder(claims, rules, series)
    rows: list[dict[str, object]] = []
    for indicator in rules.indicators:
        of_it = observations[observations["indicator"] == indicator.id].to_dict("records") if indicator.per else []
        for per in indicator.per if of_it else ():
            rows += [finder.rate(indicator, per, row) for row in of_it if row["level"]]
            rows += [finder.no_county(indicator, per, row) for row in _counties_without(of_it)]
    return pd.DataFrame(rows, columns=list(RATES))


def _counties_without(rows: Sequence[Row]) -> list[Row]:
    """One row for each county that has values of its towns or villages only."""
    known = {row["county_code"] for row in rows if row["level"] == "county"}
    finer = [row for row in rows if row["level"] in _FINER and row["county_code"]]
    return list({row["county_code"]: row for row in finer if row["county_code"] not in known}.values())


class _Finder:
    """Looks up claims and series for denominators."""

    def __init__(self, claims: pd.DataFrame, rules: RuleSet, series: pd.DataFrame | None) -> None:
        self._rules = rules
        actual = claims[(claims["status"] == "actual") & (claims["review"] != "rejected")].to_dict("records")
        self._own: dict[object, Row] = {row["claim_id"]: row for row in claims.to_dict("records")}
        # Place -> indicator -> claims: a denominator is of the same place, and a large table has many places.
        self._at: dict[object, dict[object, list[Row]]] = {}
        self._order: dict[object, int] = {}
        for row in actual:
            self._at.setdefault(_place(row), {}).setdefault(row["indicator"], []).append(row)
            self._order.setdefault(row["indicator"], len(self._order))
        self._series: list[Row] = [] if series is None else list(series.to_dict("records"))

    def rate(self, indicator: Indicator, per: Per, row: Row) -> dict[str, object]:
        """The row of one observation."""
        own = self._own[row["claim_id"]]
        rate = _base(indicator, per, row)
        rate |= {"numerator": row["value"], "claim_id": row["claim_id"]}
        known = [(*_distance(own, other), other) for other in self._of(per.indicator, own)]
        known = [found for found in known if found[1] != _UNKNOWN]
        known += [(3, gap, 0, other) for other in self._outside(per, row) if (gap := _gap(own, other)) is not None]
        near = [found for found in known if found[1] <= per.max_years_apart]
        if near:
            rank, gap, _, other = min(near, key=lambda found: found[:3])
            rate |= _ratio(row, other, per.times, rank, gap)
            rate |= self._stated(indicator, per, own, other)
        elif known:
            years = min(found[1] for found in known)
            rate |= {"reason": f"年份相差{years}年", "reason_en": f"{years} years apart", "years_apart": years}
        else:
            rate |= {"reason": "无分母", "reason_en": "no denominator"}
            rate |= self._beside(per, own)
        return self._with_words(indicator, per, rate)

    def _of(self, indicator: str, own: Row) -> list[Row]:
        """Claims of an indicator of the same place as a claim, of the whole and not of a part."""
        return [row for row in self._at.get(_place(own), {}).get(indicator, ()) if _whole(row)]

    def no_county(self, indicator: Indicator, per: Per, row: Row) -> dict[str, object]:
        """The row of a county without a figure of its own."""
        rate = _base(indicator, per, row) | {"level": "county", "town": "", "village": "", "period_start": ""}
        rate |= {"period_end": "", "reason": "无县级数字", "reason_en": "no county figure"}
        return self._with_words(indicator, per, rate)

    def _outside(self, per: Per, row: Row) -> list[Row]:
        if row["level"] != "county" or not row["county_code"]:
            return []
        code = row["county_code"]
        return [
            {**other, "claim_id": "", "qualifier": "exact", "document": ""}
            for other in self._series
            if other["county_code"] == code and other["indicator"] == per.indicator and other["value"]
        ]

    def _stated(self, indicator: Indicator, per: Per, own: Row, other: Row) -> dict[str, object]:
        """What the text says of this very ratio."""
        names = {indicator.id, per.indicator}
        values = {indicator.id: _point(own), per.indicator: _point(other)}
        ratio = per.times * values[indicator.id].low / values[per.indicator].low
        for check in self._rules.checks.values():
            if expression_names(check.equals) != names or check.claim in names:
                continue
            result = evaluate(check.equals, values)
            if result is None or abs(result.low - ratio) > 1e-6 * abs(ratio):
                continue
            said = [row for row in self._of(check.claim, own) if row["document"] == own["document"]]
            if said:
                row = min(said, key=lambda row: _distance(own, row))
                return {"stated": row["text"], "stated_id": row["claim_id"]}
        return {}

    def _beside(self, per: Per, own: Row) -> dict[str, object]:
        """A number of the same sentence that counts what has the same denominator, joined in one undertaking."""
        here = sorted(self._at.get(_place(own), {}).items(), key=lambda entry: self._order[entry[0]])
        for other in (row for _, rows in here for row in rows):
            indicator = self._rules.indicator(str(other["indicator"])) if other["indicator"] in self._rules else None
            alike = indicator and per.indicator in {entry.indicator for entry in indicator.per}
            if not alike or other["indicator"] == own["indicator"] or not _whole(other):
                continue
            if _distance(own, other)[0] == 0 and _JOINT.fullmatch(_between(own, other)):
                words = f"同句{other['indicator_name']}{other['text']}，含联合，不是覆盖率"
                return {"beside": words, "beside_id": other["claim_id"]}
        return {}

    def _with_words(self, indicator: Indicator, per: Per, rate: dict[str, object]) -> dict[str, object]:
        below = self._rules.indicator(per.indicator)
        rate["shown"], rate["shown_en"] = rate_line(rate, per, below)
        return rate


def _base(indicator: Indicator, per: Per, row: Row) -> dict[str, object]:
    same = ("level", *PLACE, "county_code", "period_start", "period_end")
    nothing = {"value": None, "numerator": None, "denominator": None, "years_apart": None}
    rate: dict[str, object] = {**dict.fromkeys(RATES, ""), **nothing}
    return (
        rate | {"indicator": indicator.id, "per": per.indicator, "times": per.times} | {key: row[key] for key in same}
    )


def _place(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("level", *PLACE, "zone"))


def _whole(row: Row) -> bool:
    """Whether a claim is of the whole and not of a part."""
    return bool(not row["scope"] and row["part"] in ("", "low", "high") and row["value"])


def _distance(own: Row, other: Row) -> tuple[int, int, int]:
    """Rank (0 same sentence, 1 same document, 2 elsewhere), years apart, characters apart."""
    gap = _gap(own, other)
    if own["document"] != other["document"]:
        return 2, _UNKNOWN if gap is None else gap, 0
    apart = abs(_int(own["start"]) - _int(other["start"]))
    same = own["sentence"] == other["sentence"] and apart <= len(str(own["sentence"]))
    return (0 if same else 1), gap or 0, apart


def _gap(own: Row, other: Row) -> int | None:
    """Years between two periods, None where one has none."""
    years = [str(row["period_end"] or row["period_start"])[:4] for row in (own, other)]
    return abs(int(years[0]) - int(years[1])) if all(years) else None


def _ratio(row: Row, other: Row, times: float, rank: int, gap: int) -> dict[str, object]:
    above, below = _point(row).low, _point(other).low
    exact = row["qualifier"] == "exact" and other["qualifier"] == "exact"
    source = " ".join(str(other[name]) for name in ("source", "url") if other.get(name)) if rank == 3 else ""
    return {
        "value": above / below * times,
        "qualifier": "exact" if exact else "approx",
        "denominator": below,
        "read_from": tuple(READ_FROM)[rank],
        "years_apart": gap,
        "source": source or str(other["document"]),
        "denominator_id": other["claim_id"],
    }


def _point(row: Row) -> Interval:
    value = float(str(row["value"]))
    return Interval(value, value)


def _int(cell: object) -> int:
    return int(str(cell))


def _between(own: Row, other: Row) -> str:
    """The words of a sentence between two of its numbers; "" where a line break hides them."""
    first, second = sorted((own, other), key=lambda row: _int(row["start"]))
    sentence, word = str(first["sentence"]), str(first["text"])
    apart = _int(second["start"]) - _int(first["start"])
    at = sentence.find(word)
    while at >= 0:
        if sentence.startswith(str(second["text"]), at + apart):
            return sentence[at + len(word) : at + apart]
        at = sentence.find(word, at + 1)
    return ""
