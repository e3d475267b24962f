"""Claims, quantities and documents: the contract of each table on texts read by the real pipeline."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language.reader import read
from indicators.model import Document
from indicators.reading.files import read_documents
from indicators.rules.loading import load_rules_text
from indicators.rules.matching import match
from indicators.rules.ruleset import RuleSet
from indicators.table.claims import claims_table
from indicators.table.columns import CLAIMS, DOCUMENTS, DTYPES, QUANTITIES, TABLES, arrow_schema, build, empty, table_of
from indicators.table.documents import documents_table
from indicators.table.quantities import quantities_table

SEEDS = Path(__file__).parent.parent / "seeds"
RULES = r"""
schema: 1
topics: {rural: {zh: 农村, en: Rural}}
indicators:
  ponds:
    name: {zh: 鱼塘, en: Fish ponds}
    counts: {zh: 鱼塘}
    not_counts: {zh: 水库}
    topic: rural
    kind: count
    time: stock
    unit: 个
    same_as: [口]
    patterns: ['鱼塘{gap}{value}', '{value}鱼塘']
    examples: [{text: 建鱼塘12个。, value: 12}]
    rejects: [建水库3个]
  water_bodies:
    name: {zh: 水面}
    counts: {zh: 鱼塘和水库}
    not_counts: {zh: 河流}
    topic: rural
    kind: count
    time: stock
    unit: 个
    same_as: [口]
    also: true
    patterns: ['鱼塘{gap}{value}', '水库{value}']
    examples: [{text: 有水库3个。, value: 3}]
    rejects: [有学校3个]
  pond_income:
    name: {zh: 鱼塘收入}
    topic: rural
    kind: amount
    time: flow
    counts: {zh: 鱼塘承包收入}
    not_counts: {zh: 其他收入}
    unit: 元
    patterns: ['承包费{gap}由{past}{gap}{value}', '{period}承包收入{value}', '承包费{value}']
    examples: [{text: 承包费3万元。, value: 30000}]
    rejects: [投资3万元]
  pond_growth:
    name: {zh: 鱼塘收入增幅}
    topic: rural
    kind: change
    of: pond_income
    basis: yoy
    unit: '%'
    patterns: ['承包收入同比(?:增长|下降){value}']
    examples: [{text: 承包收入同比下降8.5%。, value: -8.5}]
    rejects: [覆盖率85%]
"""
HEAD = "广东省江门市台山市养殖业\n\n"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules_text(RULES, "rules.yaml", Path())


def tables(rules: RuleSet, *texts: str, **facts: Any) -> tuple[pd.DataFrame, pd.DataFrame, list[Document]]:
    facts = {"published": "2015-12-20", "place": "广东省江门市台山市", "title": "养殖", "source": "某报", **facts}
    documents = [Document(f"{number}.txt", text, **facts) for number, text in enumerate(texts)]
    parts = [(reading, match(reading, rules)) for reading in map(read, documents)]
    return claims_table(parts, rules.rules_version), quantities_table(parts), documents


def rows(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Rows by indicator and text."""
    return {f"{row['indicator']} {row['text']}": row for row in frame.to_dict("records")}


def test_one_claim_in_all_its_columns(rules: RuleSet) -> None:
    text = "台山市概况。\n今年，台山市共有鱼塘约1，200 口，产量不详。"
    claims, _, _ = tables(rules, text)
    row = rows(claims)["ponds 约1，200 口"]
    start = text.index("约")
    expected = {
        "indicator_name": "鱼塘",
        "topic": "rural",
        "value": 1200.0,
        "value_low": 1140.0,
        "value_high": 1260.0,
        "unit": "个",
        "qualifier": "approx",
        "status": "actual",
        "kind": "count",
        "county": "台山市",
        "level": "county",
        "county_code": "440781",
        "period_start": "2015-01-01",
        "document": "0.txt",
        "title": "养殖",
        "source": "某报",
        "published": "2015-12-20",
        "sentence": "今年，台山市共有鱼塘约1，200 口，产量不详。",
        "start": start,
        "end": start + len("约1，200 口"),
        "rule": "ponds#1",
        "rules_version": rules.rules_version,
        "time": "stock",
        "repeats": "",
        "review": "",
    }
    assert {name: row[name] for name in expected} == expected
    assert re.fullmatch("[0-9a-f]{16}", row["claim_id"])


