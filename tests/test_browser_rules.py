"""The rules workbench in a real Chromium: type, see what changes, save, draft, be refused, type Chinese, type together.

The project is a small invented one; each test starts from its config.yaml as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rules_project
from rules_project import CONFIG
from test_browser import WAIT, browser, outside, page, serving, settle

__all__ = ["browser", "page"]  # fixtures
pytestmark = pytest.mark.browser

CHANGES = ".change"
POSTS = """
  posts:
    name: {zh: 挂牌服务站, en: Posts}
    counts: {zh: 挂牌的服务站}
    not_counts: {zh: 建成的服务站}
    topic: service
    kind: count
    time: stock
    unit: 个
    patterns: ['挂牌服务站{value}']
    examples: [{text: 全县挂牌服务站7个。, value: 7}]
    rejects: [建成大棚3个。]
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a dashboard over the invented project, and its config.yaml."""
    config = rules_project.make(tmp_path_factory.mktemp("rules"))
    with serving(config) as url:
        yield url, config


@pytest.fixture
def config(served: tuple[str, Path]) -> Path:
    served[1].write_text(CONFIG, "utf-8")
    return served[1]


@pytest.fixture
def editor(page: Any, served: tuple[str, Path], config: Path) -> Any:
    """A page with the editor open and the text checked."""
    return opened(page, served[0])


def opened(page: Any, address: str, query: str = "view=edit") -> Any:
    page.goto(f"{address}/rules?{query}")
    page.wait_for_selector(".cm-content", timeout=WAIT)
    settle(page)
    return page


VIEW = "document.querySelector('.cm-content').cmTile.view"


def go(page: Any, words: str) -> None:
    """Put the cursor behind the first occurrence of `words`."""
    at = text_of(page).index(words) + len(words)
    page.locator(".cm-content").click()
    page.evaluate(f"at => {VIEW}.dispatch({{selection: {{anchor: at}}, scrollIntoView: true}})", at)


def text_of(page: Any) -> str:
    """The whole text in the editor."""
    return str(page.evaluate(f"{VIEW}.state.doc.toString()"))


def heading(page: Any, words: str) -> None:
    """Wait until the page says this."""
    page.get_by_text(words).first.wait_for(timeout=WAIT)


def press(page: Any, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_a_new_rule_is_previewed_saved_charted_and_downloaded(
    editor: Any, served: tuple[str, Path], config: Path
) -> None:
    editor.locator(".cm-content").click()
    editor.keyboard.press("Control+End")
    editor.keyboard.insert_text(POSTS)
    change = editor.locator(f"{CHANGES}.gained")
    change.first.wait_for(timeout=WAIT)
    assert change.locator("mark").all_inner_texts() == ["9个"]
    assert "安化县" in editor.locator(".move").inner_text()
    press(editor, "保存")
    heading(editor, "已保存")
    assert config.read_text("utf-8").startswith(CONFIG.rstrip("\n"))
    assert "# 语料 the documents" in config.read_text("utf-8")
    editor.goto(f"{served[0]}/compare?indicator=posts&level=county")
    settle(editor)
    chart = editor.locator(".js-plotly-plot").first
    chart.wait_for(timeout=WAIT)
    assert "安化县" in chart.inner_text()
    editor.goto(f"{served[0]}/download")
    settle(editor)
    with editor.expect_download(timeout=WAIT) as waiting:
        editor.get_by_role("button", name="CSV").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert [(row["text"], row["county"]) for row in rows if row["indicator"] == "posts"] == [("9个", "安化县")]


def test_a_broken_rule_is_marked_on_its_line_and_refused(editor: Any, config: Path) -> None:
    go(editor, "投入{value}{gap}")
    editor.keyboard.insert_text("(")
    marker = editor.locator(".cm-lint-marker-error")
    marker.first.wait_for(timeout=WAIT)
    line = text_of(editor).split("投入{value}{gap}(")[0].count("\n") + 1
    row = editor.locator(".cm-lineNumbers .cm-activeLineGutter").first.bounding_box()
    assert abs(marker.first.bounding_box()["y"] - row["y"]) < row["height"]
    assert editor.locator(".cm-lintRange-error").count() == 1
    heading(editor, f"第 {line} 行")
    press(editor, "保存")
    heading(editor, "没有保存")
    assert config.read_text("utf-8") == CONFIG
    editor.locator(".cm-content").click()
    editor.keyboard.press("Control+z")
    heading(editor, "规则可用")
    editor.wait_for_function("!document.querySelector('.cm-lint-marker-error')", timeout=WAIT)


def test_chinese_is_typed_through_pauses_and_reruns(editor: Any) -> None:
    go(editor, "rejects: [设有3个窗口。")
    keyboard = editor.context.new_cdp_session(editor)
    for letters in ("f", "fu", "fuwu"):
        keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": 0})
        editor.wait_for_timeout(500)  # longer than the pause after which Python is told
    assert "窗口。fuwu" in text_of(editor)
    assert "未保存" not in editor.locator("[data-testid=stAlert]").first.inner_text()
    keyboard.send("Input.insertText", {"text": "服务"})
    heading(editor, "有未保存的修改")
    assert "窗口。服务]" in text_of(editor)
    editor.keyboard.insert_text("台3处")
    editor.wait_for_timeout(1500)
    assert "窗口。服务台3处]" in text_of(editor)


def test_undo_reaches_back_over_reruns_and_other_pages(editor: Any) -> None:
    go(editor, "{built}服务站")
    editor.keyboard.type("总数")
    editor.locator(f"{CHANGES}.lost").first.wait_for(timeout=WAIT)
    editor.get_by_role("link", name="比较").click()
    editor.wait_for_url("**/compare**", timeout=WAIT)
    settle(editor)
    editor.get_by_role("link", name="规则").click()
    editor.wait_for_selector(".cm-content", timeout=WAIT)
    settle(editor)
    assert "{built}服务站总数{value}" in text_of(editor)
    editor.locator(".cm-content").click()
    editor.keyboard.press("Control+z")
    heading(editor, "与保存的规则结果相同")
    assert text_of(editor) == CONFIG


def test_loading_the_page_anew_keeps_what_was_typed(editor: Any, served: tuple[str, Path], config: Path) -> None:
    go(editor, "Village stations")
    editor.keyboard.type(" (draft)")
    heading(editor, "有未保存的修改")
    editor.reload()
    heading(editor, "有未保存的修改")
    typed = CONFIG.replace("Village stations", "Village stations (draft)")
    assert text_of(editor) == typed
    config.write_text(CONFIG.replace("Investment in roads", "Investment in roads (theirs)"), "utf-8")
    editor.reload()
    heading(editor, "还留着上次没有保存的修改")
    assert "(theirs)" in text_of(editor)
    assert "(draft)" not in text_of(editor)
    press(editor, "放进编辑器")
    editor.wait_for_function(f"{VIEW}.state.doc.toString().includes('(draft)')", timeout=WAIT)
    press(editor, "保存")
    heading(editor, "已保存")
    assert config.read_text("utf-8") == typed
    opened(editor, served[0])
    editor.wait_for_function("!sessionStorage.getItem('indicators-draft-rules-editor')", timeout=WAIT)
    assert text_of(editor) == typed


def test_the_program_travels_once_not_with_every_pause(page: Any, served: tuple[str, Path], config: Path) -> None:
    sizes: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
    go(opened(page, served[0]), "Village stations")
    assert max(sizes) > 400_000
    sizes.clear()
    page.keyboard.type(" (draft)")
    heading(page, "有未保存的修改")
    settle(page)
    assert 0 < max(sizes) < 50_000


def test_two_people_at_once_lose_nothing(browser: Any, editor: Any, served: tuple[str, Path], config: Path) -> None:
    context = browser.new_context()
    other = opened(context.new_page(), served[0])
    go(other, "Village stations")
    other.keyboard.type(" (theirs)")
    heading(other, "有未保存的修改")
    go(editor, "Investment in roads")
    editor.keyboard.type(" (mine)")
    heading(editor, "有未保存的修改")
    press(other, "保存")
    heading(other, "已保存")
    press(editor, "保存")
    heading(editor, "已被他人修改")
    assert "mine" not in config.read_text("utf-8")
    assert "Village stations (theirs)" in editor.locator("[data-testid=stCode]").first.inner_text()
    press(editor, "并入我的修改")
    heading(editor, "已并入")
    editor.locator(".cm-content").click()
    editor.keyboard.press("Control+s")
    heading(editor, "已保存")
    both = CONFIG.replace("Village stations", "Village stations (theirs)")
    assert config.read_text("utf-8") == both.replace("Investment in roads", "Investment in roads (mine)")
    context.close()


def test_keys_and_macros_are_offered_where_they_belong(editor: Any) -> None:
    go(editor, "rejects: [收入20万元。]")
    editor.keyboard.press("Enter")
    editor.keyboard.type("prio")
    options = editor.locator(".cm-tooltip-autocomplete li")
    options.first.wait_for(timeout=WAIT)
    assert options.first.inner_text().startswith("priority")
    editor.wait_for_timeout(300)  # CodeMirror takes no key for an offer that it has just opened (interactionDelay)
    editor.keyboard.press("Enter")
    assert "\n    priority: " in text_of(editor)
    go(editor, "'覆盖率")
    editor.keyboard.type("{bu")
    options.first.wait_for(timeout=WAIT)
    assert options.first.inner_text().startswith("{built}")
    editor.wait_for_timeout(300)
    editor.keyboard.press("Tab")
    assert "'覆盖率{built}{gap}{value}'" in text_of(editor)
    go(editor, "kind: ")
    editor.keyboard.press("Control+Space")
    options.first.wait_for(timeout=WAIT)
    assert "ratio" in options.all_inner_texts()


def test_escape_then_tab_leaves_the_editor(editor: Any) -> None:
    editor.locator(".cm-content").click()
    inside = "document.activeElement.closest('.cm-editor') !== null"
    editor.keyboard.press("Tab")
    assert editor.evaluate(inside)
    editor.keyboard.press("Escape")
    editor.keyboard.press("Tab")
    assert not editor.evaluate(inside)
    assert editor.locator(".cm-content").get_attribute("aria-label")


def test_a_pattern_that_never_ends_holds_nobody_up(
    browser: Any, editor: Any, served: tuple[str, Path], config: Path
) -> None:
    go(editor, "'覆盖率{gap}{value}")
    editor.keyboard.insert_text("(?:(?:[^口]+)+)+[口]")
    heading(editor, "有未保存的修改")
    context = browser.new_context()
    other = context.new_page()
    other.goto(f"{served[0]}/compare")
    other.locator(".js-plotly-plot").first.wait_for(timeout=WAIT)
    context.close()


def test_a_draft_is_inserted_with_the_cursor_there(page: Any, served: tuple[str, Path], config: Path) -> None:
    offset = rules_project.TEXTS["anhua.txt"].index("46名")
    opened(page, served[0], f"draft=anhua.txt:{offset}")
    heading(page, "已为所选数字起草指标")
    assert "\n  draft_1:\n" in text_of(page)
    assert page.locator(".cm-activeLine").inner_text().strip() == "draft_1:"
    assert page.locator(f"{CHANGES}.gained mark").all_inner_texts() == ["46名"]
    assert config.read_text("utf-8") == CONFIG


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbench_fits_and_asks_nobody_outside(
    page: Any, served: tuple[str, Path], config: Path, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    opened(page, served[0], f"view=edit&lang={language}")
    go(page, "{built}服务站")
    page.keyboard.type("总数")
    page.locator(CHANGES).first.wait_for(timeout=WAIT)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".cm-editor").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert outside(page.asked) == []
    assert page.locator("[data-testid=stException]").count() == 0
