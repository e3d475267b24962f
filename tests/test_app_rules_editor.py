"""The editor's parts without a browser: what is shipped, what can be completed, whose text is saved."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import rules_project
from hypothesis import given
from hypothesis import strategies as st
from rules_project import CONFIG

from indicators.app import access, changes, editing, editor, merging, rulebook
from indicators.app.background.protocol import Move
from indicators.app.editing import Sheet
from indicators.app.editor.vocabulary import vocabulary
from indicators.errors import OutputError, RuleError
from indicators.project import load_project
from indicators.rules.loading import load_rules_text
from indicators.rules.saving import Opened
from indicators.rules.schema import ConfigFile, IndicatorEntry

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "tools" / "editor"

# --- what is shipped


@pytest.mark.parametrize("name", ["editor.js", "marks.js"])
def test_the_bundle_asks_nobody_for_anything(name: str) -> None:
    script = editor.asset(name)
    addresses = set(re.findall(r"""https?:[^\s"'`)]*""", script))
    assert addresses <= {"http://www.w3.org/2000/svg"}  # the name of a namespace
    asking = r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|\bimport\(|@import"
    assert not re.findall(r"url\((?!['\"]?data:)", script)
    assert not re.findall(asking, script)


def test_the_notice_names_every_package_with_its_licence() -> None:
    package = json.loads((SOURCE / "package.json").read_text("utf-8"))
    notice = editor.asset("NOTICE.txt")
    for name, version in package["dependencies"].items():
        assert f"\n{name} {version} (MIT)\n" in notice
    heads = re.findall(r"^(@?[\w/-]+) [\d.]+ \((.+)\)$", notice, re.MULTILINE)
    assert len(heads) >= len(package["dependencies"])
    assert {licence for _, licence in heads} == {"MIT"}
    assert notice.count("Permission is hereby granted") == len(heads)


def test_the_lock_pins_every_package_and_names_no_registry() -> None:
    lock = json.loads((SOURCE / "package-lock.json").read_text("utf-8"))
    package = json.loads((SOURCE / "package.json").read_text("utf-8"))
    own = {name: entry for name, entry in lock["packages"].items() if name}
    assert all("resolved" not in entry for entry in own.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in own.values())
    for name, version in (package["dependencies"] | package["devDependencies"]).items():
        assert own[f"node_modules/{name}"]["version"] == version


# --- what can be completed


@pytest.fixture(scope="module")
def words() -> dict[str, Any]:
    return vocabulary(load_rules_text(CONFIG))


def labels(options: list[dict[str, str]]) -> list[str]:
    return [option["label"] for option in options]


def test_keys_are_those_of_the_schema(words: dict[str, Any]) -> None:
    top = {field.alias or name for name, field in ConfigFile.model_fields.items()}
    assert set(labels(words["keys"][""])) == top
    assert set(labels(words["keys"]["indicators.*"])) == set(IndicatorEntry.model_fields)
    assert labels(words["keys"]["indicators.*.name"]) == ["zh", "en"]
    assert {"text", "value", "values", "status"} <= set(labels(words["keys"]["indicators.*.examples"]))


def test_values_are_choices_of_the_schema_and_names_of_the_rules(words: dict[str, Any]) -> None:
    values = words["values"]
    assert {"count", "amount", "ratio", "change"} <= set(labels(values["indicators.*.kind"]))
    assert labels(values["indicators.*.topic"]) == ["service"]
    assert labels(values["indicators.*.of"]) == ["stations", "coverage", "roads"]
    assert labels(values["indicators.*.also"]) == ["true", "false"]
    assert "公里" in labels(values["indicators.*.unit"])
    assert "rural" in labels(values["packs"])


def test_macros_are_the_built_in_and_the_own_ones(words: dict[str, Any]) -> None:
    assert {"{value}", "{gap}", "{past}", "{built}"} <= set(labels(words["macros"]))


def test_the_vocabulary_is_there_while_the_rules_are_broken() -> None:
    found = vocabulary(None)
    assert found["keys"]["indicators.*"]
    assert found["values"]["indicators.*.topic"] == []


# --- whose text it is


def test_a_text_typed_over_a_replaced_one_is_not_taken() -> None:
    sheet = Sheet(Opened(Path("config.yaml"), "a", ""), "a", "a")
    old = sheet.revision
    sheet.typed(old, 1, "ab")
    assert (sheet.text, sheet.touched) == ("ab", True)
    sheet.push("c", line=7)
    sheet.typed(old, 2, "abc")
    assert (sheet.text, sheet.sequence) == ("c", 0)
    assert sheet.goto is not None
    assert sheet.goto[1] == 7
    sheet.typed(sheet.revision, 1, "cd")
    assert sheet.text == "cd"


def test_going_twice_to_one_line_goes_twice() -> None:
    sheet = Sheet(Opened(Path("config.yaml"), "a", ""), "a", "a")
    sheet.go(3)
    first = sheet.goto
    sheet.go(3)
    assert sheet.goto != first


@pytest.mark.parametrize("state", [None, {}, {"text": 3}, "text", {"revision": "r"}])
def test_a_state_of_the_browser_that_is_no_text_is_none(state: object) -> None:
    assert editor.as_edit(state) is None


def test_who_saves_second_is_refused_and_shown_what_changed(tmp_path: Path) -> None:
    path = rules_project.make(tmp_path)
    first, second = editing.open_sheet(path), editing.open_sheet(path)
    assert editing.others(second.opened) is None
    editing.save(first.opened, CONFIG.replace("村级服务站, en", "村服务站, en"))
    with pytest.raises(OutputError):
        editing.save(second.opened, CONFIG + "# 我的\n")
    now = editing.others(second.opened)
    assert now is not None
    diff = editing.changes(second.opened.text, now.text)
    assert "+    name: {zh: 村服务站, en: Village stations}" in diff.splitlines()
    text, conflicts = merging.merged(second.opened.text, CONFIG + "# 我的\n", now.text)
    assert conflicts == 0
    assert editing.save(now, text).text == now.text + "# 我的\n"


def test_a_text_with_conflicts_in_it_cannot_be_saved(tmp_path: Path) -> None:
    opened = editing.open_sheet(rules_project.make(tmp_path)).opened
    mine, theirs = (CONFIG.replace("Village stations", words) for words in ("Mine", "Theirs"))
    text, conflicts = merging.merged(CONFIG, mine, theirs)
    assert conflicts == 1
    assert merging.MINE in text.splitlines()
    with pytest.raises(RuleError):
        editing.save(opened, text)


@pytest.mark.parametrize(("value", "closed"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_a_deployment_can_be_closed_to_writing(monkeypatch: pytest.MonkeyPatch, value: str, closed: bool) -> None:
    monkeypatch.setattr("sys.argv", ["streamlit"])
    monkeypatch.setenv(access.READ_ONLY_VARIABLE, value)
    assert access.may_write() != closed
    monkeypatch.setattr("sys.argv", ["streamlit", "--read-only"])
    assert not access.may_write()


LINES = st.lists(st.sampled_from("甲乙丙丁"), max_size=8).map("\n".join)


@given(LINES, LINES)
def test_merging_takes_the_only_change_there_is(base: str, other: str) -> None:
    assert merging.merged(base, other, base) == (other, 0)
    assert merging.merged(base, base, other) == (other, 0)
    assert merging.merged(base, other, other) == (other, 0)


@given(LINES, LINES, LINES)
def test_merging_loses_no_line_that_somebody_wrote(base: str, mine: str, theirs: str) -> None:
    text, conflicts = merging.merged(base, mine, theirs)
    written = (set(mine.split("\n")) | set(theirs.split("\n"))) - set(base.split("\n"))
    assert written <= set(text.split("\n"))
    assert conflicts == text.split("\n").count(merging.MINE)


# --- what is shown


def test_changes_are_shown_escaped_with_the_number_marked(tmp_path: Path) -> None:
    project = load_project(rules_project.make(tmp_path))
    documents = {one.name: one for one in project.read_documents()}
    claims = project.extract()
    rows = claims[claims["indicator"] == "roads"].assign(differs="value", value_before=1.0, unit_before="元")
    page = changes.claims_html("changed", rows, {"roads": ("<道路>", "Roads & co")}, documents, "zh")
    assert "&lt;道路&gt;" in page
    assert "1 元 → 23,000,000 元" in page
    assert '<mark class="number" title="">2300万元</mark>' in page
    assert "安化县" in page
    assert "Roads &amp; co" in changes.claims_html("lost", rows, {"roads": ("道路", "Roads & co")}, documents, "en")
    assert changes.claims_html("lost", rows, {}, {}, "en").count("<mark") == 0  # the document is gone


def test_a_move_shows_ranks_ties_and_places_that_left() -> None:
    move = Move("x", "county", "个", "stock", "", (("甲", "3个"), ("乙", "1个")), (("丙", "3个"), ("甲", "3个")))
    page = changes.move_html(move, {}, "zh")
    rows = re.findall(r"<tr><td>(.+?)</td><td>(.+?)</td><td(?: class=\"moved\")?>(.+?)</td></tr>", page)
    assert rows == [("丙", "—", "1. 3个"), ("甲", "1. 3个", "1. 3个"), ("乙", "2. 1个", "—")]


def test_where_an_indicator_is_written(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(CONFIG[CONFIG.index("topics:") :].replace("stations:", "posts:", 1), "utf-8")
    rules = load_rules_text("packs: [rural, mine.yaml]\nindicators: {}\n", base=tmp_path)
    assert rulebook.written_at(rules, "posts")[0] == "mine.yaml"
    assert rulebook.written_at(rules, "posts")[1] > 1
    shipped = next(one.id for one in rules.indicators if one.id not in ("posts", "coverage", "roads"))
    assert rulebook.written_at(rules, shipped)[0] == "rural"
    own = load_rules_text(CONFIG)
    assert rulebook.written_at(own, "roads") == ("", CONFIG[: CONFIG.index("  roads:")].count("\n") + 1)