def test_a_claim_that_serves_two_indicators_is_a_row_each_and_its_owner_comes_first(rules: RuleSet) -> None:
    claims, quantities, _ = tables(rules, HEAD + "全市有鱼塘12个、水库3个。")
    assert sorted(claims["indicator"]) == ["ponds", "water_bodies", "water_bodies"]
    assert claims["claim_id"].is_unique
    assert quantities.set_index("text")["indicator"].to_dict() == {"12个": "ponds;water_bodies", "3个": "water_bodies"}


def test_changes_are_signed_in_claims_and_unsigned_in_quantities(rules: RuleSet) -> None:
    claims, quantities, _ = tables(rules, HEAD + "承包收入同比下降8.5%。")
    assert claims[["value", "value_low", "value_high", "basis"]].values.tolist() == [[-8.5, -8.5, -8.5, "yoy"]]
    assert quantities["value"].tolist() == [8.5]


def test_values_are_in_the_indicators_unit_in_claims_and_as_written_in_quantities(rules: RuleSet) -> None:
    claims, quantities, _ = tables(rules, HEAD + "有鱼塘12口。")
    assert set(claims["unit"]) == {"个"}
    assert quantities["unit"].tolist() == ["口"]


def test_the_superseded_value_is_past_in_both_tables(rules: RuleSet) -> None:
    claims, quantities, _ = tables(rules, HEAD + "每口承包费由3万元提高到5万元。")
    for frame in (claims, quantities[quantities["class"] == "claim"]):
        assert dict(zip(frame["text"], frame["status"], strict=True)) == {"3万元": "past", "5万元": "actual"}


def test_the_words_of_a_rules_period_come_before_the_resolver(rules: RuleSet) -> None:
    claims, _, _ = tables(rules, HEAD + "今年，全市2013年承包收入30万元。")
    assert claims[["period_start", "period_end", "period_from"]].values.tolist() == [
        ["2013-01-01", "2013-12-31", "clause"]
    ]


def test_only_claims_have_a_place_and_a_period(rules: RuleSet) -> None:
    _, quantities, _ = tables(rules, HEAD + "2015年11月，第3次会议通过“123工作法”，建鱼塘12个。")
    classes = quantities.set_index("text")["class"].to_dict()
    assert classes["12个"] == "claim"
    others = quantities[quantities["class"] != "claim"]
    assert len(others) >= 3
    assert set(others["county"]) | set(others["period_start"]) | set(others["level"]) == {""}
    assert set(others["place_from"]) | set(others["period_from"]) == {"none"}


def test_sentence_keeps_its_words_and_loses_its_line_breaks(rules: RuleSet) -> None:
    claims, _, _ = tables(
        rules,
        "近年来,全市大力发展养殖业,各镇按照统一规划、连片建设的要求新建和改造的一大批标准化 \n鱼塘12个,成效明显。",
    )
    assert (
        claims["sentence"].tolist()[0]
        == "近年来,全市大力发展养殖业,各镇按照统一规划、连片建设的要求新建和改造的一大批标准化 鱼塘12个,成效明显。"
    )


def test_an_endless_sentence_is_cut_around_the_number(rules: RuleSet) -> None:
    claims, _, _ = tables(rules, "鱼" * 5_000 + "有鱼塘12个" + "虾" * 5_000)
    sentence = claims["sentence"].tolist()[0]
    assert len(sentence) < 2_010
    assert "有鱼塘12个" in sentence
    assert (sentence[0], sentence[-1]) == ("…", "…")


def test_claim_ids_are_stable_and_tell_documents_spans_and_indicators_apart(rules: RuleSet) -> None:
    text = HEAD + "有鱼塘12个。又有鱼塘12个。"
    first, _, _ = tables(rules, text, text)
    again, _, _ = tables(rules, text, text)
    assert first["claim_id"].tolist() == again["claim_id"].tolist()
    assert len(set(first["claim_id"])) == len(first) == 8
    changed, _, _ = tables(rules, text + "。", text)
    assert set(changed["claim_id"]) & set(first["claim_id"]) == set(first["claim_id"][first["document"] == "1.txt"])


def test_tables_without_claims_or_documents_keep_their_columns(rules: RuleSet) -> None:
    for claims, quantities, documents in (tables(rules), tables(rules, "没有数字的文章。"), tables(rules, "")):
        assert_contract(claims, "claims")
        assert_contract(quantities, "quantities")
        assert_contract(documents_table(documents, quantities, claims), "documents")
        assert (len(claims), len(quantities)) == (0, 0)


