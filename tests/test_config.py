"""config.yaml: its own examples hold, it separates look-alikes, and it reads counties that it was not written on."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules.linting import lint
from indicators.rules.loading import load_rules
from indicators.rules.matching import match
from indicators.rules.ruleset import RuleSet
from indicators.rules.testing import run_examples

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
Captured = Counter[tuple[str, float]]


@cache
def rules() -> RuleSet:
    return load_rules(ROOT / "config.yaml")


def read_text(text: str) -> Reading:
    return read(Document("text.txt", text))


def captured(text: str, role: str = "value") -> Captured:
    """How often each (indicator, value) is captured in a text."""
    result = match(read_text(text), rules())
    assert not result.failed
    return Counter((found.indicator.id, found.value) for found in result if found.role == role)


@cache
def of_seed(number: str) -> Captured:
    path = next(path for path in SEEDS if path.name.startswith(number))
    return captured(path.read_text("utf-8"))


def test_examples_and_rejects_hold_under_all_rules() -> None:
    assert [str(fault) for fault in run_examples(rules(), read_text)] == []


def test_lint_finds_nothing() -> None:
    assert [str(fault) for fault in lint(rules())] == []


def test_every_indicator_speaks_both_languages_and_has_a_topic() -> None:
    topics = rules().topics
    for indicator in rules().indicators:
        assert indicator.name.zh and indicator.name.en, indicator.id
        assert indicator.counts and indicator.counts.en and indicator.not_counts and indicator.not_counts.en, (
            indicator.id
        )
        assert indicator.topic in topics, indicator.id


def test_names_are_told_apart() -> None:
    for language in ("zh", "en"):
        names = Counter(getattr(indicator.name, language) for indicator in rules().indicators)
        assert [name for name, times in names.items() if times > 1] == []


def test_the_file_opens_with_how_to_add_an_indicator_in_both_languages() -> None:
    head = (ROOT / "config.yaml").read_text("utf-8").partition("\nschema:")[0]
    assert all(line.startswith("#") or not line for line in head.splitlines())
    assert "How to add an indicator" in head
    assert "如何添加一个指标" in head


SEED_VALUES = [
    ("000", "asset_transactions", 2712),
    ("000", "relet_transactions", 1773),
    ("000", "asset_contract_growth", 210),
    ("000", "villages_and_communities", 313),
    ("000", "village_service_stations", 313),
    ("000", "persons_trained", 313),
    ("000", "villager_groups_with_branch", 32),
    ("000", "towns", 17),
    ("000", "towns_and_zones", 18),
    ("000", "cases_handled", 160000),
    ("001", "household_visit_rate", 345),
    ("001", "party_members", 126),
    ("001", "floating_members", 118),
    ("002", "volunteer_teams", 678),
    ("002", "problems_solved", 38),
    ("002", "villagers_raised_funds", 80000),
    ("003", "villager_groups", 99),
    ("003", "hamlets", 220),
    ("004", "villager_groups", 2239),
    ("004", "villager_group_branches", 1185),
    ("004", "villager_group_branches", 84),
    ("004", "villager_groups_with_branch", 101),
    ("004", "branch_coverage", 53),
    ("004", "administrative_villages", 245),
    ("004", "villages_and_communities", 288),
    ("004", "monthly_allowance_rise", 200),
]


@pytest.mark.parametrize(("seed", "indicator", "value"), SEED_VALUES)
def test_numbers_of_the_seeds(seed: str, indicator: str, value: float) -> None:
    assert of_seed(seed)[indicator, value]


TRAPS = [
    # a number that an indicator must not take: groups are no branches, all villages no administrative villages
    ("000", "villager_group_branches", 32),
    ("000", "villager_groups", 4062),
    ("000", "villages_and_communities", 20),
    ("000", "asset_transactions", 1773),
    ("000", "village_collective_income", 10000),
    ("001", "party_members", 118),
    ("001", "local_population", 100000),
    ("002", "local_population", 900),
    ("004", "villager_group_branches", 101),
    ("004", "branch_coverage", 84),
    ("004", "administrative_villages", 288),
    ("004", "villages_and_communities", 245),
    ("004", "monthly_allowance", 200),
    ("004", "village_collective_income", 30000),
]


@pytest.mark.parametrize(("seed", "indicator", "value"), TRAPS)
def test_look_alikes_are_kept_apart(seed: str, indicator: str, value: float) -> None:
    assert not of_seed(seed)[indicator, value]
    assert any(number == value for _, number in of_seed(seed)), "the number must be read for the trap to mean anything"


def test_growth_belongs_to_the_relet_contracts() -> None:
    text = next(path for path in SEEDS if path.name.startswith("000")).read_text("utf-8")
    growth = [found for found in match(read_text(text), rules()) if found.indicator.id == "asset_contract_growth"]
    assert [(found.scope, found.basis) for found in growth] == [("到期重新发包交易的1773宗项目", "previous_contract")]


def test_three_levels_of_a_list_keep_their_labels() -> None:
    text = "今年县、乡、村三级平台分别受理事项2.5万件、7万件和9万件。"
    found = [(one.part, one.value) for one in match(read_text(text), rules()) if one.indicator.id == "cases_handled"]
    assert found == [("县", 25000), ("乡", 70000), ("村", 90000)]


def test_most_claims_of_the_seeds_are_captured() -> None:
    claims = kept = 0
    for path in SEEDS:
        reading = read_text(path.read_text("utf-8"))
        claims += sum(kind == "claim" for kind in reading.quantities.cls)
        kept += len({found.quantity for found in match(reading, rules())})
    assert kept / claims >= 0.85


def test_indicators_span_the_seeds() -> None:
    """An indicator is a measure to compare by, not one sentence: many stand in two or more of the five documents."""
    documents = Counter(
        id_ for seed in ("000", "001", "002", "003", "004") for id_ in {id_ for id_, _ in of_seed(seed)}
    )
    assert sum(times >= 2 for times in documents.values()) >= 14


OTHER_COUNTIES = [
    # sentences of counties that the rules were not written on: (text, indicator, value)
    ("全县辖9个乡镇、186个行政村、1420个村民小组。", "villager_groups", 1420),
    ("全镇共有26个村（社区），党员1830名。", "villages_and_communities", 26),
    ("全镇共有26个村（社区），党员1830名。", "party_members", 1830),
    ("目前已有412个村民小组成立了党支部。", "villager_groups_with_branch", 412),
    ("去年全县发展党员230名，选派驻村第一书记96名。", "members_developed", 230),
    ("去年全县发展党员230名，选派驻村第一书记96名。", "first_secretaries", 96),
    ("县财政筹措资金1800万元，新建村级活动场所42个。", "premises_investment", 18000000),
    ("县财政筹措资金1800万元，新建村级活动场所42个。", "premises_built", 42),
    ("开展实用技术培训56期，培训农民4300人次。", "training_sessions", 56),
    ("开展实用技术培训56期，培训农民4300人次。", "persons_trained", 4300),
    ("网格员走访群众1.2万户，化解矛盾纠纷318起，解决问题906个。", "households_visited", 12000),
    ("网格员走访群众1.2万户，化解矛盾纠纷318起，解决问题906个。", "disputes_resolved", 318),
    ("网格员走访群众1.2万户，化解矛盾纠纷318起，解决问题906个。", "problems_solved", 906),
    ("该村集体收入由2016年的4万元增加到63万元。", "village_collective_income", 630000),
    ("集体收入30万元以上的村达到75个。", "villages_above_income", 75),
    ("集体收入30万元以上的村达到75个。", "collective_income_line", 300000),
    ("流转土地2600亩，吸纳就业140余人，人均增收4500元。", "land_transferred", 2600),
    ("流转土地2600亩，吸纳就业140余人，人均增收4500元。", "jobs_provided", 140),
    ("流转土地2600亩，吸纳就业140余人，人均增收4500元。", "income_gain_per_head", 4500),
    ("贫困发生率由9.8%下降到0.6%。", "poverty_incidence", 0.6),
    ("全县粮食总产量达28.6万吨，农村居民人均可支配收入13260元，同比增长7.9%。", "grain_output", 286000),
    ("全县粮食总产量达28.6万吨，农村居民人均可支配收入13260元，同比增长7.9%。", "rural_income_growth", 7.9),
    ("投资680万元修建通村公路21公里。", "infrastructure_investment", 6800000),
    ("投资680万元修建通村公路21公里。", "roads_built", 21),
    ("诉求办结率99.1%，群众满意度达96%。", "completion_rate", 99.1),
    ("诉求办结率99.1%，群众满意度达96%。", "satisfaction_rate", 96),
]


@pytest.mark.parametrize(("text", "indicator", "value"), OTHER_COUNTIES)
def test_sentences_of_other_counties(text: str, indicator: str, value: float) -> None:
    assert captured(text)[indicator, value] == 1


LOOK_ALIKES = [
    # a number of the genre that an indicator must not take: (text, indicator), and the unit alone would let it
    ("全乡共监测农户263户914人，已消除风险128户452人。", "local_households"),
    ("全乡共监测农户263户914人，已消除风险128户452人。", "local_population"),
    ("当年减贫1240户4630人。", "local_households"),
    ("发放小额信贷2600万元，惠及脱贫户730户。", "households_taking_part"),
    ("每名党员联系5户，每月走访不少于2次。", "households_visited"),
    ("每名党员联系5户，每月走访不少于2次。", "home_visits"),
    ("引进过亿元项目17个。", "industry_investment"),
    ("投入940万元新建幼儿园、公园。", "industry_investment"),
    ("产值超2亿元的企业有9家。", "output_value"),
    ("村民人均分红1800元。", "dividends"),
    ("六成以上的村集体年收入超过20万元。", "village_collective_income"),
    ("大棚每栋年收入3.5万元。", "personal_yearly_income"),
    ("全市300个贫困村已退出260个。", "villages_out_of_poverty"),
    ("表彰先进党支部14个。", "party_branches"),
    ("走访企业78家，帮助解决用工问题。", "enterprises"),
    ("购买服务项目23个。", "service_subjects"),
    ("铺设9公里污水管道，改造供电线路14公里。", "roads_built"),
    ("在5个乡镇、40个村开展摸底。", "towns"),
    ("改造老旧小区9个。", "residential_compounds"),
    ("网格员走访独居老人150人。", "elderly_residents"),
    ("全年排查矛盾纠纷370件。", "disputes_resolved"),
    ("撤换不胜任村党支部书记8名。", "village_secretaries"),
]


@pytest.mark.parametrize(("text", "indicator"), LOOK_ALIKES)
def test_look_alikes_of_other_counties_are_left_alone(text: str, indicator: str) -> None:
    assert indicator not in {id_ for id_, _ in captured(text)}
    assert "claim" in list(read_text(text).quantities.cls), "without a number read the look-alike could not be captured"


def test_lists_of_crops_keep_their_own_names() -> None:
    text = "全县种植水稻18万亩、玉米7万亩、花生2万亩。"
    found = [(one.scope, one.value) for one in match(read_text(text), rules()) if one.indicator.id == "crop_area"]
    assert found == [("水稻", 180000), ("玉米", 70000), ("花生", 20000)]


def test_what_was_superseded_is_past() -> None:
    assert captured("村干部补贴由每月800元提高到1500元。", "past") == {("monthly_allowance", 800): 1}


NO_CLAIM_OF_OURS = [
    "游客可乘坐12路公交车,票价2元。",
    "这座桥长260米、宽8米。",
    "老人今年78岁,有3个孙子。",
    "记者在第3展厅看到了这件文物。",
]


@pytest.mark.parametrize("text", NO_CLAIM_OF_OURS)
def test_numbers_that_measure_nothing_of_the_genre_stay_unclaimed(text: str) -> None:
    assert captured(text) == {}


FORMS = [
    ("全县{}个行政村。", "administrative_villages"),
    ("2239个村民小组成立党支部{}个。", "villager_group_branches"),
    ("全镇共有党员{}名。", "party_members"),
    ("参训人员{}人。", "persons_trained"),
    ("资产资源交易达到{}宗。", "asset_transactions"),
]


@settings(max_examples=30, deadline=None)
@given(form=st.sampled_from(FORMS), number=st.integers(2, 10**7))
def test_any_number_may_stand_where_an_example_has_one(form: tuple[str, str], number: int) -> None:
    """Years among them: 2008名 is no year, and no other number of the sentence takes its place."""
    text, indicator = form
    assert captured(text.format(number))[indicator, number] == 1
    assert captured(text.format(f"{number:,}"))[indicator, number] == 1


@pytest.mark.parametrize("packs", [["rural"], ["statistics"], ["rural", "statistics"]])
def test_packs_stand_without_an_indicator_of_ones_own(packs: list[str], tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"corpus: [seeds]\npacks: [{', '.join(packs)}]\n", "utf-8")
    assert load_rules(config).indicators
