"""A person's decisions in reviews.csv: found again, applied, refused with their line, never lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.engines.streaming import Engine
from indicators.errors import ReadingError
from indicators.project import Project, load_project
from indicators.reading.quotes import Quote, find_quote, quote_at
from indicators.reading.reviews import COLUMNS, Review, append_reviews, parse_reviews, read_reviews
from indicators.table.corrections import cells_of, snapshot

ROOT = Path(__file__).parents[1]
ARTICLE = """惠东县党建报道

惠东县推进村级组织建设。
2018年，惠东县2239个村民小组成立党支部1185个，覆盖率约53%。
2018年，多祝镇建成文化广场12个，总投资360万元。
"""
RULES = """
indicators:
  branches:
    name: {zh: 党支部, en: branches}
    unit: 个
    kind: count
    topic: organisation
    patterns: ["成立党支部{value}"]
  squares:
    name: {zh: 广场, en: squares}
    unit: 个
    kind: count
    topic: organisation
    patterns: ["文化广场{value}"]
  invested:
    name: {zh: 投资, en: invested}
    unit: 元
    kind: amount
    topic: organisation
    patterns: ["总投资{value}"]
topics:
  organisation: {zh: 组织, en: organisation}
corpus: [texts]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "config.yaml").write_text(RULES, "utf-8")
    return tmp_path


def project(folder: Path) -> Project:
    return load_project(folder / "config.yaml")


def review(folder: Path, indicator: str, decision: str, reviewer: str = "李", **cells: str) -> Review:
    """A review of the first claim of an indicator, as the dashboard writes it."""
    opened = project(folder).without_reviews()
    row = opened.extract().set_index("indicator").loc[indicator].to_dict()
    document = next(one for one in opened.read_documents() if one.name == row["document"])
    quote = quote_at(document.text, int(row["start"]), int(row["end"]))
    facts = (document.name, document.content_hash, indicator)
    made = Review(
        "2026-11-23T10:00:00+08:00", reviewer, *facts, quote.start, quote.exact, quote.prefix, quote.suffix, decision
    )
    return replace(made, **cells)


def save(folder: Path, *reviews: Review) -> None:
    append_reviews(folder / "texts/reviews.csv", reviews)


def rows(folder: Path) -> pd.DataFrame:
    return project(folder).extract().set_index("indicator")


def checks(folder: Path) -> list[str]:
    found = project(folder).findings()
    return [check for check in found["check"] if check.startswith("review_")]


def test_a_rejected_claim_leaves_and_a_corrected_one_keeps_what_was_read(folder: Path) -> None:
    save(
        folder,
        review(folder, "squares", "rejected"),
        review(folder, "invested", "corrected", field="value", value="380万"),
        review(folder, "invested", "corrected", field="place", value="广东省惠州市惠东县平山街道"),
        review(folder, "invested", "corrected", field="period", value="2017-03"),
    )
    table = rows(folder)
    assert "squares" not in table.index
    invested = table.loc["invested"]
    assert (invested["value"], invested["value_low"], invested["value_high"]) == (3_800_000, 3_800_000, 3_800_000)
    assert (invested["town"], invested["county_code"]) == ("平山街道", "441323")
    assert (invested["period_start"], invested["period_end"]) == ("2017-03-01", "2017-03-31")
    assert (invested["review"], invested["reviewers"]) == ("corrected", "李")
    assert "value=3600000" in invested["read_as"]
    assert "town=多祝镇" in invested["read_as"]
    assert "squares" in set(project(folder).without_reviews().extract()["indicator"])
    assert set(project(folder).observations()["indicator"]) == {"branches", "invested"}


def test_a_confirmed_claim_is_chosen_before_an_exact_one(folder: Path) -> None:
    (folder / "texts/b.txt").write_text("2018年，惠东县成立党支部约1100个。\n", "utf-8")
    opened = project(folder)
    assert opened.observations().set_index("indicator").loc["branches", "value"] == 1185
    table = opened.extract()
    other = table[table["document"] == "b.txt"].iloc[0].to_dict()
    text = next(one for one in opened.read_documents() if one.name == "b.txt")
    quote = quote_at(text.text, int(other["start"]), int(other["end"]))
    made = Review(
        "",
        "李",
        "b.txt",
        text.content_hash,
        "branches",
        quote.start,
        quote.exact,
        quote.prefix,
        quote.suffix,
        "confirmed",
    )
    save(folder, made)
    assert project(folder).observations().set_index("indicator").loc["branches", "value"] == 1100


