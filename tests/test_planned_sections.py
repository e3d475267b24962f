"""Numbers under a heading that plans are plans, until the next heading of the same rank."""

from __future__ import annotations

import time

import pytest

from indicators.language.planned_sections import PlannedSections
from indicators.language.quantities import read_quantities

REPORT = """关于某县2030年预算执行情况和2031年预算草案的报告
一、2030年预算执行情况
(一)一般公共预算
全县一般公共预算收入完成12.5亿元。
二、2031年预算草案
(一)一般公共预算
全县一般公共预算收入13.1亿元,上年为12.6亿元。
(二)政府性基金预算
收入3.3亿元。
三、财政改革情况
压减支出4400万元。
"""


@pytest.mark.parametrize(
    ("surface", "status"),
    [
        ("12.5亿元", "actual"),
        ("13.1亿元", "planned"),
        ("12.6亿元", "actual"),
        ("3.3亿元", "planned"),
        ("4400万元", "actual"),
    ],
)
def test_status_under_headings(surface: str, status: str) -> None:
    (quantity,) = [q for q in read_quantities(REPORT) if q.surface == surface]
    assert quantity.status == status


def test_a_heading_that_its_text_follows_in_the_line_plans_it() -> None:
    text = "一、基本情况\n(一)目标任务。全乡种茶900亩。\n新修渠道3公里。\n(二)完成情况。全乡种茶860亩。"
    assert [q.status for q in read_quantities(text)] == ["planned", "planned", "actual"]


def test_a_sentence_about_a_target_is_no_heading() -> None:
    text = "一、圆满完成预期目标任务,全县上下团结一心。\n共建成学校12所。"
    (quantity,) = read_quantities(text)
    assert quantity.status == "actual"


OPENED = """某县政府工作报告
过去的一年,全县新建高标准农田6.5万亩,新增就业5100人。
2031年,我们将重点做好以下工作:
——实施重点项目31个,总投资47亿元。
——改造老旧小区9个,全县17个乡镇实现全覆盖。去年已开工4个。
——新增就业5300人。
存在的困难
还有120户住在危房里。
"""

NUMBERED = """二、2031年打算
新的一年,全镇要办好以下三件实事:
(一)新建便民桥7座。
(二)硬化村道26公里。
三、基本情况
辖村民小组88个。
"""

AIMED = (
    "全县经济社会发展的主要预期目标是:地区生产总值增长6.5%以上,规模以上工业增加值增长8%,固定资产投资增长7%,"
    "社会消费品零售总额增长5%,城乡居民收入增长7.5%。\n"
    "为实现上述目标,我们重点做好以下三方面工作:\n(一)新开发公益岗位260人。\n(二)建设高标准农田3200亩。\n"
)


@pytest.mark.parametrize(
    ("text", "surface", "status"),
    [
        (OPENED, "6.5万亩", "actual"),
        (OPENED, "5100人", "actual"),
        (OPENED, "31个", "planned"),
        (OPENED, "47亿元", "planned"),
        (OPENED, "9个", "planned"),
        (OPENED, "17个", "actual"),
        (OPENED, "4个", "actual"),
        (OPENED, "5300人", "planned"),
        (OPENED, "120户", "actual"),
        (NUMBERED, "7座", "planned"),
        (NUMBERED, "26公里", "planned"),
        (NUMBERED, "88个", "actual"),
        (AIMED, "7.5%", "planned"),
        (AIMED, "260人", "planned"),
        (AIMED, "3200亩", "planned"),
        ("2031年,全县预期目标是增长6%。新增就业400人。一季度实现产值3亿元。", "400人", "planned"),
        ("2031年,全县预期目标是增长6%。新增就业400人。一季度实现产值3亿元。", "3亿元", "actual"),
        ("今年,县里将新建厂房8万平方米。改造公路60公里。", "60公里", "planned"),
        ("今年,县里将新建厂房8万平方米。全县公路通车60公里。", "60公里", "actual"),
        ("今年以来,全县重点抓好产业发展,新建大棚70座。", "70座", "actual"),
        ("某镇工作情况\n新修水渠5公里。\n展望2031年工作目标🎯\n新修水渠9公里。", "9公里", "planned"),
        ("某镇工作情况\n新修水渠5公里。\n2031年工作打算\n新修水渠9公里。", "5公里", "actual"),
        ("某镇工作情况\n新修水渠5公里。\n2031年工作打算\n新修水渠9公里。", "9公里", "planned"),
    ],
)
def test_sections_opened_by_a_sentence(text: str, surface: str, status: str) -> None:
    (quantity,) = [q for q in read_quantities(text) if q.surface == surface]
    assert quantity.status == status


@pytest.mark.parametrize("unit", ["今年将抓好3项。已", "。今年将新建3座", "2031年,目标是5个:\n", "。新建3座"])
def test_hostile_repetitions_cost_linear_time(unit: str) -> None:
    began = time.perf_counter()
    PlannedSections(unit * 5_000).plans(0, 1)
    assert time.perf_counter() - began < 2
