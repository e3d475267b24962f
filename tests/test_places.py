"""Places of statements. The cases of cases/places.jsonl are invented; the rules were tuned on them and on the seeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language.folding import fold
from indicators.language.gazetteer import COUNTY, TOWN, load
from indicators.language.places import PlaceReader, read_place
from indicators.language.sentences import split_sentences
from indicators.language.villages import is_village, lone_villages, village_at
from indicators.model import Place

ROOT = Path(__file__).resolve().parent.parent
GAZETTEER = load()
CASES = [json.loads(line) for line in (ROOT / "tests/cases/places.jsonl").read_text("utf-8").splitlines()]
NAMES = {"code": "county_code", "from": "read_from"}
ABOUT = ("title", "source", "place")


def reader(text: str, **about: str) -> PlaceReader:
    folded = fold(text).text
    return PlaceReader(folded, split_sentences(folded), GAZETTEER, **about)


def place_at(text: str, words: str, **about: str) -> Place:
    read = reader(text, **about)
    start = read.text.index(fold(words).text)
    return read.at(start, start + len(fold(words).text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}-{case['text'][:14]}-{case['at']}")
def test_case(case: dict[str, str]) -> None:
    place = place_at(case["text"], case["at"], **{key: case[key] for key in ABOUT if key in case})._asdict()
    asked = {key: value for key, value in case.items() if key not in {"kind", "text", "at", *ABOUT}}
    assert {key: place[NAMES.get(key, key)] for key in asked} == asked


def seed(name: str) -> str:
    return next((ROOT / "seeds").glob(f"{name}*")).read_text("utf-8")


@pytest.mark.parametrize(
    ("document", "words", "expected"),
    [
        ("000", "100平方米", ("台山市", "台城街道", "桥湖社区")),
        ("000", "3500元", ("台山市", "台城街道", "桥湖社区")),
        ("000", "2712宗", ("台山市", "", "")),
        ("000", "20个村", ("台山市", "台城街道", "")),
        ("000", "8万元", ("台山市", "北陡镇", "下洞村")),
        ("000", "10条村", ("台山市", "", "")),
        ("000", "33万元", ("台山市", "端芬镇", "锦江村")),
        ("000", "313名", ("台山市", "", "")),
        ("000", "近3万元", ("台山市", "海宴镇", "")),
        ("001", "4000多名", ("南海区", "西樵镇", "")),
        ("001", "36个", ("南海区", "西樵镇", "")),
        ("002", "3户村民", ("隆德县", "沙塘镇", "十八里村")),
        ("002", "24个村级", ("隆德县", "", "")),
        ("002", "21户农户", ("桃江县", "鸬鹚渡镇", "张子清村")),
        ("002", "65名邻长", ("桃江县", "鸬鹚渡镇", "龙塘湾村")),
        ("002", "678支", ("肥西县", "", "")),
        ("002", "2700米", ("永登县", "通远镇", "青岭村")),
        ("003", "20亩", ("蓬溪县", "新会镇", "")),
        ("003", "20余名", ("蓬溪县", "新会镇", "川江村")),
        ("003", "99个社", ("蓬溪县", "新会镇", "")),
        ("004", "84个", ("惠东县", "平山街道", "")),
        ("004", "3000多箱", ("惠东县", "高潭镇", "中洞村")),
        ("004", "3万元", ("惠东县", "多祝镇", "八维村")),
        ("004", "2239个", ("惠东县", "", "")),
    ],
)
def test_seed(document: str, words: str, expected: tuple[str, str, str]) -> None:
    place = place_at(seed(document), words)
    assert (place.county, place.town, place.village) == expected


def test_a_zone_is_no_county() -> None:
    place = place_at(seed("002"), "200名党员")
    assert (place.city, place.county, place.zone, place.level) == ("遂宁市", "", "河东新区", "city")


def test_the_documents_own_place() -> None:
    assert reader(seed("004")).own.county == "惠东县"
    assert reader(seed("003")).own.town == "新会镇"
    assert reader(seed("002")).own == Place()


@pytest.mark.parametrize(
    ("words", "county"),
    [
        ("台山", "台山市"),
        ("山东莒南", "莒南县"),
        ("440781", "台山市"),
        ("广东省惠州市惠东县平山街道", "惠东县"),
        ("某地", ""),
    ],
)
def test_read_place(words: str, county: str) -> None:
    assert read_place(words, GAZETTEER).county == county


TOWNS = [i for i, level in enumerate(GAZETTEER.level) if level == TOWN and GAZETTEER.up(i, COUNTY) >= 0]


@settings(deadline=None)  # a busy machine pauses
@given(st.sampled_from(TOWNS), st.integers(2, 9999))
def test_a_full_path_is_read_back(town: int, number: int) -> None:
    county = GAZETTEER.parent[town]
    above = GAZETTEER.parent[county]
    text = f"{GAZETTEER.name[above]}{GAZETTEER.name[county]}{GAZETTEER.name[town]}有农户{number}户。"
    place = place_at(text, f"{number}户")
    assert (place.county, place.town) == (GAZETTEER.name[county], GAZETTEER.name[town])
    assert place.county_code == GAZETTEER.code[county]
    assert place.level == "town"


@given(st.text(alphabet="台山市县镇村社区和的在全该一二3,。\n“”:、等分别新河东海南省", max_size=60), st.data())
def test_any_text_and_span_has_a_place_whose_names_belong_together(text: str, data: st.DataObject) -> None:
    read = reader(text)
    start = data.draw(st.integers(0, len(read.text)))
    end = data.draw(st.integers(start, len(read.text)))
    place = read.at(start, end)
    assert place == read.at(start, end)
    if place.county:
        index = GAZETTEER.by_code[place.county_code]
        assert GAZETTEER.name[index] == place.county
        assert place.province in [GAZETTEER.name[GAZETTEER.up(index, 1)]]
    assert bool(place.level) == bool(place.province or place.level == "country")


@pytest.mark.parametrize("name", ["行政村", "贫困村", "走进李家村", "各村", "新农村", "一个村", "智慧社区", "带动村"])
def test_no_village(name: str) -> None:
    assert not is_village(name)


@pytest.mark.parametrize("name", ["十八里村", "和平村", "三里桥社区", "巴音嘎查", "李家村"])
def test_village(name: str) -> None:
    assert is_village(name)
    assert village_at(f"某镇{name}党支部", 2) == 2 + len(name)


def test_a_village_alone_needs_a_sign() -> None:
    assert lone_villages("在水口村党支部的带动下") == [(1, 4)]
    assert lone_villages("要增强村党组织的力量,建设美丽乡村。") == []
