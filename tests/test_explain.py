"""`indicators explain`: the story of one number, told by the matcher itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from indicators.errors import ReadingError
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules import attempts
from indicators.rules.addresses import named, quantity_at, split_address
from indicators.rules.explaining import Explanation, explain
from indicators.rules.explanation_report import as_json, as_text
from indicators.rules.loading import load_rules_text
from indicators.rules.matching import match
from indicators.rules.messages import table

ROOT = Path(__file__).parent.parent
RULES = """\
indicators:
  wide: {name: 甲, kind: ratio, unit: 个, patterns: ['广场{value}', '场{value}', '公园{value}']}
  narrow: {name: 乙, kind: ratio, unit: 个, patterns: ['文化广场{value}']}
  first: {name: 丙, kind: ratio, unit: 个, priority: 2, patterns: ['剧院{value}']}
  longer: {name: 丁, kind: ratio, unit: 个, patterns: ['新建乡镇剧院{value}']}
  sharing: {name: 戊, kind: ratio, unit: 个, also: true, patterns: ['院{value}']}
  second: {name: 己, kind: ratio, unit: 个, patterns: ['文化广场{value}']}
  refused: {name: 庚, kind: ratio, unit: 个, patterns: ['文化广场{value}'], unless: ['改建', '新建']}
  crossing: {name: 辛, kind: ratio, unit: 个, patterns: ['投资{gap}广场{value}']}
  grain: {name: 壬, kind: measure, unit: 吨, patterns: ['广场{value}']}
