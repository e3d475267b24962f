"""The folded view: the text as language and rules read it, with a map back to `Document.text`.

One folded character stands for one original character; others are dropped. Width and compatibility forms are folded
(１ -> 1, ％ -> %, ， -> ',', （ -> '(', ⽇ -> 日), spaces between Han, digits and units are dropped (171.59 亿 元),
zero-width characters vanish, soft line breaks are joined. A hard line break is one '\\n'. Patterns that users write
are folded the same way (`fold_pattern`), so 村（社区） and 村(社区) match each other.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

# Folding by NFKC would turn these into several characters or lose a distinction that texts make.
_KEEP = set("…—℃㎡㎥½¼¾①②③④⑤⑥⑦⑧⑨⑩")
# CJK Radicals Supplement has no NFKC form; the ones that PDF printers emit, from Unicode EquivalentUnifiedIdeograph.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳⼈⼊⼤⽅⽇⽉⽬⽓⽔⽕⽣⽤⽥⽩⽴",
        "母民虎西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟人入大方日月目气水火生用田白立",
        strict=True,
    )
)
# Invisible in print: control, zero-width and direction marks. They never separate two words.
_INVISIBLE = "\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_VISIBLE = re.compile(f"[^{_INVISIBLE}]")
_SPACE_RUN = re.compile(rf"[\s{_INVISIBLE}]+")


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """The folded form of one character, always one character.

    >>> fold_character("，"), fold_character("９"), fold_character("⽇")
    (',', '9', '日')
    """
    if character in _KEEP:
        return character
    if character in _RADICALS:
        return _RADICALS[character]
    if character in "–‒―－﹣−":
        return "—" if character in "–‒―" else "-"
    if character in "〜～∼﹏":
        return "~"
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


class _Table(dict[int, str]):
    """str.translate table that fills itself: only characters met are ever looked up."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_character(chr(code))
        return self[code]


_TABLE = _Table()
_CLOSED = '。.!?;:”’"』」》)]】…>—'


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the offset of the original character it stands for."""

    text: str
    origin: array[int]
    original: str

    def start(self, offset: int) -> int:
        """Offset in the original of the folded character at `offset` (end of text included)."""
        return self.origin[offset] if offset < len(self.origin) else len(self.original)

    def end(self, offset: int) -> int:
        """Original end of a folded span that ends (exclusive) at `offset`."""
        return self.origin[offset - 1] + 1 if offset else 0

    def surface(self, start: int, end: int) -> str:
        """The original words of a folded span."""
        return self.original[self.start(start) : self.end(end)]

    def offset(self, original: int) -> int:
        """Folded offset of the first folded character at or after an original offset."""
        low, high = 0, len(self.origin)
        while low < high:
            middle = (low + high) // 2
            if self.origin[middle] < original:
                low = middle + 1
            else:
                high = middle
        return low


def fold(text: str) -> Folded:
    """The folded view of a text.

    >>> fold("收入 171.59 亿 元").text
    '收入171.59亿元'
    """
    translated = text.translate(_TABLE)
    wrap = _wrap_width(translated)
    pieces: list[str] = []
    origin = array("i")
    last = 0
    for space in _SPACE_RUN.finditer(translated):
        start, end = space.span()
        pieces.append(translated[last:start])
        origin.extend(range(last, start))
        keep = _kept_space(translated, start, end, wrap)
        if keep is not None:
            pieces.append("\n" if translated[keep] == "\n" else " ")
            origin.append(keep)
        last = end
    pieces.append(translated[last:])
    origin.extend(range(last, len(translated)))
    return Folded("".join(pieces), origin, text)


def _kept_space(text: str, start: int, end: int, wrap: int) -> int | None:
    """Offset of the character of a run of white space that stays, None where all of it goes."""
    run = text[start:end]
    newline = run.find("\n")
    if newline >= 0:
        return None if _soft_break(text, start, end, wrap) else start + newline
    visible = _VISIBLE.search(run)
    if visible is None or not start or end == len(text):
        return None
    before, after = text[start - 1], text[end]
    words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()  # 2013 2014, Web site
    columns = len(run) > 3 and _is_han(before) and _is_han(after)  # side by side, no stray space
    return start + visible.start() if words or columns else None


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


_PROSE = re.compile("[。!?]")
_NEW_PARAGRAPH = re.compile(r"[一二三四五六七八九十]+[、.]|[(第●◆■▲►▼·*#•]|\d+[、.)]")
_LONG_LINE = 35  # a heading is shorter; a paragraph cut by a column or page end is longer


def _soft_break(text: str, start: int, end: int, wrap: int) -> bool:
    """A line break inside a sentence: the line is cut at the page's width, or a paragraph stops without an end mark.

    An indented line, an enumeration or a heading begins a new paragraph.
    """
    if not start or end >= len(text) or text[start - 1] in _CLOSED or text[end - 1] != "\n":
        return False
    if text[start - 1] in "万亿" and text[end] in "元人亩吨户斤平公千美立":
        return True  # a unit torn off its number
    if _NEW_PARAGRAPH.match(text, end):
        return False
    line_start = text.rfind("\n", 0, start) + 1
    if wrap:
        return _width(text[line_start:start]) >= 0.85 * wrap
    if _PROSE.search(text, line_start, start):
        return True
    # Across an empty line a long line may as well be a headline: only a line that holds a whole sentence is prose.
    return text.count("\n", start, end) == 1 and start - line_start >= _LONG_LINE and "," in text[line_start:start]


def _width(line: str) -> int:
    """Columns that a line takes in print: Han two, others one; spaces between Han do not count."""
    return sum(0 if c.isspace() else 2 if c > "\u2e7f" else 1 for c in line)


def _wrap_width(text: str) -> int:
    """Columns at which a hard-wrapped text (PDF) breaks its lines, 0 where lines are paragraphs."""
    widths = sorted(w for line in text.split("\n") if (w := _width(line)) > 30)
    if len(widths) < 8:
        return 0
    widest = widths[int(len(widths) * 0.9)]
    full = sum(0.85 * widest <= w <= 1.1 * widest for w in widths)
    return widest if widest <= 110 and full >= 0.4 * len(widths) else 0


_META = set("\\.^$*+?{}[]|()-&~# ")


def fold_pattern(pattern: str) -> str:
    """A regular expression with its literal characters folded as texts are; what folds into a metacharacter is escaped.

    >>> fold_pattern("村（社区）")
    '村\\\\(社区\\\\)'
    """
    folded: list[str] = []
    for character in pattern:
        form = fold_character(character)
        folded.append("\\" + form if form != character and form in _META else form)
    return "".join(folded)
