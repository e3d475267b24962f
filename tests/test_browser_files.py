"""In a real Chromium: a chart is saved as PNG and SVG; a downloaded package opens and leads to its sentences."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from test_browser import ROOT, WAIT, browser, outside, page, serving, settle

from indicators.opening import OPEN_VARIABLE
from indicators.project import load_project
from indicators.sharing import package

__all__ = ["browser", "page"]  # fixtures
pytestmark = pytest.mark.browser


def test_a_package_leads_from_a_bar_to_its_sentence_and_its_charts_are_saved(
    page: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "colleague.zip"
    path.write_bytes(package(load_project(ROOT / "config.yaml")))
    monkeypatch.setenv(OPEN_VARIABLE, str(path))
    with serving(tmp_path / "config.yaml") as address:
        page.goto(f"{address}/compare?level=county")
        settle(page)
        banner = page.locator("[data-testid=stAlert]").first.inner_text()
        assert "colleague.zip" in banner
        assert "不含文件全文" in banner
        saved(page, "png", "把图保存为 PNG")
        page.get_by_text("SVG", exact=True).click()
        settle(page)
        saved(page, "svg", "把图保存为 SVG")
        bar = page.locator(".js-plotly-plot .barlayer .point path").first
        box = bar.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.locator(".sentence mark.number").first.wait_for(timeout=WAIT)
        assert page.get_by_role("button", name="确认").count() == 0
        assert outside(page.asked) == []


def saved(page: Any, form: str, title: str) -> None:
    """Save the first chart from its toolbar; its file holds the picture with its Chinese words."""
    chart = page.locator(".js-plotly-plot").first
    chart.locator(".main-svg").first.wait_for(timeout=WAIT)
    chart.hover()
    button = chart.locator(".modebar-btn")
    assert button.get_attribute("data-title") == title
    with page.expect_download(timeout=WAIT) as waiting:
        button.click()
    name, data = waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()
    assert name.startswith("培训人数-时期数-n-2")
    assert name.endswith(f".{form}")
    if form == "svg":
        assert "惠东县" in data.decode()
    else:
        assert data.startswith(b"\x89PNG")
        shown = chart.bounding_box()["width"]
        assert struct.unpack(">I", data[16:20])[0] == pytest.approx(2 * shown, abs=4)
