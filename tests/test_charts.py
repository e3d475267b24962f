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
GROUND = pd.DataFrame(
    {
        "name": ["某省", "某市", "某县"],
        "level": ["province", "city", "county"],
        "lat": 30.0,
        "lon": [110.0, 111.0, 112.0],
    }
)


def bars(*rows: tuple[str, float, float | None, float | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["place", "value", "value_low", "value_high", "qualifier"])
    frame[["value_low", "value_high"]] = frame[["value_low", "value_high"]].astype(float)
    frame["claim_id"] = "claim-" + frame["place"]
    frame["tick"], frame["hover"], frame["colour"] = frame["place"] + "<br>2019", frame["place"], "#123456"
    frame["label"], frame["reviewed"] = frame["value"].astype(str), False
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
    rows = pd.DataFrame({"label": ["a", "b"], "count_": [3, 5], "colour": ["#111111", "#222222"], "strong": False})
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
        charts.shares(pd.DataFrame({"label": ["a"], "count_": [1], "colour": ["#111111"], "strong": True}), look),
        charts.panel(rows, "t", "个", look, ["甲"], "未报告", 284),
        charts.place_over_time(rows.assign(year=2019), rows.assign(year=2019), "t", "个", look),
        charts.change(pd.concat([rows.assign(when="before"), rows.assign(when="after")]), "t", "个", look),
        charts.mapped(rows.assign(lat=30.0, lon=110.0), GROUND, "t", "个", look),
    ]
    for figure in figures:
        assert figure.layout.template.layout.font.family == charts.FONT
        assert figure.layout.template.layout.font.color == look.text
        assert figure.layout.paper_bgcolor is None
        assert "http" not in figure.to_json()
    pd.testing.assert_frame_equal(rows, before)


# --- marks


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_what_nobody_reviewed_is_hollow_in_every_chart(look: Look) -> None:
    rows = bars(("甲", 3, 3, 3, "exact"), ("乙", 4, 4, 4, "exact")).assign(reviewed=[True, False], year=2019)
    both = pd.concat([rows.assign(when="before"), rows.assign(when="after")])
    drawn = {
        "bars": charts.compare(rows, "", "个", look).data[0],
        "dots": charts.compare(rows, "", "个", look, dots=True).data[0],
        "panel": charts.panel(rows, "", "个", look, ["甲", "乙"], "-", 284).data[0],
        "change": charts.change(both, "", "个", look).data[-1],
    }
    for name, trace in drawn.items():
        fills = {ids[0]: colour for ids, colour in zip(trace.customdata, trace.marker.color, strict=True)}
        assert fills["claim-甲"] == "#123456", name
        assert contrast(fills["claim-乙"], look.page) < 1.5, name
        assert set(trace.marker.line.color) == {"#123456"}, name
    years = {trace.name: trace.marker.color[0] for trace in charts.over_time(rows, "", "个", look).data}
    assert years["甲"] == "#123456" != years["乙"]
    dots = charts.mapped(rows.assign(lat=[30.0, 31.0], lon=110.0), GROUND, "", "个", look).data[-1]
    symbols = {ids[0]: symbol for ids, symbol in zip(dots.customdata, dots.marker.symbol, strict=True)}
    assert symbols == {"claim-甲": "circle", "claim-乙": "circle-open"}


def test_panels_keep_the_order_of_places_and_say_what_is_absent() -> None:
    rows = bars(("丙", 9, 9, 9, "exact"), ("甲", 3, 3, 3, "exact")).assign(note="2016")
    figure = charts.panel(rows, "服务站", "个", LIGHT, ["甲", "乙", "丙"], "未报告", 284)
    assert list(figure.layout.yaxis.categoryarray) == ["丙", "乙", "甲"]  # plotly draws from below
    words = {note.y: note.text for note in figure.layout.annotations}
    labels = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")
    words |= dict(zip(labels.y, labels.text, strict=True))
    assert words["乙"] == "未报告"
    assert "2016" in words["甲"]
    assert "乙" not in set(figure.data[0].y)


def test_small_charts_of_places_share_years_and_scale() -> None:
    rows = bars(("甲", 10, 10, 10, "exact"), ("乙", 90, 90, 95, "at_least")).assign(year=[2012, 2018])
    figures = [charts.place_over_time(rows[rows["place"] == name], rows, name, "个", LIGHT) for name in ("甲", "乙")]
    assert len({(figure.layout.xaxis.range, figure.layout.yaxis.range) for figure in figures}) == 1
    assert figures[0].layout.yaxis.range[0] == 0
    assert figures[0].layout.yaxis.range[1] > 95


def test_a_change_leads_from_the_earlier_value_to_the_later_one() -> None:
    before = bars(("甲", 10, 10, 10, "exact"), ("乙", 50, 45, 50, "nearly")).assign(when="before")
    after = bars(("甲", 30, 30, 30, "exact"), ("乙", 40, 40, 40, "exact")).assign(when="after", label="diff")
    figure = charts.change(pd.concat([before, after]), "", "个", LIGHT)
    lines = {trace.y[0]: tuple(trace.x) for trace in figure.data if trace.mode == "lines"}
    assert lines == {"甲": (10, 30), "乙": (50, 40)}
    earlier, later = figure.data[-2:]
    assert list(later.y) == ["乙", "甲"]  # the widest rise on top
    assert earlier.marker.size < later.marker.size
    assert earlier.error_x.arrayminus[list(earlier.y).index("乙")] == 5


def test_a_map_draws_places_where_they_lie_larger_with_their_value() -> None:
    rows = bars(("甲", 100, 100, 100, "exact"), ("乙", 25, 25, 25, "exact")).assign(
        lat=[30.0, 34.0], lon=[110.0, 110.5]
    )
    figure = charts.mapped(rows, GROUND, "", "个", LIGHT)
    dots = figure.data[-1]
    where = {ids[0]: (x, y) for ids, x, y in zip(dots.customdata, dots.x, dots.y, strict=True)}
    assert where == {"claim-甲": (110, 30), "claim-乙": (110.5, 34)}
    assert dots.marker.size[0] > dots.marker.size[1]
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio == pytest.approx(1 / math.cos(math.radians(32)), rel=0.01)
    assert all(trace.customdata is None for trace in figure.data[:-1])  # the ground is no data


def test_neighbours_on_a_map_are_named_on_their_far_sides() -> None:
    rows = bars(*((name, 1, 1, 1, "exact") for name in "甲乙丙丁")).assign(
        lat=[30.0, 30.0, 40.0, 40.0], lon=[110.0, 110.4, 120.0, 120.0]
    )
    dots = charts.mapped(rows, GROUND, "", "个", LIGHT).data[-1]
    sides = {ids[0]: side for ids, side in zip(dots.customdata, dots.textposition, strict=True)}
    assert (sides["claim-甲"], sides["claim-乙"]) == ("middle left", "middle right")
    assert {sides["claim-丙"], sides["claim-丁"]} == {"middle left", "middle right"}  # at one point


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
    for look in (LIGHT, DARK):
        assert all(contrast(colour, look.page) >= 3 for colour in look.ramp)
        assert contrast(look.muted, look.page) >= 4.5
        assert all(contrast(look.states[state], look.inks[state]) >= 4.5 for state in charts.STATES)
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in charts.fate_colours(["claimed", "unclaimed"]))
    assert all(contrast(colour, "#0c1614") >= 4.5 for colour in charts.fate_colours(["date"] * 5))


def contrast(one: str, two: str) -> float:
    """Contrast ratio of two colours, as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
