"""The Compare page over real places: its forms, its controls, its words; and the pure parts behind them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import compare_project
import pandas as pd
import pytest
from app_pages import unfolded, visit
from streamlit.testing.v1 import AppTest

from indicators.app import changing, comparing, divided, loading, located, rulebook, welcome
from indicators.app.forms import FORMS
from indicators.app.spelling import spelt
from indicators.app.words import word
from indicators.project import load_project

ROOT = Path(__file__).parents[1]
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load_project(compare_project.make(tmp_path_factory.mktemp("compare")))


@pytest.fixture
def open_page(project: Any, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(project.config))
    monkeypatch.setattr(sys, "argv", ["streamlit"])

    def opened(page: str = "compare", again: bool = True, **address: str | list[str]) -> AppTest:
        return visit(page, again, **address)

    return opened


def ranking(project: Any, indicator: str, then: bool = False) -> comparing.Ranking:
    return comparing.rankings(project.observations(), project.extract(), indicator, "county", "zh", {}, then)[0]


def captions(app: AppTest) -> str:
    return "\n".join(str(caption.value) for caption in app.caption)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_draws_in_both_languages_with_a_table_behind_it(open_page: Open, form: str, language: str) -> None:
    app = open_page(form=form, lang=language, indicator=["stations", "coverage", "roads"])
    assert not app.error
    charts = app.get("plotly_chart")
    assert len(charts) >= 3 if form != "change" else len(charts) == 2  # roads: no place has two years
    assert not app.dataframe  # a table that nobody opened is not sent
    tables = [frame.value for frame in unfolded(app).dataframe if "value_low" in frame.value.columns]
    assert len(tables) == (1 if form == "panels" else 3)


def test_an_unknown_form_of_the_address_is_said(open_page: Open) -> None:
    assert "form=pie" in open_page(form="pie", again=False).warning[0].value


def test_statuses_are_one_click_away_and_stand_apart(open_page: Open) -> None:
    app = open_page(indicator="roads")
    pills = app.button_group(key="show-status-zh")
    assert pills.value == ["actual"]
    before = len(app.get("plotly_chart"))
    pills.set_value(["actual", "planned"]).run()
    tables = [frame.value for frame in unfolded(app).dataframe if "value_low" in frame.value.columns]
    assert len(app.get("plotly_chart")) == before + 1
    assert [set(table["status"]) for table in tables] == [{"实际"}, {"计划"}]
    drawn = [json.loads(chart.proto.spec)["layout"]["xaxis"]["range"] for chart in app.get("plotly_chart")]
    assert drawn[0] == drawn[-1]  # a plan and what came of it on one scale
    app.button_group(key="show-status-zh").set_value(["actual"]).run()
    assert "status" not in app.query_params


def test_counties_go_by_todays_name_or_by_that_of_their_time(open_page: Open) -> None:
    def places(app: AppTest) -> set[str]:
        return set(
            next(frame.value for frame in unfolded(app).dataframe if "value_low" in frame.value.columns)["place"]
        )

    today, then = (open_page(indicator="stations", divisions=kind) for kind in ("today", "then"))
    assert {"静海区", "东城区", "东城区（原崇文区）"} <= places(today)
    assert {"静海区", "静海县", "东城区", "崇文区"} <= places(then)
    assert all(word("compare.merged", "zh") in captions(app) for app in (today, then))
    assert not [
        box for box in open_page(indicator="coverage").button_group if box.label == word("filter.divisions", "zh")
    ]


def test_chosen_counties_without_a_value_are_said_not_drawn_as_zero(open_page: Open) -> None:
    app = open_page(indicator="coverage", county=["440781", "120118"])
    table = next(frame.value for frame in unfolded(app).dataframe if "value_low" in frame.value.columns)
    assert set(table["place"]) == {"台山市"}
    assert word("compare.missing", "zh", places="静海区") in captions(app)


def test_a_place_without_coordinates_is_named_below_the_map(open_page: Open) -> None:
    app = open_page(indicator="stations", form="map", level="town")
    assert word("compare.no_point", "zh", places="台山市·北陡镇") in captions(app)
    assert word("compare.no_points", "zh") in [info.value for info in app.info]


def test_two_years_are_chosen_for_a_change_and_kept_in_the_address(open_page: Open) -> None:
    app = open_page(indicator="stations", form="change")
    assert (app.selectbox(key="from-zh").value, app.selectbox(key="to-zh").value) == ("2014", "2016")
    app.selectbox(key="from-zh").set_value("2015").run()
    assert app.query_params["from"] in ("2015", ["2015"])
    assert word("compare.one_period", "zh", places="") in captions(app)


def test_the_places_of_the_sidebar_are_found_by_pinyin_and_narrow_each_other(open_page: Open) -> None:
    app = open_page()
    assert "台山市 · taishan ts" in app.multiselect(key="county-zh").options
    app.multiselect(key="province-zh").set_value(["天津市"]).run()
    assert app.multiselect(key="county-zh").options == ["静海区 · jinghai jh"]
    assert app.multiselect(key="city-zh").options == ["天津市 · tianjin tj"]


def test_the_hint_of_the_first_visit_goes_once_seen(open_page: Open) -> None:
    app = open_page("overview")
    app.button(key="welcome-seen").click().run()
    assert not [button for button in app.button if str(button.key).startswith("welcome")]
    assert app.query_params[welcome.HINT] in ("seen", ["seen"])


# --- pure parts


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("台山市", "taishan ts"), ("六安市", "luan la"), ("漯河市", "luohe lh"), ("长子县", "zhangzi zz"),
        ("长治市", "changzhi cz"), ("吕梁市", "lvliang ll"), ("单县", "shanxian sx"), ("西藏自治区", "xizang xz"),
        ("长阳土家族自治县", "changyang cy"), ("都江堰市", "dujiangyan djy"),
    ],
)  # fmt: skip
def test_names_are_spelt_as_they_are_typed(name: str, typed: str) -> None:
    assert spelt(name) == f"{name} · {typed}"


def test_a_change_is_said_in_the_unit_in_percent_and_when_the_words_leave_it_open(project: Any) -> None:
    rows, others = changing.pairs(ranking(project, "stations").dated, "2014", "2016", "zh")
    labels = dict(zip(rows["place"], rows["label"], strict=True))
    assert labels["开平市"] == "+46个 (+25.6%)"
    assert labels["隆德县"] == "+3个 (+3.3%) · 区间重叠"  # 约93 may be 90
    assert set(others) == {"惠东县", "静海区", "东城区", "东城区（原崇文区）"}
    points, _ = changing.pairs(ranking(project, "coverage").dated, "2014", "2016", "zh")
    assert set(points["label"]) == {"+23个百分点"}


def test_the_years_compared_are_those_that_most_places_have() -> None:
    rows = pd.DataFrame({"place": list("甲甲乙乙乙"), "year": [2010, 2016, 2010, 2014, 2016]})
    assert changing.two_years(rows) == ("2010", "2016")
    assert changing.two_years(rows.head(1)) is None


def test_a_value_is_reviewed_where_a_person_confirmed_or_corrected_its_claim(project: Any) -> None:
    claims = project.extract()
    decisions = ["confirmed", "corrected", "rejected", "unsure", "disputed", ""]
    mine = claims[claims["indicator"] == "stations"].index
    claims.loc[mine, "review"] = [decisions[at % len(decisions)] for at in range(len(mine))]
    rows = comparing.rankings(project.observations(), claims, "stations", "county", "zh", {})[0].rows
    review = claims.set_index("claim_id")["review"]
    said = {review[name]: done for name, done in zip(rows["claim_id"], rows["reviewed"], strict=True)}
    assert said == {name: name in ("confirmed", "corrected") for name in said}
    assert {"confirmed", "corrected", ""} <= set(said)
    assert all(
        (word("review.filled", "zh") in hover) == done
        for hover, done in zip(rows["hover"], rows["reviewed"], strict=True)
    )


def test_beside_other_indicators_a_county_is_one_line_with_its_subject_behind_the_value(project: Any) -> None:
    claims = project.extract()
    claims.loc[claims["indicator"] == "stations", "scope"] = "便民服务站"
    found = comparing.rankings(project.observations(), claims, "stations", "county", "zh", {})[0].noted
    assert found.set_index("place").loc["开平市", "note"] == "2016<br>\u2003便民服务站"


def test_an_indicator_that_another_points_to_goes_by_its_name(project: Any) -> None:
    assert rulebook.definition(project.rules, "stations", "zh")[1] == "不计入：比率(见 服务站覆盖率)"


def test_points_are_those_of_the_gazetteer(project: Any) -> None:
    rows = located.points(project.observations())
    taishan = rows[(rows["county"] == "台山市") & (rows["level"] == "county")].iloc[0]
    assert (taishan["lat"], taishan["lon"]) == pytest.approx((22.25, 112.79), abs=0.3)
    assert rows.loc[rows["level"] == "town", "lat"].isna().all()
    city = rows.head(1).assign(level="city", province="广东省", city="江门市", county="", county_code="")
    assert located.points(city)["lat"].iloc[0] == pytest.approx(22.5, abs=0.5)
    assert set(located.ground()["level"]) == {"province", "city", "county"}


def test_divisions_matter_only_where_they_differ(project: Any) -> None:
    rows = project.observations()
    assert divided.changed(rows)
    assert not divided.changed(rows[rows["county"] == "台山市"])
    assert not divided.changed(rows.assign(code_then=""))
