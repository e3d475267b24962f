"""Web pages -> text: the body where trafilatura finds it, tables row by row; title, source and date read by ourselves.

trafilatura's dates are not used: it takes those of related news. The page's own words beside the title come first
(发布时间, 来源), then the marks that government sites write into the head (PubDate, ContentSource); `published_from`
says which, as `text` or as `meta PubDate`. Nothing is fetched.
"""

from __future__ import annotations

import re
from typing import Any

from indicators.reading.datewords import iso_date
from indicators.reading.encodings import Decoded, decode, plausible
from indicators.reading.formats import Extracted
from indicators.reading.guessing import guess
from indicators.reading.html_lines import apart_from_digits, own_text, visible_lines
from indicators.reading.limits import LIMITS, check
from indicators.reading.tables_as_text import holds_figures, table_lines

_DECLARED = re.compile(rb"""<(?:meta[^<>]{0,200}?charset|\?xml[^<>]{0,100}?encoding)\s*=\s*["']?\s*([\w-]+)""", re.I)
# What browsers take these labels for (encoding.spec.whatwg.org): supersets of what is declared.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_MARKUP = re.compile(rb"<(?:script|style)\b[^<]*|<[^<>]*>", re.I)
_TITLES = ("articletitle", "og:title")
_SOURCES = ("contentsource", "source", "article:source")
_DATES = ("pubdate", "article:published_time", "publishdate", "datepublished", "publish_time")
_VALUE = r"""=\s*+(?:"[^"]*+"|'[^']*+')"""
_TAG = re.compile(rf"<[A-Za-z](?:[^>=]++|{_VALUE}|=)*+")
_BESIDE = 12  # lines after the title in which the page says when and by whom it was published


def extract(data: bytes) -> Extracted:
    """The text of a web page; raises ReadingError for what is no text and for a page over a limit."""
    check("html_bytes", len(data))
    markup, encoding = decode_html(data)
    from lxml import html  # type: ignore[import-untyped]

    _check_attributes(markup)
    markup = re.sub(r"^\s*<\?xml[^<>]*\?>", "", markup).replace("\x00", "")
    tree = html.document_fromstring(markup.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8"))
    for element in tree.xpath("//script|//style|//noscript|//template"):
        element.drop_tree()
    apart_from_digits(tree)
    marks = _marks(tree)
    lines = [line.text for line in visible_lines(tree)]
    title, title_from = _title(tree, marks, lines)
    at = next((index for index, line in enumerate(lines) if title and title in line), -1)
    said = guess("\n".join(lines[at + 1 : at + 1 + _BESIDE]))
    source, source_from = (said.source, "text") if said.source else _mark(marks, _SOURCES)
    published, published_from = (said.published, "text") if said.published else _date_mark(marks)
    _tables_to_lines(tree, title)
    text, left_out = own_text(visible_lines(tree), _body(tree))
    note = f"{left_out} lines with figures beside the text are left out / 正文之外有 {left_out} 行数字未读取" * bool(
        left_out
    )
    return Extracted(text, encoding, title, title_from, source, source_from, published, published_from, note)


def _check_attributes(markup: str) -> None:
    """Raise ReadingError for a tag of more attributes than the parser can take."""
    for tag in _TAG.finditer(markup):
        if tag.end() - tag.start() > LIMITS["html_attributes"]:
            check("html_attributes", len(re.sub(_VALUE, " ", tag[0]).replace("/", " ").split()))


def decode_html(data: bytes) -> Decoded:
    """The page as characters: byte order mark, then valid UTF-8, then what it declares if plausible, else a guess.

    The encoding says so where the page declares another one.
    """
    found = _DECLARED.search(data[:4096])
    label = found[1].decode("ascii").lower() if found else ""
    declared = _SUPERSETS.get(label, label)
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4096]:
        return decode(data)
    words = _MARKUP.sub(b" ", data)
    _, encoding = _by_declaration(words, declared) or decode(words if words.strip() else data)
    codec = encoding.partition(",")[0]
    if declared and codec != declared and not words.isascii():
        encoding += f", declared {label}"
    return Decoded(data.decode(codec, "replace"), encoding)


