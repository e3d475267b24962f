"""The shipped pack `statistics`: reports of several provinces, what it must not take, and its page in docs/."""

from __future__ import annotations

import importlib.util
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from indicators import load_project
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules.linting import lint
from indicators.rules.loading import load_rules_text
from indicators.rules.matches import MatchResult
from indicators.rules.matching import match
from indicators.rules.ruleset import RuleSet
from indicators.rules.testing import run_examples

ROOT = Path(__file__).parent.parent
FIRST = {
    "gdp",
    "gdp_growth",
    "resident_population",
    "general_public_revenue",
    "general_public_expenditure",
    "government_fund_revenue",
}


@cache
def rules() -> RuleSet:
    return load_rules_text("corpus: [reports]\npacks: [statistics]\n")


@cache
def beside(packs: str) -> RuleSet:
    """config.yaml with these packs."""
    text = (ROOT / "config.yaml").read_text("utf-8")
    assert "\npacks: [rural]" in text
    return load_rules_text(text.replace("\npacks: [rural]", f"\npacks: [{packs}]", 1), base=ROOT)


def read_text(text: str) -> Reading:
    return read(Document("report.txt", text))


def matches(text: str) -> MatchResult:
    result = match(read_text(text), rules())
    assert not result.failed
    return result


def captured(text: str) -> list[tuple[str, float]]:
    return [(found.indicator.id, found.value) for found in matches(text) if found.role == "value"]


def test_examples_and_rejects_hold_when_the_pack_is_alone() -> None:
    assert [str(fault) for fault in run_examples(rules(), read_text)] == []


def test_the_pack_breaks_no_example_of_config_and_rural_nor_they_its_own() -> None:
    before = {str(fault) for fault in run_examples(beside("rural"), read_text)}
    assert {str(fault) for fault in run_examples(beside("rural, statistics"), read_text)} - before == set()


def test_lint_finds_nothing() -> None:
    assert [str(fault) for fault in lint(rules())] == []


def test_the_pack_is_large_and_holds_the_first_indicators() -> None:
    assert len(rules().indicators) >= 100
    assert {one.id for one in rules().indicators} >= FIRST


def test_every_indicator_speaks_both_languages() -> None:
    for one in rules().indicators:
        assert one.topic in rules().topics, one.id
        assert one.name.en and one.counts and one.counts.en and one.not_counts and one.not_counts.en, one.id
    for language in ("zh", "en"):
        names = Counter(getattr(one.name, language) for one in rules().indicators)
        assert [name for name, times in names.items() if times > 1] == []


