"""A small invented project on disk for the tests of the rules workbench: three counties, three indicators."""

from __future__ import annotations

from pathlib import Path

CONFIG = r"""schema: 1
corpus: [reports]   # 语料 the documents
topics:
  service: {zh: 便民服务, en: Services}

macros:
  built: '(?:建成|建有)'

indicators:
  # 服务站 stations
  stations:
    name: {zh: 村级服务站, en: Village stations}
    counts: {zh: 已挂牌的村级服务站}
    not_counts: {zh: 镇级服务中心}
    topic: service
    kind: count
    time: stock
    unit: 个
    patterns:
      - '{built}服务站{value}'
    examples: [{text: 全县建成服务站12个。, value: 12}]
    rejects: [设有3个窗口。]
  coverage:
    name: {zh: 服务站覆盖率, en: Coverage}
    topic: service
    kind: ratio
    unit: '%'
    patterns: ['覆盖率{gap}{value}']
    examples: [{text: 覆盖率达到90%。, value: 90}]
    rejects: [同比增长3%。]
  roads:
    name: {zh: 道路投入, en: Investment in roads}
    counts: {zh: 修建道路的资金}
    not_counts: {zh: 养护费用}
    topic: service
    kind: amount
    time: flow
    unit: 元
    patterns: ['投入{value}{gap}道路']
    examples: [{text: 投入50万元修建道路。, value: 500000}]
    rejects: [收入20万元。]
"""
TEXTS = {
    "anhua.txt": "安化县建成服务站135个,覆盖率达到90%。全县投入2300万元修建道路。\n\n"
    "安化县还挂牌服务站9个,慰问老人46名。\n",
    "yuanling.txt": "沅陵县建有服务站80个,覆盖率为61%。\n",
    "cili.txt": "慈利县建成服务站200个。慈利县投入120万元硬化道路。\n",
}
METADATA = "file,title,source,published\n" + "".join(f"{name},,,2020-05-06\n" for name in TEXTS)


def make(folder: Path, config: str = CONFIG) -> Path:
    """Write the project into a folder; the path of its config.yaml."""
    reports = folder / "reports"
    reports.mkdir(parents=True)
    for name, text in TEXTS.items():
        (reports / name).write_text(text, "utf-8")
    (reports / "metadata.csv").write_text(METADATA, "utf-8")
    path = folder / "config.yaml"
    path.write_text(config, "utf-8")
    return path
