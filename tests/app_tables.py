"""Invented documents, rules and the tables they would make, for tests of charts and pages without the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.engines.local import Extraction
from indicators.model import Document
from indicators.rules.loading import load_rules_text
from indicators.table.columns import CLAIMS, DOCUMENTS, QUANTITIES, build
from indicators.table.observations import observations
from indicators.table.reviewing import Reviewed
from indicators.table.versions import Versions, versions

CONFIG = r"""schema: 1
corpus: [reports]
topics:
  service: {zh: 便民服务, en: Services}
  money: {zh: 资金投入, en: Money}
indicators:
  service_stations:
    name: {zh: 村级服务站, en: Village service stations}
    counts: {zh: 已挂牌的村级服务站}
    not_counts: {zh: 镇级服务中心}
    topic: service
    kind: count
    time: stock
    unit: 个
    patterns: ['服务站{value}', '建成{value}服务站']
    unless: ['服务中心']
    examples: [{text: 建成服务站12个。, value: 12}]
    rejects: [设有3个窗口]
  station_coverage:
    name: {zh: 服务站覆盖率}
    topic: service
    kind: ratio
    unit: '%'
    patterns: ['覆盖率{gap}{value}']
    examples: [{text: 覆盖率达到90%。, value: 90}]
    rejects: [增长3%]
  road_investment:
    name: {zh: 道路投入, en: Investment in roads}
    counts: {zh: 修建道路的资金}
    not_counts: {zh: 养护费用}
    topic: money
    kind: amount
    time: flow
    unit: 元
    patterns: ['投入{value}{gap}道路']
    examples: [{text: 投入50万元修建道路。, value: 500000}]
    rejects: [收入20万元]
"""

# file name -> (metadata, text). Brackets mark numbers: [text|class|value|low|high|unit|qualifier|indicator|place|year]
# where an indicator ends in ~ for planned; the place is one of PLACES.
DOCUMENTS_TEXT = {
    "reports/heshan.txt": (
        {"title": "青禾县建成村级服务站", "source": "青禾日报", "published": "2019-05-06", "written": "2019"},
        "青禾县建成村级服务站\n\n[2019年|date|||||||qinghe|2019]，青禾县建成服务站[135个|claim|135|135|135|个|exact|"
        "service_stations|qinghe|2019]，覆盖率[约90%|claim|90|85.5|94.5|%|approx|station_coverage|qinghe|2019]。"
        "全县投入[2300多万元|claim|23000000|23000000|24000000|元|at_least|road_investment|qinghe|2019]修建道路，"
        "惠及[4万人|claim|40000|40000|40000|人|exact||qinghe|2019]。<b>电话</b>[0000-1234567|id|||||||qinghe|]。\n\n"
        "其中柳河镇建成服务站[12个|claim|12|12|12|个|exact|service_stations|liuhe|2019]。",
    ),
    "reports/yunxi.txt": (
        {"title": "云溪区便民服务", "source": "云溪网", "published": "2021-03-01", "written": "2017"},
        "云溪区到[2017年底|date|||||||yunxi|2017]建成服务站[近80个|claim|80|72|80|个|nearly|service_stations|yunxi|2017]，"
        "覆盖率[61%|claim|61|61|61|%|exact|station_coverage|yunxi|2017]。计划投入"
        "[1.2亿元|claim|120000000|120000000|120000000|元|exact|road_investment~|yunxi|2018]修建道路。\n"
        "到[2018年|date|||||||yunxi|2018]服务站[96个|claim|96|96|96|个|exact|service_stations|yunxi|2018]。",
    ),
    "reports/shiqiao.txt": (
        {"title": "石桥县", "source": "", "published": "", "written": ""},
        "石桥县服务站[超过200个|claim|200|200||个|at_least|service_stations|shiqiao|]，另有"
        "[3支|claim|3|3|3|支|exact||shiqiao|]队伍。“[1+2|name|||||||shiqiao|]”机制。",
    ),
}
PLACES = {
    "qinghe": ("东岭省", "临川市", "青禾县", "", "990101", "county", "sentence"),
    "liuhe": ("东岭省", "临川市", "青禾县", "柳河镇", "990101", "town", "clause"),
    "yunxi": ("西原省", "平阳市", "云溪区", "", "990202", "county", "document"),
    "shiqiao": ("西原省", "平阳市", "石桥县", "", "990203", "county", "paragraph"),
}


@dataclass
class Project:
    """What the pages need of a project, over the invented tables."""

    rules: Any
    config: Path
    data_version: str = "0123456789abcdef"
    corpus: tuple[Path, ...] = ()

    @property
    def rules_version(self) -> str:
        return str(self.rules.rules_version)

    def versions(self) -> Versions:
        return versions(self.read_documents(), (), self.rules_version)

    def review_files(self) -> list[Path]:
        return [self.config.parent / "reports" / "reviews.csv"]

    def extract(self) -> pd.DataFrame:
        return _frames(self.rules)[0]

    def reviewed(self) -> Reviewed:
        claims = self.extract()
        return Reviewed(claims, claims.iloc[:0], (), (), ())

    def quantities(self) -> pd.DataFrame:
        return _frames(self.rules)[1]

    def documents(self) -> pd.DataFrame:
        return _documents(*_frames(self.rules))

    def copies(self) -> dict[str, str]:
        return {}

    def observations(self) -> pd.DataFrame:
        return observations(self.extract(), self.documents())

    def findings(self) -> pd.DataFrame:
        claims = self.extract()
        about = claims[claims["indicator"] == "station_coverage"].iloc[:1]
        return pd.DataFrame(
            {
                "check": "implausible", "severity": "warning", "document": about["document"],
                "start": about["start"], "end": about["end"], "claims": about["claim_id"],
                "zh": "覆盖率看起来不合理", "en": "coverage looks odd",
            }
        )  # fmt: skip

    def read_documents(self) -> list[Document]:
        return [Document(name=name, text=_plain(text)[0], **meta) for name, (meta, text) in DOCUMENTS_TEXT.items()]

    def extraction(self) -> Extraction:
        return Extraction(tuple(self.read_documents()), self.extract(), self.quantities(), (), {})

    def continued(self, known: Extraction) -> Project:
        return self

    def with_rules(self, text: str) -> Project:
        return Project(load_rules_text(text), self.config)


def load_project(config: str) -> Project:
    """The invented project, with the rules that stand in the file `config`."""
    path = Path(config)
    return Project(load_rules_text(path.read_text("utf-8"), path.name, path.parent), path)


def _plain(text: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The text without its brackets, and (start, fields) of each number."""
    out, numbers = "", []
    for index, part in enumerate(text.replace("]", "[").split("[")):
        if index % 2:
            fields = part.split("|")
            numbers.append((len(out), fields))
            out += fields[0]
        else:
            out += part
    return out, numbers