def assert_contract(frame: pd.DataFrame, table: str) -> None:
    assert list(frame.columns) == list(TABLES[table])
    assert [str(dtype) for dtype in frame.dtypes] == [DTYPES[kind] for kind in TABLES[table].values()]
    assert not frame.select_dtypes(exclude="number").isna().any().any()
    assert frame.index.tolist() == list(range(len(frame)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "有鱼塘",
                "１２",
                "3，4",
                "个",
                "2015年",
                "\n",
                " 5 ",
                "万元",
                "约",
                "。",
                "亿",
                "第",
                "%",
                "承包费由",
                "提高到",
                "—",
            ]
        ),
        max_size=25,
    )
)
def test_offsets_slice_the_text_and_every_digit_lies_in_one_row(words: list[str]) -> None:
    text = "".join(words)
    rules = load_rules_text(RULES, "rules.yaml", Path())
    claims, quantities, _ = tables(rules, text)
    for frame in (claims, quantities):
        assert [text[start:end] for start, end in zip(frame["start"], frame["end"], strict=True)] == frame[
            "text"
        ].tolist()
    covered = [
        offset
        for start, end in zip(quantities["start"], quantities["end"], strict=True)
        for offset in range(start, end)
    ]
    assert len(covered) == len(set(covered))
    assert {found.start() for found in re.finditer(r"\d", text)} <= set(covered)


# --- documents ---


def test_documents_table_has_a_row_for_each_file_and_counts(rules: RuleSet, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEAD + "有鱼塘12个，另有水库3个。")
    (tmp_path / "copy.txt").write_text(HEAD + "有鱼塘12个，另有水库3个。")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-")
    documents = list(read_documents(tmp_path))
    parts = [(reading, match(reading, rules)) for reading in map(read, documents) if reading.document.text]
    claims, quantities = claims_table(parts), quantities_table(parts)
    table = documents_table(documents, quantities, claims).set_index("document")
    assert table.index.tolist() == ["a.txt", "b.pdf"]
    a, b = table.loc["a.txt"], table.loc["b.pdf"]
    assert (a["status"], a["same_as"], a["quantities"], a["claims"], a["undated_claims"]) == (
        "read",
        "copy.txt",
        2,
        3,
        3,
    )
    assert a["characters"] == len(HEAD + "有鱼塘12个，另有水库3个。")
    assert (b["status"], b["quantities"], b["claims"]) == ("refused", 0, 0)
    assert "damaged PDF" in b["reason"]


# --- the contract itself ---


def test_columns_of_the_contract() -> None:
    """Written out: outside programs rely on these names and their order."""
    assert " ".join(CLAIMS) == (
        "claim_id indicator indicator_name topic value value_low value_high unit qualifier status kind part "
        "province city county town village level county_code period_start period_end "
        "document title source published sentence text start end rule rules_version "
        "per time basis scope zone place_as_written place_from period_from repeats review reviewers read_as code_then"
    )
    assert " ".join(QUANTITIES) == (
        "document start end text class value value_low value_high unit qualifier status kind "
        "province city county town village level county_code period_start period_end indicator sentence "
        "per zone place_as_written place_from period_from"
    )
    assert " ".join(DOCUMENTS) == (
        "document content_hash encoding title title_from source source_from url published published_from written "
        "place place_from characters quantities claims undated_claims same_as status reason"
    )
    assert " ".join(TABLES["observations"]) == (
        "indicator unit level province city county town village county_code period_start period_end value value_low "
        "value_high qualifier status time basis claims sources spread conflict claim_id code_then"
    )


@pytest.mark.parametrize("table", TABLES)
def test_empty_tables_and_arrow_types(table: str) -> None:
    assert_contract(empty(TABLES[table]), table)
    schema = arrow_schema(TABLES[table])
    assert schema.names == list(TABLES[table])
    assert table_of(schema.names) == table
    assert table_of([*schema.names, "later"]) == table
    assert table_of(schema.names[1:]) == ""


def test_build_refuses_unknown_columns_and_uneven_lists() -> None:
    with pytest.raises(ValueError, match="no such columns: colour"):
        build(CLAIMS, {"colour": ["red"]})
    with pytest.raises(ValueError, match="column value has 1 rows, not 2"):
        build(CLAIMS, {"claim_id": ["a", "b"], "value": [1.0]})


def test_tables_of_the_seeds_keep_the_contract(rules: RuleSet) -> None:
    documents = list(read_documents(SEEDS))
    parts = [(reading, match(reading, rules)) for reading in map(read, documents)]
    claims, quantities = claims_table(parts), quantities_table(parts)
    table = documents_table(documents, quantities, claims)
    assert_contract(quantities, "quantities")
    assert_contract(table, "documents")
    assert len(table) == 5
    texts = {document.name: document.text for document in documents}
    for row in quantities.itertuples():
        assert texts[row.document][row.start : row.end] == row.text
