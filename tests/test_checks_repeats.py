"""Headlines and leads that say a number of the text beforehand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from indicators import load_project
from indicators.engines.local import extract
from indicators.model import Document
from indicators.rules.loading import load_rules_text
from indicators.table.observations import observations

ROOT = Path(__file__).parent.parent
RULES = load_rules_text("""
schema: 1
topics: {t: 主题}
indicators:
  branches:
    name: 支部
    counts: 支部
    not_counts: 党委
    topic: t
    kind: count
    time: stock
    unit: 个
    patterns: ['支部{value}']
""")
BODY = "全县今年新建支部85个,都有专人负责。"
MORE = "村里的道路也修好了,大家都很高兴,说来年要再种些果树。\n会上,各镇的负责人交流了做法,随后到村里看了看。\n"


def claims(text: str) -> pd.DataFrame:
    return extract([Document("a.txt", text)], RULES).claims


@pytest.mark.parametrize(
    "text",
    [
        f"惠东县新建支部85个\n\n{MORE}{BODY}\n",
        f"一则消息\n惠东县全县已经建成支部85个,大家都说好。\n{MORE}{BODY}\n",  # the lead
        f"{MORE}惠东县建支部85个\n{BODY}\n",
    ],
)
def test_headline_and_lead_repeat_the_text(text: str) -> None:
    rows = claims(text)
    assert list(rows["repeats"]) == [rows["claim_id"].iloc[1], ""]
    chosen = observations(rows)
    assert list(chosen["claim_id"]) == [rows["claim_id"].iloc[1]]
    assert list(chosen["sources"]) == [1]


@pytest.mark.parametrize(
    "text",
    [
        f"惠东县新建支部84个\n{MORE}{BODY}\n",
        f"惠东县计划新建支部85个\n{MORE}{BODY}\n",
        f"{MORE}{BODY}\n{BODY}\n",
        f"惠东县新建支部85个\n{MORE}博罗县新建支部85个,都有专人负责。\n",
    ],
)
def test_other_values_statuses_places_and_body_sentences_repeat_nothing(text: str) -> None:
    rows = claims(text)
    assert len(rows) == 2
    assert list(rows["repeats"]) == ["", ""]


def test_the_seeds_repeat_these() -> None:
    rows = load_project(ROOT / "config.yaml").extract()
    found = rows[rows["repeats"] != ""]
    said = rows.set_index("claim_id").loc[found["repeats"]]
    assert list(found["text"]) == ["4400多名", "1185个"] == list(said["text"])
    assert "2239个村民小组" in said["sentence"].iloc[1]
    assert (said["repeats"] == "").all()
