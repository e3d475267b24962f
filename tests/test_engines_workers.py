"""A worker that hangs, dies or eats memory costs the document it was at, and no other."""

from __future__ import annotations

import pytest
from engine_jobs import Mishap

from indicators import load_project
from indicators.engines import reading_shards
from indicators.engines.local import extract
from indicators.engines.running import default_workers, run
from indicators.engines.tasks import EngineError, Limits, Task
from indicators.engines.workers import Workers
from indicators.model import Document

# A short limit only where it is waited for: on a busy machine eating the memory takes its time too.
PATIENT = Limits(seconds=60, bytes_a_second=1 << 30, memory=1 << 29, memory_a_byte=0)
LIMITS = Limits(seconds=1.5, bytes_a_second=1 << 30, memory=1 << 29, memory_a_byte=0)


def tasks(*texts: str, size: int = 3) -> list[Task]:
    documents = [Document(f"{number}", text) for number, text in enumerate(texts)]
    parts = [tuple(documents[first : first + size]) for first in range(0, len(documents), size)]
    return [Task(number, part, len(part)) for number, part in enumerate(parts)]


def outcome(*texts: str, workers: int = 2) -> dict[str, str]:
    with Workers(Mishap(), workers, LIMITS if "hang" in texts else PATIENT) as processes:
        return {name: what for _, read in processes.run(tasks(*texts)) for name, what in read.items()}


@pytest.mark.parametrize(
    ("text", "reason"), [("hang", "took longer than"), ("die", "SIGKILL"), ("raise", "ValueError"), ("eat", "Memory")]
)
def test_the_guilty_document_alone_fails(text: str, reason: str) -> None:
    read = outcome("a", "b", "c", "d", text, "f", "g")
    assert reason in read.pop("4")
    assert set(read) == {"0", "1", "2", "3", "5", "6"}
    assert set(read.values()) == {"read"}


def test_several_guilty_documents_of_one_shard() -> None:
    read = outcome("die", "b", "hang", "die", "raise", "f", workers=1)
    assert [name for name, what in read.items() if what == "read"] == ["1", "5"]
    assert len(read) == 6


def test_leaving_ends_every_process() -> None:
    with Workers(Mishap(), 2, LIMITS) as processes:
        next(iter(processes.run(tasks("a", "hang", "c", size=1))))
        started = [worker.process for worker in processes._all]
    assert [process.poll() is not None for process in started] == [True] * len(started)


def test_workers_that_cannot_start_are_said() -> None:
    tight = Limits(memory=1 << 20, memory_a_byte=0)
    with Workers(Mishap(), 1, tight) as processes, pytest.raises(EngineError, match="does not start"):
        list(processes.run(tasks("a")))


def test_small_corpora_start_no_process() -> None:
    assert default_workers(1000) == 1
    assert list(run(Mishap(), [])) == []


def test_a_document_that_raises_is_failed_and_the_others_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load_project("config.yaml").rules
    documents = [Document(f"{n}.txt", f"2021年，隆德县共有行政村9{n}个。") for n in range(3)]
    whole = reading_shards.process

    def process(read: list[Document], *rest: object) -> object:
        if any(document.name == "1.txt" for document in read):
            raise ValueError("没想到")
        return whole(read, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading_shards, "process", process)
    extraction = extract(documents, rules)
    assert [document.status for document in extraction.documents] == ["read", "failed", "read"]
    assert "ValueError: 没想到" in extraction.documents[1].reason
    assert set(extraction.claims["document"]) == {"0.txt", "2.txt"}
