"""kill -9 in the middle: before every change to a file, with a file half-written, and at any moment."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.savers import SAVERS, STORE, TABLE, Saver, drafts
from tools.faults.scene import Ran, Scene, ended


def in_every_write(scene: Scene, room: Path, savers: tuple[Saver, ...] = SAVERS, most: int = 40) -> Iterator[Outcome]:
    """Each saver, killed before each change it makes to a file, and with 1 byte and most bytes of a file written."""
    for saver in savers:
        outcome = Outcome("kill -9 in the middle of a write", saver.name)
        outcome.skipped = saver.missing(scene)
        if not outcome.skipped:
            _each_moment(scene, room / _plain(saver.name), saver, outcome, most)
        yield outcome


def _each_moment(scene: Scene, room: Path, saver: Saver, outcome: Outcome, most: int) -> None:
    ready = scene.copy(room / "ready")
    before = saver.set(ready)
    whole = ready.copy(room / "whole")
    size = max((path.stat().st_size for path in whole.folder.rglob("*") if path.is_file()), default=1)
    ran = whole.run(*saver.arguments, moment="count")
    after = saver.seen(whole)
    count = int(re.findall(r"moments: (\d+)", ran.said)[0])
    step = max(1, count // most)
    moments = [f"event:{number}" for number in range(1, count + 1, step)]
    moments += [f"size:{number}" for number in (0, 1, 700, size // 2)]
    for number, moment in enumerate(moments):
        torn = ready.copy(room / str(number))
        died = torn.run(*saver.arguments, moment=moment)
        if died.code >= 0:
            continue  # every file stayed below that size
        outcome.tried += 1
        _look(torn, saver, outcome, moment, before, after)


def _look(torn: Scene, saver: Saver, outcome: Outcome, moment: str, before: object, after: object) -> None:
    """What a reader sees after the kill, and after the same command once more."""
    try:
        left = saver.seen(torn)
    except Exception as error:  # whatever a reader would stumble over
        outcome.check(False, "lost", f"{moment}: half-written: {error}")
        return
    outcome.check(left in (before, after), "lost", f"{moment}: neither the old nor the new state")
    again = torn.run(*saver.arguments)
    done = saver.seen(torn) == after and (again.code == 0 or left == after)
    outcome.check(done and not again.crashed, "unfinished", f"{moment}: exit {again.code}: {again.said[-300:]}")
    outcome.check(not drafts(torn.folder), "unfinished", f"{moment}: left {drafts(torn.folder)}")


def at_any_moment(scene: Scene, room: Path, times: int = 8) -> Iterator[Outcome]:
    """`extract` to stdout, CSV and a folder over two processes, killed from outside at moments drawn by chance."""
    draw = random.Random(11)
    targets: dict[str, tuple[str, ...]] = {
        "stdout": (),
        "claims.csv (2 processes)": TABLE,
        "Parquet folder (2 processes)": STORE,
    }
    for name, output in targets.items():
        outcome = Outcome("kill -9 at any moment", f"extract to {name}")
        home = scene.copy(room / f"any-{len(output)}{_plain(name)}")
        (home.folder / "out").mkdir()
        arguments = ("extract", "--workers", "2" if output else "1", *output)
        begun = time.monotonic()
        whole = home.run(*arguments)
        lasts = time.monotonic() - begun
        expected = _seen(home, output, whole)
        for _ in range(times):
            _kill_once(home, arguments, output, draw.uniform(0.1, lasts), outcome, expected)
        yield outcome


def _kill_once(
    home: Scene, arguments: tuple[str, ...], output: tuple[str, ...], wait: float, outcome: Outcome, expected: object
) -> None:
    process = home.start(*home.command(*arguments))
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGKILL)
    ran = ended(process)
    outcome.tried += 1
    if output:
        outcome.check(_seen(home, output, ran) == expected, "lost", "the old table is gone")
    again = home.run(*arguments)
    outcome.check(again.code == 0 and _seen(home, output, again) == expected, "unfinished", again.said[-300:])
    outcome.check(not drafts(home.folder), "unfinished", f"left {drafts(home.folder)}")


def _seen(home: Scene, output: tuple[str, ...], ran: Ran) -> object:
    if not output:
        return ran.out
    return next(saver for saver in SAVERS if saver.place == output[1]).seen(home)


def _plain(name: str) -> str:
    return re.sub(r"\W+", "-", name)
