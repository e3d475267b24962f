"""The lines that a reader of a web page sees, and which of them are the page's own text.

trafilatura tells text from menus well, but drops headings that hold little but a number, captions, remarks and forms.
So it is asked only where the text is: every line between the first and the last that it found, and every line of the
element that holds nearly all of them, is text, lists of links and what HTML itself calls navigation aside. Lines
elsewhere that hold figures are counted, and the document says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "dd", "dt", "dl", "section", "article",
    "header", "footer", "main", "nav", "aside", "td", "th", "table", "caption", "ul", "ol", "pre", "blockquote",
    "figure", "figcaption", "details", "summary", "form", "fieldset", "legend", "option", "select", "hr",
    "address", "center",
})  # fmt: skip
_BESIDE_TEXT = frozenset(["nav", "footer", "select", "button", "menu"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DIGIT = re.compile(r"\d")
_LONG = 8  # characters without white space: a line as long as that is found by chance in no text
_DEPTH = 100  # of nested elements that are looked at
_MOST = 0.8  # of the characters that were found: an element that holds as many is the article


@dataclass(frozen=True, slots=True)
class Line:
    """A line as seen, white space collapsed; `linked` characters of it are links; `inside` which elements it is."""

    text: str
    linked: int
    inside: tuple[Any, ...]  # from the body inwards, where the line begins

    @property
    def flat(self) -> str:
        """The line without any white space."""
        return re.sub(r"\s+", "", self.text)

    @property
    def is_link(self) -> bool:
        """Whether half of it or more is links, as in menus and lists of other articles."""
        return self.linked * 2 >= len(self.flat)


def visible_lines(tree: Any) -> list[Line]:
    """The lines that a reader of the page sees, in order, without empty ones."""
    from lxml import etree  # type: ignore[import-untyped]

    body = tree.find("body")
    writer = _Writer()
    for event, element in etree.iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            writer.begin(element, tag)
        elif event == "end":
            writer.end(element, tag)
        else:
            writer.add(element.tail or "")
    writer.break_line()
    return writer.lines


class _Writer:
    """Puts the pieces of a page together to lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = self._links = self._hidden = self._verbatim = 0
        self._inside: list[Any] = []
        self._begun: tuple[Any, ...] = ()

    def begin(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS or tag == "br":
            self.break_line()
        self._inside.append(element)
        self._links += tag == "a"
        self._verbatim += tag == "pre"
        self._hidden += _is_hidden(element)
        self.add(element.text or "")

    def end(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS:
            self.break_line()
        self._inside.pop()
        self._links -= tag == "a"
        self._verbatim -= tag == "pre"
        self._hidden -= _is_hidden(element)
        self.add(element.tail or "")

    def add(self, words: str) -> None:
        if self._hidden or not words:
            return
        first, *others = words.split("\n") if self._verbatim else [words]
        self._put(first)
        for other in others:
            self.break_line()
            self._put(other)

    def _put(self, words: str) -> None:
        if not self._begun and words.strip():
            self._begun = tuple(self._inside[:_DEPTH])
        self._linked += len(re.sub(r"\s+", "", words)) if self._links else 0
        self._pieces.append(words)

    def break_line(self) -> None:
        if text := re.sub(r"\s+", " ", "".join(self._pieces)).strip():
            self.lines.append(Line(text, self._linked, self._begun))
        self._pieces, self._linked, self._begun = [], 0, ()


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def own_text(lines: Sequence[Line], found: str) -> tuple[str, int]:
    """The page's own text, given what trafilatura `found`, and how many lines with figures were left out of it."""
    flat = re.sub(r"[\s|\\]+", "", found)
    pieces = {re.sub(r"[\s|\\]+", "", piece).removeprefix("-") for piece in found.split("\n")}
    bare = [re.sub(r"[|\\]", "", line.flat) for line in lines]
    sure = [words.removeprefix("-") in pieces or (len(words) >= _LONG and words in flat) for words in bare]
    links = _lists_of_links(lines)
    sure = _without_long_lists(lines, sure, links)
    if not any(sure):
        sure = [True] * len(lines)
    whole = [index for index, yes in enumerate(sure) if yes]
    between = range(whole[0], whole[-1] + 1) if whole else range(0)
    article = _article([line for line, yes in zip(lines, sure, strict=True) if yes])
    kept, left_out = [], 0
    for index, (line, yes) in enumerate(zip(lines, sure, strict=True)):
        near = index in between or (article is not None and any(one is article for one in line.inside))
        beside = links[index] or any(one.tag in _BESIDE_TEXT for one in line.inside)
        if yes or (near and not beside):
            kept.append(line.text)
        elif _DIGIT.search(line.text):
            left_out += 1
    return "\n".join(kept), left_out


def _article(lines: Sequence[Line]) -> Any:
    """The innermost element that holds nearly all of these lines; None where that is the whole page."""
    sizes: dict[Any, int] = {}
    order: dict[Any, int] = {}
    for line in lines:
        for depth, element in enumerate(line.inside):
            sizes[element] = sizes.get(element, 0) + len(line.flat)
            order[element] = depth
    whole = sum(len(line.flat) for line in lines)
    large = [element for element, size in sizes.items() if size >= _MOST * whole]
    inner = max(large, key=lambda element: order[element], default=None)
    return None if inner is None or inner.tag in ("body", "html") else inner


def _lists_of_links(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it and one beside it lead elsewhere."""
    marks = [False, *(line.is_link for line in lines), False]
    return [own and (before or after) for before, own, after in zip(marks, marks[1:], marks[2:], strict=False)]


def _without_long_lists(lines: Sequence[Line], sure: list[bool], links: Sequence[bool]) -> list[bool]:
    """What was found, without three or more lines in a row before or after all sentences that lead elsewhere.

    Of a short article's page trafilatura takes all, its menus and lists of other articles too.
    """
    listed: list[bool] = []
    for own, run in groupby(links):
        length = len(list(run))
        listed += [own and length > 2] * length
    prose = [at for at, line in enumerate(lines) if sure[at] and not listed[at] and "。" in line.text]
    if not prose:
        return sure
    return [yes and (prose[0] < at < prose[-1] or not listed[at]) for at, yes in enumerate(sure)]


def apart_from_digits(tree: Any) -> None:
    """Put ^ or _ before a raised or lowered number that follows a digit: 10<sup>3</sup> is not 103."""
    for element in tree.iter("sup", "sub"):
        words = element.text_content().strip()
        if words[:1].isdigit() and _before(element)[-1:].isdigit():
            element.text = ("^" if element.tag == "sup" else "_") + (element.text or "").lstrip()


def _before(element: Any) -> str:
    """The words right before an element, of the line that it stands in."""
    earlier = element.getprevious()
    if earlier is None:
        return str(element.getparent().text or "")
    own = earlier.text_content() if isinstance(earlier.tag, str) and earlier.tag not in _BLOCKS else ""
    return own + (earlier.tail or "")