def _frames(rules: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    claims: list[dict[str, Any]] = []
    numbers: list[dict[str, Any]] = []
    for name, (meta, marked) in DOCUMENTS_TEXT.items():
        text, found = _plain(marked)
        for start, fields in found:
            row = _row(name, text, start, fields)
            indicator = fields[7].rstrip("~")
            numbers.append({**row, "indicator": indicator if indicator in rules else ""})
            if indicator in rules:
                known = rules.indicator(indicator)
                claims.append(
                    {
                        **{key: value for key, value in row.items() if key != "class"},
                        **{key: meta[key] for key in ("title", "source", "published")},
                        "claim_id": f"{indicator}-{name}-{start}",
                        "indicator": indicator, "indicator_name": known.name.zh, "topic": known.topic,
                        "kind": known.kind, "time": known.time or "", "rule": f"{indicator}#1",
                        "rules_version": rules.rules_version,
                    }
                )  # fmt: skip
    return _built(CLAIMS, claims), _built(QUANTITIES, numbers)


def _built(columns: Any, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return build(
        columns, {name: [row.get(name) for row in rows] for name in columns if any(name in row for row in rows)}
    )


def _row(document: str, text: str, start: int, fields: list[str]) -> dict[str, Any]:
    surface, cls, value, low, high, unit, qualifier, indicator, place, year = fields
    province, city, county, town, code, level, place_from = PLACES[place]
    head, tail = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    paragraph = text[head : tail if tail >= 0 else len(text)]
    before = paragraph[: start - head].rfind("。") + 1
    sentence = paragraph[before : paragraph.index("。", start - head) + 1]
    return {
        "document": document, "start": start, "end": start + len(surface), "text": surface, "class": cls,
        "value": float(value) if value else None, "value_low": float(low) if low else None,
        "value_high": float(high) if high else None, "unit": unit, "qualifier": qualifier or "exact",
        "status": "planned" if indicator.endswith("~") else "actual", "sentence": sentence,
        "province": province, "city": city, "county": county, "town": town, "county_code": code, "level": level,
        "period_start": f"{year}-01-01" if year else "", "period_end": f"{year}-12-31" if year else "",
        "place_as_written": town or county, "place_from": place_from, "period_from": "sentence" if year else "none",
    }  # fmt: skip


def _documents(claims: pd.DataFrame, numbers: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name, (meta, marked) in DOCUMENTS_TEXT.items():
        own = claims[claims["document"] == name]
        rows.append(
            {
                **meta, "document": name, "encoding": "utf-8", "characters": len(_plain(marked)[0]), "status": "read",
                "quantities": int((numbers["document"] == name).sum()), "claims": len(own), "content_hash": name,
                "undated_claims": int((own["period_start"] == "").sum()),
            }
        )  # fmt: skip
    return _built(DOCUMENTS, rows)