"""
TEXT = "2021年全县投资3000万元新建文化广场36个。\n另外，新建乡镇剧院5个。"


def told(words: str, text: str = TEXT, rules: str = RULES) -> Explanation:
    reading = read(Document("a.txt", text, published="2022-01-05"))
    return explain(reading, load_rules_text(rules), quantity_at(reading, text.index(words)))


def outcomes(explanation: Explanation) -> dict[str, str]:
    return {trial.rule: trial.outcome for trial in explanation.trials}


def test_each_rule_is_told_where_it_stopped() -> None:
    found = told("36个")
    assert outcomes(found) == {
        "narrow#1": "owner",
        "wide#1": "lost",
        "second#1": "lost",
        "wide#2": "later",
        "refused#1": "unless",
        "crossing#1": "gap",
        "wide#3": "no_word",
        "first#1": "no_word",
        "longer#1": "no_word",
        "sharing#1": "no_word",
        "grain#1": "unit",
    }
    why = {trial.rule: trial.en for trial in found.trials}
    assert why["wide#1"] == "lost to narrow#1: 5 characters before 3"
    assert why["second#1"] == "lost to narrow#1: it stands earlier in the rules"
    assert why["refused#1"] == "refused by unless: 新建"
    assert why["crossing#1"] == "a gap crosses 3000万元"
    assert why["grain#1"] == "'个' does not convert into 吨"
    assert "公园" in why["wide#3"]
    assert all(trial.zh for trial in found.trials)


def test_priority_and_sharing_are_named() -> None:
    why = {trial.rule: (trial.outcome, trial.en) for trial in told("5个").trials}
    assert why["first#1"] == ("owner", "owns the number: over longer#1, priority 2 before 0")
    assert why["longer#1"] == ("lost", "lost to first#1: priority 2 before 0")
    assert why["sharing#1"][0] == "shares"


def test_every_rule_is_named_once_and_agrees_with_the_matcher() -> None:
    rules = load_rules_text((ROOT / "config.yaml").read_text("utf-8"), "config.yaml", ROOT)
    path = next((ROOT / "seeds").glob("004*.txt"))
    reading = read(Document(path.name, path.read_text("utf-8")))
    captured = {found.quantity: found.rule for found in reversed(match(reading, rules).matches)}
    rows = [row for row in range(len(reading.quantities)) if reading.quantities.cls[row] == "claim"]
    assert len(rows) > 20
    for row in rows[::3]:
        found = explain(reading, rules, row)
        assert sorted(trial.rule for trial in found.trials) == sorted(rule.id for rule in rules.rules)
        assert found.owner == captured.get(row, "")


def test_how_a_number_was_read() -> None:
    found = told("36个")
    assert (found.location.line, found.location.column) == (1, TEXT.index("36个") + 1)
    assert (found.read["class"], found.read["value"], found.read["unit"]) == ("claim", 36.0, "个")
    assert found.read["period"]["days"] == "2021-01-01/2021-12-31"
    assert found.read["period"]["words"] == "2021年"
    assert (told("5个").location.line, told("5个").location.column) == (2, 10)


def test_a_superseded_value_is_past() -> None:
    rules = "indicators: {pay: {name: 补贴, kind: amount, unit: 元, patterns: ['由{past}提高到{value}']}}"
    found = told("300元", "补贴由300元提高到500元。", rules)
    assert found.read["status"] == "past"
    assert found.owner == "pay#1"


def test_what_is_no_claim_meets_no_rule() -> None:
    found = told("2021年")
    assert (found.read["class"], found.trials, found.owner) == ("date", [], "")
    assert "only claims are captured" in as_text(found)


def test_a_rule_out_of_time_has_failed_and_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TIME_LIMIT", 1e-9)
    slow = (
        "indicators: {slow: {name: 慢, kind: ratio, unit: 个, patterns: ['(?:广|场|文|化)*(?:文化?广?场?)*{value}']}}"
    )
    found = told("36个", "文化广场" * 300 + "36个。", slow)
    assert outcomes(found) == {"slow#1": "failed"}
    assert "failed (1)" in as_text(found)
    assert json.loads(as_json(found))["failed"]["slow#1"].startswith("took longer")


def test_text_is_brief_and_json_is_whole() -> None:
    found = told("36个")
    lines = as_text(found).splitlines()
    assert lines[0] == f"a.txt:1:{TEXT.index('36个') + 1}: 36个"
    assert "  narrow#1 [文化广场36个]: owns the number" in "\n".join(lines)
    assert "  wide#3, first#1, longer#1, sharing#1" in lines
    assert len(as_text(found, whole=True).splitlines()) == len(lines) + 3
    assert len(json.loads(as_json(found))["rules"]) == 11


# --- DOCUMENT:OFFSET


@pytest.mark.parametrize("address", ["a.txt", "a.txt:", ":5", "a.txt:x", "a.txt:-1", "a.txt:１", ""])
def test_an_address_without_an_offset(address: str) -> None:
    with pytest.raises(ReadingError, match="write it like"):
        split_address(address)


def test_the_last_colon_splits() -> None:
    assert split_address("C:/a:b.txt:12") == ("C:/a:b.txt", 12)


def document(name: str) -> Document:
    return Document(name, "1")


@pytest.mark.parametrize(
    ("name", "found"),
    [("a.txt", "a.txt"), ("x/b.txt", "x/b.txt"), ("b.txt", "x/b.txt"), ("seeds/a.txt", "a.txt"), ("./a.txt", "a.txt")],
)
def test_documents_are_found_by_the_end_of_their_path(name: str, found: str) -> None:
    assert named([document("a.txt"), document("x/b.txt"), document("y/c.txt"), document("z/c.txt")], name).name == found


def test_documents_that_are_not_found() -> None:
    documents = [document("y/c.txt"), document("z/c.txt"), Document("d.txt", "", status="refused", reason="binary")]
    for name, said in (
        ("c.txt", "any of y/c.txt, z/c.txt"),
        ("y/cc.txt", "did you mean 'y/c.txt'"),
        ("d.txt", "binary"),
    ):
        with pytest.raises(ReadingError, match=said):
            named(documents, name)


def test_an_offset_beside_a_number_names_the_nearest() -> None:
    reading: Reading = read(Document("a.txt", TEXT))
    with pytest.raises(ReadingError) as caught:
        quantity_at(reading, TEXT.index("个。") + 1)
    (fault,) = caught.value.faults
    assert (
        str(fault)
        == f"a.txt:1:{TEXT.index('个。') + 2}: no number stands here; the nearest, 36个, stands at {TEXT.index('36个')}"
    )
    assert "最近的数“36个”" in fault.zh
    for offset, text in ((len(TEXT), TEXT), (0, ""), (0, "没有数")):
        with pytest.raises(ReadingError):
            quantity_at(read(Document("a.txt", text)), offset)


@pytest.mark.parametrize("row", table("tool_messages").values(), ids=lambda row: row["key"])
def test_what_is_said_is_said_in_both_languages(row: dict[str, str]) -> None:
    assert re.search("[\u4e00-\u9fff]", row["zh"]) and not re.search("[\u4e00-\u9fff]", row["message"])
    assert bool(row["remedy"]) == bool(row["zh_remedy"])
    assert set(re.findall(r"{\w+}", row["zh"] + row["zh_remedy"])) == set(
        re.findall(r"{\w+}", row["message"] + row["remedy"])
    )


def test_the_command() -> None:
    path = next((ROOT / "seeds").glob("004*.txt"))
    address = f"{path.name}:{path.read_text('utf-8').index('1185个')}"
    done = run("explain", address, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["owner"].startswith("villager_group_branches#")
    done = run("explain", f"{path.name}:99999999")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "indicators.cli", *words], cwd=ROOT, capture_output=True, timeout=120)