def test_reviews_outlive_rules_encodings_and_edits(folder: Path) -> None:
    table = project(folder).extract().set_index("indicator")
    confirmed = snapshot(table.loc["branches"].to_dict() | {"indicator": "branches"})
    save(
        folder,
        review(folder, "branches", "confirmed", field="claim", value=confirmed),
        review(folder, "squares", "rejected"),
        review(folder, "invested", "corrected", field="value", value="400"),
    )
    # The rule reads another number now, the file is GB18030 with Windows line ends, and the article was edited.
    text = ARTICLE.replace("惠东县党建报道", "惠东县党建报道（修订）").replace("，总投资", "，累计总投资")
    (folder / "texts/a.txt").write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    rules = RULES.replace('["成立党支部{value}"]', '["覆盖率{value}"]').replace(
        "unit: 个\n    kind: count", "unit: 个\n    kind: count", 1
    )
    (folder / "config.yaml").write_text(rules, "utf-8")
    table = rows(folder)
    assert table.loc["branches", "value"] == 1185
    assert table.loc["branches", "review"] == "confirmed"
    assert "squares" not in table.index
    assert table.loc["invested", "value"] == 400
    assert checks(folder) == ["review_not_captured"]


def test_a_confirmed_claim_read_otherwise_is_a_finding_and_the_review_wins(folder: Path) -> None:
    said = snapshot(rows(folder).loc["squares"].to_dict())
    save(
        folder,
        review(folder, "squares", "confirmed", field="claim", value=said.replace("town=多祝镇", "town=平山街道")),
    )
    assert rows(folder).loc["squares", "town"] == "平山街道"
    assert checks(folder) == ["review_read_otherwise"]


def test_reviewers_who_disagree_dispute_a_claim_and_neither_applies(folder: Path) -> None:
    save(folder, review(folder, "squares", "rejected"), review(folder, "squares", "confirmed", "王"))
    assert rows(folder).loc["squares", ["review", "reviewers"]].tolist() == ["disputed", "李;王"]
    assert checks(folder) == ["review_disputed"]


def test_the_last_word_of_a_reviewer_counts(folder: Path) -> None:
    first = review(folder, "squares", "rejected")
    save(folder, first, replace(first, decision="confirmed", reviewed_at="2026-11-24T10:00:00+08:00"))
    assert rows(folder).loc["squares", "review"] == "confirmed"


def test_what_a_reviewer_took_back_counts_no_more(folder: Path) -> None:
    save(folder, review(folder, "squares", "rejected"), review(folder, "squares", "confirmed", reviewer="王"))
    assert len(project(folder).reviewed().findings) == 1, "disputed"
    save(folder, review(folder, "squares", "withdrawn"))
    assert project(folder).extract().set_index("indicator").loc["squares", "reviewers"] == "王"
    save(folder, review(folder, "squares", "withdrawn", reviewer="王"))
    pd.testing.assert_frame_equal(project(folder).extract(), project(folder).without_reviews().extract())


def test_an_added_claim_becomes_a_row(folder: Path) -> None:
    made = review(folder, "invested", "added")
    (folder / "config.yaml").write_text(RULES.replace('["总投资{value}"]', '["从不出现{value}"]'), "utf-8")
    save(folder, made)
    added = rows(folder).loc["invested"]
    assert (added["value"], added["town"], added["review"], added["text"]) == (3_600_000, "多祝镇", "added", "360万元")
    assert project(folder).observations()["indicator"].tolist() == ["branches", "invested", "squares"]


def test_words_that_are_gone_or_stand_twice_are_findings(folder: Path) -> None:
    save(folder, review(folder, "squares", "rejected"), review(folder, "branches", "rejected"))
    text = ARTICLE.replace("成立党支部1185个", "成立党支部1190个")
    lines = text.splitlines()
    doubled = "\n".join([*lines, *lines])
    (folder / "texts/a.txt").write_text(doubled, "utf-8")
    assert sorted(checks(folder)) == ["review_quote_gone", "review_quote_twice"]
    assert "squares" in rows(folder).index


def test_a_renamed_document_is_found_by_its_bytes(folder: Path) -> None:
    save(folder, review(folder, "squares", "rejected"))
    shutil.move(folder / "texts/a.txt", folder / "texts/2018-a.txt")
    assert "squares" not in rows(folder).index
    assert checks(folder) == []


