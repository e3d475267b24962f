"""The dashboard's pages over invented tables: each in both languages, each run twice, and what the user does there."""

from __future__ import annotations

import csv
import inspect
import io
import re
import string
import sys
import time
import tomllib
from collections.abc import Callable
from html import escape
from pathlib import Path

import app_tables
import pandas as pd
import pytest
from app_pages import unfolded, visit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from indicators.app import comparing, covered, editing, evidence, findings, loading, marking, selection, words
from indicators.app.selection import Selection
from indicators.checks.difference import difference
from indicators.errors import OutputError, RuleError
from indicators.rules.saving import open_rules
from indicators.table import review_findings
from indicators.table.exports import to_bytes
from indicators.table.observations import observations
from indicators.table.row_exports import rows_to_bytes
from indicators.table.store import rows_of

ROOT = Path(__file__).parents[1]
APP = ROOT / "indicators" / "app"
PAGES = ("overview", "compare", "documents", "rules", "quality", "download")
Open = Callable[..., AppTest]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(app_tables.CONFIG, "utf-8")
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(path))
    monkeypatch.setattr(sys, "argv", ["streamlit"])
    monkeypatch.setattr(loading, "load_project", app_tables.load_project)
    return path


@pytest.fixture
def open_page(config: Path) -> Open:
    """Open a page with an address, and run it twice: a widget that dies on the second run is found."""

    def opened(page: str = "overview", **address: str | list[str]) -> AppTest:
        return visit(page, again=True, **address)

    return opened


@pytest.fixture
def tables(config: Path) -> app_tables.Project:
    return app_tables.load_project(str(config))