COMMUNIQUE = """一、综合
根据统一核算结果，2022年全市实现地区生产总值（GDP）①1236.48亿元，按不变价格计算，比上年增长0.9%。其中，第一产业增加值203.17亿元，增长4.2%；第二产业增加值486.29亿元，下降1.4%；第三产业增加值547.02亿元，增长1.7%。三次产业结构由上年的16.2：39.8：44.0调整为16.4：39.3：44.3。人均地区生产总值54112元，增长1.8%。
全年居民消费价格（CPI）比上年上涨1.9%。全年城镇新增就业3.36万人，年末城镇登记失业率3.8%。
二、农业
全年粮食作物播种面积31.48万公顷，增长0.3%。粮食总产量158.2万吨，减少1.1万吨。
三、财政金融
全年地方一般公共预算收入61.27亿元，同口径增长8.9%，其中税收收入29.4亿元，占一般公共预算收入的比重为48.0%。一般公共预算支出318.06亿元，增长5.7%。
年末金融机构人民币各项存款余额2190.6亿元，比年初增长9.6%；各项贷款余额1402.5亿元，增长13.2%。
四、人口与生活
年末户籍人口293.4万人；年末常住人口227.6万人，其中城镇常住人口108.5万人，常住人口城镇化率47.67%。人口出生率5.8‰。
城镇居民人均可支配收入40518元，增长4.6%；农村居民人均可支配收入16724元，增长6.4%。
五、社会事业和环境
年末全市公路总里程2.37万公里，其中高速公路542公里。医疗卫生机构3312个，床位2.05万张。
森林覆盖率57.8%。市城区空气质量优良天数比例97.3%，PM2.5年均浓度23.6微克/立方米。"""
COMMUNIQUE_VALUES = [
    ("gdp", 1236.48e8),
    ("gdp_growth", 0.9),
    ("primary_sector", 203.17e8),
    ("primary_sector_growth", 4.2),
    ("secondary_sector", 486.29e8),
    ("secondary_sector_growth", -1.4),
    ("tertiary_sector", 547.02e8),
    ("tertiary_sector_growth", 1.7),
    ("primary_sector_share", 16.4),
    ("secondary_sector_share", 39.3),
    ("tertiary_sector_share", 44.3),
    ("gdp_per_head", 54112),
    ("gdp_per_head_growth", 1.8),
    ("consumer_price_change", 1.9),
    ("new_urban_jobs", 33600),
    ("registered_unemployment_rate", 3.8),
    ("grain_sown_area", 314800),
    ("grain_production", 1582000),
    ("general_public_revenue", 61.27e8),
    ("general_public_revenue_growth", 8.9),
    ("tax_revenue", 29.4e8),
    ("tax_share", 48.0),
    ("general_public_expenditure", 318.06e8),
    ("public_expenditure_growth", 5.7),
    ("deposits", 2190.6e8),
    ("deposits_growth", 9.6),
    ("loans_outstanding", 1402.5e8),
    ("loans_outstanding_growth", 13.2),
    ("registered_population", 2934000),
    ("resident_population", 2276000),
    ("urban_residents", 1085000),
    ("urbanisation_rate", 47.67),
    ("birth_rate", 0.58),
    ("urban_income_per_head", 40518),
    ("urban_income_per_head_growth", 4.6),
    ("rural_disposable_income", 16724),
    ("rural_disposable_income_growth", 6.4),
    ("road_length", 23700),
    ("expressway_length", 542),
    ("hospital_beds", 20500),
    ("forest_coverage", 57.8),
    ("good_air_share", 97.3),
    ("pm25", 23.6),
]
BUDGET = """一、2023年预算执行情况
（一）一般公共预算
全市一般公共预算收入执行数为58.63亿元，完成调整预算的100.7%，比上年增加2.41亿元，增长4.3%；加上上级补助收入201.6亿元、债务转贷收入38.2亿元，收入总计312.9亿元。全市一般公共预算支出完成286.05亿元，为变动预算的97.2%，下降2.6%。
市本级一般公共预算收入19.04亿元，增长1.5%；市本级一般公共预算支出77.9亿元。
（二）政府性基金预算
全市政府性基金预算收入41.27亿元，下降33.8%；全市政府性基金预算支出96.3亿元。市级政府性基金预算收入12.6亿元。
全市社会保险基金收入120.8亿元，国有资本经营预算收入1.2亿元。
截至2023年末，全市地方政府债务余额402.7亿元。"""
BUDGET_VALUES = [
    ("general_public_revenue", 58.63e8),
    ("general_public_revenue_growth", 4.3),
    ("general_public_expenditure", 286.05e8),
    ("public_expenditure_growth", -2.6),
    ("own_tier_revenue", 19.04e8),
    ("own_tier_expenditure", 77.9e8),
    ("government_fund_revenue", 41.27e8),
    ("government_fund_revenue_growth", -33.8),
    ("government_fund_expenditure", 96.3e8),
    ("own_tier_fund_revenue", 12.6e8),
    ("government_debt", 402.7e8),
]
WORK_REPORT = """过去一年，全旗地区生产总值完成164.5亿元、增长6.2%，固定资产投资增长18.7%。
一般公共预算收入完成8.96亿元、增长10.4%，社会消费品零售总额完成27.3亿元、增长5.8%。
城乡常住居民人均可支配收入分别达到41206元和20873元，分别增长5.1%和8.3%。
规模以上工业增加值、进出口总额、全社会用电量分别增长11.2%、9.6%和7.4%。
接待游客312.6万人次，实现旅游收入21.8亿元。空气质量优良天数比例94.5%，森林覆盖率提高到24.6%。"""
WORK_REPORT_VALUES = [
    ("gdp", 164.5e8),
    ("gdp_growth", 6.2),
    ("fixed_investment_growth", 18.7),
    ("general_public_revenue", 8.96e8),
    ("general_public_revenue_growth", 10.4),
    ("retail_sales", 27.3e8),
    ("retail_sales_growth", 5.8),
    ("urban_income_per_head", 41206),
    ("rural_disposable_income", 20873),
    ("urban_income_per_head_growth", 5.1),
    ("rural_disposable_income_growth", 8.3),
    ("industrial_value_added_growth", 11.2),
    ("trade_total_growth", 9.6),
    ("electricity_used_growth", 7.4),
    ("tourists_received", 3126000),
    ("tourism_revenue", 21.8e8),
    ("good_air_share", 94.5),
    ("forest_coverage", 24.6),
]


