"""`indicators check`: what is suspicious in rules, alone and once run on texts; the schema that editors read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indicators.errors import Fault
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules import attempts
from indicators.rules.checking import check_rules
from indicators.rules.corpus_linting import lint_corpus
from indicators.rules.linting import lint
from indicators.rules.loading import load_rules_text
from indicators.rules.schema import json_schema
from indicators.rules.testing import run_examples

ROOT = Path(__file__).parent.parent


def indicator(id_: str, *patterns: str, more: str = "") -> str:
    listed = "".join(f"\n      - '{pattern}'" for pattern in patterns)
    return f"  {id_}:\n    name: {id_}\n    kind: ratio\n    unit: 个\n    patterns:{listed}\n{more}"


def texts(*words: str) -> list[Reading]:
    return [read(Document(f"{number}.txt", text)) for number, text in enumerate(words)]


def corpus_faults(rules: str, *words: str, examples: tuple[str, ...] = ()) -> list[tuple[int, str, str]]:
    """Line, severity and message of what running the rules on the texts shows."""
    found = lint_corpus(load_rules_text("indicators:\n" + rules), texts(*words), texts(*examples))
    assert all(fault.zh and fault.location.column for fault in found)
    return [(fault.location.line, fault.severity, fault.message) for fault in found]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("广场.*{value}", "an unbounded '.*' runs past other numbers"),
        ("广场.{2,}{value}", "an unbounded '.*' runs past other numbers"),
        (r"\w+{value}", "no word that every match must hold: the pattern runs on every sentence and is slow"),
        ("[.*]广场{value}", ""),
        (r"广场\.*{value}", ""),
        ("广场.{0,5}{value}", ""),
    ],
)
def test_patterns_that_are_slow_or_too_wide(pattern: str, said: str) -> None:
    found = lint(load_rules_text("indicators:\n" + indicator("squares", pattern)))
    assert [(str(fault.location), fault.message) for fault in found] == ([("config.yaml:7:9", said)] if said else [])


def test_a_macro_that_is_used_by_another_or_by_unless_is_used() -> None:
    rules = "macros: {aa: 广, bb: '{aa}场', cc: 改建, dd: 空}\nindicators:\n" + indicator(
        "squares", "{bb}{value}", more="    unless: ['{cc}']\n"
    )
    (fault,) = lint(load_rules_text(rules))
    assert (fault.message, fault.location.line, fault.severity) == ("macro 'dd' is used nowhere", 1, "warning")


def test_a_pattern_that_another_rule_swallows() -> None:
    rules = indicator("squares", "广场{value}") + indicator("culture", "文化广场{value}")
    assert corpus_faults(rules, "建成文化广场3个。", "文化广场5个。") == [
        (2, "note", "'squares' captures nothing in the corpus"),
        (
            7,
            "warning",
            "pattern squares#1 matches 2 × in the corpus and the examples and keeps none: all go to culture",
        ),
    ]
    assert corpus_faults(rules, "建成文化广场3个。", "体育广场5个。") == []


def test_a_pattern_behind_another_of_its_indicator() -> None:
    rules = indicator("squares", "广场{value}", "文化广场{value}")
    (found,) = corpus_faults(rules, "建成文化广场3个，体育广场2个。")
    assert found == (8, "note", "pattern squares#2 never comes first: squares#1 matches all that it matches (1 ×)")


def test_an_idle_indicator_and_a_pattern_that_never_matched() -> None:
    rules = indicator("squares", "广场{value}", "剧院{value}") + indicator("parks", "公园{value}")
    assert corpus_faults(rules, "广场3个。", examples=("公园5个。",)) == [
        (8, "note", "pattern squares#2 has matched neither an example nor the corpus"),
        (9, "note", "'parks' captures nothing in the corpus"),
    ]


def test_an_indicator_that_mixes_bases() -> None:
    change = (
        "  growth: {name: 增长, kind: change, of: growth, basis: yoy, unit: '%', patterns: ['产值PATTERN{value}']}\n"
    )
    yearly, monthly = "产值同比增长5%。", "产值环比增长2%。"
    fixed = change.replace("PATTERN", "(?:同比|环比)增长")
    (found,) = corpus_faults(fixed, yearly, monthly)
    assert found == (2, "warning", "'growth' mixes basis: qoq, yoy")
    assert corpus_faults(fixed, yearly) == []
    assert corpus_faults(change.replace("PATTERN", "(?P<basis>同比|环比)增长"), yearly, monthly) == []


def test_an_indicator_that_mixes_times() -> None:
    rules = "  loans: {name: 贷款, kind: amount, time: stock, unit: 元, patterns: ['(?:年末|全年|)贷款{value}']}\n"
    assert corpus_faults(rules, "年末贷款3万元。", "贷款5万元。") == []
    (found,) = corpus_faults(rules, "年末贷款3万元。", "全年贷款5万元。")
    assert found == (2, "warning", "'loans' mixes time: flow, stock")


def test_a_rule_out_of_time_is_an_error_and_not_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TIME_LIMIT", 1e-9)
    rules = indicator("slow", "(?:广|场|文|化)*(?:文化?广?场?)*{value}")
    found = corpus_faults(rules, "文化广场" * 300 + "36个。")
    assert [(line, severity) for line, severity, _ in found] == [(7, "error")]
    assert "rule slow#1 failed: took longer" in found[0][2]


def test_an_example_without_a_word_of_any_pattern_says_which_words() -> None:
    rules = indicator(
        "squares",
        "广场{value}",
        "公园{value}",
        more="    examples: [{text: 剧院3个, value: 3}]\n    rejects: [剧场3个]\n",
    )
    (fault,) = run_examples(load_rules_text("indicators:\n" + rules), lambda text: texts(text)[0])
    assert fault.message == "example of 'squares' gives 0 ×, not 3: no pattern finds its words in it"
    assert fault.remedy == "a pattern needs one of: 公园, 广场"


def test_notes_are_for_a_corpus_only() -> None:
    rules = load_rules_text(
        "indicators:\n"
        + indicator("squares", "广场{value}", more="    examples: [{text: 广场3个, value: 3}]\n    rejects: [房3个]\n")
    )
    assert check_rules(rules) == ([], "1 indicators, 1 patterns, 2 examples and rejects: 0 faults, 0 warnings")
    faults, summary = check_rules(rules, texts("没有。"))
    assert [fault.severity for fault in faults] == ["note"]
    assert summary.endswith("0 faults, 0 warnings, 1 notes")


def test_the_shipped_rules_have_no_warning() -> None:
    rules = load_rules_text((ROOT / "config.yaml").read_text("utf-8"), "config.yaml", ROOT)
    assert [str(fault) for fault in check_rules(rules)[0] if fault.severity == "warning"] == []


def test_check_of_the_corpus_speaks_json_and_passes_with_notes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("没有数。", "utf-8")
    rules = indicator(
        "squares", "广场{value}", more="    examples: [{text: 广场3个, value: 3}]\n    rejects: [房3个]\n"
    )
    (tmp_path / "config.yaml").write_text("corpus: [a.txt]\nindicators:\n" + rules, "utf-8")
    done = run(tmp_path, "check", "--corpus", "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    (fault,) = json.loads(done.stdout)
    assert (fault["severity"], fault["line"], fault["column"]) == ("note", 3, 3)
    assert fault["message"] == "'squares' captures nothing in the corpus"
    (tmp_path / "a.txt").unlink()
    done = run(tmp_path, "check", "--corpus")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "indicators.cli", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=120)


# --- the schema


def test_the_schema_in_the_repository_is_the_one_of_the_program() -> None:
    """Written by: indicators schema > docs/config.schema.json."""
    assert json.loads((ROOT / "docs/config.schema.json").read_text("utf-8")) == json_schema()


def test_the_first_line_of_config_names_the_schema() -> None:
    first = (ROOT / "config.yaml").read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (ROOT / first.partition("=")[2]).is_file()


def test_faults_print_place_and_remedy() -> None:
    (fault,) = lint(load_rules_text("indicators:\n" + indicator("squares", "广场.*{value}")))
    assert isinstance(fault, Fault)
    assert str(fault).startswith("config.yaml:7:9: an unbounded '.*' runs past other numbers; write {gap}")
