"""Pieces that several pages show: tables with worded columns, charts that lead to evidence, the evidence itself."""

from __future__ import annotations

import zlib
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indicators.app import evidence, figure_choice, reviewing, rulebook, state, widget_words
from indicators.app.facts import facts_of
from indicators.app.loading import Tables
from indicators.app.selection import place_labels
from indicators.app.state import t
from indicators.app.words import spoken, word_of
from indicators.app.words import table as phrases
from indicators.charts import Look
from indicators.table import queries
from indicators.table.constant_prices import MONEY
from indicators.table.store import Rows

ROWS = 2000  # rows of a table that is shown whole
PAGE = 500  # rows of a page of a longer one
CODED = {"status", "qualifier", "level", "class", "place_from", "period_from", "kind", "time", "basis", "severity"}
CODED |= {"review", "why", "check"}


def look() -> Look:
    """The look of charts for this browser and language."""
    return Look(dark=state.dark(), chinese=state.language() == "zh")


def heading(page: str) -> None:
    """Title and one line on what the page is for; the style sheet of marked text; the reviewer's name."""
    st.html(evidence.style() + widget_words.style(state.language()))
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
    if "reason" in shown:
        shown["reason"] = [spoken(words, language) for words in shown["reason"]]
    config = {name: phrases().get(f"column.{name}", {}).get(language, name) for name in shown.columns}
    if "value" in config and "unit" in frame.columns and frame["unit"].isin(MONEY).any():
        config["value"] = t("column.value.money")
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


def show_rows(
    rows: Rows, columns: list[str], key: str, choose: bool = False, order: str = "", tables: Tables | None = None
) -> pd.Series[Any] | None:
    """A page of rows as `show_table` shows them, in an ORDER BY; the whole row that is chosen, if any.

    Only the rows of the page are read. With `tables`, indicators have their names in the language of the page.
    """
    pages = -(-len(rows) // PAGE) if len(rows) > ROWS else 1
    size = PAGE if pages > 1 else ROWS
    page = 1
    if pages > 1:
        at = f"{key}-page"
        st.session_state[at] = min(int(st.session_state.get(at, 1)), pages)
        label = t("table.page", pages=f"{pages:,}", size=PAGE, rows=f"{len(rows):,}")
        page = int(st.number_input(label, 1, pages, key=at, width=320))
    frame = rows.frame(limit=size, offset=(page - 1) * size, order=order)
    chosen = show_table(named(tables, frame) if tables else frame, columns, key, choose)
    return None if chosen is None else frame.iloc[chosen]


def named(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with `indicator_name` in the language of the page."""
    names = {
        name: rulebook.indicator_name(tables.rules, name, state.language()) for name in frame["indicator"].unique()
    }
    return frame.assign(indicator_name=frame["indicator"].map(names))


def show_chart(figure: go.Figure, key: str, alt: str, width: Any = "stretch") -> list[Any] | None:
    """A chart, `width` pixels wide, whose points can be chosen; the customdata of the point chosen, if any.

    `alt`, its title, is what it is saved as.
    """
    alt = alt.replace("<br>", " · ")
    config = figure_choice.options(alt)
    event: Any = st.plotly_chart(
        figure, theme=None, key=key, on_select="rerun", selection_mode="points", config=config, alt=alt, width=width
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


def show_claim(tables: Tables, claim_id: str, key: str = "", here: bool = False) -> None:
    """The evidence of one claim: its sentence, and how value, place and period were read. `key` tells copies apart.

    `here`: its document is shown beside it.
    """
    found = tables.claims.where("claim_id = ?", claim_id).frame()
    found = tables.rejected.where("claim_id = ?", claim_id).frame() if found.empty else found
    if found.empty:
        st.warning(t("evidence.gone"))
        return
    claim = found.iloc[0]
    document = tables.documents_by_name.get(str(claim["document"]))
    words = {kind: t(f"mark.{kind}") for kind in evidence.MARKS}
    colours = evidence.colours(state.dark())
    st.html(evidence.legend_html([(colours[kind], words[kind]) for kind in words]))
    st.html(evidence.sentence_html(claim, document.text if document else "", words))
    reviewing.show(tables, claim, key)
    facts = facts_of(tables.rules, claim, place_labels(found).iloc[0], state.language())
    st.html(evidence.facts_html([*_checks(tables, claim_id), *facts]))
    opens = not here and st.button(t("evidence.open"), key=f"open-{key}{claim_id}", icon=":material/article:")
    if opens:
        open_document(str(claim["document"]), int(claim["start"]))


def _checks(tables: Tables, claim_id: str) -> list[tuple[str, str, bool]]:
    """What the checks say about a claim, as facts: each with how serious it is."""
    language = state.language()
    found = tables.store.rows("findings").where("list_contains(string_split(claims, ';'), ?)", claim_id).frame()
    levels = [word_of("severity", level, language) for level in found["severity"]]
    return [
        (t("evidence.check"), f"{level} · {words}", False) for level, words in zip(levels, found[language], strict=True)
    ]


def open_document(name: str, at: int = -1) -> None:
    """Go to the Documents page with `name` chosen, at the number that begins at the character `at`."""
    state.choose("document", [name])
    state.choose("at", [str(at)] if at >= 0 else [])
    state.go("documents")
