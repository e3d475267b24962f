"""The sources of a report: every claim with its sentence marked, and how it was read; under the document it is from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators.app import evidence
from indicators.app.facts import facts_of
from indicators.app.report.contents import Contents
from indicators.app.report.markup import Html, element, fold, join, text
from indicators.app.selection import place_labels
from indicators.app.words import Language, word


def sources(contents: Contents, language: Language) -> Html:
    """One entry a claim, whose anchor is LANGUAGE-claim-ID, grouped by document."""
    colours = evidence.colours(dark=False)
    kinds = {kind: word(f"mark.{kind}", language) for kind in ("number", "place", "date")}
    parts = [Html(evidence.legend_html([(colours[kind], name) for kind, name in kinds.items()]))]
    shown = contents.sources()
    shown = shown.assign(_place=place_labels(shown))
    for document, rows in shown.groupby("document", sort=False):
        title = " · ".join(str(rows.iloc[0][name]) for name in ("title", "source", "published") if rows.iloc[0][name])
        parts.append(element("h3", text(document)))
        parts.append(element("p", text(title), class_="quiet"))
        parts += [_entry(contents, row, language, kinds) for _, row in rows.iterrows()]
    left = len(contents.claims) - len(shown)
    if left:
        parts.append(element("p", text(word("report.more_claims", language, count=left)), class_="quiet"))
    return join(parts)


def _entry(contents: Contents, claim: pd.Series[Any], language: Language, kinds: dict[str, str]) -> Html:
    sentence = evidence.sentence_html(claim, contents.texts.get(str(claim["document"]), ""), kinds)
    facts = facts_of(contents.rules, claim, str(claim["_place"]), language)
    head = f"{facts[0][1]} · {facts[1][1]}"
    return element(
        "article",
        Html(sentence),
        fold(head, Html(evidence.facts_html(facts))),
        id=f"{language}-claim-{claim['claim_id']}",
        class_="claim",
        data_cell=f"{claim['indicator']}|{claim['county_code']}",
    )
