"""Pieces that several pages show: tables with worded columns, charts that lead to evidence, the evidence itself."""

from __future__ import annotations

import zlib
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indicators.app import evidence, reviewing, rulebook, state
from indicators.app.comparing import period_label
from indicators.app.loading import Tables
from indicators.app.selection import place_labels
from indicators.app.state import t
from indicators.app.words import table as phrases
from indicators.app.words import word_of
from indicators.charts import Look
from indicators.table import queries

ROWS = 2000
CHART = {"displayModeBar": False, "responsive": True, "locale": "zh-CN"}
CODED = {"status", "qualifier", "level", "class", "place_from", "period_from", "kind", "time", "basis", "severity"}
CODED |= {"review", "why"}


def look() -> Look:
    """The look of charts for this browser and language."""
    return Look(dark=state.dark(), chinese=state.language() == "zh")


def heading(page: str) -> None:
    """Title and one line on what the page is for; the style sheet of marked text; the reviewer's name."""
    st.html(evidence.style())
    st.title(t(f"page.{page}"))
    st.caption(t(f"page.{page}.about"))
    reviewing.begin()


def show_table(
    frame: pd.DataFrame, columns: list[str], key: str, choose: bool = False, height: Any = "auto"
) -> int | None:
    """`frame` with its columns named in the language of the page; the position of the row chosen, if any.

    At most ROWS rows travel to the browser; the rest is said, and the Download page has it all. A choice belongs to
    the rows shown: other rows, no choice. Claims begin with the mark of their review.
    """
    language = state.language()
    columns = ["review", *columns] if {"claim_id", "review"} <= set(frame.columns) else columns
    shown = frame.loc[:, [name for name in columns if name in frame.columns]].head(ROWS).reset_index(drop=True)
    for name in CODED.intersection(shown.columns):
        shown[name] = [word_of(name, value, language) for value in shown[name]]
    config = {name: phrases().get(f"column.{name}", {}).get(language, name) for name in shown.columns}
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if choose else {}
    if height != "auto":
        options["height"] = height
    lasting = shown.drop(columns="review", errors="ignore").astype(str)  # a choice outlives its own review
    content = zlib.crc32(pd.util.hash_pandas_object(lasting, index=False).to_numpy().tobytes())
    event = st.dataframe(shown, hide_index=True, column_config=config, key=f"{key}-{language}-{content}", **options)
    if len(frame) > ROWS:
        st.caption(t("table.cut", shown=ROWS, rows=len(frame)))
    if not choose:
        return None
    rows = event["selection"]["rows"]
    return int(rows[0]) if rows and rows[0] < len(shown) else None


