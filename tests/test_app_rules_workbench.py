"""The Rules page over a small project on disk: checked on every change, previewed, drafted, saved, refused."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rules_project
from app_pages import visit
from rules_project import CONFIG
from streamlit.testing.v1 import AppTest

from indicators.app import access, editing, loading, merging, words, workbench
from indicators.app.background.desk import Desk

ROOT = Path(__file__).parents[1]
Open = Callable[..., AppTest]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = rules_project.make(tmp_path)
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(path))
    monkeypatch.delenv(access.READ_ONLY_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "argv", ["streamlit"])
    loading.forget()
    return path


@pytest.fixture(scope="module", autouse=True)
def worker() -> Iterator[None]:
    """End the worker process with the tests that started it."""
    yield
    workbench.desk().close()


@pytest.fixture
def open_rules(config: Path) -> Open:
    """Open the editor with an address; run twice."""

    def opened(**address: str) -> AppTest:
        return visit("rules", again=True, **{"view": "edit"} | address)

    return opened


def sheet(app: AppTest) -> editing.Sheet:
    found = app.session_state[workbench.SHEET]
    assert isinstance(found, editing.Sheet)
    return found


def typed(app: AppTest, text: str) -> AppTest:
    """As if the browser had told this text."""
    sheet(app).typed(sheet(app).revision, sheet(app).sequence + 1, text)
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.label == words.word(key, "zh")).click().run()
    assert not app.exception, app.exception[0].message
    return app


def said(app: AppTest) -> str:
    kinds = (app.subheader, app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    texts = [str(element.value) for kind in kinds for element in kind]
    texts += [str(element.value) for element in app.code]
    return "\n".join([*texts, *(button.label for button in app.button), *(e.proto.body for e in app.get("html"))])


def test_an_untouched_file_is_checked_and_changes_nothing(open_rules: Open) -> None:
    app = open_rules()
    assert words.word("editor.status.ok", "zh") in app.success[0].value
    assert words.word("editor.status.unsaved", "zh") not in app.success[0].value
    assert words.word("editor.nothing", "zh", claims=7, documents=3) in said(app)


def test_a_fault_is_listed_with_its_line_which_leads_there(config: Path, open_rules: Open) -> None:
    app = typed(open_rules(), CONFIG.replace("{gap}道路", "{gpa}道路"))
    line = CONFIG[: CONFIG.index("{gap}道路")].count("\n") + 1
    assert words.word("editor.status.broken", "zh", count=1) in app.error[0].value
    button = next(found for found in app.button if f"第 {line} 行" in found.label)
    assert "gpa" in button.label
    button.click().run()
    goto = sheet(app).goto
    assert goto is not None
    assert goto[1] == line
    assert config.read_text("utf-8") == CONFIG


def test_a_broken_text_is_refused_with_its_line(config: Path, open_rules: Open) -> None:
    app = press(typed(open_rules(), CONFIG.replace("unit: 个", "unti: 个")), "editor.save")
    assert words.word("editor.refused", "zh") in said(app)
    line = CONFIG[: CONFIG.index("unit: 个")].count("\n") + 1
    assert any(f":{line}:" in code.value for code in app.code)
    assert config.read_text("utf-8") == CONFIG


def test_a_failing_example_is_said_at_its_line(open_rules: Open) -> None:
    app = typed(open_rules(), CONFIG.replace("value: 12}", "value: 13}"))
    line = CONFIG[: CONFIG.index("value: 12}")].count("\n") + 1
    assert words.word("editor.status.failing", "zh", count=1) in app.warning[0].value
    assert any(f"第 {line} 行" in button.label for button in app.button)


def test_the_preview_shows_claims_with_sentences_and_the_ranking_that_moves(open_rules: Open) -> None:
    app = typed(open_rules(), CONFIG.replace("{built}服务站{value}", "建成服务站{value}"))
    page = said(app)
    assert words.word("editor.lost", "zh", count=1) in page
    assert re.search(r'沅陵县建有服务站<mark class="number" title="">80个</mark>', page)
    assert words.word("editor.moves", "zh", count=1) in page
    assert words.word("editor.moves.places", "zh", before=3, after=2) in page


def test_saving_keeps_comments_and_the_tables_follow(config: Path, open_rules: Open) -> None:
    text = CONFIG.replace("  roads:", "  # 新的一行 a new line\n  roads_built:")
    app = press(typed(open_rules(), text), "editor.save")
    assert words.word("editor.saved", "zh") in said(app)
    assert config.read_text("utf-8") == text
    assert not sheet(app).touched
    app.segmented_control(key="view-zh").set_value("list").run()
    assert any("roads_built" in option for option in app.selectbox(key="rule-zh").options)


def test_another_hand_is_shown_and_taken_in(config: Path, open_rules: Open) -> None:
    app = typed(open_rules(), CONFIG + "# 我的 mine\n")
    config.write_text(CONFIG.replace("Village stations", "Stations"), "utf-8")
    press(app, "editor.save")
    page = said(app)
    assert words.word("editor.conflict", "zh", path="config.yaml") in page
    assert "+    name: {zh: 村级服务站, en: Stations}" in page
    assert "mine" not in config.read_text("utf-8")
    press(app, "editor.merge")
    assert words.word("editor.merged", "zh") in said(app)
    press(app, "editor.save")
    assert config.read_text("utf-8") == CONFIG.replace("Village stations", "Stations") + "# 我的 mine\n"


def test_what_both_changed_is_marked_and_cannot_be_saved_as_it_is(config: Path, open_rules: Open) -> None:
    app = typed(open_rules(), CONFIG.replace("Village stations", "Mine"))
    theirs = CONFIG.replace("Village stations", "Theirs")
    config.write_text(theirs, "utf-8")
    press(press(app, "editor.save"), "editor.merge")
    assert words.word("editor.conflicts", "zh", count=1) in said(app)
    assert merging.MINE in sheet(app).text
    press(app, "editor.save")
    assert config.read_text("utf-8") == theirs
    press(app, "editor.reload")
    assert sheet(app).text == theirs


def test_a_file_changed_elsewhere_is_shown_where_nothing_was_typed(config: Path, open_rules: Open) -> None:
    app = open_rules()
    config.write_text(CONFIG + "# 别处 elsewhere\n", "utf-8")
    app.run()
    assert sheet(app).text.endswith("# 别处 elsewhere\n")


def test_a_draft_is_asked_for_in_the_address(open_rules: Open) -> None:
    offset = rules_project.TEXTS["anhua.txt"].index("46名")
    app = open_rules(draft=f"anhua.txt:{offset}")
    assert "  draft_1:" in sheet(app).text.splitlines()
    goto = sheet(app).goto
    assert goto is not None
    assert sheet(app).text.splitlines()[goto[1] - 1] == "  draft_1:"
    assert words.word("editor.gained", "zh", count=1) in said(app)
    assert "draft" not in app.query_params


def test_a_draft_that_cannot_be_says_why(config: Path) -> None:
    app = visit("rules", draft="anhua.txt:0")
    assert words.word("editor.draft_refused", "zh") in said(app)
    assert sheet(app).text == CONFIG


def test_a_closed_deployment_previews_and_does_not_save(
    config: Path, open_rules: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(access.READ_ONLY_VARIABLE, "1")
    app = typed(open_rules(), CONFIG.replace("{built}服务站{value}", "建成服务站{value}"))
    save = next(button for button in app.button if button.label == words.word("editor.save", "zh"))
    assert save.disabled
    assert words.word("editor.lost", "zh", count=1) in said(app)
    assert words.word("editor.read_only", "zh") in said(app)


def test_broken_rules_on_disk_leave_the_editor_to_mend_them(config: Path, open_rules: Open) -> None:
    config.write_text(CONFIG.replace("unit: 个", "unti: 个"), "utf-8")
    loading.forget()
    app = open_rules()
    assert "unti" in app.code[0].value
    press(typed(app, CONFIG), "editor.save")
    assert config.read_text("utf-8") == CONFIG
    app.run()
    assert not app.error


def test_a_task_beyond_its_limit_is_said(open_rules: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Desk(limit=0.2, start=0.2, command=[sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(workbench, "desk", lambda: slow)
    try:
        app = open_rules()
        assert words.word("editor.too_slow", "zh", seconds=0.2) in app.error[0].value
    finally:
        slow.close()


def test_an_indicator_leads_to_its_line(open_rules: Open) -> None:
    app = open_rules(view="list", rule="coverage")
    press(app, "editor.edit_this")
    goto = sheet(app).goto
    assert goto is not None
    assert goto[1] == CONFIG[: CONFIG.index("  coverage:")].count("\n") + 1
