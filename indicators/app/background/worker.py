"""The worker process: `python -m indicators.app.background.worker`, tasks on stdin, results on stdout.

It reads documents while nothing is asked of it, and ends when the dashboard does (the end of stdin). A task that hangs
is the dashboard's to end: `desk` kills the process and starts another.
"""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import sys
import threading
from collections import OrderedDict
from typing import Any, BinaryIO

from indicators.app.background.bench import Bench
from indicators.app.background.protocol import Cancel, Corpus, Task, Told, keep, receive, send
from indicators.rules.uncollected import collect_new


class Worker:
    """Takes tasks from a queue; between two steps of one it looks whether it is still wanted."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.inbox: queue.Queue[Any] = queue.Queue()
        self.cancelled: set[int] = set()
        self.benches: OrderedDict[str, Bench] = OrderedDict()

    def listen(self, stream: BinaryIO) -> None:
        """Receive until the stream ends; runs in a thread of its own."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                message = receive(stream)
                if isinstance(message, Cancel):
                    self.cancelled.add(message.number)
                else:
                    self.inbox.put(message)
        self.inbox.put(None)

    def run(self) -> None:
        """Serve until the stream ends, reading documents in between."""
        while (message := self.next()) is not None:
            if isinstance(message, Corpus):
                keep(self.benches, message.key, Bench(message))
            else:
                self.serve(message)

    def next(self) -> Any:
        """The next message; as long as there is none documents are read, and garbage is looked for."""
        warmed = tidy = False
        while True:
            bench = next((one for one in reversed(self.benches.values()) if one.cold), None)
            try:
                return self.inbox.get(block=bench is None and tidy)
            except queue.Empty:
                if bench is not None:
                    bench.warm()
                    warmed, tidy = True, False
                else:
                    gc.collect()
                    if warmed:  # what was read stays: it is not walked again after every task
                        gc.freeze()
                    tidy = True

    def serve(self, task: Task) -> None:
        """Work a task out and tell its parts as they come."""
        if task.number not in self.cancelled:
            bench = self.benches[task.corpus]
            keep(self.benches, task.corpus, bench)
            try:
                if task.address:
                    self.tell(task, "drafted", bench.draft(task))
                elif task.text:
                    for what, value in bench.examine(task, lambda: task.number in self.cancelled):
                        self.tell(task, what, value)
                else:
                    bench.base(task)
            except Exception as error:  # what breaks here must be said there, not end the process
                self.tell(task, "broken", f"{type(error).__name__}: {error}")
        self.cancelled.discard(task.number)
        self.tell(task, "done")
        collect_new()  # also where the next task waits already and nothing is ever idle

    def tell(self, task: Task, what: str, value: Any = None) -> None:
        """Send a part of a task's result."""
        send(self.out, Told(task.number, what, value))


def main() -> None:
    """Serve stdin and stdout; whatever else would print goes to stderr."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    gc.disable()  # nobody waits for it while a text is examined, see `next` and `serve`
    worker = Worker(out)
    threading.Thread(target=worker.listen, args=(sys.stdin.buffer,), daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        worker.run()


if __name__ == "__main__":
    main()
