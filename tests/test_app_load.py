"""Tables opened from files: the same pages and figures as the frames give, at any length, and nothing else runs."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import pytest
import table_rows
from app_pages import visit
from streamlit.testing.v1 import AppTest
from test_browser import WAIT, browser, free_port, running
from typer.testing import CliRunner

from indicators import cli
from indicators.app import loading, showing
from indicators.errors import ReadingError
from indicators.opening import OPEN_VARIABLE, open_path, signature
from indicators.project import load_project
from indicators.table import derived
from indicators.table.exports import write_table
from indicators.table.observations import observations
from indicators.table.store import Store, rows_of

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import generate_claims  # noqa: E402

__all__ = ["browser"]  # fixture
PAGES = ("overview", "compare", "documents", "rules", "quality", "download")
ROWS = 3000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Parquet file of invented claims, in a folder whose name looks like a pattern."""
    folder = tmp_path_factory.mktemp("large") / "a[b]*"
    folder.mkdir()
    generate_claims.write(folder / "claims.parquet", ROWS)
    return folder / "claims.parquet"


@pytest.fixture(scope="module")
def claims(file: Path) -> pd.DataFrame:
    return pd.read_parquet(file.open("rb"))


@pytest.fixture
def opened(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The dashboard was started with that file, where there is no config.yaml."""
    monkeypatch.setenv(OPEN_VARIABLE, str(file))
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(tmp_path / "config.yaml"))
    monkeypatch.setattr(sys, "argv", ["streamlit"])
    loading.forget()
    return file


def page(name: str, **address: str) -> AppTest:
    app = visit(name, **address)
    assert not app.error
    return app


# --- the dashboard over a file


def test_every_page_shows_a_table_without_its_corpus(opened: Path, claims: pd.DataFrame) -> None:
    figures = {metric.label: metric.value for metric in page("overview").metric}
    assert figures["指标数据"] == f"{len(claims):,}"
    assert figures["文件"] == f"{claims['document'].nunique():,}"
    for name in PAGES[1:]:
        app = page(name, lang="en")
        assert app.title[0].value
        assert not [button for button in app.button if str(button.key).startswith(("confirmed-", "rejected-"))]
    assert "edit" not in page("rules").segmented_control(key="view-zh").options


def test_filters_leave_what_pandas_leaves(opened: Path, claims: pd.DataFrame) -> None:
    province = str(claims["province"].value_counts().index[0])
    inside = claims[(claims["province"] == province) & (claims["qualifier"] == "exact")]
    figures = {metric.label: metric.value for metric in page("overview", province=province, qualifier="exact").metric}
    assert figures["指标数据"] == f"{len(inside):,}"
    counties = inside.loc[inside["county_code"] != "", "county_code"].nunique()
    assert figures["县（市、区）"] == f"{counties:,}"


def test_long_tables_are_turned_over_by_page(
    opened: Path, claims: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "ROWS", 100)
    monkeypatch.setattr(showing, "PAGE", 50)
    app = page("documents")
    names = sorted(claims["document"].unique())
    assert list(app.dataframe[0].value["document"]) == names[:50]
    app.number_input(key="documents-table-page").set_value(3).run()
    assert list(app.dataframe[0].value["document"]) == names[100:150]


def test_planned_values_are_observed_when_asked_for(opened: Path, claims: pd.DataFrame) -> None:
    rows = loading.observations_of(loading.current(), ("planned",))
    expected = observations(claims, statuses=("planned",))
    pd.testing.assert_frame_equal(rows.frame(), expected)
    assert len(expected) > 50


def test_observations_made_in_portions_are_those_made_at_once(
    claims: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "AT_ONCE", 70)
    with Store({"claims": claims}) as store:
        derived.complete(store)
        made = pd.read_parquet(derived.write_observations(store))
    pd.testing.assert_frame_equal(made, observations(claims))


# --- what can be opened


def test_a_folder_that_extract_wrote_is_opened_with_the_rules_that_made_it(tmp_path: Path) -> None:
    project = load_project(ROOT / "config.yaml")
    project.write(tmp_path / "out", "claims", [ROOT / "seeds"])
    before = signature(tmp_path / "out")
    found = open_path(tmp_path / "out", ROOT / "config.yaml")
    assert found.rules.rules_version == project.rules_version
    assert found.rules.indicators[0].patterns
    with Store(found.tables) as store:
        kept = list(store.rows("claims").frame(["claim_id"])["claim_id"])
    assert sorted(kept) == sorted(project.without_reviews().extract([ROOT / "seeds"])["claim_id"])
    bare = open_path(tmp_path / "out")
    assert {one.id for one in bare.rules.indicators} == set(store_indicators(found.tables))
    project.write(tmp_path / "out", "claims", sorted((ROOT / "seeds").glob("*.txt"))[:2])
    assert signature(tmp_path / "out") != before


def store_indicators(tables: object) -> list[str]:
    with Store(tables) as store:  # type: ignore[arg-type]
        return [str(name) for name in store.rows("claims").values("indicator")]


@pytest.mark.parametrize("kind", ["nothing", "empty folder", "no Parquet", "another table"])
def test_what_cannot_be_opened_is_refused_before_the_server_starts(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "table.parquet"
    if kind == "empty folder":
        path = tmp_path
    elif kind == "no Parquet":
        path.write_text("claim_id,indicator\n", "utf-8")
    elif kind == "another table":
        write_table(table_rows.quantities({}), path)
    with pytest.raises(ReadingError) as raised:
        open_path(path)
    fault = raised.value.faults[0]
    assert str(path) in str(fault)
    assert fault.remedy
    assert fault.zh
    result = CliRunner().invoke(cli.app, ["dashboard", str(path)])
    assert result.exit_code == 1
    assert str(path) in result.output


# --- the store


def test_values_are_bound_and_never_run() -> None:
    rows = rows_of(table_rows.claims({"county": "台山市"}, {"county": "x'; DROP TABLE rows; --"}))
    assert len(rows.where("county = ?", "x'; DROP TABLE rows; --")) == 1
    assert len(rows.among("county", ["' OR '1'='1", "台山市"])) == 1
    assert len(rows) == 2


def test_an_answer_is_the_askers_own() -> None:
    rows = rows_of(table_rows.claims({}, {"value": 3.0}))
    first = rows.frame()
    first["value"] = 0.0
    assert rows.frame()["value"].tolist() == [245.0, 3.0]


def test_absent_cells_are_as_in_frames(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["a", None], "number": [1.5, None], "count": pd.array([1, None], "Int64")})
    frame.to_parquet(tmp_path / "t.parquet")
    with Store({"t": [tmp_path / "t.parquet"]}) as store:
        found = store.rows("t").frame()
    assert found["text"].tolist() == ["a", ""]
    assert found["number"].isna().tolist() == [False, True]
    assert found["count"].isna().tolist() == [False, True]


def test_many_threads_ask_one_store(claims: pd.DataFrame) -> None:
    rows = rows_of(claims)
    expected = claims["level"].value_counts().to_dict()
    found: list[dict[str, int]] = []

    def ask(number: int) -> None:
        rows.where("length(claim_id) > ?", number % 3).counts("level")
        found.append(rows.counts("level"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 16


# --- in a browser


@pytest.mark.browser
def test_a_link_to_a_page_of_a_fresh_server_shows_the_filters(
    browser: Any, file: Path, claims: pd.DataFrame, tmp_path: Path
) -> None:
    port = free_port()
    command = ["indicators.cli", "dashboard", str(file), "--port", str(port)]
    with running(command, port, tmp_path, PYTHONPATH=str(ROOT)) as url:  # a folder without config.yaml, this very code
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{url}/compare")
        page.wait_for_selector(".js-plotly-plot .bars", state="attached", timeout=WAIT)
        box = page.get_by_test_id("stMultiSelect").filter(has_text="省份")
        box.locator("input").click()
        page.get_by_role("option").first.click()
        province = str(claims["province"].value_counts().index[0])
        page.wait_for_url(lambda address: quote(province) in address, timeout=WAIT)
        assert not page.get_by_test_id("stException").count()
        page.close()
