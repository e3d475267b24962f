"""From a claim back to its sentence: marked text as HTML. Everything that comes from a document is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd

from indicators.language import dates
from indicators.language.folding import fold

Mark = tuple[int, int, str, str]  # start, end (half-open, characters of the text), class of the mark, words on hover

MARKS = ("number", "place", "date")  # what is marked in a sentence

STYLE = """<style>
[data-testid="stMainBlockContainer"]{padding:3.2rem clamp(1rem,3vw,3rem) 3rem}
[data-tag],[data-tag] *,
[data-testid="stBaseButton-primary"]:enabled,[data-testid="stBaseButton-primary"]:enabled *{
 color:%(tag)s !important}
[data-testid="stCaptionContainer"],[data-testid="stCaptionContainer"] p{color:%(quiet)s !important;opacity:1 !important}
.st-key-coverage-map{overflow-x:auto}
.sentence{line-height:1.9;font-size:1.02rem;border-left:3px solid %(line)s;padding:.2rem 0 .2rem .9rem;margin:.2rem 0}
.sentence .around{color:%(quiet)s}
mark{color:inherit;border-radius:3px;padding:.05em .2em;background:%(other)s}
mark.number{background:%(number)s;font-weight:600} mark.claimed{background:%(number)s}
mark.unclaimed{background:%(unclaimed)s} mark.place{background:%(place)s} mark.date{background:%(date)s}
.legend{display:flex;flex-wrap:wrap;gap:.4rem 1rem;font-size:.85rem;margin:.1rem 0 .5rem}
.legend i{display:inline-block;width:.95em;height:.95em;border-radius:3px;margin-right:.4em;vertical-align:-.1em;
 border:1px solid %(edge)s}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;font-size:.9rem;margin:.3rem 0 .6rem}
.facts dt{color:%(quiet)s;margin:0} .facts dd{margin:0;overflow-wrap:anywhere}
.facts code{font-size:.85em;white-space:pre-wrap}
</style>"""

LIGHT = {
    "line": "#1b6b66", "quiet": "#5d696c", "other": "#e7eae8", "number": "#bfe3dd", "unclaimed": "#fbd9b5",
    "place": "#d6e0f5", "date": "#efe3b8", "edge": "#c4ccc8", "tag": "#ffffff",
}  # fmt: skip
DARK = {
    "line": "#6cc2b7", "quiet": "#a3afac", "other": "#30393b", "number": "#1d5e58", "unclaimed": "#74481a",
    "place": "#2f4674", "date": "#5b4f16", "edge": "#47524f", "tag": "#10201e",
}  # fmt: skip


def style() -> str:
    """The style sheet of marked text: it follows the theme at once, before the server hears that it changed."""
    return STYLE % {name: f"light-dark({LIGHT[name]},{DARK[name]})" for name in LIGHT}


def colours(dark: bool) -> dict[str, str]:
    """Background colour of each kind of mark."""
    return DARK if dark else LIGHT


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` as HTML with `marks` in it; marks that overlap an earlier one or leave the window are left out.

    >>> marked("a<b 53%", [(4, 7, "number", "53 %")])
    'a&lt;b <mark class="number" title="53 %">53%</mark>'
    """
    stop = len(text) if end is None else end
    parts, position = [], start
    for first, last, kind, words in sorted(marks):
        if first < position or last > stop or first >= last:
            continue
        parts.append(escape(text[position:first]))
        parts.append(f'<mark class="{escape(kind)}" title="{escape(words)}">{escape(text[first:last])}</mark>')
        position = last
    parts.append(escape(text[position:stop]))
    return "".join(parts)


def window(text: str, start: int, end: int, reach: int = 160) -> tuple[int, int]:
    """The sentence's neighbourhood: at most `reach` characters on each side, inside the paragraph."""
    low = max(text.rfind("\n", 0, start) + 1, start - reach)
    line_end = text.find("\n", end)
    return low, min(line_end if line_end >= 0 else len(text), end + reach)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where `text` has date expressions (2018年4月, 今年, 近三年), half-open in characters of it.

    >>> date_spans("自 2018 年 4 月起，今年建成")
    [(2, 12), (14, 16)]
    """
    folded = fold(text)
    return [(folded.start(found.start), folded.end(found.end)) for found in dates.scan(folded.text)]


def bounds(text: str, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds `text[start:end]` stands; the sentence may have lost its line breaks.

    >>> bounds("甲。乙有\\n3 个。", "乙有3 个。", 5, 8)
    (2, 9)
    """
    letters = [re.escape(letter) for letter in sentence if not letter.isspace()]
    for found in re.finditer(r"\s*".join(letters), text) if letters else ():
        if found.start() <= start and found.end() >= end:
            return found.span()
    return start, end


def sentence_html(claim: pd.Series[Any], text: str, words: dict[str, str]) -> str:
    """The claim's sentence between its neighbours, with number, place and dates marked in three colours.

    `text` is the document's; `words` names the kinds of mark. Where the document is gone or has changed, the sentence
    as stored stands alone, its number marked where its words stand there once.
    """
    start, end = int(claim["start"]), int(claim["end"])
    sentence, surface = str(claim["sentence"]), str(claim["text"])
    if text[start:end] != surface:
        if not surface or sentence.count(surface) != 1:
            return f'<div class="sentence">{escape(sentence)}</div>'
        text, start = sentence, sentence.index(surface)
        end = start + len(surface)
    low_sentence, high_sentence = bounds(text, sentence, start, end)
    low, high = window(text, low_sentence, high_sentence)
    marks: list[Mark] = [(start, end, "number", words["number"])]
    place = str(claim["place_as_written"])
    if place:
        at = text.rfind(place, low, start)
        at = at if at >= 0 else text.find(place, end, high)
        if at >= 0:
            marks.append((at, at + len(place), "place", words["place"]))
    marks += [
        (low + first, low + last, "date", words["date"])
        for first, last in date_spans(text[low:high])
        if not (first + low < end and last + low > start)
    ]
    before = marked(text, marks, low, low_sentence)
    inside = marked(text, marks, low_sentence, high_sentence)
    after = marked(text, marks, high_sentence, high)
    around = '<span class="around">{}</span>'
    return f'<div class="sentence">{around.format(before)}{inside}{around.format(after)}</div>'


def facts_html(facts: Iterable[tuple[str, str, bool]]) -> str:
    """A list of (name, value, is code) as HTML; facts without a value are left out."""
    lines = []
    for name, value, is_code in facts:
        if value:
            shown = f"<code>{escape(value)}</code>" if is_code else escape(value)
            lines.append(f"<dt>{escape(name)}</dt><dd>{shown}</dd>")
    return f'<dl class="facts">{"".join(lines)}</dl>'


def legend_html(entries: Iterable[tuple[str, str]]) -> str:
    """A legend of (colour, words)."""
    chips = "".join(
        f'<span><i style="background:{escape(colour)}"></i>{escape(name)}</span>' for colour, name in entries
    )
    return f'<div class="legend">{chips}</div>'