def named(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with `indicator_name` in the language of the page."""
    names = {
        name: rulebook.indicator_name(tables.rules, name, state.language()) for name in frame["indicator"].unique()
    }
    return frame.assign(indicator_name=frame["indicator"].map(names))


def show_chart(figure: go.Figure, key: str, alt: str, width: Any = "stretch") -> list[Any] | None:
    """A chart whose points can be chosen, `width` pixels wide; the customdata of the point chosen, if any."""
    event: Any = st.plotly_chart(
        figure, theme=None, key=key, on_select="rerun", selection_mode="points", config=CHART, alt=alt, width=width
    )
    points = event["selection"]["points"]
    if not points or "customdata" not in points[0]:
        return None
    data = points[0]["customdata"]
    return list(data.values()) if isinstance(data, dict) else list(data)


def show_proof(tables: Tables, rows: pd.DataFrame, ids: list[str], columns: list[str], key: str) -> None:
    """The evidence of the observations whose marks or row were chosen, above the table behind their chart."""
    proof = st.container()
    with st.expander(t("compare.table", rows=len(rows))):
        at = show_table(rows, columns, f"table-{key}", choose=True)
    ids = ids if at is None else [*ids, str(rows.iloc[at]["claim_id"])]
    with proof:
        chosen = rows[rows["claim_id"].isin(ids)]
        for _, row in chosen.iterrows():
            show_behind(tables, row, f"{key}-")
        if chosen.empty:
            st.caption(t("compare.click"))


def key_html() -> str:
    """What hollow and filled marks, whiskers and arrows say."""
    ink = look().text
    hollow, filled = (f'<i style="border:2px solid {ink};background:{fill}"></i>' for fill in ("transparent", ink))
    words = [hollow + t("key.hollow"), filled + t("key.filled"), t("key.whisker"), t("key.arrow")]
    return f'<div class="legend key">{"".join(f"<span>{word}</span>" for word in words)}</div>'


def show_behind(tables: Tables, observation: pd.Series[Any], key: str) -> None:
    """The evidence of an observation's claim; where several claims stand behind it, they too."""
    show_claim(tables, str(observation["claim_id"]), key)
    behind = queries.behind(tables.claims, observation)
    if int(observation["claims"]) > 1:
        st.caption(t("evidence.behind", count=len(behind)))
        columns = ["text", "value", "value_low", "value_high", "sentence", "period_start", "period_end", "document"]
        at = show_table(behind, columns, f"behind-{key}{observation['claim_id']}", choose=True)
        if at is not None and behind.iloc[at]["claim_id"] != observation["claim_id"]:
            show_claim(tables, str(behind.iloc[at]["claim_id"]), f"behind-{key}")


def show_claim(tables: Tables, claim_id: str, key: str = "") -> None:
    """The evidence of one claim: its sentence, and how value, place and period were read. `key` tells copies apart."""
    found = tables.claims[tables.claims["claim_id"] == claim_id]
    if found.empty:
        st.warning(t("evidence.gone"))
        return
    claim = found.iloc[0]
    document = tables.documents_by_name.get(str(claim["document"]))
    words = {kind: t(f"mark.{kind}") for kind in ("number", "place", "date")}
    colours = evidence.colours(state.dark())
    st.html(evidence.legend_html([(colours[kind], words[kind]) for kind in words]))
    st.html(evidence.sentence_html(claim, document.text if document else "", words))
    reviewing.show(tables, claim, key)
    st.html(evidence.facts_html(_facts(tables, found, claim)))
    if st.button(t("evidence.open"), key=f"open-{key}{claim_id}", icon=":material/article:"):
        open_document(str(claim["document"]))


def open_document(name: str) -> None:
    """Go to the Documents page with `name` chosen."""
    state.choose("document", [name])
    state.go("documents")


def _facts(tables: Tables, found: pd.DataFrame, claim: pd.Series) -> list[tuple[str, str, bool]]:
    language = state.language()
    rule = str(claim["rule"])
    low, high = (_number(claim[name]) for name in ("value_low", "value_high"))
    reading = f"{claim['text']} → {_number(claim['value'])} {claim['unit']}"
    if claim["qualifier"] != "exact":
        reading += f" ({word_of('qualifier', claim['qualifier'], language)}; {low or '−∞'} … {high or '∞'})"
    title = " · ".join(str(claim[name]) for name in ("title", "source", "published") if _filled(claim[name]))
    place = " · ".join([place_labels(found).iloc[0], _read_from("place_from", claim)])
    period = " · ".join([period_label(claim.to_dict(), language), _read_from("period_from", claim)])
    return [
        (t("column.indicator"), rulebook.indicator_name(tables.rules, str(claim["indicator"]), language), False),
        (t("evidence.read"), reading, False),
        (t("column.status"), word_of("status", claim["status"], language), False),
        (t("evidence.place"), place, False),
        (t("evidence.period"), period, False),
        (t("column.document"), str(claim["document"]), False),
        (t("column.title"), title, False),
        (t("column.rule"), f"{rule}  {rulebook.pattern_of(tables.rules, rule)}", True),
    ]


def _read_from(column: str, claim: pd.Series) -> str:
    """Where a place or a period was read, in words."""
    where = word_of(column, claim[column], state.language())
    return where if claim[column] in ("none", "") else t("read_from", where=where)


def _filled(value: Any) -> bool:
    return bool(pd.notna(value) and str(value))


def _number(value: Any) -> str:
    return f"{float(value):,.10g}" if _filled(value) else ""
