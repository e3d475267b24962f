"""The gazetteer: every division has its ancestors, names lead to it, old names to today's, and loading is quick."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, Gazetteer, load
from indicators.language.lexicon import lexicon
from indicators.language.longest_match import HashedText, LongestMatch

ROOT = Path(__file__).resolve().parent.parent
GAZETTEER = load()


def path(gazetteer: Gazetteer, index: int) -> list[str]:
    names = []
    while index >= 0:
        names.append(gazetteer.name[index])
        index = gazetteer.parent[index]
    return names[::-1]


def test_counts_are_those_of_the_source() -> None:
    counts = {level: GAZETTEER.level.count(level) for level in (PROVINCE, CITY, COUNTY)}
    assert counts == {PROVINCE: 34, CITY: 333, COUNTY: 2849}
    assert 38_700 < GAZETTEER.level.count(TOWN) <= 38_800  # less the rows that name no town


@given(st.integers(0, len(GAZETTEER.name) - 1))
def test_every_division_is_found_by_its_name_and_lies_within_its_ancestors(index: int) -> None:
    assert index in GAZETTEER.named(GAZETTEER.name[index])
    province = GAZETTEER.up(index, PROVINCE)
    assert province >= 0
    assert GAZETTEER.holds(province, index)
    parent = GAZETTEER.parent[index]
    if parent >= 0:
        assert GAZETTEER.level[parent] < GAZETTEER.level[index]
        assert index in GAZETTEER.children[parent]


@given(st.integers(0, len(GAZETTEER.name) - 1), st.integers(0, len(GAZETTEER.name) - 1))
def test_the_common_division_holds_both(left: int, right: int) -> None:
    common = GAZETTEER.common(left, right)
    if common >= 0:
        assert GAZETTEER.holds(common, left)
        assert GAZETTEER.holds(common, right)
    else:
        assert GAZETTEER.up(left, PROVINCE) != GAZETTEER.up(right, PROVINCE)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("长阳县", ["湖北省", "宜昌市", "长阳土家族自治县"]),
        ("恩施州", ["湖北省", "恩施土家族苗族自治州"]),
        ("科左后旗", ["内蒙古自治区", "通辽市", "科尔沁左翼后旗"]),
        ("八达营乡", ["河北省", "承德市", "隆化县", "八达营蒙古族乡"]),
        ("平东街道", ["吉林省", "四平市", "铁东区", "平东街道"]),
        ("章丘市", ["山东省", "济南市", "章丘区"]),
        ("莱芜市", ["山东省", "济南市", "莱芜区"]),
        ("南海市", ["广东省", "佛山市", "南海区"]),
        ("静海县", ["天津市", "静海区"]),
        ("中甸县", ["云南省", "迪庆藏族自治州", "香格里拉市"]),
    ],
)
def test_abbreviations_and_former_names_lead_to_today(word: str, expected: list[str]) -> None:
    assert expected in [path(GAZETTEER, index) for index in GAZETTEER.named(word)]


def test_no_former_name_hides_one_in_use() -> None:
    in_use = {(code[:2], name) for code, name in zip(GAZETTEER.code, GAZETTEER.name, strict=True) if code}
    for row in lexicon("renames"):
        assert (row["code"][:2], row["name"]) not in in_use
        if row["successor"]:
            assert GAZETTEER.name[GAZETTEER.by_code[row["successor"]]] == row["successor_name"]
            assert row["successor"][:2] == row["code"][:2]


@pytest.mark.parametrize(
    "text", ["市委和县委", "建设新都市", "农民专业合作社", "创建示范县", "和田间管理", "大连片种植"]
)
def test_words_that_hide_names_are_no_names(text: str) -> None:
    assert all(GAZETTEER.hides(word) for _, _, word in GAZETTEER.scan(HashedText(text)))


def test_every_word_of_the_tables_is_spelt_once() -> None:
    rows = [(row["use"], row["word"]) for row in lexicon("place_words")]
    assert len(rows) == len(set(rows))
    traps = [row["word"] for row in lexicon("place_traps")]
    assert len(traps) == len(set(traps))


@given(
    st.sets(st.text(alphabet="甲乙丙丁", min_size=2, max_size=5), max_size=8),
    st.text(alphabet="甲乙丙丁。", max_size=30),
)
def test_words_are_found_leftmost_and_longest(words: set[str], text: str) -> None:
    expected, start = [], 0
    while start < len(text):
        longest = max((word for word in words if text.startswith(word, start)), key=len, default="")
        if longest:
            expected.append((start, start + len(longest), longest))
        start += len(longest) or 1
    assert LongestMatch(words).find(HashedText(text)) == expected


def test_loading_takes_well_under_a_second() -> None:
    program = (
        "import time; from indicators.language import gazetteer;"
        "from indicators.language.longest_match import HashedText; t = time.perf_counter();"
        "gazetteer.load().scan(HashedText('台山市')); print(time.perf_counter() - t)"
    )
    seconds = min(
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT).stdout)
        for _ in range(3)
    )
    assert seconds < 1  # about 0.1 on an idle machine; the rest is room for a busy one


def test_the_packed_gazetteer_is_what_the_tables_say(tmp_path: Path) -> None:
    tool, target = ROOT / "tools" / "pack_gazetteer.py", tmp_path / "gazetteer.bin"
    subprocess.run([sys.executable, str(tool), str(target)], check=True, cwd=ROOT)
    packed = ROOT / "indicators" / "language" / "data" / "gazetteer.bin"
    assert target.read_bytes() == packed.read_bytes(), "the tables changed: run tools/pack_gazetteer.py"


def test_rebuilding_gives_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "source.csv"
    fields = ["code", "name", "level", "parent_code", "lat", "lon", "short_name"]
    rows = [
        ["110000", "甲子省", "province", "", "1.0", "2.0", "甲子"],
        ["110100", "乙丑市", "prefecture", "110000", "1.0", "2.0", "乙丑"],
        ["110101", "丙丁自治县", "county", "110100", "1.0", "2.0", "丙丁"],
        ["110171", "乙丑市高新区", "zone", "110100", "", "", ""],
        ["110101002", "乙丑市丙丁自治县戊镇", "town", "110101", "", "", "戊"],
        ["110101001", "己庚彝族乡", "town", "110101", "", "", "己庚"],
        ["110171001", "辛壬街道", "town", "110171", "", "", "辛壬"],
        ["110101003", "街道", "town", "110101", "", "", ""],
    ]
    with source.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([fields, *rows])
    built = []
    for name in ("one.csv", "two.csv"):
        tool = ROOT / "tools" / "build_gazetteer.py"
        subprocess.run([sys.executable, str(tool), str(source), str(tmp_path / name)], check=True)
        built.append((tmp_path / name).read_bytes())
    assert built[0] == built[1]
    assert built[0].decode().splitlines()[1:] == [
        "110000,甲子省,,1.0,2.0,,",
        "110100,乙丑市,,1.0,2.0,辛壬街道,乙丑市高新区",
        "110101,丙丁自治县,丙丁,1.0,2.0,己庚彝族乡/己庚 戊镇,",
    ]