def said(app: AppTest) -> str:
    """Everything a page says in words."""
    said_by = (app.title, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    texts = [str(element.value) for kind in (*said_by, app.code) for element in kind]
    return "\n".join([*texts, *(str(element.proto.body) for element in app.get("html"))])


def table_of(app: AppTest, *columns: str) -> pd.DataFrame:
    """The first table shown that has these columns."""
    return next(frame.value for frame in app.dataframe if set(columns) <= set(frame.value.columns))


# --- pages


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_twice_in_both_languages(open_page: Open, page: str, language: str) -> None:
    app = open_page(page, lang=language)
    assert [title.value for title in app.title] == [words.word(f"page.{page}", language)]  # type: ignore[arg-type]
    assert not app.error


def test_chinese_is_the_default_and_the_switch_keeps_the_filters(open_page: Open) -> None:
    app = open_page("compare", county="990202")
    assert app.title[0].value == "比较"
    app.segmented_control(key="lang-zh").set_value("en").run()
    assert app.title[0].value == "Compare"
    assert app.query_params["county"] == ["990202"] or app.query_params["county"] == "990202"
    assert app.multiselect(key="county-en").value == ["990202"]


def test_no_word_of_the_english_page_is_chinese_but_names_and_texts(open_page: Open) -> None:
    app = open_page("overview", lang="en")
    labels = [widget.label for widget in (*app.multiselect, *app.slider, *app.button, *app.metric)]
    assert labels
    assert not [label for label in labels if re.search(r"[\u4e00-\u9fff]", label)]


def test_a_choice_outlives_a_change_of_page_and_stands_in_the_address(open_page: Open) -> None:
    app = open_page("compare")
    app.multiselect(key="province-zh").set_value(["西原省"]).run()
    app.switch_page("indicators/app/pages/quality.py").run().run()
    assert app.multiselect(key="province-zh").value == ["西原省"]
    assert app.query_params["province"] in ("西原省", ["西原省"])
    app.button[0].click().run()
    assert "province" not in app.query_params


def test_an_unknown_value_of_the_address_is_said_not_dropped(open_page: Open) -> None:
    app = visit("overview", county=["990202", "123456"], years=["1066", "1067"], version="old-version")
    assert "county=123456" in app.warning[0].value
    assert "years=1066–1067" in app.warning[0].value
    assert "old-version" in app.info[0].value
    assert app.multiselect(key="county-zh").value == ["990202"]


def test_years_in_the_address_limit_what_is_shown(open_page: Open) -> None:
    everything, later = open_page(), open_page(years=["2018", "2019"])
    numbers = [int({m.label: m.value for m in app.metric}["指标数据"]) for app in (everything, later)]
    assert numbers[0] == 9
    assert numbers[1] == 6  # without the two of 2017 and the undated one


@pytest.mark.parametrize(
    ("name", "value", "places"),
    [
        ("county", "990202", {"云溪区"}),
        ("city", "平阳市", {"云溪区", "石桥县"}),
        ("province", "东岭省", {"青禾县"}),
        ("qualifier", "at_least", {"石桥县"}),
    ],
)
def test_a_filter_leaves_its_places_only(open_page: Open, name: str, value: str, places: set[str]) -> None:
    app = open_page("compare", indicator="service_stations", **{name: value})
    assert set(table_of(unfolded(app), "place", "value_low")["place"]) == places


def test_a_topic_leaves_its_indicators_only(open_page: Open) -> None:
    assert open_page("compare", topic="money").multiselect(key="indicator-zh").options == ["道路投入 (1)"]


def test_overview_counts_what_the_tables_hold(open_page: Open) -> None:
    shown = {metric.label: metric.value for metric in open_page().metric}
    assert shown == {
        "文件": "3",
        "数字": "16",
        "指标数据": "9",
        "出现的指标": "3",
        "县（市、区）": "3",
        "可比指标": "3",
    }


def test_compare_opens_where_most_places_compare_and_shows_level_counts(open_page: Open) -> None:
    app = open_page("compare")
    assert app.segmented_control(key="level-zh").options == ["县 3", "镇 1"]
    assert app.segmented_control(key="level-zh").value == "county"
    assert app.multiselect(key="indicator-zh").value == ["service_stations"]
    table = table_of(unfolded(app), "place", "value_low")
    assert set(table["place"]) == {"青禾县", "云溪区", "石桥县"}


def test_planned_values_are_shown_alone_when_asked_for(open_page: Open) -> None:
    app = open_page("compare", status="planned", indicator="road_investment")
    assert list(table_of(unfolded(app), "place", "status")["status"]) == ["计划"]
    actual = table_of(unfolded(open_page("compare", indicator="road_investment")), "place", "status")
    assert list(actual["status"]) == ["实际"]


def test_filters_that_leave_nothing_give_a_designed_empty_state(open_page: Open) -> None:
    app = open_page("compare", qualifier="at_most")
    assert app.info[0].value == words.word("empty.compare", "zh")
    assert words.word("empty.coverage", "zh") in said(open_page("overview", qualifier="at_most"))


def test_numbers_of_a_document_can_be_narrowed_to_the_unclaimed(open_page: Open) -> None:
    app = open_page("documents", document="reports/heshan.txt", numbers="unclaimed")
    assert list(table_of(app, "text", "class")["text"]) == ["4万人"]


def test_rules_show_definition_patterns_examples_and_captures(open_page: Open) -> None:
    page = said(app := open_page("rules", rule="service_stations"))
    for words_due in ("已挂牌的村级服务站", "建成{value}服务站", "服务中心", "抓取到的数据（5）"):
        assert words_due in page
    assert "建成服务站12个。 → 12" in app.text[0].value
    assert len(table_of(app, "sentence", "rule")) == 5


@pytest.mark.parametrize(
    ("kind", "rows"), [("unclaimed", 2), ("undated", 1), ("reposts", 1), ("inherited", 5), ("checks", 1)]
)
def test_quality_lists_each_kind(open_page: Open, kind: str, rows: int) -> None:
    app = open_page("quality", finding=kind)
    assert len(app.dataframe[-1].value) == rows


def test_quality_says_when_a_kind_is_empty(open_page: Open) -> None:
    assert open_page("quality", finding="refused").success[0].value == words.word("findings.none_of_kind", "zh")


# --- the editor


def test_saving_is_refused_when_the_file_changed_meanwhile(config: Path) -> None:
    opened = open_rules(config)
    config.write_text(app_tables.CONFIG + "# another hand\n", "utf-8")
    with pytest.raises(OutputError, match="changed on disk"):
        editing.save(opened, app_tables.CONFIG + "# mine\n")
    assert config.read_text("utf-8").endswith("# another hand\n")
    assert [path.name for path in config.parent.iterdir()] == ["config.yaml"]


def test_saving_is_refused_for_broken_rules(config: Path) -> None:
    with pytest.raises(RuleError):
        editing.save(open_rules(config), "indicators: {x: {}}")
    assert config.read_text("utf-8") == app_tables.CONFIG


def test_saving_keeps_permissions_and_leaves_no_other_file(config: Path) -> None:
    config.chmod(0o640)
    opened = editing.save(open_rules(config), app_tables.CONFIG + "# mine\n")
    assert opened.text.endswith("# mine\n")
    assert config.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in config.parent.iterdir()] == ["config.yaml"]


