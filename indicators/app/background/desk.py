"""The dashboard's side: tasks for the worker process, one at a time, each with a time limit.

One worker serves all sessions of a server: it is warm, and a machine that runs charts for several people has no cores
to spare. Each session has at most one task under way: a newer one takes the older one's place. A task that exceeds its
limit ends with its process, which is started anew for the next.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import indicators
from indicators.app.background.protocol import Cancel, Corpus, Task, Told, keep, receive, send

LIMIT = 15.0  # seconds of one task
START = 30.0  # seconds more for the first task of a process, which has everything to import
WORKER = (sys.executable, "-m", "indicators.app.background.worker")


@dataclass
class Job:
    """A task on its way. `parts` fills with what the worker tells; `failed` says why nothing more will come.

    `failed`: "" while all is well, "time" (the limit was exceeded, the process killed), "ended" (it ended by itself)
    or the words of an error.
    """

    corpus: Corpus
    task: Task
    parts: dict[str, Any] = field(default_factory=dict)
    failed: str = ""
    seconds: float = 0.0
    cancelled: bool = False
    _news: threading.Condition = field(default_factory=threading.Condition)
    _done: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self._done

    def wait(self, seconds: float, known: int = 0) -> None:
        """Wait until it is done or has more than `known` parts, at most `seconds`."""
        with self._news:
            self._news.wait_for(lambda: self._done or len(self.parts) > known, seconds)

    def add(self, what: str, value: Any) -> None:
        """A part has come."""
        with self._news:
            self.parts[what] = value
            self._news.notify_all()

    def finish(self, failed: str = "") -> None:
        """Nothing more will come."""
        with self._news:
            self.failed, self._done = failed, True
            self._news.notify_all()


class Desk:
    """Takes tasks from sessions and gives them to the worker one after the other."""

    def __init__(self, limit: float = LIMIT, start: float = START, command: Sequence[str] = WORKER) -> None:
        self.limit, self.start, self.command = limit, start, command
        self._lock = threading.Condition()
        self._jobs: dict[str, Job] = {}  # session -> its newest job; in the order in which they wait
        self._number = 0
        self._running: tuple[str, Job] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._told: queue.Queue[Told | None] = queue.Queue()
        self._given: OrderedDict[str, None] = OrderedDict()  # corpora that the process has
        self._warm = False  # whether the process has ever answered
        threading.Thread(target=self._serve, daemon=True).start()

    def put(self, session: str, corpus: Corpus, task: Task) -> Job:
        """Give a task in; the session's older one is cancelled."""
        with self._lock:
            self._number += 1
            job = Job(corpus, replace(task, number=self._number, corpus=corpus.key))
            if (waiting := self._jobs.pop(session, None)) is not None:
                waiting.cancelled = True
                waiting.finish()
            if self._running is not None and self._running[0] == session:
                self._cancel(self._running[1])
            self._jobs[session] = job
            self._lock.notify_all()
        return job

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _cancel(self, job: Job) -> None:
        """Tell the worker that nobody waits for the running job any more."""
        job.cancelled = True
        with contextlib.suppress(OSError):  # it has ended: `_work` finds out
            send(self._stdin, Cancel(job.task.number))

    def _serve(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._jobs)
                session = next(iter(self._jobs))
                job = self._jobs.pop(session)
                self._running = (session, job)
            self._work(job)
            with self._lock:
                self._running = None
            job.finish(job.failed)

    def _work(self, job: Job) -> None:
        """Send a job's task and pass on what the worker tells, until it is done, ends or exceeds its limit."""
        begun = time.monotonic()
        try:
            self._start()
            with self._lock:  # `_cancel` writes too
                if job.corpus.key not in self._given:
                    send(self._stdin, job.corpus)
                keep(self._given, job.corpus.key, None)
                send(self._stdin, job.task)
        except OSError as error:
            job.failed = str(error)
            self._end()
            return
        deadline = time.monotonic() + self.limit + (0 if self._warm else self.start)
        while True:
            try:
                told = self._told.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                job.failed = "time"
                self._end()
                return
            if told is None:
                job.failed = "ended"
                self._end()
                return
            if told.number != job.task.number:
                continue
            self._warm = True
            job.seconds = time.monotonic() - begun
            if told.what == "done":
                return
            if told.what == "broken":
                job.failed = str(told.value)
            else:
                job.add(told.what, told.value)

    @property
    def _stdin(self) -> Any:
        if self._process is None or self._process.stdin is None:
            raise OSError("the worker has ended")
        return self._process.stdin

    def _start(self) -> None:
        """See that a process runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self._given.clear()
        self._warm = False
        self._told = queue.Queue()
        root = str(Path(indicators.__file__).parents[1])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            list(self.command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        threading.Thread(target=_listen, args=(self._process.stdout, self._told), daemon=True).start()

    def _end(self) -> None:
        """Kill the process; the next task starts another."""
        self.close()
        self._process = None


def _listen(stream: Any, told: queue.Queue[Told | None]) -> None:
    """Pass on what a process tells until it ends."""
    try:
        while True:
            told.put(receive(stream))
    except (EOFError, OSError):
        told.put(None)
