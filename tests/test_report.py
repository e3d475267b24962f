"""`indicators report`: one HTML file that a browser opens from the disk, asks nobody, and leads to every sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from test_browser import browser
from typer.testing import CliRunner

from indicators.app.report import gather, report_html
from indicators.cli import app
from indicators.project import load_project

__all__ = ["browser"]  # fixture
CONFIG = """corpus: [texts]
indicators:
  branches:
    name: {zh: <b>党支部</b>, en: Party branches}
    counts: {zh: 党支部}
    not_counts: {zh: 党小组}
    kind: count
    time: stock
    unit: 个
    patterns: ['党支部{value}']
    examples: [{text: 全县有党支部12个。, value: 12}]
    rejects: [建成大棚3个。]
  squares:
    name: {zh: 文化广场, en: Squares}
    counts: {zh: 文化广场}
    not_counts: {zh: 停车场}
    kind: count
    time: stock
    unit: 个
    patterns: ['文化广场{value}']
    examples: [{text: 建成文化广场12个。, value: 12}]
    rejects: [建成停车场3个。]
"""
TEXTS = {
    "a.txt": "2021年，台山市<script>alert(1)</script>有党支部31个。\n2021年，台山市北陡镇建成文化广场4个。\n",
    "b.txt": "2021年，惠东县有党支部约20个。\n2022年，惠东县有党支部约25个。\n",
}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "texts").mkdir()
    for name, words in TEXTS.items():
        (folder / "texts" / name).write_text(words, "utf-8")
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    return folder / "config.yaml"


@pytest.fixture(scope="module")
def path(config: Path) -> Path:
    """The report as the command line writes it."""
    target = config.with_name("report.html")
    done = CliRunner().invoke(app, ["report", "--config", str(config), "--output", str(target)])
    assert done.exit_code == 0, done.output
    return target


class _Page(HTMLParser):
    """Ids, links to places of the page, and addresses that would be fetched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(re.sub(r"<script>.*?</script>", "", text, flags=re.S))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [str(found["href"])] if "href" in found else []
        assert not {"src", "srcset"} & set(found), tag
        assert not any(name.startswith("on") for name in found), tag


def test_every_figure_of_every_table_leads_to_a_sentence_on_the_page(path: Path, config: Path) -> None:
    page = _Page(path.read_text("utf-8"))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    observations = load_project(config).observations()
    assert len(observations) == 4
    for language in ("zh", "en"):
        assert {f"#{language}-claim-{one}" for one in observations["claim_id"]} <= set(page.links)


def test_words_of_a_document_stay_words(config: Path) -> None:
    whole = report_html(gather(load_project(config), made="2026-01-02"), "<u>报告</u>", ["zh"])
    assert "&lt;script&gt;alert(1)" in whole
    assert "<script>alert" not in whole
    page = _Page(whole)
    assert not {"b", "u"} & page.tags
    assert 'lang="en"' not in whole
    data = re.search(r'id="figures">(.*?)</script>', whole, re.S)
    assert data is not None
    assert {figure["data"][0]["type"] for figure in json.loads(data[1])["figures"]} == {"bar", "scatter"}


def test_a_language_that_is_none_is_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["report", "--language", "fr"]).exit_code == 2


@pytest.fixture
def opened(browser: Any, path: Path) -> Iterator[Any]:
    """The report open from the disk; what it asked for and what the browser complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(path.as_uri())
    yield page
    context.close()


@pytest.mark.browser
def test_the_page_works_from_the_disk(opened: Any, path: Path) -> None:
    chart = opened.locator("#zh-compare .chart").first
    chart.scroll_into_view_if_needed()
    chart.locator(".barlayer .point path").first.click(force=True)
    target = opened.locator(".claim:target")
    target.locator("mark.number").wait_for()
    assert target.locator("details[open] dt").count() > 4
    opened.get_by_role("button", name="English").click()
    assert opened.locator("html").get_attribute("lang") == "en"
    section = opened.locator("#en-compare .indicator").first
    section.scroll_into_view_if_needed()
    section.locator("summary").first.click()
    value = section.locator("tbody strong").first.inner_text()
    section.locator("tbody a").first.click()
    marked = opened.locator(".claim:target mark.number").inner_text()
    assert re.findall(r"\d+", value)[0] in marked.replace(",", "")
    for kind in ("png", "svg"):
        chart = section.locator(".chart").first
        chart.hover()
        with opened.expect_download() as waiting:
            chart.locator(f'[data-title*="{kind.upper()}"]').click()
        data = Path(waiting.value.path()).read_bytes()
        assert waiting.value.suggested_filename.endswith(f".{kind}")
        assert data.startswith(b"\x89PNG") if kind == "png" else b"<svg" in data[:300]
    opened.set_viewport_size({"width": 390, "height": 900})
    assert any(_fits(opened, 390) for _ in range(50)), "the page scrolls sideways"
    assert opened.complaints == []
    assert {url for url in opened.asked if not url.startswith(("data:", "blob:"))} == {path.as_uri()}


def _fits(page: Any, width: int) -> bool:
    """Whether nothing reaches beyond the screen now; waits a little, for charts are drawn again."""
    page.wait_for_timeout(100)
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)
