"""How long a visitor of the dashboard waits, in real Chromium, on the seeds and on large tables; prints a table.

For each subject a server of its own: the first chart (Compare) from asking for the page, for the first visitor, who
finds nothing loaded, and for one after; a change of a filter until everything is drawn again; memory of the server.
Beside them a script of six lines with one filter and one bar chart: what Streamlit and Plotly take by themselves. On
the seeds also from the last key in the editor of rules until its preview stands there.
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

from playwright.sync_api import Browser, Page, sync_playwright

from indicators.project import load_project

BARE = """import time
import plotly.graph_objects as go
import streamlit as st
chosen = st.multiselect("数值限定", ["a", "b"])
time.sleep(0.05)  # a shorter run is over before the page has shown that it runs
st.plotly_chart(go.Figure(go.Bar(x=[1, 2], y=[3, len(chosen)])))
"""
RULE = """
  measured_{number}:
    name: {{zh: 量度{number}, en: Measured {number}}}
    counts: {{zh: 试验}}
    not_counts: {{zh: 其他}}
    topic: organisation
    kind: count
    time: stock
    unit: 个
    patterns: ['{word}{{gap}}{{value}}']
    examples: [{{text: 全县{word}7个。, value: 7}}]
    rejects: [大棚3个。]"""
WORDS = ("成立", "党支部", "村民小组")  # of rules that capture something in the seeds
EDITED = "document.querySelector('.cm-content').cmTile.view"
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
    """A dashboard of the project, or of PATH, or the script PATH alone; the number of its process."""
    words = [sys.executable, "-m", "indicators.cli", "dashboard", *([str(path)] if path else []), "--port", str(port)]
    if path is not None and path.suffix == ".py":
        words = [sys.executable, "-m", "streamlit", "run", str(path), "--server.port", str(port)]
        words += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
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


def first_chart(page: Page, port: int, name: str = "compare") -> float:
    """Seconds from asking for the page until its first chart stands there."""
    begun = time.perf_counter()
    page.goto(f"http://localhost:{port}/{name}")
    page.wait_for_selector(CHART, state="attached", timeout=120_000)
    return time.perf_counter() - begun


def changes(page: Page, times: int) -> list[float]:
    """Seconds of each change of the qualifiers shown, until nothing runs and the page is drawn."""
    page.wait_for_function(FINISHED, timeout=120_000)
    page.evaluate(COUNT_RUNS)
    box = page.get_by_test_id("stMultiSelect").filter(has_text=FILTER).locator("input")
    found = []
    for number in range(times):
        box.focus()
        box.press("ArrowDown")
        option = page.get_by_role("option").nth(number % 2)
        option.wait_for()
        ended = page.evaluate("window.ended")
        begun = time.perf_counter()
        option.click()
        page.wait_for_function(f"window.ended > {ended}", polling="raf", timeout=120_000)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found.append(time.perf_counter() - begun)
        page.get_by_test_id("stMultiSelect").filter(has_text=FILTER).get_by_label("Clear all").click()
        page.keyboard.press("Escape")
        page.wait_for_timeout(1500)
    return found


def previews(page: Page, port: int) -> list[float]:
    """Seconds from the last key in the editor of rules until the claims that the new rule gains stand there."""
    page.goto(f"http://localhost:{port}/rules?view=edit")
    page.wait_for_selector(".cm-content", timeout=120_000)
    page.wait_for_function(FINISHED, timeout=120_000)
    page.wait_for_timeout(8000)  # the worker reads the corpus
    at = page.evaluate(f"{EDITED}.state.doc.toString()").index("\nindicators:\n") + len("\nindicators:")
    found = []
    for number, word in enumerate(WORDS):
        rule = RULE.format(number=number, word=word)
        page.locator(".cm-content").click()
        page.evaluate(f"at => {EDITED}.dispatch({{selection: {{anchor: at}}}})", at)
        begun = time.perf_counter()
        page.keyboard.insert_text(rule)
        page.locator(".gained").filter(has_text=f"量度{number}").first.wait_for(timeout=60_000)
        found.append(time.perf_counter() - begun)
        page.wait_for_timeout(3000)
        cut = {"from": at, "to": at + len(rule), "insert": ""}
        page.evaluate(f"change => {EDITED}.dispatch({{changes: change}})", cut)
        page.locator(".gained").first.wait_for(state="detached", timeout=60_000)
        page.wait_for_timeout(1500)
    return found


@contextmanager
def opened(path: Path | None, port: int) -> Iterator[tuple[int, Browser]]:
    """A server of its own and a browser; the number of the server's process."""
    with server(path, port) as pid, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield pid, browser
        browser.close()


def measure(path: Path | None, port: int, times: int) -> dict[str, Any]:
    """The figures of one subject."""
    with opened(path, port) as (pid, browser):
        name = "" if path is not None and path.suffix == ".py" else "compare"
        cold = first_chart(browser.new_page(), port, name)
        page = browser.new_page()
        warm = first_chart(page, port, name)
        begun = processor(pid)
        waited = changes(page, times)
        used = (processor(pid) - begun) / (2 * times)  # a filter is set, and cleared
        found = {"cold": cold, "warm": warm, "filter": statistics.median(waited), "worst": max(waited), "used": used}
        return {**found, "memory": memory(pid)}


def row(name: str, found: dict[str, Any]) -> str:
    """A line of the table."""
    cells = [f"{found[key]:.1f} s" for key in ("cold", "warm")]
    cells += [f"{1000 * found[key]:.0f} ms" for key in ("filter", "worst", "used")]
    return f"| {name} | {' | '.join(cells)} | {found['memory']} MB |"


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
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(BARE, "utf-8")
        seeds = f"seeds, {len(load_project(ROOT / 'config.yaml').extract())} claims"
        subjects = [("Streamlit and Plotly alone", bare), (seeds, None), *((path.stem, path) for path in given.paths)]
        for name, path in subjects:
            print(row(name, measure(path, given.port, given.times)), flush=True)
    with opened(None, given.port) as (_, browser):
        found = previews(browser.new_page(), given.port)
    waited = ", ".join(f"{1000 * seconds:.0f}" for seconds in found)
    print(f"\nlast key to preview on the seeds, three new indicators: {waited} ms")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
