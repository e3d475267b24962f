"""Takes the README's picture from the running dashboard: `python tools/screenshot.py docs/dashboard.png`.

Needs the test extra (playwright) and a Chromium at CHROMIUM or /usr/bin/chromium.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PAGE = "compare?indicator=villages_and_communities&indicator=persons_trained&level=county"


def main(target: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    server = subprocess.Popen([*command, "--server.address", "127.0.0.1"], cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        with sync_playwright() as running:
            chromium = running.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = chromium.new_page(viewport={"width": 1280, "height": 1060})
            page.goto(f"http://127.0.0.1:{port}/{PAGE}")
            page.wait_for_selector(".js-plotly-plot .bars .point path", timeout=60_000)
            page.wait_for_timeout(1500)
            page.locator(".js-plotly-plot .bars .point path").first.click(force=True)
            page.wait_for_selector("mark", timeout=20_000)
            page.mouse.move(0, 0)
            page.wait_for_timeout(1500)
            page.screenshot(path=target)
            chromium.close()
    finally:
        server.terminate()


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the dashboard does not answer")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
