"""Places that cannot be written: a full disk (a tmpfs), a folder that is read-only, /dev/full behind stdout."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.savers import SAVERS, Saver, drafts
from tools.faults.scene import Scene, ended

FREE = (0, 4096, 12288)  # bytes left on the full disk


def full_disk(scene: Scene, room: Path, savers: tuple[Saver, ...] = SAVERS) -> Iterator[Outcome]:
    """Each saver on a small tmpfs with no, one or three pages left."""
    yield _stdout(scene)
    for saver in savers:
        outcome = Outcome("full disk", saver.name)
        outcome.skipped = saver.missing(scene) or may_not_mount(room)
        for free in FREE if not outcome.skipped else ():
            with tmpfs(room / "full", scene) as (small, fill):
                before = saver.set(small)
                fill(free)
                _refused(small, saver, outcome, before, lambda: (small.folder.parent / "filler").unlink())
        yield outcome


def read_only(scene: Scene, room: Path, savers: tuple[Saver, ...] = SAVERS) -> Iterator[Outcome]:
    """Each saver in a folder that is mounted read-only."""
    for saver in savers:
        outcome = Outcome("read-only folder", saver.name)
        outcome.skipped = saver.missing(scene) or may_not_mount(room)
        if not outcome.skipped:
            home = scene.copy(room / f"ro-{saver.name.replace(' ', '')}" / "project")
            before = saver.set(home)
            path = str(home.folder)
            mount("--bind", path, path)
            mount("-o", "remount,ro,bind", path)
            _refused(home, saver, outcome, before, lambda path=path: mount("-o", "remount,rw,bind", path))
            subprocess.run(["umount", path], check=True)
        yield outcome


def _stdout(scene: Scene) -> Outcome:
    outcome = Outcome("full disk", "extract to stdout", tried=1)
    with Path("/dev/full").open("wb") as full:
        ran = ended(scene.start(*scene.command("extract"), stdout=full))
    outcome.check(ran.code == 1 and ran.clear, "message", f"exit {ran.code}: {ran.said[-300:]}")
    return outcome


def _refused(home: Scene, saver: Saver, outcome: Outcome, before: object, mend: Callable[[], object]) -> None:
    """The command must say why and change nothing, and complete once the place is mended."""
    outcome.tried += 1
    ran = home.run(*saver.arguments)
    if ran.code == 0:  # what was left sufficed
        mend()
        return
    outcome.check(ran.code == 1 and ran.clear, "message", f"exit {ran.code}: {ran.said[-400:]}")
    try:
        outcome.check(saver.seen(home) == before, "lost", f"neither old nor new: {ran.said[-200:]}")
    except Exception as error:  # whatever a reader would stumble over
        outcome.check(False, "lost", f"half-written: {error}")
    mend()
    again = home.run(*saver.arguments)
    outcome.check(again.code == 0, "unfinished", f"exit {again.code}: {again.said[-300:]}")
    outcome.check(not drafts(home.folder), "unfinished", f"left {drafts(home.folder)}")


def may_not_mount(room: Path) -> str:
    """Why nothing can be mounted here, "" where it can."""
    room.mkdir(parents=True, exist_ok=True)
    if os.geteuid():
        return "mounting needs root"
    tried = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", room], capture_output=True, text=True)
    if tried.returncode:
        return f"mounting is not allowed: {tried.stderr.strip()}"
    subprocess.run(["umount", room], check=True)
    return ""


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


@contextlib.contextmanager
def tmpfs(point: Path, scene: Scene) -> Iterator[tuple[Scene, Callable[[int], None]]]:
    """A project on a tmpfs of 4 MB, and how to fill it up but for some bytes."""
    point.mkdir(parents=True, exist_ok=True)
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(point))

    def fill(free: int) -> None:
        left = os.statvfs(point).f_bavail * os.statvfs(point).f_frsize
        (point / "filler").write_bytes(b"\0" * max(0, left - free))

    try:
        yield scene.copy(point / "project"), fill
    finally:
        subprocess.run(["umount", str(point)], check=True)
        shutil.rmtree(point, ignore_errors=True)
