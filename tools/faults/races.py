"""Documents that change or vanish while they are read, and several processes that write one file."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.savers import SAVERS, Saver, drafts
from tools.faults.scene import Ran, Scene, ended, write_document

NAMED = {saver.name: saver for saver in SAVERS}


def changed_while_read(scene: Scene, room: Path, times: int = 3) -> Iterator[Outcome]:
    """Documents rewritten, removed and put back without pause while they are read; then they stand still again."""
    for name in ("claims.csv", "Parquet folder"):
        saver, outcome = NAMED[name], Outcome("documents change and vanish while read", f"extract to {name}")
        home = scene.copy(room / f"changed-{len(name)}")
        (home.folder / "out").mkdir()
        expected = fresh(scene, room / f"fresh-{len(name)}", saver)
        for seed in range(times):
            with _restless(home.folder / "reports", seed):
                ran = home.run(*saver.arguments)
            outcome.tried += 1
            outcome.check(ran.code in (0, 1) and not ran.crashed, "survived", f"exit {ran.code}: {ran.said[-300:]}")
            again = home.run(*saver.arguments)
            outcome.check(again.code == 0 and saver.seen(home) == expected, "unfinished", f"stale: {again.said[-200:]}")
        yield outcome


@contextmanager
def _restless(reports: Path, seed: int) -> Iterator[None]:
    """Documents that change all the time; as they were when the block ends."""
    kept = {path: path.read_bytes() for path in sorted(reports.glob("0*.txt"))}
    stop, draw = threading.Event(), random.Random(seed)

    def change() -> None:
        while not stop.wait(0.002):
            path = draw.choice(list(kept))
            if draw.random() < 0.3:
                path.unlink(missing_ok=True)
            else:
                write_document(path, int(path.stem), count=draw.randrange(10, 90))

    worker = threading.Thread(target=change)
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()
        for path, data in kept.items():
            path.write_bytes(data)


def fresh(scene: Scene, folder: Path, saver: Saver) -> object:
    """What an undisturbed run gives."""
    home = scene.copy(folder)
    (home.folder / "out").mkdir()
    home.run(*saver.arguments)
    return saver.seen(home)


def several_writers(scene: Scene, room: Path, times: int = 3) -> Iterator[Outcome]:
    """Two processes that write one table or folder at once; four that change one file of the project."""
    for name in ("claims.csv", "Parquet folder", "package.zip"):
        saver, outcome = NAMED[name], Outcome("two processes write one output", name)
        expected = fresh(scene, room / f"one-{len(name)}", saver)
        for number in range(times):
            home = scene.copy(room / f"two-{len(name)}-{number}")
            (home.folder / "out").mkdir()
            ran = _together(home, [saver.arguments] * 2)
            outcome.tried += 1
            outcome.check(any(one.code == 0 for one in ran), "unfinished", "neither of the two was done")
            for one in ran:
                outcome.check(one.code == 0 or (one.code == 1 and one.clear), "message", one.said[-300:])
            outcome.check(saver.seen(home) == expected, "lost", "another table than one writer's")
            outcome.check(not drafts(home.folder), "unfinished", f"left {drafts(home.folder)}")
        yield outcome
    yield _reviewers(scene, room)
    yield _editors(scene, room)


def _together(home: Scene, commands: list[tuple[str, ...]]) -> list[Ran]:
    started = [home.start(*home.command(*arguments)) for arguments in commands]
    return [ended(process) for process in started]


def _reviewers(scene: Scene, room: Path) -> Outcome:
    saver, outcome = NAMED["reviews.csv"], Outcome("four processes write one file", "reviews.csv")
    home, people = scene.copy(room / "reviewers"), ("甲", "乙", "丙", "丁")
    for number, one in enumerate(_together(home, [(*saver.arguments[:-1], person) for person in people])):
        outcome.tried += 1
        outcome.check(one.code == 0, "unfinished", one.said[-300:])
        mine = [row for row in saver.seen(home) if row[0] == people[number]]
        outcome.check(len(mine) == 40, "lost", f"{people[number]}: {len(mine)} of 40 decisions")
    return outcome


def _editors(scene: Scene, room: Path) -> Outcome:
    saver, outcome = NAMED["config.yaml"], Outcome("two processes write one file", "config.yaml")
    home = scene.copy(room / "editors")
    offsets = {"windows": "34", "people": "42"}
    commands = [("draft", f"reports/001.txt:{at}", "--id", name, "--write") for name, at in offsets.items()]
    ran = _together(home, commands)
    text = saver.seen(home).decode()
    for arguments, one in zip(commands, ran, strict=True):
        outcome.tried += 1
        outcome.check(one.code == 0 or (one.code == 1 and one.clear), "message", f"exit {one.code}: {one.said[-300:]}")
        outcome.check(one.code != 0 or f"{arguments[3]}:" in text, "lost", f"{arguments[3]} was said to be added")
        if one.code:
            again = home.run(*arguments)
            outcome.check(again.code == 0, "unfinished", again.said[-300:])
    return outcome
