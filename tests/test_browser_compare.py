"""Compare in a real Chromium: every form leads to its sentence, a review fills its mark, pinyin finds a county."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import compare_project
import pytest
from test_browser import WAIT, browser, outside, page, serving, settle

__all__ = ["browser", "page"]  # fixtures
pytestmark = pytest.mark.browser

MARK = {
    "bars": ".barlayer .point path",
    "dots": ".scatterlayer .points path.point",
    "panels": ".barlayer .point path",
    "time": ".scatterlayer .points path.point",
    "change": ".scatterlayer .points path.point",
    "map": ".scatterlayer .trace:last-child .points path.point",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard over the invented project of real places."""
    with serving(compare_project.make(tmp_path_factory.mktemp("compare"))) as url:
        yield url


def click(page: Any, mark: Any) -> None:
    """Click in the middle of a mark, as a person would: once the chart, which draws its marks anew, stands still."""
    mark.locator("xpath=ancestor::*[contains(@class, 'js-plotly-plot')]").scroll_into_view_if_needed()
    box, before = mark.bounding_box(), None
    while box is None or box != before:
        page.wait_for_timeout(150)
        box, before = mark.bounding_box(), box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_every_form_leads_from_its_marks_to_the_sentence_and_asks_nobody_outside(page: Any, served: str) -> None:
    for form, marks in MARK.items():
        page.goto(f"{served}/compare?indicator=stations&form={form}&hint=seen")
        settle(page)
        assert page.locator(".sentence").count() == 0
        click(page, page.locator(f".js-plotly-plot {marks}").last)
        page.locator(".sentence mark.number").first.wait_for(timeout=WAIT)
        assert re.search(r"\d", page.locator(".sentence mark.number").first.inner_text()), form
    assert outside(page.asked) == []


@pytest.mark.parametrize("form", ["panels", "map", "change"])
def test_a_form_fits_a_telephone(page: Any, served: str, form: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{served}/compare?indicator=stations&indicator=coverage&form={form}")
    settle(page)
    charts = page.locator(".js-plotly-plot")
    charts.first.wait_for(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = [charts.nth(index).bounding_box() for index in range(charts.count())]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


def test_a_confirmed_value_is_filled_where_it_was_hollow(page: Any, served: str) -> None:
    page.goto(f"{served}/compare?indicator=coverage&county=640423")
    settle(page)
    bar = page.locator(".js-plotly-plot .barlayer .point path")

    def inks() -> list[str]:
        return list(bar.first.evaluate("bar => [getComputedStyle(bar).fill, getComputedStyle(bar).stroke]"))

    fill, outline = inks()
    assert fill != outline
    page.get_by_label("审阅人", exact=True).fill("测试者")
    page.keyboard.press("Enter")
    settle(page)
    click(page, bar.first)
    page.get_by_role("button", name="确认").first.click(timeout=WAIT)
    page.wait_for_function(
        "outline => getComputedStyle(document.querySelector('.js-plotly-plot .barlayer .point path')).fill === outline",
        arg=outline,
        timeout=WAIT,
    )
    assert inks() == [outline, outline]


def test_typing_initials_finds_a_county(page: Any, served: str) -> None:
    page.goto(f"{served}/compare?indicator=stations")
    settle(page)
    box = page.get_by_role("combobox", name="县（市、区）")
    box.click()
    box.type("ts")
    options = page.get_by_role("option")
    page.wait_for_function("document.querySelectorAll('[role=option]').length < 4", timeout=WAIT)
    labels = [text for text in options.all_inner_texts() if " · " in text]
    assert labels == ["台山市 · taishan ts"]
    options.filter(has_text="taishan").click()
    page.wait_for_url("**county=440781**", timeout=WAIT)


def test_the_name_of_the_first_page_leads_to_it(page: Any, served: str) -> None:
    page.goto(f"{served}/overview?lang=en&topic=service")
    settle(page)
    assert page.locator("h1").inner_text() == "Overview"
    assert page.get_by_role("dialog").count() == 0
    page.wait_for_url("**topic=service**", timeout=WAIT)
