"""What a change of the rules does, as HTML: claims gained, lost and changed with their sentences, rankings that move.

Everything that comes from a document or a rule is escaped. Kinds of change differ by sign and word, not only colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from indicators.app import evidence
from indicators.app.background.protocol import Move
from indicators.app.comparing import period_label
from indicators.app.selection import place_labels
from indicators.app.words import Language, word, word_of
from indicators.model import Document

SIGNS = {"gained": "+", "lost": "−", "changed": "~"}
STYLE = """<style>
.change{display:grid;grid-template-columns:1.4rem 1fr;gap:0 .5rem;padding:.45rem 0;border-bottom:1px solid %(edge)s}
.change b.sign{font-family:monospace;font-size:1.15rem;text-align:center;border-radius:3px;background:%(other)s;
 align-self:start}
.change.gained b.sign{background:%(number)s} .change.lost b.sign{background:%(unclaimed)s}
.change .facts-line{font-size:.88rem} .change .facts-line .quiet{color:%(quiet)s}
.change .said{line-height:1.75;overflow-wrap:anywhere} .change.lost mark{background:%(unclaimed)s}
.move{margin:.5rem 0 1rem;overflow-x:auto} .move p{margin:0 0 .25rem;font-weight:600}
.move p span{font-weight:400;color:%(quiet)s;font-size:.88rem}
.move table{border-collapse:collapse;font-size:.9rem;min-width:min(24rem,100%%)}
.move th,.move td{border-bottom:1px solid %(edge)s;padding:.2rem .8rem .2rem 0;text-align:left;font-weight:400}
.move th{color:%(quiet)s} .move td.moved{font-weight:600}
</style>"""


def style(dark: bool) -> str:
    """The style sheet of both lists."""
    return STYLE % evidence.colours(dark)


def claims_html(
    kind: str,
    claims: pd.DataFrame,
    names: Mapping[str, tuple[str, str]],
    documents: Mapping[str, Document],
    language: Language,
) -> str:
    """Claims of one kind of change, each with its sentence and the number in it marked.

    `claims`: rows of `difference` (columns CLAIMS; changed ones also `differs` and `<column>_before`). `names`:
    indicator id -> Chinese and English name.
    """
    places = list(place_labels(claims))
    rows = claims.to_dict("records")
    return "".join(
        f'<div class="change {kind}"><b class="sign" title="{escape(word(f"editor.kind.{kind}", language))}">'
        f"{SIGNS[kind]}</b><div>{_facts(row, place, names, language)}"
        f'<div class="said">{_sentence(row, documents.get(str(row["document"])))}</div></div></div>'
        for row, place in zip(rows, places, strict=True)
    )


def _facts(row: Mapping[Any, Any], place: str, names: Mapping[str, tuple[str, str]], language: Language) -> str:
    """One line: indicator, value (before and after), place, period, rule, document."""
    value = f"{row['value']:,.10g} {row['unit']}"
    differs = str(row.get("differs", "")).split(";")
    if "value" in differs or "unit" in differs:
        value = f"{row['value_before']:,.10g} {row['unit_before']} → {value}"
    period = period_label(row, language)
    if "period" in differs:
        before = {name: row[f"{name}_before"] for name in ("period_start", "period_end")}
        period = f"{period_label(before, language)} → {period}"
    if "place" in differs:
        levels = ("province", "city", "county", "town", "village")
        old = next((str(row[f"{name}_before"]) for name in reversed(levels) if row[f"{name}_before"]), "—")
        place = f"{old} → {place}"
    name = name_of(names, str(row["indicator"]), language)
    quiet = " · ".join(str(part) for part in (place, period, row["rule"], row["document"]) if part)
    line = f'<b>{escape(name)}</b> {escape(value)} <span class="quiet">{escape(quiet)}</span>'
    return f'<div class="facts-line">{line}</div>'


def name_of(names: Mapping[str, tuple[str, str]], id_: str, language: Language) -> str:
    """The name of an indicator, its id where it has none."""
    chinese, english = names.get(id_, ("", ""))
    return (english if language == "en" else "") or chinese or id_


def _sentence(row: Mapping[Any, Any], document: Document | None) -> str:
    """The sentence with its number marked; as stored where the document is gone."""
    start, end = int(row["start"]), int(row["end"])
    if document is None or document.text[start:end] != row["text"]:
        return escape(str(row["sentence"]))
    low, high = evidence.bounds(document.text, str(row["sentence"]), start, end)
    return evidence.marked(document.text, [(start, end, "number", "")], low, high)


def move_html(move: Move, names: Mapping[str, tuple[str, str]], language: Language) -> str:
    """One ranking before and after: each place with its rank and value, in the new order, those that left it last.

    Places that share a value share a rank.
    """
    before, after = _ranks(move.before), _ranks(move.after)
    rows = []
    for place in dict.fromkeys([*after, *before]):
        old, new = before.get(place, "—"), after.get(place, "—")
        mark = ' class="moved"' if old != new else ""
        rows.append(f"<tr><td>{escape(place)}</td><td>{escape(old)}</td><td{mark}>{escape(new)}</td></tr>")
    parts = [word_of("level", move.level, language), move.unit]
    parts += [word_of("time", move.time, language), word_of("basis", move.basis, language)]
    parts.append(word("editor.moves.places", language, before=len(before), after=len(after)))
    head = "".join(
        f'<th scope="col">{escape(word(f"editor.moves.{name}", language))}</th>'
        for name in ("place", "before", "after")
    )
    title = escape(name_of(names, move.indicator, language))
    about = escape(" · ".join(part for part in parts if part))
    return (
        f'<div class="move"><p>{title} <span>{about}</span></p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _ranks(order: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Place -> its rank and value, "2. 38个"."""
    ranks: dict[str, str] = {}
    rank, last = 0, ""
    for position, (place, value) in enumerate(order, 1):
        rank, last = (rank, last) if value == last else (position, value)
        ranks[place] = f"{rank}. {value}"
    return ranks
