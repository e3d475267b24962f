"""The Documents page in a real Chromium: fill in a date, upload, add to the project, click a number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rules_project
from test_browser import WAIT, browser, outside, page, serving, settle

__all__ = ["browser", "page"]  # fixtures
pytestmark = pytest.mark.browser

UNDATED = "桃源县建成服务站31个,覆盖率为44%。<b id=markup>粗</b>\n"
GB18030 = "2020年,桑植县建成服务站77个。\n"
PRINTED = "<meta charset=utf-8><p>2020年，石门县建成服务站66个。</p>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a dashboard over a project with one document that nobody described, and its documents."""
    folder = tmp_path_factory.mktemp("documents")
    config = rules_project.make(folder)
    (folder / "reports" / "taoyuan.txt").write_text(UNDATED, "utf-8")
    with serving(config) as url:
        yield url, folder / "reports"


def cell(page: Any, row: int, moves: int) -> None:
    """Put the cursor of the documents table into a row (from 0), `moves` columns right of the document's name."""
    table = page.locator(".stDataFrameGlideDataEditor").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 160, "y": 35 * (row + 1) + 17})
    for key in (*["ArrowLeft"] * 12, *["ArrowRight"] * (moves + 1)):
        page.keyboard.press(key)


def type_in(page: Any, row: int, moves: int, words: str) -> None:
    """Write into a cell as a person would: Enter opens it, Enter leaves it."""
    cell(page, row, moves)
    page.keyboard.press("Enter")
    box = page.locator(".gdg-input")
    box.fill(words)
    box.press("Enter")


def rows_of(reports: Path) -> dict[str, dict[str, str]]:
    """metadata.csv by file."""
    text = (reports / "metadata.csv").read_text("utf-8-sig")
    return {row["file"]: row for row in csv.DictReader(io.StringIO(text))}


def leave_to(page: Any, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()
    page.wait_for_function(f"document.querySelector('h1')?.textContent === '{link}'", timeout=WAIT)
    settle(page)


def test_a_date_that_is_filled_in_dates_the_claims(page: Any, served: tuple[str, Path]) -> None:
    address, reports = served
    page.goto(f"{address}/documents")
    settle(page)
    assert page.locator(".reading").inner_text().startswith("桃源县"), "most undated claims come first"
    assert page.locator("#markup").count() == 0
    type_in(page, 0, 2, "2021-13")
    page.get_by_text("“2021-13”不是日期").wait_for(timeout=WAIT)
    assert page.get_by_role("button", name="保存 1 处修改").is_disabled()
    type_in(page, 0, 2, "2021-03")
    page.locator("button:has-text('保存 1 处修改'):enabled").wait_for(timeout=WAIT)
    leave_to(page, "比较")
    leave_to(page, "文件")
    described = reports / "metadata.csv"
    described.write_text(described.read_text("utf-8").replace("cili.txt,,,", "cili.txt,,他报,"), "utf-8")
    page.get_by_role("button", name="保存 1 处修改").click()
    page.get_by_text("cili.txt 的 source:他人把“”改成了“他报”").wait_for(timeout=WAIT)
    assert "taoyuan.txt" not in rows_of(reports)
    page.get_by_role("button", name="保存 1 处修改").click()
    page.get_by_text("已写入 metadata.csv").wait_for(timeout=WAIT)
    settle(page)
    assert rows_of(reports)["taoyuan.txt"]["published"] == "2021-03"
    assert rows_of(reports)["cili.txt"]["source"] == "他报"
    page.goto(f"{address}/quality?finding=undated")
    page.get_by_text("没有这一类").wait_for(timeout=WAIT)


def test_a_number_that_no_rule_captured_leads_from_quality_to_its_draft(page: Any, served: tuple[str, Path]) -> None:
    page.goto(f"{served[0]}/quality?finding=unclaimed")
    settle(page)
    box = page.locator("[data-testid=stDataFrame]").nth(1).bounding_box()
    page.mouse.click(box["x"] + 17, box["y"] + 52)
    page.locator(".sentence mark.number").wait_for(timeout=WAIT)
    page.get_by_role("button", name="为它起草一条规则").click()
    page.get_by_text("已为所选数字起草指标").wait_for(timeout=WAIT)


def test_uploads_are_compared_downloaded_and_added_to_the_project(
    page: Any, browser: Any, served: tuple[str, Path], tmp_path: Path
) -> None:
    address, reports = served
    text, printed, refused = tmp_path / "桑植 2020.txt", tmp_path / "石门.pdf", tmp_path / "空.docx"
    text.write_bytes(GB18030.encode("gb18030"))
    refused.write_bytes(b"no word file")
    page.set_content(PRINTED)
    page.pdf(path=printed)
    before = sorted(path.name for path in reports.iterdir())
    page.goto(f"{address}/documents")
    settle(page)
    page.get_by_text("上传文件", exact=True).click()
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([text, printed, refused])
    page.get_by_text("本次会话上传的文件（3）").wait_for(timeout=WAIT)
    settle(page)
    side = page.locator("[data-testid=stSidebar]").inner_text()
    assert "空.docx" in side
    assert "不是 zip 文件" in side
    assert sorted(path.name for path in reports.iterdir()) == before, "nothing leaves the session"
    leave_to(page, "比较")
    chart = page.locator(".js-plotly-plot").first
    chart.wait_for(timeout=WAIT)
    words = chart.inner_text()
    assert "桑植县" in words
    assert "石门县" in words
    leave_to(page, "下载")
    with page.expect_download(timeout=WAIT) as waiting:
        page.get_by_role("button", name="CSV").first.click()
    claims = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert {(row["text"], row["document"]) for row in claims if row["document"].startswith("本次会话/")} == {
        ("77个", "本次会话/桑植 2020.txt"),
        ("66个", "本次会话/石门.pdf"),
    }
    stranger = browser.new_context().new_page()
    stranger.goto(f"{address}/documents")
    settle(stranger)
    assert "桑植" not in stranger.locator("body").inner_text(), "another session sees nothing of it"
    stranger.context.close()
    leave_to(page, "文件")
    page.get_by_role("button", name="加入项目").nth(0).click()
    page.get_by_text("已加入项目").wait_for(timeout=WAIT)
    settle(page)
    assert (reports / "桑植 2020.txt").read_bytes() == GB18030.encode("gb18030")
    assert rows_of(reports)["桑植 2020.txt"]["checked"] == "no"
    assert sorted(path.name for path in reports.iterdir()) == sorted([*before, "桑植 2020.txt"])
    assert "本次会话上传的文件（2）" in page.locator("body").inner_text()
    assert outside(page.asked) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_number_is_chosen_by_click_by_key_and_by_address(page: Any, served: tuple[str, Path], width: int) -> None:
    address, _ = served
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(f"{address}/documents?document=anhua.txt")
    settle(page)
    page.locator(".reading mark.unclaimed", has_text="46名").click()
    page.get_by_text("为什么没有规则抓取它").wait_for(timeout=WAIT)
    offset = rules_project.TEXTS["anhua.txt"].index("46名")
    page.wait_for_url(f"**at={offset}**", timeout=WAIT)
    assert page.locator(".reading mark.chosen").inner_text() == "46名"
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.locator(".sentence mark.number", has_text="135个").wait_for(timeout=WAIT)
    page.get_by_text("为什么是这条规则").click()
    page.get_by_text("条规则要求的词不在句中").wait_for(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}/documents?document=anhua.txt&at={offset}")
    settle(page)
    page.get_by_role("button", name="为它起草一条规则").click()
    page.locator(".cm-activeLine", has_text="draft_1").wait_for(timeout=WAIT)
