"""The normalised table of the Compare page: rows of the chosen level and counties, in both languages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from app_pages import visit

from indicators import load_project
from indicators.app import loading
from indicators.app.normalised import COLUMNS, bars_of, rows_of
from indicators.app.words import Language

ROOT = Path(__file__).parent.parent


def test_rows_are_of_the_level_and_the_counties_observed() -> None:
    project = load_project(ROOT / "config.yaml")
    rates, observations = project.denominators(), project.observations()
    rows = rows_of(rates, "villager_group_branches", "county", observations, "zh")
    groups = rows[rows["per"] == "villager_groups"]
    assert list(groups["county"]) == ["惠东县", "台山市"]
    assert groups["rate"].iloc[0].startswith("52.9 每百个村民小组 (1185/2239, 同句)")
    assert groups["rate"].iloc[1] == "无县级数字"
    narrowed = observations[observations["county"] == "惠东县"]
    assert set(rows_of(rates, "villager_group_branches", "county", narrowed, "en")["county"]) == {"惠东县"}
    town = rows_of(rates, "villager_group_branches", "town", observations, "en")
    assert set(town["town"]) == {"平山街道"}
    assert rows_of(rates, "towns", "county", observations, "zh").empty
    assert set(COLUMNS) <= set(rows.columns)


@pytest.mark.parametrize(("language", "words"), [("zh", "52.9 每百个村民小组"), ("en", "52.9 per 100")])
def test_the_compare_page_shows_it(monkeypatch: pytest.MonkeyPatch, language: str, words: str) -> None:
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(ROOT / "config.yaml"))
    monkeypatch.setattr("sys.argv", ["streamlit"])
    app = visit("compare", again=True, lang=language, level="county", indicator="villager_group_branches")
    tables = [frame.value for frame in app.dataframe if "rate" in frame.value.columns]
    assert len(tables) == 1
    assert any(rate.startswith(words) for rate in tables[0]["rate"])


@pytest.mark.parametrize(("language", "label"), [("zh", "约2.42"), ("en", "about 2.42")])
def test_values_over_one_denominator_are_bars_where_two_places_have_it(language: Language, label: str) -> None:
    project = load_project(ROOT / "config.yaml")
    known = rows_of(project.denominators(), "villager_group_branches", "county", project.observations(), language)
    assert bars_of(known, set(), language) == []  # one county has each
    first = known[known["value"].notna()]
    another = {"place": "别县", "county": "别县", "claim_id": "another", "value": 2.4213, "qualifier": "approx"}
    drawn = dict(bars_of(pd.concat([known, first.assign(**another)]), {"another"}, language))
    assert set(drawn) == {"villager_groups", "administrative_villages"}
    groups = drawn["villager_groups"]
    assert list(groups["label"]) == ["52.9", label]
    assert list(groups["reviewed"]) == [False, True]