def test_difference_tells_gained_lost_and_changed(tables: app_tables.Project) -> None:
    old = tables.extract()
    new = old.drop(index=0).reset_index(drop=True)
    new.loc[0, "value"] += 1
    new = pd.concat([new, old.head(1).assign(start=9999)], ignore_index=True)
    found = difference(old, new)
    assert (len(found.gained), len(found.lost), len(found.changed)) == (1, 1, 1)
    assert found.changed["value_before"].iloc[0] == found.changed["value"].iloc[0] - 1
    same = difference(old, old)
    assert (len(same.gained), len(same.lost), len(same.changed)) == (0, 0, 0)


# --- pure parts


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_marked_text_is_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [(start, end, "number", '"><script>') for start, end in spans]
    html = evidence.marked(text, marks)
    assert re.sub(r"</?mark[^>]*>", "", html) == escape(text)
    assert "<script>" not in html


def test_the_sentence_is_found_though_its_line_breaks_are_gone() -> None:
    text = "前一句。今年本县建成\n服务站 12\n个。后一句。"
    start = text.index("12")
    claim = pd.Series(
        {
            "start": start,
            "end": start + 4,
            "text": "12\n个",
            "sentence": "今年本县建成 服务站 12 个。",
            "place_as_written": "本县",
        }
    )
    names = {"number": "数字", "place": "地点", "date": "日期"}
    html = evidence.sentence_html(claim, text, names)
    assert '<mark class="date" title="日期">今年</mark>' in html
    assert '<mark class="place" title="地点">本县</mark>' in html
    assert '<mark class="number" title="数字">12\n个</mark>' in html


def test_a_claim_of_a_changed_document_shows_the_stored_sentence_only() -> None:
    claim = pd.Series({"start": 0, "end": 3, "text": "12个", "sentence": "建成<12个。", "place_as_written": ""})
    html = evidence.sentence_html(claim, "别的文字", {"number": "n", "place": "p", "date": "d"})
    assert '建成&lt;<mark class="number" title="n">12个</mark>。' in html
    assert "别的文字" not in html
    twice = claim.replace("建成<12个。", "建成<12个，又12个。")
    assert "<mark" not in evidence.sentence_html(twice, "", {"number": "n", "place": "p", "date": "d"})


def test_rankings_never_mix_status_time_or_level(tables: app_tables.Project) -> None:
    observed = observations(tables.extract(), statuses=("actual", "planned"))
    found = comparing.rankings(observed, tables.extract(), "road_investment", "county", "zh", {})
    assert {ranking.status for ranking in found} == {"actual", "planned"}
    for ranking in found:
        assert ranking.rows[["status", "time", "basis", "unit", "level"]].drop_duplicates().shape[0] == 1


def test_the_latest_value_of_a_place_stands_in_the_ranking(tables: app_tables.Project) -> None:
    ranking = comparing.rankings(tables.observations(), tables.extract(), "service_stations", "county", "zh", {})[0]
    latest = dict(zip(ranking.latest["place"], ranking.latest["label"], strict=True))
    assert latest == {"青禾县": "135个", "云溪区": "96个", "石桥县": "≥200个"}
    assert ranking.spans_years


def test_parts_of_a_list_stand_beside_each_other_not_for_the_whole(tables: app_tables.Project) -> None:
    claims = tables.extract()
    county = claims[claims["claim_id"].str.startswith("service_stations-reports/heshan") & (claims["town"] == "")]
    parts = pd.concat(
        [county.assign(part=part, value=value, claim_id=f"list-{part}") for part, value in (("市", 4.0), ("镇", 16.0))]
    )
    observed = pd.concat(
        [observations(parts.iloc[[row]]) for row in range(2)], ignore_index=True
    )  # one observation a part
    ranking = comparing.rankings(observed, parts, "service_stations", "county", "zh", {})[0]
    assert dict(zip(ranking.latest["place"], ranking.latest["value"], strict=True)) == {
        "青禾县（市）": 4, "青禾县（镇）": 16,
    }  # fmt: skip
    assert ranking.places == 1


def test_namesakes_get_longer_labels() -> None:
    frame = pd.DataFrame(
        [("甲省", "乙市", "城关区", "", "", "county"), ("丙省", "丁市", "城关区", "", "", "county"),
         ("甲省", "乙市", "城关区", "东镇", "", "town")],
        columns=["province", "city", "county", "town", "village", "level"],
    )  # fmt: skip
    assert list(selection.place_labels(frame)) == ["乙市·城关区", "丁市·城关区", "城关区·东镇"]


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2019-01-01", "2019-12-31", "2019"),
        ("2019-02-01", "2019-02-28", "2019-02"),
        ("2020-02-01", "2020-02-28", "2020-02-01–2020-02-28"),
        ("2019-03-05", "2019-03-05", "2019-03-05"),
        ("2018-01-01", "2019-12-31", "2018–2019"),
        ("", "", "undated"),
    ],
)
def test_period_labels(start: str, end: str, label: str) -> None:
    assert comparing.period_label({"period_start": start, "period_end": end}, "en") == label


