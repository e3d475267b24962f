"""Rules and tables -> the codebook: what each indicator is, how it is found, how often, and how well it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from indicators.rules.pattern_words import in_words
from indicators.rules.ruleset import Indicator, RuleSet
from indicators.table.constant_prices import MONEY
from indicators.table.precision import LEAST, Precision, precision_by_indicator
from indicators.table.queries import LEVELS

COLUMNS = (
    *("indicator", "name_zh", "name_en", "topic", "counts", "not_counts", "unit", "kind", "time", "basis", "of", "per"),
    *("patterns", "unless", "claims", "documents", *(f"claims_{level}" for level in LEVELS)),
    *("first_year", "last_year", "by_year", "reviewed", "precision", "prices"),
)


def codebook(rules: RuleSet, claims: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator, in the order of the rule files; columns COLUMNS, all texts but the counts.

    `patterns` are in words (`rules.pattern_words`), one a line. `by_year` is year: claims. `precision` is the share of
    reviewed claims, `rejected` ones among them, that were confirmed, with its 95 % interval; "" for fewer than 20.
    """
    checked = precision_by_indicator(claims, rejected)
    sources: dict[str, list[str]] = {}
    for rule in rules.rules:
        sources.setdefault(rule.indicator.id, []).append(rule.source)
    groups = dict(iter(claims.groupby("indicator"))) if len(claims) else {}
    none = claims.iloc[:0]
    rows = [
        _row(one, sources.get(one.id, []), groups.get(one.id, none), checked.get(one.id)) for one in rules.indicators
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(
    indicator: Indicator, patterns: Iterable[str], claims: pd.DataFrame, checked: Precision | None
) -> dict[str, object]:
    years = claims["period_end"].str[:4]
    by_year = years[years != ""].value_counts().sort_index()
    per = [f"{entry.indicator} × {entry.times:g}" for entry in indicator.per]
    return {
        "indicator": indicator.id,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        "topic": indicator.topic,
        "counts": str(indicator.counts or ""),
        "not_counts": str(indicator.not_counts or ""),
        "unit": indicator.unit,
        "kind": indicator.kind,
        "time": indicator.time or "",
        "basis": indicator.basis or "",
        "of": indicator.of,
        "per": "; ".join(per),
        "patterns": "\n".join(in_words(pattern) for pattern in patterns),
        "unless": "\n".join(in_words(pattern) for pattern in indicator.unless),
        "claims": len(claims),
        "documents": int(claims["document"].nunique()),
        **{f"claims_{level}": int((claims["level"] == level).sum()) for level in LEVELS},
        "first_year": str(by_year.index[0]) if len(by_year) else "",
        "last_year": str(by_year.index[-1]) if len(by_year) else "",
        "by_year": "; ".join(f"{year}: {count}" for year, count in by_year.items()),
        "reviewed": checked.reviewed if checked else 0,
        "precision": checked.words() if checked and checked.reviewed >= LEAST else "",
        "prices": "现价 current prices" if indicator.unit in MONEY else "",
    }


def codebook_markdown(rules: RuleSet, table: pd.DataFrame) -> str:
    """The codebook as a page: one section an indicator that has claims, the others listed below."""
    return "\n".join(_sections(rules, table)) + "\n"


def _sections(rules: RuleSet, table: pd.DataFrame) -> Iterator[str]:
    yield "# 指标说明 Codebook\n"
    yield "金额均为现价。 Amounts are in current prices.\n"
    yield "〔数〕 the number · … anything · / or · ° may be absent · 〈macro〉\n"
    found = table[table["claims"] > 0]
    for topic, words in [*rules.topics.items(), ("", None)]:
        own = found[found["topic"] == topic]
        if len(own):
            yield f"## {words.zh} {words.en}\n" if words else "## 其他 Others\n"
        for row in own.to_dict("records"):
            yield f"### {row['name_zh']} {row['name_en']} `{row['indicator']}`\n"
            yield from _facts({str(name): cell for name, cell in row.items()})
            yield ""
    idle = table[table["claims"] == 0]
    if len(idle):
        yield f"## 未出现 Without claims ({len(idle)})\n"
        yield ", ".join(f"{row.name_zh} `{row.indicator}`" for row in idle.itertuples())


_WORDS = (
    ("counts", "计 Counts"),
    ("not_counts", "不计 Does not count"),
    ("unit", "单位 Unit"),
    ("time", "时间性质 Time"),
    ("basis", "比较基准 Basis"),
    ("of", "变化对象 Change of"),
    ("per", "分母 Denominators"),
    ("by_year", "各年 By year"),
    ("reviewed", "已审阅 Reviewed"),
    ("precision", "准确率 Precision"),
)


def _facts(row: dict[str, object]) -> Iterator[str]:
    for name, words in _WORDS:
        if row[name] not in ("", 0):
            prices = " （现价 current prices）" if name == "unit" and row[name] in MONEY else ""
            yield f"- {words}: {row[name]}{prices}"
    levels = ", ".join(f"{level} {row[f'claims_{level}']}" for level in LEVELS if row[f"claims_{level}"])
    yield f"- 数据 Claims: {row['claims']} ({levels or '—'})"
    for name, words in (("patterns", "规则 Patterns"), ("unless", "排除 Unless")):
        if row[name]:
            yield f"- {words}:"
            yield from (f"    - `{line}`" for line in str(row[name]).split("\n"))
