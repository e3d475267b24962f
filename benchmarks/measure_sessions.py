"""Fifty readers of one dashboard at once, as WebSocket clients that speak Streamlit's protocol; prints a table.

Every client opens the Compare page and then changes a filter again and again, with a pause for reading between. Told
are the times until a page was complete, the memory that each session adds to the server, and failures. With
`--slow-rule`, the same again while somebody in a browser has a catastrophic pattern checked on the Rules page.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from measure_dashboard import CHROMIUM, memory, processor, server
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

OPTIONS = (["实际"], [], ["计划"], [])  # what the filter of statuses is set to, in turns
ARRIVAL = 30.0  # seconds within which all arrive
LIMIT = 300.0  # seconds after which a page counts as failed
SLOW_RULE = """schema: 1
corpus: [seeds]
indicators:
  slow:
    name: {zh: 很慢}
    kind: ratio
    unit: '%'
    patterns: ['(?:[一-鿿]+[，、]?)+[一-鿿]+!{value}']
"""


@dataclass
class Visitor:
    """One session: what it waited for its first page and for each change, and what went wrong."""

    number: int
    opened: float = 0.0
    waited: list[float] = field(default_factory=list)
    failed: str = ""

    async def visit(self, port: int, changes: int, pause: float, ready: asyncio.Barrier) -> None:
        """Open the page, wait for the others, change the filter `changes` times."""
        headers = {"Origin": f"http://localhost:{port}"}
        address = f"ws://localhost:{port}/_stcore/stream"
        try:
            await asyncio.sleep(random.uniform(0, ARRIVAL))
            async with websockets.connect(
                address,
                subprotocols=["streamlit"],
                additional_headers=headers,
                max_size=None,
                open_timeout=LIMIT,
                ping_interval=None,  # as browsers do
            ) as socket:
                begun = time.perf_counter()
                widget = await self._run(socket, "", [])
                self.opened = time.perf_counter() - begun
                await ready.wait()
                for turn in range(changes):
                    await asyncio.sleep(random.uniform(0, 2 * pause))
                    begun = time.perf_counter()
                    await self._run(socket, widget, OPTIONS[(turn + self.number) % len(OPTIONS)])
                    self.waited.append(time.perf_counter() - begun)
                await ready.wait()
        except asyncio.BrokenBarrierError:
            self.failed = "another session failed"
        except (OSError, TimeoutError, RuntimeError, websockets.WebSocketException) as error:
            self.failed = f"{type(error).__name__}: {error}"
            await ready.abort()

    async def _run(self, socket: websockets.ClientConnection, widget: str, values: list[str]) -> str:
        """Run the script with a widget set; the id of the filter of statuses. RuntimeError where the page fails."""
        message = BackMsg()
        message.rerun_script.page_name = "compare"
        if widget:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = widget
            state.string_array_value.data.extend(values)
        await socket.send(message.SerializeToString())
        found = widget
        async with asyncio.timeout(LIMIT):
            while True:
                data = await socket.recv()
                answer = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
                element = answer.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise RuntimeError(element.exception.message)
                if element.WhichOneof("type") == "multiselect" and element.multiselect.label == "数值状态":
                    found = element.multiselect.id
                if answer.WhichOneof("type") == "script_finished":
                    if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                        return found
                    raise RuntimeError("the script did not finish")


async def visits(port: int, sessions: int, changes: int, pause: float, pid: int) -> tuple[list[Visitor], int]:
    """All visitors to their end, and the megabytes that the server held while all were there."""
    ready = asyncio.Barrier(sessions + 1)
    visitors = [Visitor(number) for number in range(sessions)]
    tasks = [asyncio.create_task(one.visit(port, changes, pause, ready)) for one in visitors]
    held = 0
    try:
        await ready.wait()
        held = memory(pid)
        await ready.wait()
    except asyncio.BrokenBarrierError:
        pass
    await asyncio.gather(*tasks, return_exceptions=True)
    return visitors, held


@contextmanager
def slow_rule(port: int, wanted: bool) -> Iterator[Callable[[], None]]:
    """Somebody who types a catastrophic pattern, and at each call of what is given something more: checked again."""
    if not wanted:
        yield lambda: time.sleep(0.5)
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://localhost:{port}/rules?view=edit")
        page.locator(".cm-content").click(timeout=120_000)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(SLOW_RULE)

        def type_more() -> None:
            page.keyboard.insert_text(" #")
            page.wait_for_timeout(2000)

        type_more()
        yield type_more
        browser.close()


def told(name: str, visitors: list[Visitor], before: int, held: int, used: float) -> str:
    """One line of the table."""
    waited = sorted(each for one in visitors for each in one.waited)
    opened = sorted(one.opened for one in visitors if one.opened) or [float("nan")]
    each = (held - before) / len(visitors)
    share = statistics.quantiles(waited, n=20)[18] if len(waited) > 1 else float("nan")
    middle = statistics.median(waited) if waited else float("nan")
    failed = sum(bool(one.failed) for one in visitors)
    return (
        f"| {name} | {len(visitors)} | {statistics.median(opened):.2f} s / {opened[-1]:.2f} s | {middle:.2f} s | "
        f"{share:.2f} s | {waited[-1] if waited else float('nan'):.2f} s | "
        f"{1000 * used / max(1, len(waited) + len(opened)):.0f} ms | {held} MB | {each:.1f} MB | {failed} |"
    )


def main() -> int:
    """Measure; print Markdown. Exit code 1 where a session failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?", help="a folder of tables or a Parquet file; else the project")
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--changes", type=int, default=6, help="changes of a filter by each (6)")
    parser.add_argument("--pause", type=float, default=10.0, help="seconds of reading between two of them (10)")
    parser.add_argument("--slow-rule", action="store_true", help="only with the project: PATH has no editor")
    parser.add_argument("--port", type=int, default=8598)
    given = parser.parse_args()
    print(
        "| table | sessions | first page, median / worst | change, median | 95 % | worst | server time a page | "
        "server | a session | failed |"
    )
    print("|---" + "|---:" * 9 + "|")
    failed = 0
    for slow in (False, True) if given.slow_rule else (False,):
        with server(given.path, given.port) as pid:
            asyncio.run(visits(given.port, 1, 2, 0.1, pid))  # tables are loaded once, for the first
            before, begun = memory(pid), processor(pid)
            with slow_rule(given.port, slow) as type_more, ThreadPoolExecutor(1) as threads:
                visited = visits(given.port, given.sessions, given.changes, given.pause, pid)
                going = threads.submit(asyncio.run, visited)
                while not going.done():
                    type_more()
                visitors, held = going.result()
            used = processor(pid) - begun
        name = (given.path.stem if given.path else "project") + (", slow rule being checked" if slow else "")
        print(told(name, visitors, before, held, used), flush=True)
        for one in visitors:
            if one.failed:
                print(f"session {one.number}: {one.failed}", file=sys.stderr)
                failed = 1
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