@pytest.mark.parametrize(
    ("report", "values"),
    [(COMMUNIQUE, COMMUNIQUE_VALUES), (BUDGET, BUDGET_VALUES), (WORK_REPORT, WORK_REPORT_VALUES)],
    ids=["communique", "budget", "work report"],
)
def test_reports_of_three_provinces_give_these_numbers_and_no_others(
    report: str, values: list[tuple[str, float]]
) -> None:
    found = captured(report)
    assert [id_ for id_, _ in found] == [id_ for id_, _ in values]
    assert [value for _, value in found] == pytest.approx([value for _, value in values])


WORDINGS = [
    # how one number is said elsewhere: (text, indicator, value)
    ("全州生产总值完成412.7亿元，增速居全省第三位。", "gdp", 412.7e8),
    ("GDP总量达到4012.6亿元，增速5.9%。", "gdp_growth", 5.9),
    ("地区生产总值由2018亿元增加到2950亿元。", "gdp", 2950e8),
    ("全年全区生产总值[2]856.2亿元，按可比价格计算，增长3.1%。", "gdp_growth", 3.1),
    ("第七次全国人口普查，全县常住人口为385612人。", "resident_population", 385612),
    ("年末常住人口（不含飞地）93.4万人。", "resident_population", 934000),
    ("全年公共财政预算收入62.1亿元，增长11.4%。", "general_public_revenue", 62.1e8),
    ("全市地方财政一般预算收入完成58.7亿元。", "general_public_revenue", 58.7e8),
    ("一般公共预算收入预算为45亿元，实际完成46.1亿元。", "general_public_revenue", 46.1e8),
    ("全市（含市本级）一般公共预算收入执行923456万元。", "general_public_revenue", 92.3456e8),
    ("全市一般公共预算收入累计完成89.6亿元。", "general_public_revenue", 89.6e8),
    ("全市一般公共预算收支分别完成120.3亿元、402.6亿元。", "general_public_expenditure", 402.6e8),
    ("全市一般公共预算收入98亿元，其中：市本级30亿元；一般公共预算支出301亿元。", "general_public_expenditure", 301e8),
    ("市本级一般公共预算收入30亿元；一般公共预算支出60.2亿元。", "own_tier_expenditure", 60.2e8),
    ("全省地区生产总值初步核算数为31200.5亿元，按不变价格计算（下同），同比增长5.2%。", "gdp_growth", 5.2),
    ("一般公共预算收入（全市）：230.5亿元；政府性基金预算收入（全市）：40.6亿元。", "government_fund_revenue", 40.6e8),
    ("全市一般公共预算收入合计 413320 万元", "general_public_revenue", 41.332e8),
    ("全县一般公共预算收入7.6亿元，下降1.2%，支出38.4亿元。", "general_public_expenditure", 38.4e8),
    ("政府性基金收入预算执行情况：全市收入完成77.5亿元。", "government_fund_revenue", 77.5e8),
    ("全市政府性基金 预算收入完成 30.4 亿 元。", "government_fund_revenue", 30.4e8),
    ("第一、二、三产业增加值分别为12亿元、41亿元和50亿元。", "secondary_sector", 41e8),
    ("城镇人口占总人口比重（常住人口城镇化率）为60.05%；城镇人口占常住人口比重为60.1%。", "urbanisation_rate", 60.1),
    ("圆满实现预期目标，全市一般公共预算收入98.2亿元。", "general_public_revenue", 98.2e8),
    ("按照县人大批准的预算，2025年一般公共预算收入完成7.8亿元。", "general_public_revenue", 7.8e8),
    ("一般公共预算收入132亿元，市本级45亿元；政府性基金收入完成60亿元。", "government_fund_revenue", 60e8),
    ("五年来，地区生产总值达到3120亿元，一般公共预算收入突破130亿元。", "general_public_revenue", 130e8),
    ("（二）政府性基金预算收入60.3亿元，同比下降12.4%。", "government_fund_revenue", 60.3e8),
    ("年末总人口（常住）386.2万人。", "resident_population", 3862000),
    ("全州金融机构人民币存款余额1020亿元，增长7.6%；人民币贷款余额880亿元。", "loans_outstanding", 880e8),
    ("税收收入70.1亿元，增长1.2%，占比68.5%。", "tax_share", 68.5),
    ("固定资产投资（不含农户，下同）同比下降5.6%。", "fixed_investment_growth", -5.6),
    ("城镇居民有1.2万人享受政府最低生活保障。", "urban_low_income", 12000),
]


@pytest.mark.parametrize(("text", "indicator", "value"), WORDINGS)
def test_other_wordings(text: str, indicator: str, value: float) -> None:
    assert any(id_ == indicator and got == pytest.approx(value) for id_, got in captured(text))


