"""Drafting: an indicator made from one number passes `check`, whatever the number, and disturbs nothing in the file."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import load_project
from indicators.errors import OutputError, ReadingError, RuleError
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules import saving
from indicators.rules.checking import check_rules
from indicators.rules.drafting import Corpus, Draft, draft
from indicators.rules.loading import load_rules_text
from indicators.rules.ruleset import RuleSet

ROOT = Path(__file__).parent.parent
CONFIG = """\
# Kept: a comment
schema: 1
corpus: [texts]

macros: {crowd: '(?:群众|村民)', is: '(?:共|已)*(?:有|达到?|为)?'}   # macros

indicators:
  villages:   # 村
    name: {zh: 村, en: Villages}
    counts: 村
    not_counts: 组
    kind: count
    time: stock
    unit: 个
    patterns:
      - "{value}行政村"
    examples: [{text: 全县99个行政村。, value: 99}]
    rejects: [全县99个小组。]

  # about grain
  grain:
    name: 粮食产量
    kind: measure
    unit: 吨
    patterns: ['粮食产量{is}{value}']
    examples: [{text: 粮食产量达28万吨。, value: 280000}]
    rejects: [水果产量3万吨。]

# checks follow
checks: {}
"""
TEXT = (
    "2021年全县共有99个行政村，新建文化广场36个。今年培训村民1200人次，粮食产量28万吨，同比增长5.2%。\n"
    "慰问困难群众35户。"
)


def reading(text: str = TEXT, name: str = "a.txt") -> Reading:
    return read(Document(name, text))


def rules(text: str = CONFIG) -> RuleSet:
    return load_rules_text(text, "config.yaml")


def drafted(words: str, text: str = TEXT, config: str = CONFIG, id_: str = "mine", more: str = "") -> Draft:
    there = reading(text)
    readings = [there, *([reading(more, "b.txt")] if more else [])]
    row = next(q for q in range(len(there.quantities)) if words in _surface(there, q))
    ruleset = rules(config)
    return draft(Corpus(ruleset, readings), there, row, id_, ruleset.macros)


def _surface(there: Reading, row: int) -> str:
    return there.folded.surface(there.quantities.start[row], there.quantities.end[row])


def test_a_draft_is_complete() -> None:
    entry = drafted("36个", more="全市新建村级公园12个。").entry
    assert entry["name"] == {"zh": "新建文化广场", "en": "Mine"}
    assert (entry["kind"], entry["time"], entry["unit"]) == ("count", "flow", "个")
    assert entry["examples"] == [{"text": "新建文化广场36个", "value": 36}]
    assert entry["rejects"] == ["全市新建村级公园12个"]
    assert entry["counts"]["zh"] and entry["not_counts"]["zh"]
    (pattern,) = entry["patterns"]
    assert "{value}" in pattern and "{is}" in pattern and "36" not in pattern


def test_macros_of_the_file_are_used() -> None:
    assert "{crowd}" in drafted("35户").entry["patterns"][0]


def test_growth_names_what_grows_and_its_basis() -> None:
    entry = drafted("5.2%").entry
    assert (entry["kind"], entry["of"], entry["basis"]) == ("change", "grain", "yoy")


def test_growth_of_nothing_known_asks() -> None:
    found = drafted("5.2%", config="corpus: [texts]\n")
    assert found.entry["kind"] == "ratio"
    assert any("of:" in note for note in found.notes)


def test_a_pattern_finds_other_numbers_than_its_own() -> None:
    found = drafted("36个", more="全乡新建文化广场8个。")
    assert found.captures == 2


def test_a_draft_takes_nothing_from_other_rules() -> None:
    text = "全县粮食产量28万吨,水果产量3万吨。"
    found = drafted("3万吨", text=text)
    with_it = rules(saving.inserted(CONFIG, found.id, found.entry))
    assert [fault for fault in check_rules(with_it, [reading(text)])[0] if fault.severity == "error"] == []


@pytest.mark.parametrize(
    ("words", "id_", "said"),
    [
        ("99个", "mine", "a.txt:1:10: 99个 is captured by villages#1"),
        ("36个", "grain", "there is an indicator 'grain' already"),
        ("36个", "Mine", "'Mine' is no id"),
        ("36个", "x" * 33, "at most 32 characters"),
        ("2021年", "mine", "a.txt:1:1: 2021年 is no claim but of class 'date'"),
    ],
)
def test_what_cannot_be_drafted_is_located(words: str, id_: str, said: str) -> None:
    with pytest.raises(ReadingError) as caught:
        drafted(words, id_=id_)
    (fault,) = caught.value.faults
    assert said in str(fault)
    assert fault.location.line == 1 and fault.location.column > 0 and fault.zh


# --- every unclaimed number of the seeds


@cache
def seeds() -> list[Reading]:
    return [read(document) for document in load_project(ROOT / "config.yaml").read_documents()]


def drafts(config: str) -> list[Draft]:
    """A draft for every unclaimed number of the seeds."""
    ruleset = load_rules_text(config, "config.yaml", ROOT)
    corpus = Corpus(ruleset, seeds())
    return [
        draft(corpus, there, row, f"new_{there.quantities.start[row]}", ruleset.macros)
        for there in seeds()
        for row in range(len(there.quantities))
        if there.quantities.cls[row] == "claim" and row not in corpus.owned(there)
    ]


def said(config: str) -> set[str]:
    """What `check` says of a file."""
    return {fault.message for fault in check_rules(load_rules_text(config, "config.yaml", ROOT))[0]}


def faults(config: str, found: Draft) -> set[str]:
    """What `check` says of the file with the draft in it, and not of the file as it is."""
    return said(saving.inserted(config, found.id, found.entry, found.notes)) - said(config)


def test_every_unclaimed_number_of_the_seeds_gives_a_draft_that_passes_check() -> None:
    config = (ROOT / "config.yaml").read_text("utf-8")
    found = drafts(config)
    assert found
    assert [(one, fault) for one in found[::4] for fault in faults(config, one)] == []  # each takes two seconds


def test_every_number_of_the_seeds_gives_one_where_there_are_no_rules() -> None:
    config = "corpus: [seeds]\n"
    found = drafts(config)
    assert len(found) > 100
    assert [(one, fault) for one in found for fault in faults(config, one)] == []


@settings(max_examples=60, deadline=None)
@given(
    before=st.text("全县建成广场共有了的,，。、（(“'\"{}[]\\\\#:- 9\n\t", max_size=14),
    number=st.sampled_from(["36个", "约3万元", "5.2%", "两名", "3至5公里", "12户、8户和3户", "二〇二一年", "超40亩"]),
    after=st.text("的村民和,，。、）)”'\"{}[]\\\\#:- 8\n\ue000", max_size=14),
)
def test_whatever_stands_around_a_number_the_file_reads_and_passes(before: str, number: str, after: str) -> None:
    text = before + number + after
    there = reading(text)
    ruleset = rules()
    corpus = Corpus(ruleset, [there])
    for row in range(len(there.quantities)):
        try:
            found = draft(corpus, there, row, f"n{abs(hash((text, row)))}"[:30], ruleset.macros)
        except ReadingError as error:
            assert all(fault.location.line and fault.zh for fault in error.faults)
            continue
        written = rules(saving.inserted(CONFIG, found.id, found.entry, found.notes))
        assert [fault for fault in check_rules(written)[0] if fault.severity == "error"] == []


# --- into the file


ENTRY = {
    "name": {"zh": "桥, 座", "en": "Bridges: all"},
    "kind": "measure",
    "unit": "座",
    "patterns": [r"桥'\({value}"],
    "examples": [{"text": "桥'(3座: 新", "value": 3}],
    "rejects": ["- 5座", "#5座"],
}


@pytest.mark.parametrize(
    "before",
    [
        CONFIG,
        CONFIG.partition("\n# checks")[0] + "\n",
        CONFIG.partition("\n# checks")[0],
        CONFIG.replace("\n", "\r\n"),
        CONFIG.replace("  villages", "    villages").replace("\n    name", "\n        name"),
        "corpus: [a]\n",
        "corpus: [a]",
        "indicators:\ncorpus: [a]\n",
        "indicators: {}  # none yet\ncorpus: [a]\n",
        "# only a comment\n",
        "",
        "indicators: {a: {name: 甲, kind: ratio, unit: 个, patterns: ['甲{value}']}}  # kept\n",
    ],
    ids=str,
)
def test_an_entry_goes_in_and_the_rest_stays(before: str) -> None:
    try:
        old = rules(before).indicators
    except RuleError:
        before = CONFIG  # the badly indented variant is no valid file
        old = rules(before).indicators
    after = saving.inserted(before, "bridges", ENTRY, ("a note",))
    new = rules(after).indicators
    assert new[: len(old)] == old
    assert [one.id for one in new[len(old) :]] == ["bridges"]
    bridges = new[-1]
    assert (bridges.name.zh, bridges.name.en) == ("桥, 座", "Bridges: all")
    assert (bridges.patterns, bridges.rejects) == (tuple(ENTRY["patterns"]), tuple(ENTRY["rejects"]))
    assert ("# a note" in after) == (not before.startswith("indicators: {a"))  # no line for it in {...}
    kept = [line for line in before.splitlines() if line.strip() and "indicators:" not in line]
    position = -1
    for line in kept:
        position = after.splitlines().index(line, position + 1)


def test_only_lines_are_added() -> None:
    after = saving.inserted(CONFIG, "bridges", ENTRY).splitlines()
    rest = iter(after)
    assert all(line in rest for line in CONFIG.splitlines())
    assert after.index("# checks follow") > after.index("  bridges:") > after.index("  grain:")


def test_saving_is_refused_when_the_file_changed_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    opened = saving.open_rules(path)
    path.write_text(CONFIG + "# another hand\n", "utf-8")
    with pytest.raises(OutputError, match="changed on disk"):
        saving.save(opened, saving.inserted(CONFIG, "bridges", ENTRY), {"bridges"})
    assert path.read_text("utf-8") == CONFIG + "# another hand\n"
    assert list(tmp_path.iterdir()) == [path]


def test_saving_is_refused_where_other_indicators_would_change(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    text = saving.inserted(CONFIG.replace("粮食产量{is}", "产量{is}"), "bridges", ENTRY)
    with pytest.raises(OutputError, match="does not read as before"):
        saving.save(saving.open_rules(path), text, {"bridges"})
    with pytest.raises(RuleError):
        saving.save(saving.open_rules(path), "indicators: {x: {}}")
    assert path.read_text("utf-8") == CONFIG


def test_the_command_writes_and_check_passes(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    address = f"a.txt:{TEXT.index('36个')}"
    printed = run(tmp_path, "draft", address, "--id", "squares")
    assert printed.returncode == 0, printed.stderr.decode()
    assert (tmp_path / "config.yaml").read_text("utf-8") == CONFIG
    written = run(tmp_path, "draft", address, "--id", "squares", "--write")
    assert (written.returncode, written.stdout) == (0, b"")
    assert printed.stdout.decode() in (tmp_path / "config.yaml").read_text("utf-8")
    assert run(tmp_path, "check").returncode == 0
    again = run(tmp_path, "draft", address, "--id", "others")
    assert again.returncode == 1
    assert "is captured by squares#1" in again.stderr.decode()


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "indicators.cli", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=120)
