"""Periods: what words of time mean alone, and which of them a number in a text speaks of."""

import calendar
import json
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.language.dates import scan
from indicators.language.folding import fold
from indicators.language.periods import Timeline, read_period
from indicators.language.sentences import split_sentences
from indicators.model import Period

FOLDER = Path(__file__).parent / "cases"
WORDS = [json.loads(line) for line in (FOLDER / "period_words.jsonl").open(encoding="utf-8")]
TEXTS = [json.loads(line) for line in (FOLDER / "periods_in_text.jsonl").open(encoding="utf-8")]
PIECES = st.sampled_from(
    re.findall(
        r"\S+", "2015 年 今年 去年 底 初 12 月 31 日 至 近 三 十四五 期间 截至 以来 前 上 半年 季度 国庆 ９９９ 天 後 a"
    )
)
LINKS = st.sampled_from(["\n", *"由比。,从的将、()", "30个", "提高到", "分别"])


def timeline(text: str, published: str = "", written: str = "", title: str = "") -> Timeline:
    return Timeline(
        text, split_sentences(text), scan(text), published=published, written=written, title=fold(title).text
    )


def period_of(text: str, published: str = "", written: str = "", title: str = "") -> Period:
    """Period of the number that stands in square brackets."""
    start, end = text.index("["), text.index("]") - 1
    folded = fold(text.replace("[", "", 1).replace("]", "", 1))
    return timeline(folded.text, published, written, title).at(folded.offset(start), folded.offset(end))


def bounds(written: str) -> tuple[date | None, date | None]:
    """2016, 2016-03, 2016-03/2016-05 as first and last day."""
    if not written:
        return None, None
    first, _, last = written.partition("/")
    low, high = ([int(part) for part in side.split("-")] for side in (first, last or first))
    year, month = high[0], high[1] if len(high) > 1 else 12
    return date(*[*low, 1, 1][:3]), date(year, month, high[2] if len(high) > 2 else calendar.monthrange(year, month)[1])


@pytest.mark.parametrize("case", WORDS, ids=lambda case: case["surface"])
def test_words_of_time_alone(case: dict) -> None:
    reference = date.fromisoformat(case["reference"])
    if case.get("error"):
        with pytest.raises(ValueError, match="no date"):
            read_period(case["surface"], reference)
        return
    period = read_period(case["surface"], reference)
    days = [day and day.isoformat() for day in (period.start, period.end)]
    assert (days, period.exact, period.surface) == ([case["start"], case["end"]], case["exact"], case["surface"])


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: f"{case['text']} {case.get('written', '')}")
def test_period_of_the_number_in_brackets(case: dict) -> None:
    period = period_of(case["text"], case["published"], case.get("written", ""), case.get("title", ""))
    assert (period.start, period.end) == bounds(case["period"])


@pytest.mark.parametrize(
    ("text", "read_from"),
    [
        ("去年投入[3万元]", "clause"),
        ("去年,该村投入[3万元]", "sentence"),
        ("去年,该村修路。投入[3万元]", "paragraph"),
        ("一、2016年收支情况\n投入[3万元]", "heading"),
        ("2016年全县统计公报\n投入[3万元]", "document"),
        ("该村投入[3万元]", "metadata"),
        ("项目建成后可增收[3万元]", "none"),
    ],
)
def test_where_a_period_was_read(text: str, read_from: str) -> None:
    assert period_of(text, published="2017-05-08").read_from == read_from


def test_only_words_that_name_the_days_are_exact() -> None:
    assert period_of("2016年投入[3万元]", "2017-05-08").exact
    assert not period_of("2016年初投入[3万元]", "2017-05-08").exact
    assert not period_of("2016年,该村修路。投入[3万元]", "2017-05-08").exact
    assert not period_of("投入[3万元]", "2017-05-08").exact


@pytest.mark.parametrize(
    ("published", "reference"),
    [("2017", date(2017, 12, 31)), ("2017-04", date(2017, 4, 30)), ("2017-04-05", date(2017, 4, 5)), ("n.d.", None)],
)
def test_the_reference_is_the_last_day_of_what_is_known(published: str, reference: date | None) -> None:
    assert timeline("投入3万元。", published).reference == reference


def test_the_day_of_writing_comes_before_that_of_publication() -> None:
    assert period_of("今年投入[3万元]", "2017-05-08", written="2014").start == date(2014, 1, 1)


def test_a_month_is_not_counted_back_from_a_bare_year() -> None:
    assert period_of("上个月投入[3万元]", "2017").start is None


