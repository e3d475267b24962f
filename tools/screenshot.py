"""Takes pictures of the running dashboard over the seeds.

    python tools/screenshot.py docs/dashboard.png      the README's: a bar and its sentence
    python tools/screenshot.py docs/screenshots        every page, 中文 and English, 1280 and 390 pixels wide

Needs the test extra (playwright) and a Chromium at CHROMIUM or /usr/bin/chromium.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
README = "compare?indicator=persons_trained&level=county"
PAGES = {
    "overview": "",
    "compare": README,
    "documents": "documents",
    "rules": "rules",
    "quality": "quality?finding=checks",
    "download": "download",
}
HEIGHTS = {1280: 1060, 390: 1000}
COLOURS = 96  # of a palette: flat areas and a few hues lose nothing that one sees
WAIT = 120_000


def main(target: Path) -> None:
    with served() as address, sync_playwright() as running:
        chromium = running.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        if target.suffix == ".png":
            target.write_bytes(readme(chromium, address))
        else:
            target.mkdir(parents=True, exist_ok=True)
            every(chromium, address, target)
        chromium.close()


def readme(chromium: Any, address: str) -> bytes:
    page = chromium.new_page(viewport={"width": 1280, "height": 1060})
    page.goto(f"{address}/{README}")
    settle(page)
    page.locator(".js-plotly-plot .bars .point path").first.click(force=True)
    page.wait_for_selector("mark", timeout=WAIT)
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)
    return reduced(page.screenshot())


def every(chromium: Any, address: str, folder: Path) -> None:
    for width, height in HEIGHTS.items():
        page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        for language in ("zh", "en"):
            for name, path in PAGES.items():
                page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={language}")
                settle(page)
                data = reduced(page.screenshot())
                target = folder / f"{name}-{language}-{width}.png"
                target.write_bytes(data)
                print(f"{target}: {len(data) / 1000:.0f} kB")
        page.close()


def settle(page: Any) -> None:
    """Wait for the title, the end of the server's run and the drawing of charts."""
    page.wait_for_selector("h1", timeout=WAIT)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT)
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached", timeout=WAIT)  # drawn on a busy machine too
    page.wait_for_timeout(1500)


def reduced(data: bytes) -> bytes:
    """A PNG with a palette."""
    stream = io.BytesIO()
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


@contextmanager
def served() -> Iterator[str]:
    """The address of a dashboard over the seeds while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    server = subprocess.Popen([*command, "--server.address", "127.0.0.1", "--server.headless", "true"], cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the dashboard does not answer")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
