"""The page of a report: one file with its script, its style and its data, which asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib import resources

from indicators.app import evidence
from indicators.app.report.comparison import comparison
from indicators.app.report.contents import Contents
from indicators.app.report.figures import Figures
from indicators.app.report.markup import Html, element, join, link, text
from indicators.app.report.sections import coverage, documents, findings, headline, numbers, versions
from indicators.app.report.sources import sources
from indicators.app.words import LANGUAGES, Language, word

# The page runs its own two scripts, told by their hashes, and loads nothing: not even a word of a document that the
# escaping had missed could run or call out.
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
_CODES = {"zh": "zh-CN", "en": "en"}


def report_html(contents: Contents, title: str, languages: Sequence[Language] = LANGUAGES) -> str:
    """The page, in the first of `languages` at first; a switch leads to the others."""
    from plotly.offline import get_plotlyjs

    figures = Figures()
    bodies = [_body(contents, title, language, figures, first=language == languages[0]) for language in languages]
    plotly, own = get_plotlyjs(), _beside("report.js")
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in (plotly, own))
    head = [
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(scripts=hashes)}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", text(f"{title} · {contents.versions['data_version']}")),
        Html(evidence.style()),
        Html(f"<style>{_beside('report.css')}</style>"),
    ]
    body = [
        _switch(languages),
        *bodies,
        Html(f'<script type="application/json" id="figures">{figures.data()}</script>'),
        Html(f"<script>{plotly}</script>"),
        Html(f"<script>{own}</script>"),
    ]
    whole = element("html", element("head", *head), element("body", *body), lang=_CODES[languages[0]])
    return f"<!doctype html>\n{whole}\n"


def _body(contents: Contents, title: str, language: Language, figures: Figures, first: bool) -> Html:
    """All sections in one language, with their table of contents."""
    sections = (
        ("numbers", word("overview.fates", language), numbers(contents, language, figures)),
        ("coverage", word("overview.coverage", language), coverage(contents, language, figures)),
        ("compare", word("page.compare", language), comparison(contents, language, figures)),
        ("findings", word("overview.findings", language), findings(contents, language)),
        ("documents", word("overview.corpus", language), documents(contents, language)),
        ("sources", word("report.sources", language), sources(contents, language)),
        ("versions", word("download.cite", language), versions(contents, language, title)),
    )
    made = word("report.made", language, made=contents.made, version=contents.versions["data_version"])
    parts = [
        element("h1", text(title)),
        element("p", text(made), class_="quiet"),
        element("p", text(word("report.about", language)), class_="quiet"),
        element("nav", join((link(f"{language}-{name}", words) for name, words, _ in sections), " ")),
        headline(contents, language),
    ]
    parts += [
        element("section", element("h2", text(words)), html, id=f"{language}-{name}") for name, words, html in sections
    ]
    hidden = {} if first else {"hidden": ""}
    return element("main", *parts, lang=_CODES[language], data_language=language, **hidden)


def _switch(languages: Sequence[Language]) -> Html:
    if len(languages) == 1:
        return text("")
    buttons = (
        element("button", text(word("language", one)), type="button", data_language=one, lang=_CODES[one])
        for one in languages
    )
    return element("div", *buttons, class_="switch", role="group")


def _beside(name: str) -> str:
    return resources.files("indicators.app.report").joinpath(name).read_text("utf-8")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
