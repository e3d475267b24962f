"""The dashboard in a real Chromium over the seeds: it draws, leads from a bar to its sentence, asks nobody outside.

Skips where there is no Chromium, unless REQUIRE_ALL=1, which makes that a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
PAGES = ("", "compare", "documents", "rules", "quality", "download")
WAIT = 60_000  # milliseconds; the first page runs the pipeline

pytestmark = pytest.mark.browser


def require(found: bool, reason: str) -> None:
    """Skip, or fail where REQUIRE_ALL=1, when a program that CI installs is missing."""
    if found:
        return
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a running dashboard over the project's own config.yaml and seeds."""
    with serving(ROOT / "config.yaml") as url:
        yield url


@contextmanager
def serving(config: Path) -> Iterator[str]:
    """The address of a dashboard over a config.yaml while it runs."""
    port = free_port()
    command = ["streamlit", "run", "dashboard.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
    with running(command, port, ROOT, INDICATORS_CONFIG=str(config)) as url:
        yield url


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path, **environment: str) -> Iterator[str]:
    """The address of a server that a Python module starts in a folder, while it runs."""
    require(Path(CHROMIUM).exists(), f"no Chromium at {CHROMIUM}")
    server = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answering(url: str, server: subprocess.Popen[bytes]) -> str:
    """The address once the server answers."""
    for _ in range(200):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310
                return url
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api") if os.environ.get("REQUIRE_ALL") != "1" else None
    if playwright is None:
        import playwright.sync_api as playwright
    require(Path(CHROMIUM).exists(), f"no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that remembers every address it asked for."""
    opened = browser.new_page(viewport={"width": 1280, "height": 1000})
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    opened.close()


def settle(page: Any) -> None:
    """Wait until the page has a title and the server has finished its run."""
    page.wait_for_selector("h1", timeout=WAIT)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT)
    page.wait_for_timeout(300)


def outside(asked: list[str]) -> list[str]:
    """Addresses that are not on this machine."""
    parts = [(url, urlsplit(url)) for url in asked]
    return [url for url, part in parts if part.scheme.startswith(("http", "ws")) and part.hostname != "127.0.0.1"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_error_and_asks_nobody_outside(page: Any, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(f"{address}/{name}")
    settle(page)
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    assert outside(page.asked) == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "the page scrolls sideways"


def test_a_bar_leads_to_its_sentence(page: Any, address: str) -> None:
    page.goto(f"{address}/compare?level=county")
    settle(page)
    bar = page.locator(".js-plotly-plot .barlayer .point path").first
    bar.wait_for(timeout=WAIT)
    assert page.locator(".sentence").count() == 0
    box = bar.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sentence = page.locator(".sentence").first
    sentence.wait_for(timeout=WAIT)
    number = sentence.locator("mark.number").inner_text()
    assert any(letter.isdigit() or letter in "一二两三四五六七八九十百千万" for letter in number)
    assert "config" not in sentence.inner_text()
    page.get_by_role("button", name="打开这个文件").first.click()
    page.wait_for_url("**/documents**", timeout=WAIT)
    settle(page)
    assert number in page.locator(".reading").inner_text()


def test_a_reported_cell_of_the_coverage_map_leads_to_its_sentences(page: Any, address: str) -> None:
    page.goto(f"{address}/")
    settle(page)
    chart = page.locator(".js-plotly-plot").nth(1)
    cell = chart.locator(".barlayer .point").filter(has_text="1").first
    cell.scroll_into_view_if_needed()
    box = cell.locator("path").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    page.locator(".sentence mark.number").first.wait_for(timeout=WAIT)


def test_a_download_arrives_as_csv_for_excel(page: Any, address: str) -> None:
    page.goto(f"{address}/download")
    settle(page)
    with page.expect_download(timeout=WAIT) as waiting:
        page.get_by_role("button", name="CSV").first.click()
    data = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.startswith("claims-")
    assert data.startswith(b"\xef\xbb\xbfclaim_id,indicator,")


def test_a_choice_reaches_the_address_and_outlives_a_page_change(page: Any, address: str) -> None:
    page.goto(f"{address}/")
    settle(page)
    page.get_by_text("English", exact=True).click()
    page.wait_for_url("**lang=en**", timeout=WAIT)
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url("**/compare**lang=en**", timeout=WAIT)
    settle(page)
    assert page.locator("h1").inner_text() == "Compare"


def test_an_unknown_county_in_the_address_is_said(page: Any, address: str) -> None:
    page.goto(f"{address}/?county=999999")
    settle(page)
    assert "county=999999" in page.locator("[data-testid=stAlert]").first.inner_text()
