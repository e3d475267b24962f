"""The sections of a report around its comparison: headline figures, coverage, findings, documents, versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicators import charts
from indicators.app import citing, covered, evidence
from indicators.app.findings import undated
from indicators.app.report.contents import Contents
from indicators.app.report.figures import Figures
from indicators.app.report.markup import Html, cut, element, fold, join, link, table, text
from indicators.app.words import Language, word, word_of
from indicators.table import queries

_ROWS = 500
_DOCUMENTS = ("document", "title", "source", "published", "written", "place", "claims", "status")


def headline(contents: Contents, language: Language) -> Html:
    """Six figures of the whole corpus."""
    figures = covered.headline(contents.documents, contents.quantities, contents.claims)
    cells = [
        element("div", element("dt", text(word(f"headline.{name}", language))), element("dd", text(f"{count:,}")))
        for name, count in figures.items()
    ]
    return element("dl", *cells, class_="headline")


def numbers(contents: Contents, language: Language, figures: Figures) -> Html:
    """What became of every number."""
    found = covered.fate_bar(contents.quantities, language, charts.Look(chinese=language == "zh"))
    if found is None:
        return text("")
    figure, legend = found
    drawn = figures.place(figure, word("overview.fates", language), language, "")
    return join([Html(evidence.legend_html(legend)), drawn])


def coverage(contents: Contents, language: Language, figures: Figures) -> Html:
    """Which county reports what; a cell leads to the first sentence behind it."""
    look = charts.Look(chinese=language == "zh")
    cells = covered.cells(contents.claims, contents.quantities, contents.quantities)
    if cells.empty:
        return element("p", text(word("empty.coverage", language)), class_="quiet")
    cells = covered.worded(cells, contents.rules, language)
    legend = covered.states_legend(language, look)
    title = word("overview.coverage", language)
    drawn = figures.place(charts.coverage(cells, look), title, language, f"{language}-cell")
    return join([Html(evidence.legend_html(legend)), drawn])


def findings(contents: Contents, language: Language) -> Html:
    """What the checks say, the gravest first, each with its sentences; and what no rule captured."""
    free = len(queries.unclaimed(contents.quantities))
    lines = [(free, "unclaimed"), (len(undated(contents.claims)), "undated")]
    counts = [element("li", text(f"{count:,} {word(f'finding.{name}', language)}")) for count, name in lines if count]
    parts = [element("ul", *counts)] if counts else []
    rank = contents.findings["severity"].map({"error": 0, "warning": 1}).fillna(2)
    rows = contents.findings.assign(rank=rank).sort_values(["rank", "document", "start"], kind="stable")
    if rows.empty:
        parts.append(element("p", text(word("findings.none", language))))
        return join(parts)
    heads = [word(f"column.{head}", language) for head in ("severity", "message", "document", "sentence")]
    known = set(contents.sources()["claim_id"])
    cells = (
        [
            text(word_of("severity", row["severity"], language)),
            text(row[language]),
            text(row["document"]),
            join(_links(str(row["claims"]).split(";"), known, language), " "),
        ]
        for row in rows.head(_ROWS).to_dict("records")
    )
    return join([*parts, table(heads, cells), *cut(_ROWS, len(rows), language)])


def _links(ids: Sequence[str], known: set[str], language: Language) -> Iterator[Html]:
    for number, claim_id in enumerate((one for one in ids if one in known), start=1):
        yield link(f"{language}-claim-{claim_id}", f"[{number}]")


def documents(contents: Contents, language: Language) -> Html:
    """The corpus, refused files too."""
    heads = [word(f"column.{name}", language) for name in _DOCUMENTS]
    rows = contents.documents.frame(limit=_ROWS).to_dict("records")
    cells = (
        [text(word_of("status", row[name], language) if name == "status" else row[name]) for name in _DOCUMENTS]
        for row in rows
    )
    count = len(contents.documents)
    left = cut(_ROWS, count, language)
    return fold(word("report.documents", language, count=count), table(heads, cells, (6,)), *left)


def versions(contents: Contents, language: Language, title: str) -> Html:
    """What the figures were made of, and how to cite them."""
    rows = [(word(f"part.{name}", language), value) for name, value in contents.versions.items()]
    heads = [word("download.part", language), word("download.part.version", language)]
    cite = citing.bibtex(title, contents.versions["data_version"], contents.made, contents.claims, contents.documents)
    listed = table(heads, ([text(name), element("code", text(value))] for name, value in rows))
    return join([listed, element("pre", text(cite))])
