"""Charts: what is drawn is what the rows say; nothing is joined, mixed, fetched or coloured by accident."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import charts
from indicators.charts import Look

LIGHT, DARK = Look(), Look(dark=True, chinese=False)


def bars(*rows: tuple[str, float, float | None, float | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["place", "value", "value_low", "value_high", "qualifier"])
    frame[["value_low", "value_high"]] = frame[["value_low", "value_high"]].astype(float)
    frame["claim_id"] = "claim-" + frame["place"]
    frame["tick"], frame["hover"], frame["colour"] = frame["place"] + "<br>2019", frame["place"], "#123456"
    frame["label"] = frame["value"].astype(str)
    return frame


def whisker(figure: go.Figure, place: str) -> tuple[float, float]:
    """Lengths of the interval drawn to the left and right of a place's value; 0 where none is drawn."""
    trace = figure.data[0]
    at = list(trace.y).index(place)
    sides = (trace.error_x.arrayminus[at], trace.error_x.array[at])
    return tuple(0.0 if side is None or math.isnan(side) else side for side in sides)  # type: ignore[return-value]


def test_a_bar_carries_its_value_its_interval_and_its_claim() -> None:
    rows = bars(("甲县", 80, 72, 80, "nearly"), ("乙县", 60, 57, 63, "approx"), ("丙县", 90, 90, 90, "exact"))
    figure = charts.compare(rows, "服务站", "个", LIGHT)
    trace = figure.data[0]
    drawn = {place: (value, ids[0]) for place, value, ids in zip(trace.y, trace.x, trace.customdata, strict=True)}
    assert drawn == {"甲县": (80, "claim-甲县"), "乙县": (60, "claim-乙县"), "丙县": (90, "claim-丙县")}
    assert [whisker(figure, place) for place in ("甲县", "乙县", "丙县")] == [(8, 0), (3, 3), (0, 0)]


def test_bars_stand_in_order_of_value_the_largest_on_top() -> None:
    figure = charts.compare(bars(("甲", 2, 2, 2, "exact"), ("乙", 9, 9, 9, "exact")), "", "个", LIGHT)
    assert list(figure.data[0].y) == ["甲", "乙"]  # plotly draws categories from below


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "symbol"),
    [("at_least", 200.0, None, "triangle-right"), ("at_most", None, 200.0, "triangle-left")],
)
def test_an_open_interval_ends_in_an_arrow_and_draws_no_made_up_end(
    qualifier: str, low: float | None, high: float | None, symbol: str
) -> None:
    figure = charts.compare(bars(("甲", 200, low, high, qualifier), ("乙", 100, 100, 100, "exact")), "", "个", LIGHT)
    arrows = figure.data[1]
    assert (list(arrows.y), list(arrows.marker.symbol)) == (["甲"], [symbol])
    assert whisker(figure, "甲") == (0, 0)


def test_a_closed_at_least_has_a_whisker_and_no_arrow() -> None:
    figure = charts.compare(bars(("甲", 2000, 2000, 3000, "at_least")), "", "个", LIGHT)
    assert [trace.mode for trace in figure.data if trace.type == "scatter"] == ["text"]
    assert whisker(figure, "甲") == (0, 1000)


def test_large_values_are_counted_in_a_step_that_the_title_names() -> None:
    figure = charts.compare(bars(("甲", 1.5e8, 1.5e8, 1.5e8, "exact")), "投入", "元", LIGHT)
    assert list(figure.data[0].x) == [1.5]
    assert figure.layout.title.text == "投入 (亿元)"
    assert figure.layout.xaxis.title.text is None
    assert figure.layout.yaxis.title.text is None


def test_a_fall_reaches_to_the_left_and_its_label_stays_inside() -> None:
    figure = charts.compare(bars(("甲", -20, -21, -19, "approx"), ("乙", 10, 10, 10, "exact")), "", "%", LIGHT)
    low, high = figure.layout.xaxis.range
    assert low < -21
    assert high > 10
    labels = figure.data[-1]
    assert dict(zip(labels.y, labels.textposition, strict=True)) == {"甲": "middle left", "乙": "middle right"}


