"""Faults under a dashboard in use: its server killed while it saves, full disks, read-only folders, files that go."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.faults import places
from tools.faults.outcome import Outcome
from tools.faults.savers import drafts
from tools.faults.scene import Scene, build
from tools.faults.visit import CHROMIUM, DEEDS, UPLOAD, DeadError, Deed, Visit, visiting, write_rule

_MOST = 12  # changes to files that one deed may make


def on_a_dashboard(scene: Scene, room: Path) -> Iterator[Outcome]:
    """Every fault, with one browser; `scene` is not used, a dashboard needs a smaller project."""
    del scene
    if not CHROMIUM.exists():
        yield Outcome("faults under a dashboard", "all deeds", skipped=f"no Chromium at {CHROMIUM}")
        return
    small = build(room / "small" / "project", documents=3, sentences=4)
    small.run("extract")  # the rules are kept by now: no moment of a deed is about that
    with _browser() as browser:
        for deed in DEEDS:
            yield _killed(small, room, deed, browser)
        for deed in DEEDS:
            yield _full(small, room, deed, browser)
        for deed in DEEDS:
            yield _read_only(small, room, deed, browser)
        yield _full_upload(small, room, browser)
        yield _deleted(small, room, browser)
        yield _two_at_once(small, room, browser)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def _killed(small: Scene, room: Path, deed: Deed, browser: Any) -> Outcome:
    """The server is killed before each change that saving makes to a file, until one saving lives."""
    outcome = Outcome("dashboard: kill -9 while it saves", deed.name)
    before = deed.seen(small)
    after = _done(small.copy(room / f"whole-{deed.name}" / "project"), deed, browser)
    for number in range(1, _MOST):
        home = small.copy(room / f"killed-{deed.name}-{number}" / "project")
        with visiting(home, browser, f"event:{number}") as visit:
            deed.prepare(visit)
            try:
                deed.do(visit)
            except DeadError:
                outcome.tried += 1
            else:
                return outcome
        _look(home, deed, outcome, before, after)
        if deed.seen(home) == after:
            home.run("documents", "--write-metadata")  # a new document may still want its row of guesses
        else:
            outcome.check(_done(home, deed, browser) == after, "unfinished", f"change {number}: another state then")
        outcome.check(not drafts(home.folder), "unfinished", f"change {number}: left {drafts(home.folder)}")
    return outcome


def _look(home: Scene, deed: Deed, outcome: Outcome, *whole: object) -> None:
    try:
        outcome.check(deed.seen(home) in whole, "lost", f"neither the old nor the new state: {deed.seen(home)}")
    except Exception as error:  # whatever a reader would stumble over
        outcome.check(False, "lost", f"half-written: {error}")


def _done(home: Scene, deed: Deed, browser: Any) -> object:
    """The state after the deed was done undisturbed."""
    with visiting(home, browser) as visit:
        deed.prepare(visit)
        if not deed.do(visit):
            raise SystemExit(f"{deed.name}: {visit.text()[-600:]}")
    return deed.seen(home)


def _full(small: Scene, room: Path, deed: Deed, browser: Any) -> Outcome:
    """The disk of the project is full when it is saved."""
    outcome = Outcome("dashboard: full disk while it saves", deed.name)
    outcome.skipped = places.may_not_mount(room)
    if not outcome.skipped:
        with places.tmpfs(room / "full", small) as (home, fill):
            _refused(home, deed, outcome, browser, lambda: fill(0), (home.folder.parent / "filler").unlink)
    return outcome


def _read_only(small: Scene, room: Path, deed: Deed, browser: Any) -> Outcome:
    """The project becomes read-only while the dashboard is open."""
    outcome = Outcome("dashboard: read-only folder", deed.name)
    outcome.skipped = places.may_not_mount(room)
    if not outcome.skipped:
        home = small.copy(room / f"ro-{deed.name}" / "project")
        path = str(home.folder)
        places.mount("--bind", path, path)
        ways = [lambda way=way: places.mount("-o", f"remount,{way},bind", path) for way in ("ro", "rw")]
        try:
            _refused(home, deed, outcome, browser, *ways)
        finally:
            subprocess.run(["umount", "--lazy", path], check=True)
    return outcome


def _refused(
    home: Scene, deed: Deed, outcome: Outcome, browser: Any, spoil: Callable[[], object], mend: Callable[[], object]
) -> None:
    """The page must say that nothing was saved, and why; once the place is mended the same visit saves it."""
    outcome.tried += 1
    before = deed.seen(home)
    cache = {"INDICATORS_CACHE": str(home.folder.parents[1] / "cache-elsewhere")}
    with visiting(home, browser, **cache) as visit:
        deed.prepare(visit)
        spoil()
        refused = not deed.do(visit)
        outcome.check(refused and _reasoned(visit), "message", f"{visit.text()[-500:]}")
        outcome.check(not visit.broken(), "survived", visit.broken()[-500:])
        _look(home, deed, outcome, before)
        mend()
        outcome.check(deed.do(visit) if refused else True, "unfinished", f"{visit.text()[-500:]}")
        outcome.check(deed.seen(home) != before, "unfinished", "nothing saved once it was mended")
        outcome.check(not drafts(home.folder), "unfinished", f"left {drafts(home.folder)}")


def _reasoned(visit: Visit) -> bool:
    text = visit.text()
    return any(words in text for words in ("磁盘已满", "只读文件系统", "No space left", "Read-only file system"))


def _full_upload(small: Scene, room: Path, browser: Any) -> Outcome:
    """No room for what is uploaded: it is said, and taken once there is room."""
    outcome = Outcome("dashboard: full disk while uploading", "an upload")
    outcome.skipped = places.may_not_mount(room)
    if outcome.skipped:
        return outcome
    outcome.tried = 1
    with places.tmpfs(room / "full", small) as (home, fill):
        (home.folder.parent / "tmp").mkdir()
        with visiting(home, browser, TMPDIR=str(home.folder.parent / "tmp")) as visit:
            visit.open("documents")
            visit.page.get_by_text("上传文件", exact=True).click()
            fill(0)
            _send(visit)
            said = visit.until("磁盘已满", "No space left", "本次会话上传的文件（1）")
            outcome.check(said != "本次会话上传的文件（1）", "message", visit.text()[-500:])
            outcome.check(not visit.broken(), "survived", visit.broken()[-500:])
            (home.folder.parent / "filler").unlink()
            _send(visit)
            visit.until("本次会话上传的文件（1）")
    return outcome


def _send(visit: Visit) -> None:
    name, text = UPLOAD
    visit.page.locator("[data-testid=stFileUploaderDropzoneInput]").wait_for(state="attached")
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode() * 300}
    visit.page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([file])


def _deleted(small: Scene, room: Path, browser: Any) -> Outcome:
    """The document that is shown is deleted, and comes back."""
    outcome = Outcome("dashboard: a document goes while it is shown", "documents page", tried=1)
    home = small.copy(room / "deleted" / "project")
    report = home.folder / "reports" / "001.txt"
    kept = report.read_bytes()
    with visiting(home, browser) as visit:
        visit.open(f"documents?document=001.txt&at={kept.decode().index('20个')}")
        report.unlink()
        visit.page.wait_for_timeout(4000)  # longer than the dashboard trusts what it knows of the files
        visit.page.reload()
        visit.settle()
        outcome.check("001.txt" in visit.text(), "message", visit.text()[-500:])
        outcome.check(not visit.broken(), "survived", visit.broken()[-500:])
        report.write_bytes(kept)
        visit.page.wait_for_timeout(4000)
        visit.open("documents?document=001.txt")
        outcome.check("第1片区" in visit.text(), "unfinished", "the document is not shown again")
        outcome.check(not visit.broken(), "survived", visit.broken()[-500:])
    return outcome


def _two_at_once(small: Scene, room: Path, browser: Any, times: int = 3) -> Outcome:
    """Two servers over one folder: each visitor changes another rule, both save in the same moment."""
    outcome = Outcome("dashboard: two servers save at once", "config.yaml")
    deed = DEEDS[0]
    for number in range(times):
        outcome.tried += 1
        home = small.copy(room / f"two-{number}" / "project")
        with visiting(home, browser) as one, visiting(home, browser) as other:
            words = ("甲式", "乙式")
            for visit, own in zip((one, other), words, strict=True):
                visit.open("rules?view=edit")
                visit.page.wait_for_selector(".cm-content")
                visit.settle()
                write_rule(visit, own)
            for visit in (one, other):
                deed.save(visit)
            ends = [visit.until("已保存", "没有保存", "已被他人修改") for visit in (one, other)]
            told = [end == "已保存" for end in ends]
            text = (home.folder / "config.yaml").read_text("utf-8")
            kept = [own in text for own in words]
            deed.seen(home)  # valid
            outcome.check(told == kept, "lost", f"told {told}, kept {kept}")
            outcome.check(all(told) or "已被他人修改" in ends or "没有保存" in ends, "message", str(ends))
            outcome.check(not drafts(home.folder), "unfinished", f"left {drafts(home.folder)}")
    return outcome
