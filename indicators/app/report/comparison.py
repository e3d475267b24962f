"""The comparison of a report: per indicator and level a chart of two places and more, and the table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from indicators import charts
from indicators.app import comparing, rulebook
from indicators.app.comparing import Ranking
from indicators.app.report.contents import Contents
from indicators.app.report.figures import Figures
from indicators.app.report.markup import Html, cut, element, fold, join, link, table, text
from indicators.app.selection import counties, place_labels
from indicators.app.words import Language, word, word_of

ROWS = 200
_HEADS = ("place", "value", "interval", "period", "sources", "sentence")


def comparison(contents: Contents, language: Language, figures: Figures) -> Html:
    """One section an indicator: first those that several places report, then the others by topic."""
    levels = contents.levels()
    shared = [indicator for indicator, places in levels.items() if max(places.values()) > 1]
    groups = [(word("report.shared", language), shared)]
    for topic, members in rulebook.by_topic(contents.rules):
        name = rulebook.topic_name(contents.rules, topic, language) if topic else word("topic.none", language)
        groups.append((name, [one.id for one in members if one.id in levels and one.id not in shared]))
    colours = charts.county_colours(list(counties(contents.quantities)["county_code"]))
    parts = []
    for name, own in groups:
        parts += [element("h3", text(name))] if own else []
        parts += [_indicator(contents, one, levels[one], language, figures, colours) for one in own]
    left = len(contents.comparable.values("indicator")) - len(levels)
    if left:
        parts.append(element("p", text(word("report.more_indicators", language, count=left)), class_="quiet"))
    return join(parts)


def _indicator(
    contents: Contents,
    indicator: str,
    levels: Iterable[str],
    language: Language,
    figures: Figures,
    colours: dict[str, str],
) -> Html:
    rules = contents.rules
    name = rulebook.indicator_name(rules, indicator, language)
    parts = [element("h4", text(name), element("code", text(indicator)))]
    parts += [element("p", text(line), class_="quiet") for line in rulebook.definition(rules, indicator, language)]
    for level in levels:
        own, narrow = comparing.of_indicator(contents.comparable, contents.claims, indicator, level)
        for ranking in comparing.rankings(own, narrow, indicator, level, language, colours):
            parts += _ranking(ranking, name, level, language, figures)
    parts += _rates(contents.rates, indicator, language)
    return element("section", *parts, class_="indicator", id=f"{language}-indicator-{indicator}")


def _ranking(ranking: Ranking, name: str, level: str, language: Language, figures: Figures) -> Iterator[Html]:
    """Chart and table of one ranking; a place alone is a table, not a bar."""
    title = f"{word_of('level', level, language)} · {comparing.title_of(ranking, language)}"
    look, sentences = charts.Look(chinese=language == "zh"), f"{language}-claim-"
    if ranking.places > 1:
        drawn = charts.compare(ranking.latest, title, ranking.unit, look)
        yield figures.place(drawn, f"{name} {title}", language, sentences)
    else:
        yield element("p", text(title), class_="ranking")
    if ranking.spans_years:
        over = word("compare.time", language)
        drawn = charts.over_time(ranking.dated, over, ranking.unit, look)
        yield figures.place(drawn, f"{name} {over}", language, sentences)
    rows = table([word(f"column.{head}", language) for head in _HEADS], _rows(ranking.rows, language), (1, 2, 4))
    if ranking.places == 1:
        yield rows
    else:
        yield fold(word("compare.table", language, rows=len(ranking.rows)), rows)
    yield from cut(ROWS, len(ranking.rows), language)


def _rows(rows: pd.DataFrame, language: Language) -> Iterator[list[Html]]:
    for row in rows.head(ROWS).to_dict("records"):
        low, high = (charts.readable(row[name], row["unit"], language == "zh") for name in ("value_low", "value_high"))
        exact = row["value_low"] == row["value_high"]
        sources = str(row["sources"]) + (f" · {word('column.conflict', language)}" if row["conflict"] else "")
        yield [
            text(row["place"]),
            element("strong", text(row["label"])),
            text("" if exact else f"{low or '−∞'} … {high or '∞'}"),
            text(row["period"]),
            text(sources),
            _proof(row["claim_id"], language),
        ]


def _rates(rates: pd.DataFrame, indicator: str, language: Language) -> Iterator[Html]:
    """The table of an indicator over its declared denominators."""
    rows = rates[rates["indicator"] == indicator]
    if rows.empty:
        return
    heads = [word(f"column.{head}", language) for head in ("place", "period", "rate", "sentence")]
    shown = rows.head(ROWS).assign(place=place_labels(rows), words=rows["shown" if language == "zh" else "shown_en"])
    cells = (
        [
            text(row["place"]),
            text(str(row["period_end"])[:4]),
            text(row["words"]),
            _proof(row["claim_id"], language),
        ]
        for row in shown.to_dict("records")
    )
    yield fold(word("normalised.title", language), table(heads, cells))


def _proof(claim_id: object, language: Language) -> Html:
    """The link to a claim's sentence; nothing where there is no claim."""
    return link(f"{language}-claim-{claim_id}", word("report.sentence", language)) if claim_id else text("")