TRAPS = [
    # a number that the indicator must not take: (text, indicator)
    ("开发区一般公共预算收入完成21.3亿元。", "general_public_revenue"),
    ("各县（市、区）一般公共预算收入完成70.2亿元。", "general_public_revenue"),
    ("其中市本级预计完成一般公共预算支出80.1亿元。", "general_public_expenditure"),
    ("市人大批准的全市一般公共预算收入为98亿元。", "general_public_revenue"),
    ("县人大批准一般公共预算收入为8亿元，一般公共预算支出为30亿元。", "general_public_expenditure"),
    ("安排全市一般公共预算支出353亿元。", "general_public_expenditure"),
    ("“十四五”时期，全市一般公共预算收入完成620亿元。", "general_public_revenue"),
    ("全市一般公共预算收入为预算的98.6%，加上级补助收入120亿元。", "general_public_revenue"),
    ("全市政府性基金预算收入总计256.9亿元。", "government_fund_revenue"),
    ("全州一般公共预算收入243亿元，比上年执行数增长3%。", "general_public_revenue"),
    ("全市一般公共预算收入目标为101.1亿元。", "general_public_revenue"),
    ("县域生产总值占全市的38%，县域生产总值1200亿元。", "gdp"),
    ("其他政府性基金收入12亿元。", "government_fund_revenue"),
    ("国有土地使用权出让收入61.3亿元。", "government_fund_revenue"),
    ("地区生产总值年均增长6.3%。", "gdp_growth"),
    ("亿元地区生产总值生产安全事故死亡0.02人，海洋生产总值120亿元。", "gdp"),
    ("外来常住人口12.3万人。", "resident_population"),
    ("各类民办普通高校3所，民办在校生3.2万人。", "college_students"),
    ("婴儿死亡率2.4‰。", "death_rate"),
    ("每千人拥有卫生技术人员7人。", "health_workers"),
    ("PM10年均浓度72微克/立方米。", "pm25"),
]


@pytest.mark.parametrize(("text", "indicator"), TRAPS)
def test_look_alikes_are_left_alone(text: str, indicator: str) -> None:
    quantities = read_text(text).quantities
    assert "claim" in quantities.cls, "a number must be read for the trap to mean anything"
    assert indicator not in {id_ for id_, _ in captured(text)}


def test_scope_tells_total_from_large_industry_and_currencies() -> None:
    text = "规模以上工业增加值增长7.6%。全部工业增加值718.6亿元。本外币各项存款余额3105亿元。"
    assert [(one.indicator.id, one.scope) for one in matches(text)] == [
        ("industrial_value_added_growth", "规模以上"),
        ("industrial_value_added", "全部"),
        ("deposits", "本外币"),
    ]


def test_the_earlier_value_of_a_rise_is_past() -> None:
    text = "一般公共预算收入从2020年的120亿元提高到2025年的165亿元。"
    assert [(one.indicator.id, one.value, one.role) for one in matches(text)] == [
        ("general_public_revenue", 120e8, "past"),
        ("general_public_revenue", 165e8, "value"),
    ]


def test_a_config_of_corpus_and_pack_gives_place_year_and_status(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "广元市2022年国民经济和社会发展统计公报.txt").write_text(
        "广元市2022年国民经济和社会发展统计公报\n" + COMMUNIQUE, encoding="utf-8"
    )
    (tmp_path / "config.yaml").write_text("corpus: [reports]\npacks: [statistics]\n", encoding="utf-8")
    claims = load_project(tmp_path / "config.yaml").extract()
    gdp = claims[claims["indicator"] == "gdp"].iloc[0]
    assert (gdp["value"], gdp["unit"], gdp["city"], gdp["level"]) == (1236.48e8, "元", "广元市", "city")
    assert (gdp["period_start"], gdp["period_end"], gdp["status"]) == ("2022-01-01", "2022-12-31", "actual")


@pytest.mark.parametrize(
    "words",
    [
        "一般公共预算收入",
        "地区生产总值、",
        "市本级一般公共预算收入完成",
        "普通小学招生在校学生",
        "批准的全市政府性基金收入",
    ],
)
def test_a_long_run_of_names_does_not_stall_the_rules(words: str) -> None:
    matches(words * 150 + "12.3亿元，增长4.5%，" + words * 20 + "3万人。")


def test_the_page_of_the_packs_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("pack_docs", ROOT / "tools" / "pack_docs.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert (ROOT / "docs" / "packs.md").read_text("utf-8") == tool.page(), "run python tools/pack_docs.py"
    assert set(tool.PACKS) == {path.stem for path in (ROOT / "indicators" / "packs").glob("*.yaml")}
