"""A small invented project of real places, several years and levels, for the Compare page: `make` writes it."""

from __future__ import annotations

from pathlib import Path

CONFIG = """schema: 1
corpus: [reports]
topics:
  service: {zh: 便民服务, en: Services}
indicators:
  stations:
    name: {zh: 村级服务站, en: Village stations}
    counts: {zh: 已挂牌的村级服务站}
    not_counts: {zh: 比率(见 coverage)}
    topic: service
    kind: count
    time: stock
    unit: 个
    patterns: ['服务站{value}']
    examples: [{text: 全县有服务站12个。, value: 12}]
    rejects: [设有3个窗口]
  coverage:
    name: {zh: 服务站覆盖率, en: Coverage}
    counts: {zh: 有服务站的村占全部村的比率}
    not_counts: {zh: 增长率}
    topic: service
    kind: ratio
    unit: '%'
    patterns: ['覆盖率{gap}{value}']
    examples: [{text: 覆盖率达到90%。, value: 90}]
    rejects: [增长3%]
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
    rejects: [收入20万元]
"""
# file -> (place, year of writing, text)
TEXTS = {
    "taishan": (
        "广东省江门市台山市",
        "2016",
        "2014年，台山市有服务站210个，覆盖率约72%。2015年，台山市有服务站245个，投入2300多万元修建道路。"
        "2016年，台山市有服务站近280个，覆盖率达95%。2016年，台山市北陡镇有服务站16个。",
    ),
    "kaiping": (
        "广东省江门市开平市",
        "2016",
        "2014年，开平市有服务站180个。2016年，开平市有服务站226个，覆盖率约88%，投入1800万元修建道路。",
    ),
    "huidong": (
        "广东省惠州市惠东县",
        "2017",
        "2016年，惠东县有服务站超过260个，覆盖率达到81%。2017年，惠东县计划投入1.2亿元修建道路。",
    ),
    "longde": (
        "宁夏回族自治区固原市隆德县",
        "2016",
        "2014年，隆德县有服务站90个。2016年，隆德县有服务站约93个，覆盖率达90%。",
    ),
    "jinghai": ("天津市静海区", "2018", "2012年，静海县有服务站150个。2018年，静海区有服务站190个。"),
    "chongwen": ("北京市崇文区", "2008", "2008年，崇文区有服务站40个。"),
    "dongcheng": ("北京市东城区", "2008", "2008年，东城区有服务站60个。"),
}


def make(folder: Path) -> Path:
    """Write the project into `folder`; its config.yaml."""
    reports = folder / "reports"
    reports.mkdir()
    lines = ["file,title,source,published,written,place"]
    for name, (place, written, text) in TEXTS.items():
        (reports / f"{name}.txt").write_text(text + "\n", "utf-8")
        lines.append(f"{name}.txt,便民服务通报,,{written}-12-30,{written},{place}")
    (reports / "metadata.csv").write_text("\n".join(lines) + "\n", "utf-8")
    config = folder / "config.yaml"
    config.write_text(CONFIG, "utf-8")
    return config
