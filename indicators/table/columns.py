"""The four tables: names, order and types of their columns. A contract: outside programs read them.

Columns may be appended at the end; these keep name, order and meaning. Absent text is "" and an absent number NaN in
frames, an empty cell in CSV and XLSX, null (number) or "" (text) in Parquet. Days are text in ISO form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

Type = Literal["text", "number", "count", "truth"]
Columns = Mapping[str, Type]

# pandas types: "str" is the string type of pandas 3 (object in pandas 2).
DTYPES: Mapping[Type, str] = {"text": "str", "number": "float64", "count": "int64", "truth": "bool"}


def _columns(words: str, **others: Type) -> dict[str, Type]:
    return {name: others.get(name, "text") for name in words.split()}


_VALUES: dict[str, Type] = {"value": "number", "value_low": "number", "value_high": "number"}
_OFFSETS: dict[str, Type] = {"start": "count", "end": "count"}

CLAIMS: Columns = _columns(
    """claim_id indicator indicator_name topic value value_low value_high unit qualifier status kind part
    province city county town village level county_code period_start period_end
    document title source published sentence text start end rule rules_version
    per time basis scope zone place_as_written place_from period_from repeats review reviewers read_as code_then""",
    **_VALUES,
    **_OFFSETS,
)
# Filled by a person's decisions (`table.reviewing`), never by extraction.
BY_REVIEW = ("reviewers", "read_as")
QUANTITIES: Columns = _columns(
    """document start end text class value value_low value_high unit qualifier status kind
    province city county town village level county_code period_start period_end indicator sentence
    per zone place_as_written place_from period_from""",
    **_VALUES,
    **_OFFSETS,
)
OBSERVATIONS: Columns = _columns(
    """indicator unit level province city county town village county_code period_start period_end
    value value_low value_high qualifier status time basis claims sources spread conflict claim_id code_then""",
    **_VALUES,
    claims="count",
    sources="count",
    spread="number",
    conflict="truth",
)
DOCUMENTS: Columns = _columns(
    """document content_hash encoding title title_from source source_from url published published_from written
    place place_from characters quantities claims undated_claims same_as status reason""",
    characters="count",
    quantities="count",
    claims="count",
    undated_claims="count",
)
TABLES: Mapping[str, Columns] = {
    "claims": CLAIMS,
    "quantities": QUANTITIES,
    "observations": OBSERVATIONS,
    "documents": DOCUMENTS,
}
PLACE = ("province", "city", "county", "town", "village")
# What each column holds, for data packages, codebooks and Stata's labels: 中文, then English.
DESCRIPTIONS: Mapping[str, str] = {
    "claim_id": "数据编号 claim id",
    "indicator": "指标代码 indicator id",
    "indicator_name": "指标名称 indicator name",
    "topic": "主题 topic",
    "value": "数值（现价，单位见 unit） value in the unit, current prices",
    "value_low": "下限 lowest value the words allow",
    "value_high": "上限 highest value the words allow",
    "unit": "单位 unit",
    "qualifier": "精确程度：约、近、多、超 exact, approx, nearly, at_least, at_most",
    "status": "状态：实际、计划、标准、过去 actual, planned, standard, past",
    "kind": "类别 kind of number",
    "part": "列表中的部分 label within a list",
    "province": "省 province",
    "city": "市 city",
    "county": "县 county",
    "town": "乡镇街道 town",
    "village": "村居 village",
    "level": "层级 how fine the place is",
    "county_code": "县级区划代码 six-digit code of today's county",
    "code_then": "当时的县级区划代码 code of the county in the period, empty where not known",
    "period_start": "期间首日 first day",
    "period_end": "期间末日 last day",
    "document": "文档 document",
    "title": "标题 title",
    "source": "来源 source",
    "published": "发布日期 published",
    "sentence": "原句 sentence",
    "text": "数字原文 words of the number",
    "start": "起始位置 first character",
    "end": "结束位置 character after the last",
    "rule": "规则 rule",
    "rules_version": "规则版本 version of the rules",
    "per": "每（分母） denominator of a rate",
    "time": "存量、流量、累计 stock, flow, cumulative",
    "basis": "比较基准 what a change is compared with",
    "scope": "限定范围 words that narrow the subject",
    "zone": "开发区 development zone",
    "place_as_written": "地名原文 place as written",
    "place_from": "地名出处 where the place was read",
    "period_from": "日期出处 where the date was read",
    "repeats": "重复自 claim that this one repeats",
    "review": "审阅结果 a person's decision",
    "reviewers": "审阅人 reviewers",
    "read_as": "审阅前的读数 what was read before review",
    "class": "类别 class of the numeric expression",
    "claims": "数据条数 claims behind it",
    "sources": "独立来源数 independent texts",
    "spread": "差距 greatest less smallest",
    "conflict": "来源矛盾 sources contradict each other",
    "value_real": "不变价数值 value at the prices of price_year",
    "price_year": "不变价的年份 year of the prices of value_real",
    "year": "年份 year",
    "content_hash": "内容指纹 SHA-256 of the bytes",
    "encoding": "编码 encoding",
    "url": "网址 address",
    "written": "成文日期 written",
    "place": "地点 place",
    "characters": "字数 characters",
    "quantities": "数字个数 numeric expressions",
    "undated_claims": "无日期数据 undated claims",
    "same_as": "相同文件 byte-identical files",
    "reason": "原因 reason",
}


def build(columns: Columns, values: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A frame of exactly these columns, in their order and types; a column that `values` lacks is absent in all rows.

    None becomes "" in text and NaN in numbers. Raises ValueError where the lists differ in length.
    """
    unknown = set(values) - set(columns)
    if unknown:
        raise ValueError(f"no such columns: {', '.join(sorted(unknown))}")
    rows = len(next(iter(values.values()))) if values else 0
    series = {}
    for name, type_ in columns.items():
        cells = values.get(name)
        if cells is None:
            cells = [_ABSENT[type_]] * rows
        elif len(cells) != rows:
            raise ValueError(f"column {name} has {len(cells)} rows, not {rows}")
        series[name] = pd.Series(cells, dtype=DTYPES[type_])
        if type_ == "text":
            series[name] = series[name].fillna("")
    return pd.DataFrame(series, columns=list(columns))


_ABSENT: Mapping[Type, object] = {"text": "", "number": float("nan"), "count": 0, "truth": False}


def empty(columns: Columns) -> pd.DataFrame:
    """A frame of these columns without rows."""
    return build(columns, {})


def table_of(names: Sequence[str]) -> str:
    """Name of the table whose columns these begin with; "" where it is none of ours."""
    return next((table for table, columns in TABLES.items() if list(names)[: len(columns)] == list(columns)), "")


def arrow_schema(columns: Columns) -> pa.Schema:
    """The Parquet types of a table: string, double, int64, bool."""
    import pyarrow as pa

    types = {"text": pa.string(), "number": pa.float64(), "count": pa.int64(), "truth": pa.bool_()}
    return pa.schema([(name, types[type_]) for name, type_ in columns.items()])
