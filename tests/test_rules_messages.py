"""Broken rule files and what is said of them: tests/cases/rules/*.yaml, each with its message in the .txt beside it."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from indicators.errors import RuleError
from indicators.rules.loading import load_rules
from indicators.rules.messages import table

FOLDER = Path(__file__).parent / "cases" / "rules"
BROKEN = sorted(FOLDER.glob("*.yaml"))
HAN = re.compile(r"[\u4e00-\u9fff]")
# Said by other means than a broken file of its own: see test_rules_loading, test_rules_testing, test_rules_linting.
ELSEWHERE = ("file_unread", "file_encoding", "indicator_twice", "yaml_other", "value_other")
STAGES_AFTER = ("lint_", "lacks_", "example_", "reject_", "rule_")


@pytest.fixture(autouse=True)
def _one_shipped_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.rules.loading.shipped_packs", lambda *_: ["statistics"])


def printed(path: Path) -> str:
    """All faults of a file as a terminal shows them, with the Chinese below each."""
    with pytest.raises(RuleError) as caught:
        load_rules(path)
    shown = "".join(f"{fault.in_both_languages()}\n" for fault in caught.value.faults)
    return shown.replace(str(path), path.name)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_file_prints_its_faults(path: Path) -> None:
    assert printed(path) == path.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_has_a_place_and_chinese_words(path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_rules(path)
    lines = path.read_text("utf-8").splitlines()
    for fault in caught.value.faults:
        assert 1 <= fault.location.line <= len(lines)
        assert 1 <= fault.location.column <= len(lines[fault.location.line - 1]) + 1
        assert fault.location.line_text == lines[fault.location.line - 1]
        assert HAN.search(fault.zh)


@pytest.mark.parametrize("key", [key for key in table() if not key.startswith(STAGES_AFTER) and key not in ELSEWHERE])
def test_every_message_is_said_of_some_broken_file(key: str) -> None:
    said = "\n".join(path.with_suffix(".txt").read_text("utf-8") for path in BROKEN)
    template = Formatter().parse(table()[key]["message"])
    assert re.search("".join(re.escape(words) + (".+?" if field else "") for words, field, _, _ in template), said)


def test_misspelt_key_is_one_fault_not_two() -> None:
    said = (FOLDER / "key_unknown.txt").read_text("utf-8")
    assert "'patern'; did you mean 'patterns'?" in said
    assert "'patterns' of" not in said
