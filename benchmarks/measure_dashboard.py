"""How long a visitor of the dashboard waits, in real Chromium, on the seeds and on large tables; prints a table.

For each subject a server of its own: the first chart (Compare) from asking for the page, for the first visitor, who
finds nothing loaded, and for one after; a change of a filter until everything is drawn again; memory of the server.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from indicators.project import load_project

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
CHART = ".js-plotly-plot .bars, .js-plotly-plot .points"
FILTER = "数值限定"
FINISHED = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
# Counts the script runs that have ended, so that the end of a run is not mistaken for the state before it.
COUNT_RUNS = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  window.ended = 0;
  let before = app.dataset.testScriptState;
  new MutationObserver(() => {
    const now = app.dataset.testScriptState;
    if (before !== 'notRunning' && now === 'notRunning') window.ended += 1;
    before = now;
  }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
}"""


@contextmanager
def server(path: Path | None, port: int) -> Iterator[int]:
    """A dashboard of the project, or of PATH; the number of its process."""
    words = [sys.executable, "-m", "indicators.cli", "dashboard", *([str(path)] if path else []), "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(words, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
        try:
            _wait(process, port)
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the dashboard did not start")
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the dashboard does not answer")


def memory(pid: int) -> int:
    """Megabytes that a process holds now."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS:"))


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used, all its threads."""
    words = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def first_chart(page: Page, port: int) -> float:
    """Seconds from asking for the page until its first chart stands there."""
    begun = time.perf_counter()
    page.goto(f"http://localhost:{port}/compare")
    page.wait_for_selector(CHART, state="attached", timeout=120_000)
    return time.perf_counter() - begun


def changes(page: Page, times: int) -> list[float]:
    """Seconds of each change of the qualifiers shown, until nothing runs and the page is drawn."""
    page.wait_for_function(FINISHED, timeout=120_000)
    page.evaluate(COUNT_RUNS)
    box = page.get_by_test_id("stMultiSelect").filter(has_text=FILTER).locator("input")
    found = []
    for number in range(times):
        box.click()
        option = page.get_by_role("option").nth(number % 2)
        option.wait_for()
        ended = page.evaluate("window.ended")
        begun = time.perf_counter()
        option.click()
        page.wait_for_function(f"window.ended > {ended}", polling="raf", timeout=120_000)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found.append(time.perf_counter() - begun)
        page.get_by_test_id("stMultiSelect").filter(has_text=FILTER).get_by_label("Clear all").click()
        page.wait_for_timeout(1500)
    return found


def measure(path: Path | None, port: int, times: int) -> dict[str, Any]:
    """The figures of one subject."""
    with server(path, port) as pid, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        cold = first_chart(browser.new_page(), port)
        page = browser.new_page()
        warm = first_chart(page, port)
        begun = processor(pid)
        waited = changes(page, times)
        used = (processor(pid) - begun) / (2 * times)  # a filter is set, and cleared
        found = {"cold": cold, "warm": warm, "filter": statistics.median(waited), "worst": max(waited), "used": used}
        browser.close()
        return {**found, "memory": memory(pid)}


def main() -> int:
    """Measure the seeds and every PATH; print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*", help="folders of tables or Parquet files of claims")
    parser.add_argument("--port", type=int, default=8599)
    parser.add_argument("--times", type=int, default=7, help="changes of a filter (7)")
    given = parser.parse_args()
    print(
        "| table | first chart, first visitor | the next visitor | filter change, median | worst | server time of it | "
        "server memory |"
    )
    print("|---" + "|---:" * 6 + "|")
    seeds = len(load_project(ROOT / "config.yaml").extract())
    for path in (None, *given.paths):
        found = measure(path, given.port, given.times)
        name = f"seeds, {seeds} claims" if path is None else path.stem
        print(
            f"| {name} | {found['cold']:.1f} s | {found['warm']:.1f} s | {1000 * found['filter']:.0f} ms | "
            f"{1000 * found['worst']:.0f} ms | {1000 * found['used']:.0f} ms | {found['memory']} MB |",
            flush=True,
        )
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
