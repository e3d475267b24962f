"""Runs the command line and dies in the middle of a write: `python -m tools.faults.dying MOMENT FOLDER -- ARGUMENTS`.

MOMENT is `count` (say on stderr how many moments there are and die of none), `event:N` (kill -9 before the Nth time
that a file below FOLDER is opened for writing, renamed or removed), or `size:N` (the kernel kills the process when a
file would grow over N bytes: what it holds by then stays, half-written).
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import Any

EVENTS = {"os.rename": (0, 1), "os.remove": (0,), "os.mkdir": (0,), "os.truncate": (0,), "open": (0,)}


class Watch:
    """Counts what is done to files below a folder, and kills this process before the wanted one."""

    def __init__(self, folder: str, wanted: int) -> None:
        self.folder, self.wanted, self.seen = os.path.realpath(folder), wanted, 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in EVENTS or (event == "open" and not self._writes(arguments)):
            return
        paths = [arguments[index] for index in EVENTS[event]]
        if any(isinstance(path, str | bytes | os.PathLike) and self._inside(path) for path in paths):
            self.seen += 1
            if self.seen == self.wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    def _writes(self, arguments: tuple[Any, ...]) -> bool:
        return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))

    def _inside(self, path: str | bytes | os.PathLike[Any]) -> bool:
        return os.path.realpath(os.fsdecode(path)).startswith(self.folder + os.sep)


def main(moment: str, folder: str, arguments: list[str]) -> None:
    kind, _, number = moment.partition(":")
    watch = Watch(folder, int(number) if kind == "event" else 0)
    if kind == "size":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it; by default it kills at once
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(number), int(number)))
    sys.argv = ["indicators", *arguments]
    import indicators.cli

    sys.addaudithook(watch)
    leave = os._exit

    def leaving(code: int) -> None:
        print(f"moments: {watch.seen}", file=sys.stderr)
        leave(code)

    os._exit = leaving  # type: ignore[assignment]
    indicators.cli.main()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[4:])