def test_bad_lines_say_where_and_are_not_applied(folder: Path) -> None:
    good = review(folder, "squares", "rejected")
    save(folder, good, replace(good, decision="corrected", field="period", value="2018-13"))
    path = folder / "texts/reviews.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("2026-11-23,李,a.txt,,squares,x,12个,,,approved,,,,\n")
    faults = [str(fault).split("reviews.csv:", 1)[1].split(";")[0] for fault in project(folder).reviewed().faults]
    assert faults[0].startswith("4:10: 'approved' is no decision")
    assert faults[1].startswith("4:6: 'x' is no offset")
    assert faults[2].startswith("3:12: '2018-13' is no period")
    assert "squares" not in rows(folder).index  # the good line still counts


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(ReadingError, match="no column document, indicator, exact, decision"):
        parse_reviews("a,b\n1,2\n")


def _append(path: Path, who: str) -> None:
    for number in range(20):
        append_reviews(path, [Review("", who, "a.txt", "", "x", number, "1", "", "", "rejected", note="甲,\n乙")])


def test_two_people_who_write_at_once_both_keep_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    context = get_context("spawn")
    writers = [context.Process(target=_append, args=(path, who)) for who in "甲乙"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found, faults = read_reviews(path)
    assert not faults.faults
    assert sorted((line.reviewer, line.start) for line in found) == sorted(
        (who, n) for who in "甲乙" for n in range(20)
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode())


def test_an_editor_that_dropped_the_last_line_break_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    line = Review("", "甲", "a.txt", "", "x", 1, "1", "", "", "rejected")
    append_reviews(path, [line])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_reviews(path, [line])
    assert len(read_reviews(path)[0]) == 2


@given(st.text("甲乙 \n12个。", min_size=1, max_size=60), st.data())
def test_a_quote_of_an_unchanged_text_is_found_where_it_stood(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = quote_at(text, start, end)
    if quote.exact.strip() == quote.exact and not _cuts_a_number(text, start, end):
        assert find_quote(text, quote) == [(start, end)]


def _cuts_a_number(text: str, start: int, end: int) -> bool:
    letters = "".join(text.split())
    first, last = len("".join(text[:start].split())), len("".join(text[:end].split()))
    before = first > 0 and letters[first - 1].isdigit() and letters[first].isdigit()
    return before or (last < len(letters) and letters[last - 1].isdigit() and letters[last].isdigit())


def test_a_part_of_a_longer_number_is_not_the_quote() -> None:
    assert find_quote("共1185个。", Quote("185个", "成立支部", "。")) == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("value", "许多"),
        ("place", "无此县"),
        ("period", "2018年以后"),
        ("period", "2019/2018"),
        ("claim", "colour=red"),
    ],
)
def test_corrections_that_say_nothing_are_refused(field: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"write|before"):
        cells_of(field, words)


def test_a_snapshot_gives_its_cells_back() -> None:
    row = load_project(ROOT / "config.yaml").extract().iloc[0].to_dict()
    cells = cells_of("claim", snapshot(row))
    assert {name: row[name] for name in cells} == cells


@pytest.mark.parametrize("table", ["claims", "documents", "observations", "quantities"])
def test_reviews_are_laid_over_what_any_engine_read(folder: Path, table: str) -> None:
    lines = [
        review(folder, "squares", "rejected"),
        review(folder, "invested", "corrected", field="value", value="30万"),
    ]
    append_reviews(folder / "texts/reviews.csv", lines)
    opened = project(folder)
    tables = {"claims": opened.extract, "documents": opened.documents, "quantities": opened.quantities}
    whole = {**tables, "observations": opened.observations}[table]()
    found = project(folder).collect(table, engine=Engine(workers=2))
    pd.testing.assert_frame_equal(found.table, whole)
    assert found.review_faults == ()
    assert "squares" not in set(opened.extract()["indicator"])


def test_a_line_that_cannot_be_applied_is_said_by_any_engine(folder: Path) -> None:
    line = review(folder, "squares", "corrected", field="value", value="不是数")
    append_reviews(folder / "texts/reviews.csv", [line])
    found = project(folder).collect("claims")
    assert [str(fault.location) for fault in found.review_faults] == [
        str(fault.location) for fault in project(folder).reviewed().faults
    ]
    assert len(found.review_faults) == 1