def test_coverage_columns_are_all_counties_of_the_corpus(tables: app_tables.Project) -> None:
    every = tables.quantities()
    chosen = Selection(first_year=2018)
    claims, numbers = rows_of(tables.extract()), rows_of(every)
    cells = covered.cells(selection.matching(claims, chosen), selection.matching(numbers, chosen), numbers)
    states = {county: set(part["state"]) for county, part in cells.groupby("county")}
    assert states["石桥县"] == {"no_document"}
    assert "reported" in states["青禾县"]


def test_every_number_has_one_fate(tables: app_tables.Project) -> None:
    numbers = tables.quantities()
    assert sum(covered.fates(rows_of(numbers)).values()) == len(numbers)
    assert len(marking.kinds(numbers)) == len(numbers)


def test_findings_count_what_they_list(tables: app_tables.Project) -> None:
    documents = tables.documents()
    assert findings.reposts(rows_of(documents)).values("document") == ["reports/yunxi.txt"]
    assert set(findings.inherited(rows_of(tables.extract())).values("place_from")) == {"document", "paragraph"}


# --- contracts


def test_words_are_complete_and_agree_in_their_places() -> None:
    def places(phrase: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}

    rows = list(csv.reader((APP / "words.csv").read_text("utf-8").splitlines()))
    assert [row for row in rows if len(row) != 3] == [], "a phrase with a comma wants quotes"
    for key, phrases in words.table().items():
        assert places(phrases["zh"]) == places(phrases["en"]), key
        assert bool(phrases["zh"]) == bool(phrases["en"]), key
        assert not re.search(r"[\u4e00-\u9fff]", phrases["en"]), key


def test_every_word_that_a_page_names_is_in_the_table() -> None:
    asked = {
        key
        for path in APP.rglob("*.py")
        for key in re.findall(r"\b(?:t|word|empty)\(\"([^\"{]+)\"", path.read_text("utf-8"))
    }
    assert len(asked) > 50
    assert asked <= set(words.table())


def test_every_check_has_a_word() -> None:
    found = {"adds_up", "does_not_add_up", *review_findings._MESSAGES}
    for path in (APP.parent / "checks").glob("*.py"):
        found |= set(re.findall(r"\bFinding\(\s*\"(\w+)\"", path.read_text("utf-8")))
    assert {"lost_multiplier", "share_above_100", "review_quote_gone"} <= found
    assert {f"check.{code}" for code in found} <= set(words.table())


def test_pages_are_thin() -> None:
    assert {path.stem for path in (APP / "pages").glob("*.py")} == set(PAGES)
    assert all(len(path.read_text("utf-8").splitlines()) <= 120 for path in (APP / "pages").glob("*.py"))


def test_no_cached_function_takes_a_frame() -> None:
    for name in ("open_project", "load_tables", "_observations", "signature"):
        parameters = inspect.signature(getattr(loading, name)).parameters.values()
        assert {str(parameter.annotation) for parameter in parameters} <= {"str", "tuple[str, ...]"}


def test_a_corrected_document_changes_the_version_key(config: Path) -> None:
    folder = config.parent / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text("一", "utf-8")
    before = loading.signature(str(config))
    time.sleep(0.01)
    (folder / "one.txt").write_text("二", "utf-8")
    loading.forget()
    corrected = loading.signature(str(config))
    (folder / "one.txt").rename(folder / "two.txt")
    loading.forget()
    assert len({before, corrected, loading.signature(str(config))}) == 3


def test_settings_keep_the_dashboard_on_this_machine_and_are_shipped() -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    settings = tomllib.loads(text)  # Streamlit ignores a file that does not parse, and falls back to telemetry
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "type"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["server"]["address"] == "localhost"
    assert {"light", "dark"} <= set(settings["theme"])
    assert not re.search(r"https?://", text)
    assert (APP / "entry" / ".streamlit" / "config.toml").read_text("utf-8") == text


@pytest.mark.parametrize(("suffix", "magic"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("parquet", b"PAR1")])
def test_downloads_are_made_when_asked_for(tables: app_tables.Project, suffix: str, magic: bytes) -> None:
    frame = tables.extract()
    data = rows_to_bytes(rows_of(frame, "claims"), suffix)
    assert data.startswith(magic)
    if suffix == "csv":
        assert data == to_bytes(frame, "csv")
    if suffix == "parquet":
        pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(data)), frame)
