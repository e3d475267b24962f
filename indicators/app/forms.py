"""The forms of the Compare page: each draws rankings and returns the ids of the claims whose points were chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indicators import charts
from indicators.app import changing, comparing, divided, located, problems, selection, showing, state
from indicators.app.comparing import Ranking
from indicators.app.state import t
from indicators.charts import Look
from indicators.table.store import Rows

FORMS = ("bars", "dots", "panels", "time", "change", "map")
WIDTH = 284  # pixels of a small chart: three beside each other on a desk, one on a telephone
MOST_PANELS, MOST_PLACES = 24, 20
Chosen = list[str]


def _ids(points: Sequence[list[object] | None]) -> Chosen:
    return [str(point[0]) for point in points if point and point[0]]


def draw(form: str, ranking: Ranking, title: str, key: str, span: tuple[str, str], far: float) -> Chosen:
    """One ranking in a form that shows one ranking at a time.

    `span` are the two years of a change, `far` the value that bars beside these reach.
    """
    if form == "change":
        return change(ranking, title, key, span)
    drawn: dict[str, Callable[[Ranking, str, str], Chosen]] = {"time": years, "map": on_map}
    return drawn[form](ranking, title, key) if form in drawn else bars(ranking, title, key, form == "dots", far)


def bars(ranking: Ranking, title: str, key: str, dots: bool, far: float) -> Chosen:
    """The latest value of each place, and all of them over time where they have several years."""
    look = showing.look()
    if ranking.places > comparing.LINES:
        st.caption(t("compare.most", bars=comparing.BARS, lines=comparing.LINES))
    points = [showing.show_chart(_bars(ranking, title, look, dots, far), f"bars-{key}", title)]
    if ranking.spans_years:
        over = f"{title} · {t('compare.time')}"
        points.append(showing.show_chart(_lines(ranking, over, look), f"lines-{key}", over))
    return _ids(points)


@lru_cache(maxsize=200)
def _bars(ranking: Ranking, title: str, look: Look, dots: bool, far: float) -> go.Figure:
    return charts.compare(ranking.drawn, title, ranking.unit, look, dots, far)


@lru_cache(maxsize=200)
def _lines(ranking: Ranking, title: str, look: Look) -> go.Figure:
    return charts.over_time(ranking.lines, title, ranking.unit, look)


def panels(named: Sequence[tuple[str, Ranking]], key: str) -> Chosen:
    """Several indicators beside each other, each on its own scale, the places in one order."""
    order: dict[str, None] = {}
    for _, ranking in named:
        order.update(dict.fromkeys(ranking.noted.sort_values("value", ascending=False, kind="stable")["place"]))
    places, points = list(order)[:MOST_PLACES], []
    with st.container(horizontal=True):
        for at, (title, ranking) in enumerate(named[:MOST_PANELS]):
            chart = charts.panel(ranking.noted, title, ranking.unit, showing.look(), places, t("compare.absent"), WIDTH)
            points.append(showing.show_chart(chart, f"panel-{key}-{at}", title, WIDTH))
    _more(len(order), len(places))
    return _ids(points)


def years(ranking: Ranking, title: str, key: str) -> Chosen:
    """One small chart a place over the years, all on the same axes."""
    places = list(dict.fromkeys(ranking.dated.sort_values("value", ascending=False)["place"]))
    every, points = ranking.dated[ranking.dated["place"].isin(places[:MOST_PLACES])], []
    st.caption(title.replace("<br>", " · "))
    with st.container(horizontal=True):
        for place in places[:MOST_PLACES]:
            own = every[every["place"] == place]
            chart = charts.place_over_time(own, every, place, ranking.unit, showing.look())
            points.append(showing.show_chart(chart, f"years-{key}-{place}", f"{title} · {place}", WIDTH))
    _more(len(places), min(len(places), MOST_PLACES))
    _named("compare.undated", [place for place in dict.fromkeys(ranking.rows["place"]) if place not in places])
    return _ids(points)


def pick_years(rankings: Sequence[Ranking]) -> tuple[str, str]:
    """The two years whose difference is shown, at first those that most places have both; "" where no place has two."""
    parts = [ranking.dated.assign(place=ranking.dated["place"] + f"#{at}") for at, ranking in enumerate(rankings)]
    dated = pd.concat(parts) if parts else pd.DataFrame({"place": [], "year": []})
    default, options = changing.two_years(dated), changing.years_of(dated)
    if default is None:
        return "", ""
    left, right, _ = st.columns([1, 1, 3])
    first = state.pick_one("from", options[:-1], str, default[0], where=left)
    later = [year for year in options if year > first]
    return first, state.pick_one("to", later, str, default[1] if default[1] in later else later[-1], where=right)


def change(ranking: Ranking, title: str, key: str, span: tuple[str, str]) -> Chosen:
    """From the value of one year to that of another, for the places that have both."""
    if not ranking.spans_years or not all(span):
        st.caption(t("compare.no_years"))
        return []
    rows, others = changing.pairs(ranking.dated, *span, state.language())
    points = []
    if len(rows):
        words = f"{title} · {span[0]} → {span[1]}"
        chart = charts.change(rows, words, ranking.unit, showing.look())
        points.append(showing.show_chart(chart, f"change-{key}", words))
    _named("compare.one_period", others)
    return _ids(points)


def on_map(ranking: Ranking, title: str, key: str) -> Chosen:
    """The latest value of each place where it lies; places without coordinates are named."""
    rows = located.points(ranking.latest)
    here = rows[rows["lat"].notna()]
    _named("compare.no_point", list(rows.loc[rows["lat"].isna(), "place"]))
    if here.empty:
        problems.empty("compare.no_points")
        return []
    chart = charts.mapped(here, located.ground(), title, ranking.unit, showing.look())
    return _ids([showing.show_chart(chart, f"map-{key}", t("compare.map", title=title))])


def _more(count: int, shown: int) -> None:
    if count > shown:
        st.caption(t("table.cut", shown=shown, rows=count))


def _named(key: str, places: Sequence[str]) -> None:
    """Places that a chart cannot draw, said below it."""
    if places:
        st.caption(t(key, places="、".join(places[:MOST_PLACES]) + ("…" if len(places) > MOST_PLACES else "")))


def say_gaps(numbers: Rows, chosen: Sequence[str], rows: pd.DataFrame | None) -> None:
    """Name the counties chosen (codes) that `rows` lack, and say where rows are parts of one county of today."""
    if chosen:
        known = selection.counties(numbers).set_index("county_code")["label"]
        reported = set() if rows is None else set(rows["county_code"])
        _named("compare.missing", [str(known.get(code, code)) for code in chosen if code not in reported])
    if rows is not None and any(divided.merged_names(rows)):
        st.caption(t("compare.merged"))
