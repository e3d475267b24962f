"""A worker process: takes tasks from a connection, does them, sends back what came out, until the connection closes.

Started by `engines.workers` as `python -c "...serve(N)"`, N being the number of the connection's file descriptor.
"""

from __future__ import annotations

import pickle
import sys
import traceback
from multiprocessing.connection import Connection
from typing import Any

from indicators.errors import IndicatorsError


def serve(descriptor: int) -> None:
    """Do tasks until the other side closes the connection: it is done, or it died."""
    connection = Connection(descriptor)
    try:
        job = _begin(connection)
        while True:
            _answer(connection, job, *connection.recv())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _begin(connection: Connection) -> Any:
    path, memory, job = connection.recv()
    sys.path[:] = path  # what the parent can import, the worker can: the job may be of any module
    try:
        limit_memory(memory)
        made = pickle.loads(job)  # noqa: S301  (from our own parent)
    except Exception:
        connection.send(("broken", traceback.format_exc(limit=-2)))
        raise EOFError from None
    connection.send(("ready", None))
    return made


def _answer(connection: Connection, job: Any, task: Any, failed: dict[str, str], careful: bool) -> None:
    """Do one task and say what came of it: done with the result, failed with the reason, or a fault of the user's."""

    def announce(name: str) -> None:
        connection.send(("at", name))

    try:
        result = job.run(task, failed, announce if careful else None)
    except IndicatorsError as error:
        connection.send(("fault", error.faults or str(error)))
    except Exception:
        connection.send(("failed", traceback.format_exc(limit=-3)))
    else:
        connection.send(("done", result))


def limit_memory(size: int) -> None:
    """Let this process hold at most `size` bytes of private memory; where the system knows no such limit, no limit."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (size if most < 0 else min(size, most), most))
