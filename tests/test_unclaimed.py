"""`indicators unclaimed`: numbers that no rule captured, grouped by shape, as a list to work down."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.checks.unclaimed import SHAPES, unclaimed_shapes
from indicators.engines.local import extract
from indicators.model import Document
from indicators.rules.loading import load_rules_text

RULES = load_rules_text(
    "indicators: {villages: {name: 村, kind: ratio, unit: 个, patterns: ['{value}行政村']}}", "config.yaml"
)


def shapes(*texts: str) -> pd.DataFrame:
    documents = [Document(f"{number}.txt", text) for number, text in enumerate(texts)]
    return unclaimed_shapes(extract(documents, RULES).quantities)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("全县打造6个主题鲜明的教学点。", ("个", "打造", "主题")),
        ("全县打造了6个“主题”教学点。", ("个", "打造", "主题")),
        ("参训人员共有3万多人。", ("人", "人员", "")),
        ("参训人员达到了3万人,都很满意。", ("人", "人员", "")),
        ("流转土地2600亩（含林地）。", ("亩", "土地", "含林")),
        ("2600亩的林地。", ("亩", "", "林地")),
    ],
)
def test_the_shape_of_a_number(text: str, shape: tuple[str, str, str]) -> None:
    (row,) = shapes(text).to_dict("records")
    assert (row["unit"], row["verb"], row["noun"]) == shape


def test_shapes_are_counted_most_frequent_first() -> None:
    first, second = "打造6个主题馆，打造8个主题馆。全县99个行政村。", "新建20亩果园。打造2个主题馆。"
    found = shapes(first, second)
    assert list(found.columns) == list(SHAPES)
    assert found[["unit", "verb", "noun", "count", "documents"]].to_numpy().tolist() == [
        ["个", "打造", "主题", 3, 2], ["亩", "新建", "果园", 1, 1],
    ]  # fmt: skip
    row = found.iloc[0]
    assert (row["sample"], row["sentence"], row["document"], row["start"]) == ("6个", first[:16], "0.txt", 2)
    assert row["samples"] == "打造【6个】主题馆，打造8个 | 6个主题馆，打造【8个】主题馆。 | 打造【2个】主题馆。"
    assert row["draft"] == "0.txt:2"


def test_the_second_of_two_equal_numbers_has_its_own_neighbours() -> None:
    found = shapes("全县3个行政村、修建3个水库。")
    assert found[["verb", "noun"]].to_numpy().tolist() == [["修建", "水库"]]


def test_what_is_captured_or_no_claim_is_not_listed() -> None:
    found = shapes("2021年全县99个行政村,第3季度举行。")
    assert found.empty
    assert list(found.columns) == list(SHAPES)


def test_numbers_add_up_to_the_unclaimed_ones() -> None:
    quantities = extract([Document("a.txt", "甲3个、乙5个、丙3亩。" * 7)], RULES).quantities
    free = quantities[(quantities["class"] == "claim") & (quantities["indicator"] == "")]
    assert unclaimed_shapes(quantities)["count"].sum() == len(free) == 21
