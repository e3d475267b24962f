"""Tasks -> results: here, in worker processes or on a cluster, the same job with the same results."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from indicators.engines.tasks import Job, Limits, Task, size_of
from indicators.errors import IndicatorsError

R = TypeVar("R")
_BIG = 8 << 20  # bytes of a corpus from which starting processes pays


def run(
    job: Job[R], tasks: Sequence[Task], workers: int | None = None, cluster: str = "", limits: Limits | None = None
) -> Iterator[tuple[Task, R]]:
    """Each task with its result, in the order in which they end.

    `workers`: processes; 1 is this one, None as many as the corpus deserves. `cluster`: address of a Dask scheduler.
    Raises EngineError where workers do not start or the cluster cannot be reached.
    """
    if not tasks:
        return
    if cluster:
        from indicators.engines.cluster import run_on_cluster

        yield from run_on_cluster(job, tasks, cluster, limits)
        return
    count = min(workers or default_workers(sum(task.size for task in tasks)), len(tasks))
    if count == 1 or sys.platform == "win32":
        for task in tasks:
            yield task, run_here(job, task)
        return
    from indicators.engines.workers import Workers

    with Workers(job, count, limits, largest(tasks)) as processes:
        yield from processes.run(tasks)


def in_order(results: Iterator[tuple[Task, R]]) -> Iterator[R]:
    """Results in the order of their tasks, each as soon as all before it are there."""
    waiting: dict[int, R] = {}
    following = 0
    for task, result in results:
        waiting[task.number] = result
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def run_here(job: Job[R], task: Task) -> R:
    """Do a task in this process; a document that raises an exception is failed, the others are read."""
    try:
        return job.run(task, {})
    except IndicatorsError:
        raise
    except Exception:
        return job.run(task, {}, announce=lambda name: None)


def largest(tasks: Sequence[Task]) -> int:
    """Bytes of the largest document."""
    return max((size_of(entry) for task in tasks for entry in task.entries), default=0)


def default_workers(size: int) -> int:
    """Processes for a corpus of so many bytes: all processors for a big one, this process for a small one."""
    if size < _BIG:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
