"""Worker processes that do tasks side by side, and are replaced when one hangs or dies.

A task that ends badly is done once more with its documents read one by one and named beforehand: the document at which
the worker stops is the guilty one. It is reported as failed with the reason; the others are read as ever.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

import indicators
from indicators.engines.tasks import EngineError, Job, Limits, Task, size_of
from indicators.errors import OutputError

R = TypeVar("R")
_TRIES = 3  # times that a task may end badly without a guilty document


@dataclass(slots=True)
class _Attempt:
    """A task under way: what of it failed before, whether it is read one by one, and the document being read."""

    task: Task
    failed: dict[str, str] = field(default_factory=dict)
    careful: bool = False
    at: str = ""
    tries: int = 0


class Workers(Generic[R]):
    """Up to `count` processes that do one job. Use as a context: leaving it ends them all, whatever they are at.

    `largest`: bytes of the largest document, which decides how much memory a worker may hold.
    """

    def __init__(self, job: Job[R], count: int, limits: Limits | None = None, largest: int = 0) -> None:
        self._job = pickle.dumps(job)
        self._limits = limits or Limits()
        self._memory = self._limits.bytes(largest)
        self._count = count
        self._all: list[_Worker] = []

    def __enter__(self) -> Workers[R]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._all:
            worker.end()
        self._all.clear()

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, R]]:
        """Each task with its result, in the order in which they end.

        Raises EngineError where workers do not start, and what is the user's to mend where the job says so.
        """
        queue = deque(map(_Attempt, tasks))
        while True:
            busy = sum(worker.attempt is not None for worker in self._all)
            while len(self._all) < min(self._count, len(queue) + busy):
                self._all.append(_Worker(self._job, self._memory, self._limits.start))
            for worker in self._all:
                if queue and worker.ready and worker.attempt is None:
                    self._give(worker, queue.popleft())
            if not queue and all(worker.attempt is None for worker in self._all):
                return
            for worker in self._heard():
                if (answer := worker.answer(self._limits)) is None:
                    continue
                attempt, (kind, content) = worker.attempt, answer
                if attempt and kind == "done":
                    worker.attempt = None
                    yield attempt.task, content
                    continue
                if kind == "lost":
                    self._all.remove(worker)
                    worker.end()
                worker.attempt = None
                queue.appendleft(_again(attempt, kind, content))

    def _give(self, worker: _Worker, attempt: _Attempt) -> None:
        attempt.at = ""
        first = size_of(attempt.task.entries[0]) if attempt.careful else attempt.task.size
        worker.give(attempt, self._limits.time(first))

    def _heard(self) -> list[_Worker]:
        """Workers that have something to say, or have been silent too long; waits until there is one."""
        working = [worker for worker in self._all if worker.attempt or not worker.ready]
        patience = max(0.0, min(worker.deadline for worker in working) - time.monotonic())
        talking = wait([worker.connection for worker in working], patience)
        now = time.monotonic()
        return [worker for worker in working if worker.connection in talking or now > worker.deadline]


def _again(attempt: _Attempt | None, kind: str, content: Any) -> _Attempt:
    """The attempt to make after one that ended badly; raises where there is none."""
    if kind == "fault":
        raise OutputError(faults=content) if isinstance(content, tuple) else OutputError(content)
    if attempt is None:
        raise EngineError(f"a worker process does not start: {content} / 工作进程无法启动")
    if attempt.careful and attempt.at and kind == "lost":
        return _Attempt(attempt.task, {**attempt.failed, attempt.at: content}, careful=True)
    if attempt.careful and attempt.tries >= _TRIES:
        names = f"{attempt.task.entries[0].name} ... {attempt.task.entries[-1].name}"
        raise EngineError(f"workers stop after reading {names}: {content}")
    return _Attempt(attempt.task, attempt.failed, careful=True, tries=attempt.tries + 1)


class _Worker:
    """One process and the connection to it. `ready` once it has its job, `attempt` what it is at."""

    def __init__(self, job: bytes, memory: int, patience: float) -> None:
        ours, theirs = socket.socketpair()
        home = str(Path(indicators.__file__).parents[1])
        with theirs:
            # A new session: Ctrl-C in a terminal reaches the parent alone, which decides. When the parent is gone,
            # however it ended, the connection closes and the worker ends.
            self.process = subprocess.Popen(  # noqa: S603  (ourselves)
                [sys.executable, "-c", f"from indicators.engines.serving import serve; serve({theirs.fileno()})"],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))},
            )
        self.connection = Connection(ours.detach())
        self.attempt: _Attempt | None = None
        self.ready = False
        self._allow(patience)
        with contextlib.suppress(OSError):  # it died already: the next answer says so
            self.connection.send((sys.path, memory, job))

    def _allow(self, seconds: float) -> None:
        self._allowed, self.deadline = seconds, time.monotonic() + seconds

    def give(self, attempt: _Attempt, seconds: float) -> None:
        """Let it make an attempt in so many seconds."""
        self.attempt = attempt
        self._allow(seconds)
        with contextlib.suppress(OSError):
            self.connection.send((attempt.task, attempt.failed, attempt.careful))

    def answer(self, limits: Limits) -> tuple[str, Any] | None:
        """What it says: done, failed, fault, or lost where it died or took too long; None: it goes on."""
        try:
            if not self.connection.poll():
                return "lost", f"took longer than {self._allowed:.0f} s / 超过时限"
            kind, content = self.connection.recv()
        except (EOFError, OSError):
            return "lost", self._how_it_ended()
        if kind == "broken":
            return "lost", content
        if kind == "ready":
            self.ready = True
        elif kind == "at" and self.attempt:
            self.attempt.at = content
            sizes = {entry.name: size_of(entry) for entry in self.attempt.task.entries}
            self._allow(limits.time(sizes.get(content, self.attempt.task.size)))
        else:
            return kind, content
        return None

    def _how_it_ended(self) -> str:
        try:
            code = self.process.wait(5)
        except subprocess.TimeoutExpired:
            return "the worker process closed its connection / 工作进程中断"
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
            return f"the worker process died of {name} / 工作进程异常退出"
        return f"the worker process ended with code {code} / 工作进程异常退出"

    def end(self) -> None:
        """End the process at once."""
        self.connection.close()
        self.process.kill()
        self.process.wait()
