"""Numbers under a heading that plans are plans, until the next heading of the same rank."""

from __future__ import annotations

import pytest

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


def test_a_sentence_about_a_target_is_no_heading() -> None:
    text = "一、圆满完成预期目标任务,全县上下团结一心。\n共建成学校12所。"
    (quantity,) = read_quantities(text)
    assert quantity.status == "actual"
