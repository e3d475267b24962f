"""The worker behind the rules workbench: what it previews is what saving would do; nothing can hang it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import rules_project
from rules_project import CONFIG

from indicators.app.background import bench, moves, sides
from indicators.app.background.bench import Bench
from indicators.app.background.desk import Desk, Job
from indicators.app.background.protocol import Corpus, Drafted, Move, Preview, Task
from indicators.checks.difference import difference
from indicators.project import Project, load_project
from indicators.rules import attempts
from indicators.rules.loading import load_rules_text

SLOW = "(?:[一-龥]|村)+(?:甲|[^甲]){value}(?!)"
EDITS = {
    "nothing": CONFIG,
    "a comment": CONFIG + "# 备注\n",
    "an example": CONFIG.replace("服务站12个。, value: 12", "服务站15个。, value: 15"),
    "a pattern less": CONFIG.replace("'{built}服务站{value}'", "'建成服务站{value}'"),
    "a pattern more": CONFIG.replace("服务站{value}'\n", "服务站{value}'\n      - '挂牌服务站{value}'\n"),
    "a macro": CONFIG.replace("(?:建成|建有)", "(?:建有|挂牌)"),
    "another unit": CONFIG.replace("unit: 元", "unit: 万元"),
    "an exclusion": CONFIG.replace("patterns: ['投入", "unless: [全县]\n    patterns: ['投入"),
    "an indicator less": CONFIG[: CONFIG.index("  roads:")],
    "another order": CONFIG.replace("  roads:", "  a_roads:").replace("  coverage:\n", "  coverage_2:\n"),
    "a rule without words": CONFIG.replace("'覆盖率{gap}{value}'", "'[^。]率{gap}{value}'"),
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return load_project(rules_project.make(tmp_path))


def corpus(project: Project) -> Corpus:
    documents = tuple(project.read_documents())
    return Corpus(f"{hash(documents):x}", documents)


def task(project: Project, text: str = "", address: str = "", saved: str = CONFIG) -> Task:
    return Task(0, "", "config.yaml", project.config.parent, saved, text, address)


def examined(bench: Bench, project: Project, text: str, saved: str = CONFIG) -> dict[str, Any]:
    return dict(bench.examine(task(project, text, saved=saved), lambda: False))


def cells(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.drop(columns=["rules_version"]).astype(str).to_dict("records")
    return sorted(rows, key=repr)


# --- what is previewed


@pytest.mark.parametrize("name", EDITS)
def test_a_preview_is_what_saving_would_do(project: Project, name: str) -> None:
    found = examined(Bench(corpus(project)), project, EDITS[name])["preview"]
    due = difference(project.extract(), project.with_rules(EDITS[name]).extract())
    assert isinstance(found, Preview)
    assert cells(found.gained) == cells(due.gained)
    assert cells(found.lost) == cells(due.lost)
    assert cells(found.changed) == cells(due.changed)
    assert (found.covered, found.documents) == (3, 3)


def test_one_bench_previews_edit_after_edit_as_a_fresh_one_does(project: Project) -> None:
    warm = Bench(corpus(project))
    saved = CONFIG
    for text in EDITS.values():
        fresh = examined(Bench(corpus(project)), project, text, saved)
        again = examined(warm, project, text, saved)
        for kind in ("gained", "lost", "changed"):
            assert cells(getattr(again["preview"], kind)) == cells(getattr(fresh["preview"], kind))
        assert again["examples"] == fresh["examples"]
        assert again["moves"] == fresh["moves"]
        saved = text  # as if it had been saved


def test_a_broken_text_tells_its_faults_and_nothing_else(project: Project) -> None:
    parts = examined(Bench(corpus(project)), project, CONFIG.replace("unit: 个", "unti: 个"))
    assert list(parts) == ["faults"]
    assert parts["faults"][0].location.line == CONFIG[: CONFIG.index("unit: 个")].count("\n") + 1


def test_over_a_broken_file_faults_and_examples_are_told_without_a_preview(project: Project) -> None:
    parts = examined(Bench(corpus(project)), project, CONFIG, saved="indicators: {x: {}}")
    assert "preview" not in parts
    assert parts["examples"] == ()


def test_a_failing_example_is_told_until_it_is_mended(project: Project) -> None:
    warm = Bench(corpus(project))
    wrong = CONFIG.replace("value: 12}", "value: 13}")
    for text, count in ((CONFIG, 0), (wrong, 1), (wrong + "# 备注\n", 1), (CONFIG, 0)):
        assert len(examined(warm, project, text)["examples"]) == count


def test_an_example_that_another_rule_takes_away_is_noticed(project: Project) -> None:
    warm = Bench(corpus(project))
    assert not examined(warm, project, CONFIG)["examples"]
    greedy = CONFIG.replace("patterns: ['覆盖率{gap}{value}']", "patterns: ['覆盖率{gap}{value}']\n    unless: [达到]")
    assert [fault.severity for fault in examined(warm, project, greedy)["examples"]] == ["error"]


def test_a_slow_pattern_fails_its_rule_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TIME_LIMIT", 0.02)
    reports = project.config.parent / "reports"
    (reports / "slow.txt").write_text(f"安化县{'村' * 60}覆盖率达到70%,建成服务站3个。\n", "utf-8")
    text = CONFIG.replace("覆盖率{gap}{value}", SLOW)
    found = examined(Bench(corpus(project)), project, text)["preview"]
    assert list(found.failed) == ["coverage#1"]
    assert "0.02 s" in found.failed["coverage#1"]
    assert set(found.lost["indicator"]) == {"coverage"}


def test_documents_without_a_word_of_the_changed_rules_are_not_matched_again(project: Project) -> None:
    warm = Bench(corpus(project))
    examined(warm, project, CONFIG)
    assert warm.side is not None
    rules = load_rules_text(EDITS["an exclusion"])  # of the rule on 道路, which one document has not
    again = sides.derive(warm.side, rules, warm.readings)[1]
    assert [warm.readings[number].document.name for number in again] == ["anhua.txt", "cili.txt"]


@pytest.mark.parametrize(
    ("name", "count"), [("nothing", 0), ("a comment", 0), ("an example", 0), ("a pattern less", 2), ("another unit", 2)]
)
def test_changed_rules_are_those_that_decide_otherwise(name: str, count: int) -> None:
    assert len(sides.changed_rules(load_rules_text(CONFIG), load_rules_text(EDITS[name]))) == count


def test_all_rules_changed_where_their_order_did() -> None:
    a, b = CONFIG.index("  coverage:"), CONFIG.index("  roads:")
    turned = CONFIG[:a] + CONFIG[b:] + CONFIG[a:b]
    assert len(sides.changed_rules(load_rules_text(CONFIG), load_rules_text(turned))) == 6


def test_sharing_indicators_changes_no_rule_set() -> None:
    old, new = load_rules_text(CONFIG), load_rules_text(EDITS["a pattern less"])
    common = sides.shared(new, old)
    assert common.rules_version == new.rules_version
    assert common.indicator("roads") is old.indicator("roads")
    assert common.indicator("stations") is not old.indicator("stations")


# --- rankings


def test_a_ranking_moves_when_a_place_leaves_it_or_its_order_turns(project: Project) -> None:
    warm = Bench(corpus(project))
    parts = examined(warm, project, EDITS["a pattern less"])
    assert parts["moves"] == (
        Move(
            "stations", "county", "个", "stock", "",
            (("慈利县", "200个"), ("安化县", "135个"), ("沅陵县", "80个")),
            (("慈利县", "200个"), ("安化县", "135个")),
        ),
    )  # fmt: skip
    assert examined(warm, project, EDITS["a comment"])["moves"] == ()


def test_orders_are_told_apart_by_level_and_indicator() -> None:
    one, other = (("甲县", "2个"), ("乙县", "1个")), (("乙县", "3个"), ("甲县", "2个"))
    county, town = ("x", "county", "个", "", ""), ("x", "town", "个", "", "")
    assert moves.moves({county: one, town: one}, {county: other, town: one}) == (Move(*county, one, other),)
    assert [move.after for move in moves.moves({county: one}, {})] == [()]


# --- drafts


def test_a_draft_stands_in_the_text_and_passes_its_own_check(project: Project) -> None:
    warm = Bench(corpus(project))
    offset = rules_project.TEXTS["anhua.txt"].index("46名")
    found = warm.draft(task(project, CONFIG + "# 末尾 the end\n", f"anhua.txt:{offset}"))
    assert found.faults == ()
    assert found.text.splitlines()[found.line - 1].strip() == f"{found.id}:"
    assert "# 语料 the documents" in found.text
    assert "# 末尾 the end" in found.text
    parts = examined(warm, project, found.text)
    assert [fault for fault in parts["examples"] if fault.severity == "error"] == []
    assert list(parts["preview"].gained["text"]) == ["46名"]


def test_a_second_draft_gets_another_id(project: Project) -> None:
    warm = Bench(corpus(project))
    text = CONFIG.replace("  roads:", "  draft_1:")
    offset = rules_project.TEXTS["anhua.txt"].index("46名")
    assert warm.draft(task(project, text, f"anhua.txt:{offset}")).id == "draft_2"


@pytest.mark.parametrize("address", ["anhua.txt:0", "nowhere.txt:3", "anhua.txt", "anhua.txt:99999"])
def test_what_cannot_be_drafted_says_why(project: Project, address: str) -> None:
    found = Bench(corpus(project)).draft(task(project, CONFIG, address))
    assert found.text == ""
    assert found.faults[0].zh


# --- the process


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(limit=30)
    yield made
    made.close()


def finished(job: Job, seconds: float = 60) -> Job:
    end = time.monotonic() + seconds
    while not job.done:
        assert time.monotonic() < end, "the job does not end"
        job.wait(1)
    return job


def test_the_process_gives_what_the_bench_gives(project: Project, desk: Desk) -> None:
    job = finished(desk.put("a", corpus(project), task(project, EDITS["a pattern less"])))
    due = examined(Bench(corpus(project)), project, EDITS["a pattern less"])
    assert job.failed == ""
    assert cells(job.parts["preview"].lost) == cells(due["preview"].lost)
    assert job.parts["moves"] == due["moves"]
    drafted = finished(desk.put("a", corpus(project), task(project, CONFIG, "nowhere.txt:3"))).parts["drafted"]
    assert isinstance(drafted, Drafted)
    assert drafted.faults


def test_a_newer_task_takes_the_place_of_the_sessions_older_one(project: Project, desk: Desk) -> None:
    documents = corpus(project)
    jobs = [desk.put("a", documents, task(project, CONFIG + "#\n" * n)) for n in range(1, 6)]
    other = desk.put("b", documents, task(project, CONFIG))
    for job in (*jobs, other):
        finished(job)
    assert all(job.cancelled for job in jobs[:-1])
    assert not jobs[-1].cancelled
    assert "examples" in jobs[-1].parts
    assert "examples" in other.parts


def test_a_task_that_hangs_ends_at_its_limit_and_the_next_is_served(project: Project) -> None:
    desk = Desk(limit=0.5, start=0.5, command=[sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        begun = time.monotonic()
        job = finished(desk.put("a", corpus(project), task(project, CONFIG)), 20)
        assert job.failed == "time"
        assert time.monotonic() - begun < 10
        desk.command, desk.start = (sys.executable, "-m", "indicators.app.background.worker"), 60
        assert finished(desk.put("a", corpus(project), task(project, CONFIG))).parts["faults"] == ()
    finally:
        desk.close()


def test_a_process_that_dies_is_said_and_started_again(project: Project) -> None:
    desk = Desk(command=[sys.executable, "-c", "raise SystemExit(3)"])
    try:
        assert finished(desk.put("a", corpus(project), task(project, CONFIG)), 20).failed
        desk.command = (sys.executable, "-m", "indicators.app.background.worker")
        assert finished(desk.put("a", corpus(project), task(project, CONFIG))).failed == ""
    finally:
        desk.close()


def test_the_worker_keeps_few_corpora_and_takes_one_again(project: Project, desk: Desk) -> None:
    documents = corpus(project).documents
    for turn in range(6):
        part = Corpus(f"part-{turn % 5}", documents[: 1 + turn % 3])
        job = finished(desk.put("a", part, task(project, EDITS["a pattern less"])))
        assert job.failed == ""
        assert job.parts["preview"].documents == len(part.documents)


def test_a_line_is_found_by_the_id_that_begins_there() -> None:
    assert bench.line_of(CONFIG, "coverage") == CONFIG[: CONFIG.index("  coverage:")].count("\n") + 1
    assert bench.line_of(CONFIG, "cover") == 0
