"""Rule sets kept between runs: the same rules as read anew, and never in the way of a run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.errors import RuleError
from indicators.rules import keeping, loading
from indicators.rules.loading import load_rules

CONFIG = """
packs: [more.yaml]
indicators:
  wells:
    name: {zh: 机井, en: Wells}
    unit: 眼
    kind: count
    patterns: ["机井{gap}{value}", "打井{value}"]
    unless: ["废弃"]
    examples: [{text: 新打机井30眼, value: 30}]
    rejects: [共30眼]
"""
PACK = """
indicators:
  ponds:
    name: {zh: 塘坝, en: Ponds}
    unit: 座
    kind: count
    patterns: ["塘坝{value}"]
    examples: [{text: 塘坝12座, value: 12}]
    rejects: [共12座]
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INDICATORS_CACHE", str(tmp_path / "cache"))
    (tmp_path / "more.yaml").write_text(PACK, "utf-8")
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


def kept(config: Path) -> list[Path]:
    return list((config.parent / "cache").glob("*"))


def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each time rules are read from their text."""
    notes: list[str] = []
    read = loading.load_rules_text

    def noted(text: str, *rest: object) -> object:
        notes.append(text)
        return read(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "load_rules_text", noted)
    return notes


def test_rules_are_read_once_and_stay_the_same(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = readings(monkeypatch)
    first, second = load_rules(config), load_rules(config)
    assert len(notes) == 1
    assert second == first
    assert second is not first
    assert second.rules_version == first.rules_version
    assert [rule.reach for rule in second.rules] == [rule.reach for rule in first.rules]
    assert second.location("indicators", "ponds") == first.location("indicators", "ponds")


@pytest.mark.parametrize("changed", ["config.yaml", "more.yaml"])
def test_a_changed_file_is_read_again(config: Path, changed: str) -> None:
    before = load_rules(config)
    path = config.parent / changed
    path.write_text(path.read_text("utf-8").replace("{value}", "共{value}"), "utf-8")
    after = load_rules(config)
    assert after.rules_version != before.rules_version
    assert sum("共" in rule.source for rule in after.rules) == (2 if changed == "config.yaml" else 1)


def test_a_pack_that_is_gone_or_broken_is_reported_though_the_rules_were_kept(config: Path) -> None:
    load_rules(config)
    pack = config.parent / "more.yaml"
    pack.write_text(PACK.replace("塘坝{value}", "塘坝({value}"), "utf-8")
    with pytest.raises(RuleError) as broken:
        load_rules(config)
    assert (broken.value.faults[0].location.path, broken.value.faults[0].location.line) == ("more.yaml", 7)
    pack.unlink()
    with pytest.raises(RuleError, match=r"more\.yaml"):
        load_rules(config)


def test_rules_at_fault_are_never_kept(config: Path) -> None:
    config.write_text(CONFIG.replace("打井{value}", "打井[{value}"), "utf-8")
    for _ in range(2):
        with pytest.raises(RuleError, match=r"config\.yaml:8:"):
            load_rules(config)
    assert not kept(config)


@pytest.mark.parametrize("damaged", [lambda whole: b"", lambda whole: whole[:40], lambda whole: whole[:-1] + b"x"])
def test_a_damaged_file_is_as_none_and_replaced(config: Path, damaged: Callable[[bytes], bytes]) -> None:
    before = load_rules(config)
    (path,) = kept(config)
    path.write_bytes(damaged(path.read_bytes()))
    assert keeping.recall(path.stem) is None
    assert load_rules(config) == before
    assert keeping.recall(path.stem) is not None


def test_a_file_that_others_may_write_is_not_opened(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_rules(config)
    (path,) = kept(config)
    path.chmod(0o666)
    assert keeping.recall(path.stem) is None
    notes = readings(monkeypatch)
    load_rules(config)
    assert notes


@pytest.mark.parametrize("folder", ["", "/proc/none", "file/below"])
def test_where_nothing_can_be_kept_rules_load_all_the_same(
    config: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (config.parent / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("INDICATORS_CACHE", str(config.parent / folder) if folder == "file/below" else folder)
    assert load_rules(config) == load_rules(config)
    assert not kept(config)


def test_only_the_newest_files_stay(config: Path) -> None:
    for number in range(keeping._MOST + 5):
        keeping.keep(f"{number:040}", number)
    assert len(kept(config)) == keeping._MOST
    assert keeping.recall(f"{number:040}") == number
