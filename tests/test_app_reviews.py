"""Reviews, versions and data packages in the dashboard, over a small project of real files."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import table_rows
from app_pages import visit
from streamlit.testing.v1 import AppTest

from indicators.app import access, loading, reviewing
from indicators.app.pages import download
from indicators.app.words import word
from indicators.project import load_project
from indicators.reading.reviews import Review, read_reviews
from indicators.sharing import package
from indicators.table.needing_look import needing_look
from indicators.table.store import rows_of

ROOT = Path(__file__).parents[1]
RULES = """
indicators:
  halls:
    name: {zh: 祠堂, en: halls}
    unit: 个
    kind: count
    topic: culture
    patterns: ["修缮祠堂{value}"]
  readers:
    name: {zh: 读者, en: readers}
    unit: 人
    kind: count
    topic: culture
    patterns: ["读者{value}"]
topics:
  culture: {zh: 文化, en: culture}
corpus: [texts]
"""
FIRST = "2018年，惠东县修缮祠堂37个，读者5200人。\n"
SECOND = "惠东县文化\n\n全县概况。\n\n修缮祠堂41个。\n"
Open = Callable[..., AppTest]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text(FIRST, "utf-8")
    (tmp_path / "texts/b.txt").write_text(SECOND, "utf-8")
    path = tmp_path / "config.yaml"
    path.write_text(RULES, "utf-8")
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(path))
    monkeypatch.delenv(access.READ_ONLY_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "argv", ["streamlit"])
    loading.forget()
    return path


@pytest.fixture
def panel_of(config: Path) -> Open:
    """A page that shows the evidence of the first claim of an indicator, as every page does."""

    def opened(indicator: str = "halls", name: str = "李") -> AppTest:
        app = AppTest.from_function(_evidence, kwargs={"indicator": indicator}, default_timeout=60)
        app.run()
        if name and app.text_input:
            app.text_input(key=reviewing.REVIEWER).set_value(name).run()
        assert not app.exception, app.exception[0].message
        return app

    return opened


def _evidence(indicator: str) -> None:
    from indicators.app import loading, showing, state

    state.begin()
    tables = loading.current()
    showing.heading("quality")
    for rows in (tables.claims, tables.rejected):
        for claim_id in rows.where("indicator = ?", indicator).frame()["claim_id"]:
            showing.show_claim(tables, claim_id)


def button(app: AppTest, start: str) -> Any:
    """The first button whose key begins so."""
    return next(found for found in app.button if str(found.key).startswith(start))


def lines(config: Path) -> list[Review]:
    found, faults = read_reviews(config.parent / "texts/reviews.csv")
    assert not faults.faults
    return found


def claims(config: Path) -> pd.DataFrame:
    return load_project(config).extract()


def test_confirming_writes_a_line_that_is_found_again(config: Path, panel_of: Open) -> None:
    app = panel_of()
    assert "未审阅" in app.caption[1].value
    button(app, "confirmed-").click().run()
    assert not app.exception
    (line,) = lines(config)
    assert (line.reviewer, line.decision, line.field, line.exact) == ("李", "confirmed", "claim", "37个")
    assert line.reviewed_at[-6] in "+-"
    assert line.document_hash
    assert line.rules_version == load_project(config).rules_version
    assert claims(config)["review"].tolist().count("confirmed") == 1
    assert "● 已确认" in app.caption[1].value
    assert "李" in app.caption[1].value


def test_a_rejected_claim_leaves_the_tables_at_once(config: Path, panel_of: Open) -> None:
    app = panel_of("readers")
    button(app, "rejected-").click().run()
    assert "readers" not in set(claims(config)["indicator"])
    assert "readers" not in loading.current().claims.values("indicator")
    assert visit("quality", finding="rejected").dataframe[-1].value["reviewers"].tolist() == ["李"]
    assert "● 已否定 · 李" in app.caption[1].value


def test_a_decision_is_taken_back_by_whoever_made_it_and_the_line_stays(config: Path, panel_of: Open) -> None:
    button(panel_of("readers"), "rejected-").click().run()
    other = panel_of("readers", "王")
    assert not [found for found in other.button if str(found.key).startswith("withdrawn-")]
    app = panel_of("readers")
    button(app, "withdrawn-").click().run()
    assert [line.decision for line in lines(config)] == ["rejected", "withdrawn"]
    assert claims(config).set_index("indicator").loc["readers", "review"] == ""
    assert "未审阅" in app.caption[1].value
    button(app, "unsure-").click().run()
    assert claims(config).set_index("indicator").loc["readers", "review"] == "unsure"


def test_a_number_that_no_rule_captured_is_added_to_an_indicator(config: Path) -> None:
    (config.parent / "texts/c.txt").write_text("2019年，惠东县接待茶客860人。\n", "utf-8")
    loading.forget()
    app = AppTest.from_function(_number, default_timeout=60).run()
    app.text_input(key=reviewing.REVIEWER).set_value("李").run()
    app.selectbox[0].set_value("readers").run()
    button(app, "add-").click().run()
    assert not app.exception
    row = claims(config).set_index("document").loc["c.txt"]
    assert (row["indicator"], row["value"], row["county"], row["review"]) == ("readers", 860, "惠东县", "added")


def _number() -> None:
    from indicators.app import adding, loading, showing, state

    state.begin()
    tables = loading.current()
    showing.heading("quality")
    rows = tables.quantities.where("document = ? AND value = ?", "c.txt", 860.0)
    adding.show(tables, rows.frame().iloc[0], "")


def test_a_correction_replaces_the_value_and_keeps_what_was_read(config: Path, panel_of: Open) -> None:
    app = panel_of("readers")
    button(app, "corrected-").click().run()
    field = next(found for found in app.text_input if str(found.key).startswith("right-value-"))
    field.set_value("很多").run()
    assert word("review.bad.value", "zh") in [error.value for error in app.error]
    assert button(app, "save-").disabled
    next(found for found in app.text_input if str(found.key).startswith("right-value-")).set_value("5.3千").run()
    next(found for found in app.text_input if str(found.key).startswith("note-")).set_value("见第二版").run()
    button(app, "save-").click().run()
    assert not app.exception
    (line,) = lines(config)
    assert (line.decision, line.field, line.value, line.note) == ("corrected", "value", "5.3千", "见第二版")
    row = claims(config).set_index("indicator").loc["readers"]
    assert (row["value"], row["review"]) == (5300, "corrected")
    assert "value\\=5200" in app.caption[1].value or "value=5200" in app.caption[1].value


def test_nobody_without_a_name_decides(config: Path, panel_of: Open) -> None:
    app = panel_of(name="")
    offered = [one for one in reviewing.KEYS if one != "withdrawn"]
    assert all(button(app, f"{decision}-").disabled for decision in offered)
    asked = next(found for found in app.text_input if str(found.key).startswith("ask-"))
    assert asked.label == word("review.unnamed", "zh")
    asked.set_value("李").run()
    assert not any(button(app, f"{decision}-").disabled for decision in offered)
    button(app, "confirmed-").click().run()
    (line,) = lines(config)
    assert (line.reviewer, line.decision) == ("李", "confirmed")


def test_a_read_only_dashboard_shows_marks_and_no_actions(panel_of: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(access.READ_ONLY_VARIABLE, "1")
    app = panel_of()
    assert {str(found.key).split("-")[0] for found in app.button} == {"open"}
    assert not app.text_input
    assert "未审阅" in app.caption[1].value


def test_only_the_first_panel_of_a_page_has_the_keys(panel_of: Open) -> None:
    buttons = [found for found in panel_of().button if str(found.key).startswith("confirmed-")]
    assert [found.proto.shortcut.lower() for found in buttons] == ["v", ""]


def test_a_decision_that_cannot_be_written_is_kept_until_it_is(
    config: Path, panel_of: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, reviews: object) -> None:
        raise PermissionError(13, "Permission denied")

    app = panel_of()
    with monkeypatch.context() as patch:
        patch.setattr(reviewing, "append_reviews", refuse)
        button(app, "confirmed-").click().run()
    assert "没有写入 reviews.csv：没有权限" in app.error[0].value
    assert "37个" in app.code[0].value
    button(app, "review-again").click().run()
    assert not app.error
    assert [line.decision for line in lines(config)] == ["confirmed"]


def test_a_new_review_changes_the_version_key(config: Path) -> None:
    before = loading.signature(str(config))
    (config.parent / "texts/reviews.csv").write_text("x", "utf-8")
    loading.forget()
    assert loading.signature(str(config)) != before


def test_reviews_beside_a_corpus_of_one_file_are_noticed(config: Path) -> None:
    config.write_text(RULES.replace("[texts]", "[texts/a.txt]"), "utf-8")
    loading.forget()
    before = loading.signature(str(config))
    for name in ("reviews.csv", "metadata.csv"):
        (config.parent / "texts" / name).write_text("x", "utf-8")
        loading.forget()
        assert before != (before := loading.signature(str(config)))


def test_the_versions_of_the_dashboard_are_those_of_the_project(config: Path, panel_of: Open) -> None:
    button(panel_of(), "confirmed-").click().run()
    loading.forget()
    assert loading.current().versions == load_project(config).versions()


# --- what needs a look


def test_what_needs_a_look_comes_in_order_of_need_and_leaves_when_reviewed() -> None:
    kinds = [("sure", "sentence", "", ""), ("far", "document", "", ""), ("late", "sentence", "", "heading"),
             ("odd", "clause", "", ""), ("split", "clause", "", ""), ("done", "none", "confirmed", "")]  # fmt: skip
    names = ("claim_id", "place_from", "review", "period_from")
    rows = [(name, place, review, period or "sentence") for name, place, review, period in kinds]
    frame = table_rows.claims(*(dict(zip(names, row, strict=True)) for row in rows))
    checks = pd.DataFrame({"check": ["conflict", "share_above_100", "repost"], "claims": ["split;done", "odd", "sure"]})
    found = needing_look(rows_of(frame), checks)
    assert list(zip(found["claim_id"], found["why"], strict=True)) == [
        ("split", "conflict"), ("far", "inherited"), ("late", "inherited"), ("odd", "implausible"), ("sure", "chance"),
    ]  # fmt: skip


def test_the_rest_is_in_an_order_of_chance_that_stays() -> None:
    names = [f"c{number:02}" for number in range(40)]
    frame = table_rows.claims(*({"claim_id": name} for name in names))
    checks = pd.DataFrame({"check": [], "claims": []})
    first = list(needing_look(rows_of(frame), checks)["claim_id"])
    assert first == list(needing_look(rows_of(frame.iloc[::-1]), checks)["claim_id"])
    assert first != names
    assert first != list(needing_look(rows_of(frame), checks, seed=8)["claim_id"])


@pytest.mark.parametrize(("language", "why"), [("zh", "地点或日期是推断的"), ("en", "place or date inferred")])
def test_the_quality_page_lists_what_most_needs_a_look(config: Path, language: str, why: str) -> None:
    shown = visit("quality", finding="look", lang=language).dataframe[-1].value
    assert shown["why"].iloc[0] == why
    assert len(shown) == 3


def test_the_next_claim_stands_there_when_one_is_decided(config: Path) -> None:
    app = visit("quality", finding="look")
    app.text_input(key=reviewing.REVIEWER).set_value("李").run()
    first = button(app, "confirmed-").key
    app.button(key=first).click().run()
    assert not app.exception
    assert len(app.dataframe[-1].value) == 2
    assert button(app, "confirmed-").key != first
    assert not app.info  # what one did oneself is no news
    assert app.text_input(key=reviewing.REVIEWER).value == "李"
    app.switch_page("indicators/app/pages/rules.py").run().run()
    assert app.text_input(key=reviewing.REVIEWER).value == "李"
    assert not [name for name in app.query_params if name == reviewing.REVIEWER]


def test_tables_of_claims_show_who_looked_as_hollow_and_filled_marks(config: Path, panel_of: Open) -> None:
    button(panel_of(), "confirmed-").click().run()
    shown = visit("rules", rule="halls").dataframe[-1].value
    assert sorted(shown["review"]) == ["○ 未审阅", "● 已确认"]


def test_lines_that_cannot_be_applied_are_shown_with_their_place(config: Path) -> None:
    path = config.parent / "texts/reviews.csv"
    path.write_text("document,indicator,exact,decision\na.txt,halls,37个,approved\n", "utf-8")
    loading.forget()
    assert "reviews.csv:2:4" in visit("quality", finding="look").code[0].value


# --- versions


@pytest.mark.parametrize(("language", "part"), [("zh", "文件"), ("en", "documents")])
def test_an_old_link_says_which_parts_changed(config: Path, language: str, part: str) -> None:
    old = loading.current().version
    (config.parent / "texts/a.txt").write_text(FIRST.replace("37", "38"), "utf-8")
    loading.forget()
    app = visit("overview", lang=language, version=old)
    note = app.info[0].value
    assert part in note
    assert word("part.rules", language) not in note  # type: ignore[arg-type]
    app.run()
    assert app.info[0].value == note  # it stays until it is seen
    app.button(key="version-seen").click().run()
    assert not app.info
    assert app.query_params["version"] in (loading.current().version, [loading.current().version])


def test_a_link_of_today_says_nothing(config: Path) -> None:
    assert not visit("overview", version=loading.current().version).info


# --- downloads


def test_the_package_holds_the_texts_only_when_asked(config: Path) -> None:
    tables = loading.current()
    for texts in (False, True):
        with zipfile.ZipFile(io.BytesIO(package(tables.project, texts))) as archive:
            assert any("texts/a.txt" in name for name in archive.namelist()) is texts


def test_files_for_statistics_packages_hold_the_figures(config: Path) -> None:
    files = download.statistics_files(loading.current())
    wide = pd.read_csv(io.BytesIO(files["panel.csv"][1]()))
    assert wide.loc[wide["year"] == 2018, "halls"].tolist() == [37]
    stata = pd.read_stata(io.BytesIO(files["panel.dta"][1]()))
    assert stata.loc[stata["year"] == 2018, "readers"].tolist() == [5200]
    assert len(pd.read_stata(io.BytesIO(files["claims.dta"][1]()))) == 3


def test_the_download_page_names_the_version_and_how_to_cite_it(config: Path) -> None:
    app = visit("download")
    version = loading.current().versions.data_version
    assert any(version in caption.value for caption in app.caption)
    assert f"@misc{{indicators-{version}" in app.code[0].value
