"""Tries faults on the real command line and prints what came of each: `python -m tools.faults [NAME ...]`.

    kills    kill -9 before every change to a file, with half a file written, and at any moment
    places   a full disk, a read-only folder      (root, in a mount namespace of its own: nothing stays mounted)
    races    documents that change while they are read, several writers
    clocks   a clock that jumps                   (Debian's faketime)
    dashboard  all of these under the dashboard, with a server and Chromium
    intruders  pipes, devices, folders and loops of links in the place of files

Nothing is simulated inside the program: processes are killed, disks are full. Exit code 1 where something was lost.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tools.faults import clocks, dashboard, intruders, killing, places, races
from tools.faults.outcome import Outcome, table
from tools.faults.scene import build

FAULTS = {
    "kills": (killing.in_every_write, killing.at_any_moment),
    "places": (places.full_disk, places.read_only),
    "races": (races.changed_while_read, races.several_writers),
    "clocks": (clocks.jumping_clock,),
    "dashboard": (dashboard.on_a_dashboard,),
    "intruders": (intruders.in_place_of_files,),
}


def main(names: list[str]) -> int:
    if os.geteuid() == 0 and "INDICATORS_FAULTS" not in os.environ:  # mounts are seen by nobody else
        command = ["unshare", "--mount", sys.executable, "-m", "tools.faults", *names]
        os.execvpe("unshare", command, {**os.environ, "INDICATORS_FAULTS": "1"})  # noqa: S606
    found: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="faults-") as room:
        scene = build(Path(room) / "project")
        for name in names or FAULTS:
            for fault in FAULTS[name]:
                for outcome in fault(scene, Path(room) / name):
                    print("·".join(outcome.cells()), file=sys.stderr, flush=True)
                    found.append(outcome)
    print(table(found))
    return int(any(outcome.wrong for outcome in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