def test_a_dateline_stands_in_for_metadata_but_an_event_does_not() -> None:
    assert timeline("某县组织部\n时间:2013-08-09 来源:某报\n今年修路。").reference == date(2013, 8, 9)
    assert timeline("2013年8月9日,全县党员干部参加了抗旱,村民们都说好。今年修路。").reference is None


def test_a_yearly_report_dates_what_it_leaves_undated() -> None:
    text = (
        "2018年,全县经济平稳。2018年,粮食丰收。\n畜禽牧场[94个],比上年增长8%。\n2018年,果蔬丰收。2018年末,有村庄30个。"
    )
    assert period_of(text, published="2019").start == date(2018, 1, 1)
    assert period_of("全年产粮[9万吨]。", "2019-03-01", title="某县2018年统计公报").start == date(2018, 1, 1)


def test_a_stale_cutoff_gives_a_repost_away() -> None:
    text = "截至2014年5月底,全县建成中心30个。今年又建8个。"
    repost = timeline(text, published="2019-02-03").repost
    assert repost is not None
    assert repost.estimated is not None
    assert (repost.estimated.start, repost.estimated.end) == (date(2014, 1, 1), date(2014, 12, 31))
    assert text[repost.start : repost.end] == repost.surface == "2014年5月底"
    assert timeline(text, published="2019-02-03").reference is None


def test_a_day_of_this_year_told_before_it_came_gives_a_repost_away() -> None:
    assert timeline("今年11月5日,新楼开建。", published="2019-02-03").repost is not None


@pytest.mark.parametrize(
    "text",
    [
        "截至2014年5月底,全县建成中心30个。2018年又建8个,今年开放。",
        "截至2018年5月底,全县建成中心30个。今年又建8个。",
        "截至2014年5月底,全县建成中心30个。",
        "今年11月5日,新楼将开建。",
        "今年11月底前完成40公里。",
        "今年1月,新楼开建。",
    ],
)
def test_what_gives_no_repost_away(text: str) -> None:
    assert timeline(text, published="2019-02-03").repost is None


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20), st.dates())
def test_read_period_gives_a_period_or_a_value_error(surface: str, reference: date) -> None:
    try:
        period = read_period(surface, reference)
    except ValueError:
        return
    assert (period.start is None) == (period.end is None)
    assert period.start is None or period.end is None or period.start <= period.end


@given(st.lists(PIECES | LINKS, max_size=40).map("".join))
def test_any_span_of_any_text_has_an_ordered_period(text: str) -> None:
    folded = fold(text).text
    line = timeline(folded, published="2018-05-09")
    for start in range(len(folded)):
        period = line.at(start, start + 1)
        assert (period.start is None) == (period.end is None)
        assert period.start is None or period.end is None or period.start <= period.end


@given(
    st.lists(PIECES | LINKS | st.sampled_from(["。", "计划", "如果", "位于", "过去", "其中"]), max_size=40).map("".join)
)
def test_the_order_of_questions_changes_no_answer(text: str) -> None:
    folded = fold(text).text
    line = timeline(folded, published="2018-05-09")
    spans = [match.span() for match in re.finditer(r"\d+", folded)]
    answers = {span: line.at(*span) for span in reversed(spans)}
    for span in spans:
        assert timeline(folded, published="2018-05-09").at(*span) == answers[span] == line.at(*span)


@pytest.mark.parametrize(
    "piece",
    [
        "2015年3万元,",
        "过去1个,",
        "2017年、2018年3个",
        "计划用3年建5个,",
        "由2015年3个提高到",
        "一、2015年5个\n",
        "同期3",
    ],
)
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    def seconds(times: int) -> float:
        return min(_timed(piece * times) for _ in range(2))

    assert seconds(3_200) < 24 * seconds(400) + 0.2  # 8 times the text; quadratic would be 64 times


def _timed(text: str) -> float:
    line = timeline(text, published="2018-05-09")
    start = time.process_time()
    for number in re.finditer(r"\d+", text):
        line.at(*number.span())
    return time.process_time() - start


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_text_without_any_date_invents_no_period(words: str) -> None:
    absolute = [e for e in scan(fold(words).text) if e.year or e.kind in ("plan", "decade", "event")]
    if not absolute:
        assert period_of(words + "共[30个]").start is None


@given(st.sampled_from(TEXTS), st.sampled_from(["村民们都说好。", "路修通了,大家高兴。"]))
def test_a_dateless_paragraph_elsewhere_changes_no_period(case: dict, sentence: str) -> None:
    metadata = (case["published"], case.get("written", ""), case.get("title", ""))
    assert period_of(f"{case['text']}\n{sentence}", *metadata) == period_of(case["text"], *metadata)
