"""A clock that is set back, set forward and jumps while a command runs (Debian's libfaketime)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.races import NAMED, fresh
from tools.faults.scene import Ran, Scene, ended, write_document

YEAR = 365 * 86_400


def jumping_clock(scene: Scene, room: Path) -> Iterator[Outcome]:
    """A folder brought up to date and decisions taken over while the clock jumps by years."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    for outcome, attempt in (
        (Outcome("clock jumps", "Parquet folder"), _folder),
        (Outcome("kill -9, then the clock is set back", "Parquet folder"), _resumed),
        (Outcome("clock jumps", "reviews.csv"), _reviews),
    ):
        if library is None:
            outcome.skipped = "no libfaketime (Debian package faketime)"
        else:
            attempt(scene, room / attempt.__name__, library, outcome)
        yield outcome


def _at(home: Scene, library: Path, offsets: list[int], *arguments: str, moment: str = "") -> Ran:
    """Run a command with the clock off by so many seconds; with several, it jumps to the next every 0.2 s.

    With a `moment` it is killed in it (see `dying`).
    """
    state = home.folder.parent / "clock"
    state.write_text(f"{offsets[0]:+d}")
    faked = {
        "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(state), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
    }  # fmt: skip
    process = home.start(*home.command(*arguments, moment=moment), env={**home.environment(), **faked})
    turn = 0
    while process.poll() is None and len(offsets) > 1:
        time.sleep(0.2)
        turn += 1
        state.write_text(f"{offsets[turn % len(offsets)]:+d}")
    return ended(process)


def _folder(scene: Scene, room: Path, library: Path, outcome: Outcome) -> None:
    saver, home = NAMED["Parquet folder"], scene.copy(room / "home")
    (home.folder / "out").mkdir()
    home.run(*saver.arguments)
    for number, offsets in enumerate(([-10 * YEAR], [10 * YEAR], [0, -YEAR, YEAR], [-40 * YEAR], [0])):
        write_document(home.folder / "reports" / "001.txt", 1, count=31 + number)  # of the same size
        ran = _at(home, library, offsets, *saver.arguments)
        outcome.tried += 1
        outcome.check(ran.code == 0, "survived", f"exit {ran.code}: {ran.said[-300:]}")
        shutil.rmtree(room / "fresh", ignore_errors=True)
        plain = Scene(room / "plain")
        shutil.copytree(home.folder, plain.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("out"))
        outcome.check(saver.seen(home) == fresh(plain, room / "fresh", saver), "lost", f"stale rows with {offsets}")


def _resumed(scene: Scene, room: Path, library: Path, outcome: Outcome) -> None:
    """A folder half-written by a killed process is brought up to date with the clock set back, or forward."""
    saver = NAMED["Parquet folder"]
    expected = fresh(scene, room / "fresh", saver)
    for number, (first, later) in enumerate(((YEAR, -YEAR), (0, -10 * YEAR), (-YEAR, 10 * YEAR))):
        for event in (4, 9, 14):
            home = scene.copy(room / f"resumed-{number}-{event}" / "project")
            (home.folder / "out").mkdir()
            died = _at(home, library, [first], *saver.arguments, moment=f"event:{event}")
            ran = _at(home, library, [later], *saver.arguments)
            outcome.tried += 1
            outcome.check(died.code < 0, "survived", "it was not killed")
            outcome.check(ran.code == 0, "survived", f"exit {ran.code}: {ran.said[-300:]}")
            outcome.check(saver.seen(home) == expected, "lost", f"killed at {event}: another table")


def _reviews(scene: Scene, room: Path, library: Path, outcome: Outcome) -> None:
    """A reviewer confirms and rejects, the clock is set back, and she says the contrary: her later word counts."""
    saver, home = NAMED["reviews.csv"], scene.copy(room / "home")
    contrary = {"confirmed": "rejected", "rejected": "confirmed"}
    _turned(home.folder / "sheets" / "sheet-1.xlsx", home.folder / "sheets" / "sheet-2.xlsx", contrary)
    ran = [_at(home, library, [YEAR], *saver.arguments)]
    ran.append(_at(home, library, [-YEAR], "reviews", "sheets/sheet-2.xlsx", "--reviewer", saver.arguments[-1]))
    outcome.tried += 2
    for one in ran:
        outcome.check(one.code == 0, "survived", one.said[-300:])
    told = home.run("extract").out.decode("utf-8-sig")
    first = [row for row in saver.seen(home) if row[3] == "confirmed"]
    kept = sum(",confirmed" in line for line in told.splitlines())
    outcome.check(
        kept == 40 - sum(1 for number in range(2, 42) if number % 3), "lost", f"{kept} confirmed of {len(first)}"
    )


def _turned(source: Path, target: Path, decisions: dict[str, str]) -> None:
    import openpyxl

    book = openpyxl.load_workbook(source)
    sheet = book["claims"]
    at = next(cell.column for cell in sheet[1] if str(cell.value).startswith("decision"))
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, at)
        cell.value = decisions.get(str(cell.value), cell.value)
    book.save(target)
