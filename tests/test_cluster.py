"""The same tables on a cluster of two worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_jobs import RULES, Mishap, write_corpus

from indicators import load_project
from indicators.engines import tasks
from indicators.engines.cluster import run_on_cluster
from indicators.engines.store import read_table
from indicators.engines.streaming import Engine
from indicators.engines.tasks import EngineError, Limits, Task
from indicators.model import Document

pytest.importorskip("distributed")
TESTS = Path(__file__).parent


class Cluster:
    """A scheduler and two workers as a user would start them, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
        self._folder = folder
        file = folder / "scheduler.json"
        self._all = [self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))]
        while not file.exists():
            time.sleep(0.1)
        self.address = __import__("json").loads(file.read_text())["address"]
        self.workers = [self._start("worker", self.address, "--nthreads", "1", "--no-dashboard") for _ in range(2)]

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        log = (self._folder / "log.txt").open("ab")
        host = [] if words[0] == "worker" else ["--host", "127.0.0.1"]
        command = [sys.executable, "-m", "dask", *words, *host]
        return subprocess.Popen(
            command, env=self._env, cwd=self._folder, stdout=log, stderr=log, start_new_session=True
        )

    def kill_a_worker(self) -> None:
        os.killpg(self.workers[0].pid, signal.SIGKILL)

    def end(self) -> None:
        for process in [*self.workers, *self._all]:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.end()


def test_a_guilty_document_is_found_on_the_cluster(cluster: Cluster) -> None:
    limits = Limits(seconds=2, bytes_a_second=1 << 30, memory=1 << 29)
    documents = tuple(Document(str(n), text) for n, text in enumerate(["a", "die", "c", "hang"]))
    ((_, read),) = run_on_cluster(Mishap(), [Task(0, documents, 4)], cluster.address, limits)
    assert (read["0"], read["2"]) == ("read", "read")
    assert "SIGKILL" in read["1"]
    assert "took longer" in read["3"]


def test_no_scheduler_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.engines.cluster._PATIENCE", 1)
    with pytest.raises(EngineError, match=r"no Dask scheduler.*docs/cluster\.md"):
        list(run_on_cluster(Mishap(), [Task(0, (), 0)], "tcp://127.0.0.1:9"))


def test_the_same_tables_and_a_killed_worker_loses_nothing(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SHARD", 300)
    corpus = write_corpus(tmp_path / "corpus", 90)
    (tmp_path / "config.yaml").write_text(RULES + "corpus: [corpus]\n", "utf-8")
    project = load_project(tmp_path / "config.yaml")
    told: list[int] = []

    def watch(done: int, whole: int) -> None:
        told.append(done)
        if len(told) == 4:
            cluster.kill_a_worker()

    manifest = project.write(tmp_path / "out", "quantities", [corpus], Engine(cluster=cluster.address, watch=watch))
    assert cluster.workers[0].poll() is not None
    assert len(told) == manifest.shards + 1 > 12
    one = project.write(tmp_path / "one", "quantities", [corpus], Engine(workers=1)).manifest
    two = project.write(tmp_path / "two", "quantities", [corpus], Engine(workers=2)).manifest
    assert manifest.manifest.tables == one.tables == two.tables
    for table in ("claims", "quantities", "documents"):
        frames = [read_table(tmp_path / folder, table) for folder in ("out", "one", "two")]
        assert frames[0].equals(frames[1])
        assert frames[0].equals(frames[2])
