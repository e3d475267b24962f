"""Pieces of HTML. Every function escapes what it is given, but for arguments called `html`, which are HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NewType

from indicators.app.words import Language, word

Html = NewType("Html", str)


def text(words: object) -> Html:
    """Words as HTML."""
    return Html(escape(str(words)))


def element(name: str, *html: Html, **attributes: str) -> Html:
    """An element with its attributes (`class_` for class, `data_x` for data-x) around pieces of HTML."""
    named = (f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{''.join(named)}>{''.join(html)}</{name}>")


def join(html: Iterable[Html], between: str = "\n") -> Html:
    """Pieces one after the other."""
    return Html(between.join(html))


def link(target: str, words: object) -> Html:
    """A link to a place on this page."""
    return element("a", text(words), href=f"#{target}")


def table(heads: Sequence[str], rows: Iterable[Sequence[Html]], numeric: Iterable[int] = ()) -> Html:
    """A table that scrolls by itself on a narrow screen; `numeric` columns stand to the right."""
    right = set(numeric)
    head = join((element("th", text(words), scope="col") for words in heads), "")
    body = join(
        element("tr", *(element("td", cell, **({"class_": "n"} if at in right else {})) for at, cell in enumerate(row)))
        for row in rows
    )
    whole = element("table", element("thead", element("tr", head)), element("tbody", body))
    return element("div", whole, class_="scroll", tabindex="0")


def cut(shown: int, rows: int, language: Language) -> list[Html]:
    """A line that says how many of the rows are shown; nothing where all are."""
    words = word("report.cut", language, shown=shown, rows=rows)
    return [element("p", text(words), class_="quiet")] if rows > shown else []


def fold(summary: str, *html: Html) -> Html:
    """Pieces that open at a click."""
    return element("details", element("summary", text(summary)), *html)