def _by_declaration(words: bytes, declared: str) -> Decoded | None:
    for encoding in ("utf-8", declared):
        if encoding in ("", "iso-8859-1", "us-ascii", "ascii", "windows-1252"):  # written by tools that did not know
            continue
        try:
            text = words.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        beyond = re.sub(r"[\x00-\x7f]+", "", text)
        if plausible(beyond):
            return Decoded(text, encoding)
    return None


def _marks(tree: Any) -> dict[str, tuple[str, str]]:
    """What the head says, by name in lower case: its words, and the name as written."""
    marks: dict[str, tuple[str, str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip()
        words = re.sub(r"\s+", " ", meta.get("content") or "").strip()
        if name and words:
            marks.setdefault(name.lower(), (words, name))
    return marks


def _mark(marks: dict[str, tuple[str, str]], names: tuple[str, ...]) -> tuple[str, str]:
    return next(((marks[name][0], f"meta {marks[name][1]}") for name in names if name in marks), ("", ""))


def _date_mark(marks: dict[str, tuple[str, str]]) -> tuple[str, str]:
    for name in _DATES:
        if name in marks and (day := iso_date(marks[name][0])):
            return day, f"meta {marks[name][1]}"
    return "", ""


def _title(tree: Any, marks: dict[str, tuple[str, str]], lines: list[str]) -> tuple[str, str]:
    """The title: the mark of the head, else the only h1, else the page's title without the site's name.

    A site's name behind a mere hyphen is left away where the rest is a line of the page (`lines`).
    """
    title, where = _mark(marks, _TITLES)
    if title:
        return title, where
    headings = [words for h1 in tree.iter("h1") if (words := _words(h1))]
    if len(headings) == 1:
        return headings[0], "h1"
    words = next((_words(element) for element in tree.iter("title")), "")
    words = re.split(r"\s*[_|]\s*|\s+[-–—]+\s*|--+", words)[0]
    ends = [found.start() for found in re.finditer(r"\s*[-–—－]", words)]
    words = next((words[:end] for end in reversed(ends) if words[:end] in lines), words)
    return (words, "title") if words else ("", "")


def _words(element: Any) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def _body(tree: Any) -> str:
    from lxml import html
    from trafilatura import extract as body_of

    return body_of(html.tostring(tree, encoding="unicode"), include_comments=False, include_tables=True) or ""


def _tables_to_lines(tree: Any, title: str) -> None:
    """Put a paragraph for each row in the place of a table of figures; tables that lay out a page stay."""
    from lxml import html

    for table in list(tree.iter("table")):
        grid = _grid(table)
        if not grid:
            continue
        captions = [_words(caption) for caption in table.xpath("./caption")]
        before = table.getprevious()
        text = before.text_content() if before is not None and isinstance(before.tag, str) else ""
        above = [*captions, *filter(None, map(str.strip, reversed(text.split("\n"))))][:2]
        parent, at = table.getparent(), table.getparent().index(table)
        for offset, line in enumerate([*captions, *table_lines(grid, [*above, title])]):
            paragraph = html.Element("p")
            paragraph.text = line
            parent.insert(at + offset, paragraph)
        table.drop_tree()


def _grid(table: Any) -> list[list[str | None]]:
    """The cells of a table of figures; [] for one that lays out a page."""
    if table.xpath(".//table") or table.getparent() is None:
        return []
    rows: list[list[str | None]] = []
    covered: dict[int, tuple[int, str | None]] = {}  # column -> rows that a cell from above goes over still, its words
    for row in table.iter("tr"):
        cells: list[str | None] = []
        for cell in row.xpath("./td|./th"):
            _fill(cells, covered)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for words in [_words(cell), *[None] * (wide - 1)]:
                if high > 1:
                    covered[len(cells)] = (high - 1, words)
                cells.append(words)
        _fill(cells, covered)
        rows.append(cells)
    return rows if holds_figures(rows) else []


def _span(cell: Any, key: str) -> int:
    number = cell.get(key, "1").strip()
    return max(1, min(100, int(number))) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _fill(cells: list[str | None], covered: dict[int, tuple[int, str | None]]) -> None:
    """Append the cells that come down from rows above."""
    while len(cells) in covered:
        rows, words = covered.pop(len(cells))
        if rows > 1:
            covered[len(cells)] = (rows - 1, words)
        cells.append(words)
