"""Rules: every indicator with its definition, patterns, examples and what it captured; config.yaml to edit."""

from __future__ import annotations

from typing import Any

import streamlit as st

from indicators.app import loading, problems, rulebook, showing, state, workbench
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import name_of, word_of
from indicators.errors import IndicatorsError

CLAIM = ["value", "unit", "sentence", "county", "town", "qualifier", "period_start", "period_end", "rule", "document"]


def show() -> None:
    """Draw the page; where config.yaml is broken, the editor alone."""
    showing.heading("rules")
    try:
        tables = loading.current()
    except IndicatorsError:
        workbench.show(None)
        return
    views = ["list", "edit"] if tables.project else ["list"]
    if state.chosen("draft"):
        state.choose("view", ["edit"])
    view = state.pick_one("view", views, lambda code: t(f"rules.view.{code}"), "list", "segmented_control")
    if view == "edit":
        workbench.show(tables)
    else:
        browse(tables)


def browse(tables: Tables) -> None:
    """Indicators by topic with the number of claims of each; one of them in full."""
    language, rules = state.language(), tables.rules
    every = rulebook.indicators(rules)
    if not every:
        problems.empty("empty.rules")
        return
    counts = rulebook.captured(tables.claims, every)
    topics = set(state.chosen("topic"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        listed = [entry for entry in rulebook.by_topic(rules) if not topics or entry[0] in topics]
        st.caption(t("rules.count", count=sum(len(members) for _, members in listed)))
        for topic, members in listed:
            hit = sum(1 for entry in members if counts[entry.id])
            name = rulebook.topic_name(rules, topic, language) or t("topic.none")
            with st.expander(f"{name} · {hit}/{len(members)}", expanded=len(listed) < 3):
                for entry in members:
                    label = f"{name_of(entry.name, language, entry.id)} ({counts[entry.id]})"
                    st.button(label, key=f"rule-{entry.id}", on_click=choose, args=(entry.id,), type="tertiary")
    with right:
        ids = list(every)
        best = max(ids, key=lambda name: counts[name])
        chosen = state.pick_one(
            "rule", ids, lambda code: f"{rulebook.indicator_name(rules, code, language)} · {code}", best
        )
        card(tables, every[chosen])


def choose(name: str) -> None:
    """Show the indicator `name`."""
    state.choose("rule", [name])


def edit(line: int) -> None:
    """Open the editor at a line."""
    state.choose("view", ["edit"])
    state.choose("line", [str(line)])


def card(tables: Tables, entry: Any) -> None:
    """One indicator: names, definition, patterns, examples, rejects, and its claims with their sentences."""
    language = state.language()
    other = name_of(entry.name, "en" if language == "zh" else "zh")
    st.subheader(name_of(entry.name, language, entry.id))
    parts = [other, word_of("kind", entry.kind, language), entry.unit]
    parts += [word_of("time", entry.time, language)] if entry.time else []
    parts += [word_of("basis", entry.basis, language)] if entry.basis else []
    st.caption(" · ".join(dict.fromkeys(part for part in parts if part)))
    pack, line = rulebook.written_at(tables.rules, entry.id) if tables.project else ("", 0)
    if pack:
        st.caption(t("editor.from_pack", pack=pack))
    elif line:
        st.button(t("editor.edit_this"), icon=":material/edit:", on_click=edit, args=(line,))
    for words in rulebook.definition(tables.rules, entry.id, language):
        st.markdown(words)
    st.markdown(f"**{t('rules.patterns')}**")
    st.code(
        "\n".join(f"{number}  {pattern}" for number, pattern in enumerate(entry.patterns, 1)),
        language=None,
        wrap_lines=True,
    )
    if entry.unless:
        st.markdown(f"**{t('rules.unless')}**")
        st.code("\n".join(entry.unless), language=None, wrap_lines=True)
    st.markdown(f"**{t('rules.examples')}**")
    lines = [
        f"✓ {example.text} → {'、'.join(f'{value:,.10g}' for value in example.expected)}" for example in entry.examples
    ]
    st.text("\n".join([*lines, *(f"✗ {text}" for text in entry.rejects)]) or t("rules.no_examples"))
    claims = tables.claims.where("indicator = ?", entry.id)
    st.markdown(f"**{t('rules.captured', count=len(claims))}**")
    if claims.empty:
        problems.empty("empty.captured")
        return
    row = showing.show_rows(claims, CLAIM, f"captured-{entry.id}", choose=True)
    if row is not None:
        showing.show_claim(tables, str(row["claim_id"]))


if __name__ == "__main__":
    show()
