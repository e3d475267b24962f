"""Tasks on a Dask cluster: the same job with the same results on many machines.

Each Dask worker hands its tasks to a worker process of its own (`engines.workers`), so that a document that hangs or
kills is found out there as on one machine. A Dask worker that dies loses nothing: its tasks are done again elsewhere,
and what it half wrote is never seen. Every machine needs the same version of this package and the same paths.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, TypeVar

from indicators.engines.running import largest
from indicators.engines.tasks import EngineError, Job, Limits, Task
from indicators.engines.workers import Workers
from indicators.errors import IndicatorsError

R = TypeVar("R")
_AHEAD = 3  # tasks a thread of the cluster that are handed out: a billion documents do not sit in the scheduler
_PATIENCE = 20  # seconds to find the scheduler
_NO_WORKER = 120  # seconds that a cluster may be without a worker


def run_on_cluster(
    job: Job[R], tasks: Sequence[Task], address: str, limits: Limits | None = None
) -> Iterator[tuple[Task, R]]:
    """Each task with its result, in the order in which they end. Raises EngineError where the cluster fails."""
    try:
        dask: Any = import_module("distributed")
    except ImportError as error:
        raise EngineError("--cluster needs Dask: pip install 'indicators[cluster]' / 请先安装 Dask") from error
    try:
        client = dask.Client(address, timeout=_PATIENCE)
        client.wait_for_workers(1, timeout=_NO_WORKER)
    except (OSError, TimeoutError, ValueError) as error:
        words = f"{address}: no Dask scheduler with workers there ({error}); see docs/cluster.md / 无法连接集群"
        raise EngineError(words) from error
    with client:
        # A task of its own: should the machine that holds it die, Dask makes it again from the client's copy.
        data = pickle.dumps(job)
        shared = client.submit(bytes, data, key=f"job-{hashlib.sha256(data).hexdigest()[:16]}")
        ahead = max(4, _AHEAD * sum(client.nthreads().values()))
        most, waiting = largest(tasks), iter(tasks)
        under_way: dict[str, Task] = {}

        def submit(task: Task) -> Any:
            future = client.submit(do_task, shared, task, limits, most, pure=False)
            under_way[future.key] = task
            return future

        done = dask.as_completed([submit(task) for _, task in zip(range(ahead), waiting, strict=False)])
        for future in done:
            result = _result(future)
            yield under_way.pop(future.key), result
            for task in waiting:
                done.add(submit(task))
                break


def _result(future: Any) -> Any:
    """What a task gave; EngineError where Dask gave it up."""
    try:
        return future.result()
    except IndicatorsError:
        raise
    except Exception as error:
        raise EngineError(f"the cluster gave up: {type(error).__name__}: {error} / 集群任务失败") from error


_own = threading.local()  # the worker process of each thread of a Dask worker, kept from task to task


def do_task(job: bytes, task: Task, limits: Limits | None, most: int) -> Any:
    """Do one task in the worker process of this thread, which is started anew for another job."""
    if getattr(_own, "job", None) != job:
        if hasattr(_own, "workers"):
            _own.workers.__exit__()
        _own.workers, _own.job = Workers(_Pickled(job), 1, limits, most), job
    ((_, result),) = _own.workers.run([task])
    return result


class _Pickled:
    """A job that is unpickled only where it is done: a Dask worker itself need not hold the rules."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return pickle.loads, (self._data,)

    def run(self, task: Task, failed: Any, announce: Any = None) -> Any:
        """Never called: what arrives in the worker process is the job itself."""
        raise NotImplementedError
