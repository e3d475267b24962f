"""What is no file in the place of one: pipes that nobody writes into, devices without end, folders, loops of links."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.scene import Scene, ended

PLACES = ("config.yaml", "reports/metadata.csv", "reports/reviews.csv", "reports/003.txt")
_PATIENCE = 60  # seconds after which a command counts as hanging


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


INTRUDERS: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a device": _device,
    "a folder": Path.mkdir,
    "a loop of links": _loop,
}


def in_place_of_files(scene: Scene, room: Path) -> Iterator[Outcome]:
    """Each intruder in each place: said with its reason, or its document refused; put right, the run completes."""
    expected = scene.run("extract").out
    for place in PLACES:
        outcome = Outcome("a pipe, device, folder or loop in its place", place)
        for number, (name, put) in enumerate(INTRUDERS.items()):
            home = scene.copy(room / f"{Path(place).stem}-{number}")
            path = home.folder / place
            kept = path.read_bytes() if path.exists() else None
            path.unlink(missing_ok=True)
            put(path)
            outcome.tried += 1
            _tried(home, outcome, name)
            path.rmdir() if path.is_dir() else path.unlink()
            if kept is not None:
                path.write_bytes(kept)
            outcome.check(home.run("extract").out == expected, "unfinished", f"{name}: another table afterwards")
        yield outcome


def _tried(home: Scene, outcome: Outcome, name: str) -> None:
    process = home.start(*home.command("extract"))
    try:
        ran = ended(process, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        outcome.check(False, "survived", f"{name}: hangs")
        return
    outcome.check(ran.code in (0, 1) and not ran.crashed, "survived", f"{name}: exit {ran.code}: {ran.said[-300:]}")
    outcome.check(ran.clear or (ran.code == 0 and bool(ran.out)), "message", f"{name}: {ran.said[-300:]}")
