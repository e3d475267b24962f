"""The README says nothing that does not work: its row, its rule, its Python, its files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from indicators import extract, load_project
from indicators.project import check_project

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


def block(readme: Path, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    assert found
    return found.group(1)


@pytest.mark.parametrize("readme", READMES)
def test_the_sentence_gives_the_rows(readme: Path) -> None:
    sentence = (
        "目前,全县245个行政村的党支部有5个升格为党委、123个升格为党总支;2239个村民小组成立党支部1185个,覆盖率约53%。"
    )
    assert sentence in readme.read_text("utf-8").replace("**", "")
    rows = extract(sentence, load_project(ROOT / "config.yaml").rules).set_index("indicator")
    assert rows.loc["villager_group_branches", "value"] == 1185
    coverage = rows.loc["branch_coverage"]
    assert (coverage["value"], coverage["value_low"], coverage["value_high"]) == (53, 50.35, 55.65)


@pytest.mark.parametrize("readme", READMES)
def test_the_indicator_passes_check(readme: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("schema: 1\ntopics: {people: {zh: 人员, en: People}}\n" + block(readme, "yaml"), "utf-8")
    faults, _ = check_project(config)
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_python_runs(readme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    exec(block(readme, "python"), names)  # noqa: S102
    assert len(names["claims"]) > 100
    quantity = names["read_quantities"]("筹资60多万元")[0]
    assert (quantity.value, quantity.low, quantity.high, quantity.qualifier) == (600000, 600000, 700000, "at_least")


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_to_files(readme: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", readme.read_text("utf-8")):
        assert (ROOT / link).exists(), link
