"""The dashboard as a visitor meets it: the real server over a project, Chromium in front of it, four things to save.

Each deed is done as a person does it, by typing and clicking, and says how it ended: `saved` in the words of the page,
or what the page said instead.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.faults.savers import State, metadata, reviews, rules
from tools.faults.scene import Scene

CHROMIUM = Path("/usr/bin/chromium")
WAIT = 60_000  # milliseconds
UPLOAD = "新坪村.txt", "2018年，青禾县新坪村建成服务站4个。\n"
_PATIENCE = 6  # seconds after which a refusal on the page is one of now
_CELL = {"x": 160, "y": 52}  # the first row of the table of documents


class DeadError(Exception):
    """The server ended while somebody waited for it."""


@dataclass
class Visit:
    """A page of a dashboard, and the process that serves it; `folder` is the project's."""

    page: Any
    address: str
    server: subprocess.Popen[bytes]
    folder: Path

    def open(self, path: str) -> None:
        """Open a page of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}")
        self.page.wait_for_selector("h1", timeout=WAIT)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has finished its run."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT)
        self.page.wait_for_timeout(300)

    def until(self, *words: str) -> str:
        """The first of these that the page says. Raises DeadError where the server ends before."""
        for _ in range(WAIT // 100):
            text = self.text()
            found = next((one for one in words if one in text), None)
            if found is not None:
                return found
            if self.server.poll() is not None:
                raise DeadError
            self.page.wait_for_timeout(100)
        raise TimeoutError(f"none of {words} in: {text[-600:]}")

    def text(self) -> str:
        """What stands on the page."""
        return str(self.page.locator("body").inner_text())

    def broken(self) -> str:
        """The words of a stack trace on the page, "" where there is none."""
        trace = self.page.locator("[data-testid=stException]")
        return str(trace.first.inner_text()) if trace.count() else ""


@contextlib.contextmanager
def visiting(home: Scene, browser: Any, moment: str = "", **environment: str) -> Iterator[Visit]:
    """A visit to a dashboard over a project; with a `moment`, its server dies in it (see `dying`)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = home.command("dashboard", "--port", str(port), moment=moment)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    settings = {**home.environment(), "STREAMLIT_SERVER_HEADLESS": "true", **environment}
    server = home.start(*command, env=settings, **quiet)
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN")
    try:
        yield Visit(context.new_page(), _answering(f"http://127.0.0.1:{port}", server), server, home.folder)
    finally:
        context.close()
        _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """Kill the server with the processes that it started, and wait until they are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)
        for _ in range(100):
            os.killpg(server.pid, 0)
            time.sleep(0.1)


def _answering(address: str, server: subprocess.Popen[bytes]) -> str:
    for _ in range(300):
        if server.poll() is not None:
            raise DeadError
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
            return address
        time.sleep(0.2)
    raise TimeoutError("the dashboard does not answer")


@dataclass(frozen=True)
class Deed:
    """Something that a visitor saves: getting there, saving it, what the page says then, and the file as it is read."""

    name: str
    prepare: Callable[[Visit], None]
    save: Callable[[Visit], None]
    saved: str
    refused: str
    place: str
    read: Callable[[Path], State]

    def seen(self, home: Scene) -> State:
        """What a reader of the file sees."""
        return self.read(home.folder / self.place)

    def do(self, visit: Visit) -> bool:
        """Save it; whether the page says that it is saved. Raises DeadError where the server ends meanwhile."""
        self.save(visit)
        begun = time.monotonic()
        while (spent := time.monotonic() - begun) < WAIT / 1000:
            text = visit.text()
            if self.saved in text:
                return True
            if visit.server.poll() is not None:
                raise DeadError
            if self.refused in text and spent > _PATIENCE:  # what the save before had to say is gone by now
                return False
            visit.page.wait_for_timeout(100)
        raise TimeoutError(f"neither {self.saved} nor {self.refused} in: {text[-600:]}")


def _edit_rules(visit: Visit) -> None:
    visit.open("rules?view=edit")
    visit.page.wait_for_selector(".cm-content", timeout=WAIT)
    visit.settle()
    write_rule(visit, "挂牌?服务站")


def write_rule(visit: Visit, words: str) -> None:
    """Add a pattern that begins with these words to the first indicator in the editor."""
    view = "document.querySelector('.cm-content').cmTile.view"
    at = f'{view}.state.doc.toString().indexOf("\'服务站")'
    change = f"{{changes: {{from: {at}, insert: \"'{words}{{value}}', \"}}}}"
    visit.page.evaluate(f"{view}.dispatch({change})")
    visit.settle()


def _save_rules(visit: Visit) -> None:
    visit.page.locator(".cm-content").press("Control+s")


def _name_reviewer(visit: Visit) -> None:
    text = (visit.folder / "reports" / "000.txt").read_text("utf-8")
    visit.open(f"documents?document=000.txt&at={text.index('20个')}")
    box = visit.page.get_by_label("审阅人", exact=True)
    box.fill("李")
    box.press("Enter")
    visit.page.locator("button:has-text('确认'):enabled").first.wait_for(timeout=WAIT)
    visit.settle()


def _confirm(visit: Visit) -> None:
    again = visit.page.get_by_role("button", name="再写一次")
    (again if again.count() else visit.page.get_by_role("button", name="确认").first).click()


def _describe(visit: Visit) -> None:
    visit.open("documents")
    table = visit.page.locator(".stDataFrameGlideDataEditor").first
    table.scroll_into_view_if_needed()
    table.click(position=_CELL)
    for key in (*["ArrowLeft"] * 12, *["ArrowRight"] * 3, "Enter"):
        visit.page.keyboard.press(key)
    box = visit.page.locator(".gdg-input")
    box.fill("2021-03")
    box.press("Enter")
    visit.page.locator("button:has-text('保存 1 处修改'):enabled").wait_for(timeout=WAIT)


def _save_metadata(visit: Visit) -> None:
    visit.page.get_by_role("button", name="保存 1 处修改").click()


def _upload(visit: Visit) -> None:
    visit.open("documents")
    visit.page.get_by_text("上传文件", exact=True).click()
    name, text = UPLOAD
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    visit.page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([file])
    visit.page.get_by_text("本次会话上传的文件（1）").wait_for(timeout=WAIT)
    visit.settle()


def _add(visit: Visit) -> None:
    visit.page.get_by_role("button", name="加入项目").first.click()


def _documents(reports: Path) -> State:
    """Names and texts of the documents; the rows that describe them can be read."""
    metadata(reports / "metadata.csv")
    return {path.name: path.read_text("utf-8") for path in reports.glob("*.txt")}


DEEDS = (
    Deed("a rule", _edit_rules, _save_rules, "已保存", "没有保存", "config.yaml", rules),
    Deed("a review", _name_reviewer, _confirm, "已确认，写入", "没有写入 reviews.csv", "reports/reviews.csv", reviews),
    Deed("metadata", _describe, _save_metadata, "已写入 metadata.csv", "没有写入", "reports/metadata.csv", metadata),
    Deed("an upload added to the project", _upload, _add, "已加入项目", "没有加入项目", "reports", _documents),
)
