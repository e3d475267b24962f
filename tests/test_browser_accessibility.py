"""axe-core over all pages, light, dark and on a telephone: what violates WCAG 2.2 A or AA is mended or listed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import compare_project
import pytest
from test_browser import WAIT, browser, serving, settle

__all__ = ["browser"]  # fixture
pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "data" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = (
    "", "compare?form=bars", "compare?form=panels", "compare?form=map", "documents?document=reports%2Ftaishan.txt",
    "rules", "rules?view=edit", "quality", "download",
)  # fmt: skip
# Violations that Streamlit brings and we cannot mend: rule -> reason. Strict: one that is gone must leave the list.
KNOWN: dict[str, str] = {}
VIEWS = (("light", 1280), ("dark", 1280), ("light", 390))
RUN = """levels => axe.run(document, {runOnly: levels}).then(found => found.violations.map(
    rule => [rule.id, rule.nodes.map(node => `${node.target.join(' ')}: ${node.any.map(fault => fault.message)}`)]))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(compare_project.make(tmp_path_factory.mktemp("axe"))) as url:
        yield url


def test_no_page_violates_wcag_a_or_aa(browser: Any, served: str) -> None:
    page, seen, faults = browser.new_page(), set(), []
    for path in PAGES:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.goto(f"{served}/{path}")
        settle(page)
        if path == "compare?form=bars":  # with the evidence open
            page.locator(".js-plotly-plot .barlayer .point path").first.click(force=True)
            page.locator(".sentence").first.wait_for(timeout=WAIT)
            settle(page)
        page.evaluate(AXE.read_text("utf-8"))
        for view in VIEWS:
            show(page, *view)
            for rule, nodes in page.evaluate(RUN, LEVELS):
                seen.add(rule)
                faults += [f"{view} /{path} {rule} {node}" for node in nodes if rule not in KNOWN]
    page.close()
    assert not faults, "\n".join(faults)
    assert set(KNOWN) <= seen, "no longer violated: take it out of KNOWN"


def show(page: Any, scheme: str, width: int) -> None:
    """Turn the page to a colour scheme and width, and see that it followed."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 1000})
    ground = "rgb(20, 25, 27)" if scheme == "dark" else "rgb(255, 255, 255)"
    followed = "ground => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor === ground"
    page.wait_for_function(followed, arg=ground, timeout=WAIT)
    settle(page)


def test_axe_sees_what_is_wrong(browser: Any) -> None:
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>t</title><main><p style='color:#999;background:#fff'>faint</p></main></html>"
    )
    page.evaluate(AXE.read_text("utf-8"))
    assert [rule for rule, _ in page.evaluate(RUN, LEVELS)] == ["color-contrast"]
    page.close()