def test_dots_show_the_same_values_as_bars() -> None:
    rows = bars(("甲", 3, 3, 3, "exact"), ("乙", 4, 4, 5, "at_least"))
    as_bars, as_dots = (charts.compare(rows, "", "个", LIGHT, dots=dots).data[0] for dots in (False, True))
    assert list(as_bars.x) == list(as_dots.x)
    assert as_dots.mode == "markers"


def test_a_missing_year_is_a_gap_and_years_are_whole() -> None:
    rows = bars(("甲", 1, 1, 1, "exact"), ("甲", 3, 3, 3, "exact")).assign(year=[2015, 2018])
    figure = charts.over_time(rows, "", "个", LIGHT)
    line = figure.data[0]
    assert list(line.x) == [2015, 2016, 2017, 2018]
    assert [None if math.isnan(value) else value for value in line.y] == [1, None, None, 3]
    assert line.connectgaps is False
    assert (figure.layout.xaxis.dtick, figure.layout.xaxis.tickformat) == (1, "d")


def test_a_county_keeps_its_colour_whatever_is_selected() -> None:
    every = charts.county_colours([f"{code:06d}" for code in range(30)])
    assert every == charts.county_colours(list(reversed(list(every))))
    neighbours = list(every.values())
    assert all(left != right for left, right in pairwise(neighbours))


def coverage_cells() -> pd.DataFrame:
    rows = [("stations", state, claims, finer) for state, claims, finer in
            (("reported", 3, 1), ("finer", 0, 2), ("not_reported", 0, 0), ("no_document", 0, 0))]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["indicator", "state", "claims", "finer"])
    frame["indicator_name"], frame["hover"] = "服务站", frame["state"]
    frame["county_code"] = [f"00000{index}" for index in range(4)]
    frame["county_label"] = ["甲县", "乙县", "丙县", "丁县"]
    return frame


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_coverage_map_tells_absence_from_zero(look: Look) -> None:
    figure = charts.coverage(coverage_cells(), look)
    assert [trace.text[0] for trace in figure.data] == ["3", "2", "", ""]
    assert len({trace.marker.color[0] for trace in figure.data}) == 4
    assert [list(trace.customdata[0]) for trace in figure.data] == [
        ["stations", f"00000{index}"] for index in range(4)
    ]  # fmt: skip


def test_shares_add_up_to_all_numbers() -> None:
    rows = pd.DataFrame({"label": ["a", "b"], "count_": [3, 5], "colour": ["#111111", "#222222"]})
    figure = charts.shares(rows, LIGHT)
    assert [trace.x[0] for trace in figure.data] == [3, 5]
    assert figure.layout.xaxis.range == (0, 8)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_charts_share_one_look_and_ask_for_nothing_from_outside(look: Look) -> None:
    rows = bars(("甲", 1, 1, 1, "exact"))
    before = rows.copy()
    figures = [
        charts.compare(rows, "t", "个", look),
        charts.over_time(rows.assign(year=2019), "t", "个", look),
        charts.coverage(coverage_cells(), look),
        charts.shares(pd.DataFrame({"label": ["a"], "count_": [1], "colour": ["#111111"]}), look),
    ]
    for figure in figures:
        assert figure.layout.font.family == charts.FONT
        assert figure.layout.font.color == look.text
        assert "http" not in figure.to_json()
    pd.testing.assert_frame_equal(rows, before)


@given(st.floats(min_value=0.01, max_value=9e12), st.booleans())
def test_a_readable_value_is_the_value(value: float, chinese: bool) -> None:
    text = charts.readable(value, "", chinese).replace(",", "")
    steps = {"亿": 1e8, "万": 1e4, " billion ": 1e9, " million ": 1e6}
    step = next((step for word, step in steps.items() if text.endswith(word)), 1.0)
    number = float("".join(letter for letter in text if letter.isdigit() or letter == "."))
    assert number * step == pytest.approx(value, abs=step * 0.5e-4 + 1e-9)


def test_palette_has_contrast_on_both_pages() -> None:
    for page in ("#ffffff", "#14191b"):
        assert all(contrast(colour, page) >= 3 for colour in (*charts.PALETTE, charts.NEUTRAL))


def contrast(one: str, two: str) -> float:
    """Contrast ratio of two colours, as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
