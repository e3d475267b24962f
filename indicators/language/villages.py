"""Names of villages and communities: no table has them, so they are read from their shape and their neighbours."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from indicators.language.han import HAN
from indicators.language.lexicon import lexicon

_GENERIC = frozenset(row["word"] for row in lexicon("place_words") if row["use"] == "generic")
_GENERIC_ENDS = tuple(word for word in _GENERIC if len(word) > 1)
_VERBS = tuple(row["word"] for row in lexicon("place_words") if row["use"] == "verb")
_VERB = re.compile("|".join(map(re.escape, _VERBS)))
# Characters that stand in no village's name but often before one: verbs, prepositions, counters, pronouns.
_NO_STEM = re.compile(
    r"[的了在是各该每个条名等及为以由把从将被就都又还也这那其此某所]|走进|召开|开展|推进|实施|全面|所有|建成|成立|打造|"
    r"干部|群众|党员|居民|农户|乡镇|街道|镇区|县城|行政$|自然$|[农乡]$|[级型类化性制]$|^和(?![平睦顺谐兴美])|^[与同对到向让使给如据有我本全一二两几多不]"
)
_ENDS = r"(?:村|社区|嘎查)"
_END_WORD = re.compile("村|社区|嘎查")
_STEM_LENGTHS = (2, 3)
_NO_NAME_AFTER = re.compile(r"民小组|小区|民组|镇(?!党)|庄|落|级|\(社区|\(居|(?<=村)居|企联|改居")
_RUN = re.compile(f"{HAN}{{1,8}}")
_LONGEST_RUN = 8
_END_OF_NAME = re.compile(_ENDS + "$")
_ALONE = re.compile(
    rf"(?:(?<!{HAN})|(?<=[在是据到])|(?<=进驻|走进|来到|走访)|(?<=隔壁的|附近的))(?P<name>{HAN}{{2,3}}{_ENDS})"
    r"(?P<after>党支|党总支|党委|党组|党群|村民|村委|居民|居委|两委|“两委|第一书记|老?支书|位于|地处|[,、。;:)]|(?:就|便|也)?是|有|通过|采取|以|开展|举办)"
)
_SURE = "党村居两“第位地以老支"  # first characters of what only a village takes
_VISITED = re.compile(
    rf"(?:走进|来到了?|走访|探访|到了)(?:[^,。;:]{{0,16}}?的)?(?P<name>{HAN}{{2,3}}{_ENDS})(?=[,、。的党村])"
    rf"|(?:(?<=^在)|(?<=[\n。!?]在))(?P<stood_in>{HAN}{{2,3}}{_ENDS})(?=[,的里])"
)
_VISITED_LENGTH = 25
_AFTER_ALONE = frozenset("党村居两“第老支位地,、。;:)就便也是有通采以开举")  # what `after` of _ALONE may begin with
_BEFORE_ALONE = frozenset("在是据到驻进访的")  # the ideographs that _ALONE may stand behind
_AFTER_VISITED = frozenset(",、。的党村里")
_PLAIN = re.compile(r"[她他你找看抓搞办促帮扶派选送提交管给]")


def village_at(text: str, start: int) -> int:
    """End of the village's name that begins at `start`, right after its town or county; 0 where none does.

    >>> village_at("洪广镇高荣村村民", 3), village_at("洪广镇各村", 3), village_at("桂水镇三龙村民小组", 3)
    (6, 0, 0)
    """
    for end in _ends(text, start):
        if is_village(text[start:end]) and not _NO_NAME_AFTER.match(text, end):
            return end
    return 0


def _ends(text: str, start: int) -> list[int]:
    """Where a village's name from `start` may end, nearest first, 李村社区 before 李村; at most six characters on."""
    limit = start + _LONGEST_RUN
    if _END_WORD.search(text, start, limit) is None:
        return []
    run = _RUN.match(text, start)
    ends = [found.end() for found in _END_WORD.finditer(text, start, run.end())] if run else []
    for position, end in enumerate(ends[1:], 1):
        if text[end - 2 : end] == "社区" and ends[position - 1] == end - 2:
            ends[position - 1], ends[position] = end, end - 2
    return [end for end in ends if end > start + 1]


@lru_cache(4096)
def is_village(name: str) -> bool:
    """Whether a word that ends in 村, 社区 or 嘎查 can be a name: 高荣村 can, 行政村 and 走进李村 cannot."""
    stem = _END_OF_NAME.sub("", name)
    if not stem or stem in _GENERIC or _NO_STEM.search(stem):
        return False
    return not stem.endswith(_GENERIC_ENDS) and not stem.startswith(_VERBS)


def lone_villages(text: str) -> list[tuple[int, int]]:
    """Names of villages that stand without their town: at a boundary, before a word that a village takes.

    A name that stands once must be followed by its people or its party branch; twice, any such word will do.
    """
    ends = [match.span() for match in _END_WORD.finditer(text)]
    begins: set[int] = set()
    for start, end in ends:
        if text[end : end + 1] in _AFTER_ALONE:
            begins.update(begin for begin in range(start - 3, start - 1) if _may_begin(text, begin))
    found = [match for begin in sorted(begins) if (match := _ALONE.match(text, begin)) and _plain(match["name"])]
    visited = [span for span in _visited(text, ends) if _plain(text[slice(*span)])]
    if not found and not visited:
        return []
    sure = {
        match["name"]
        for match in found
        if match["after"][0] in _SURE and text[match.start() - 1 : match.start()] != "“"
    }
    sure |= {text[slice(*span)] for span in visited}
    named = {span: text[slice(*span)] for span in [*(match.span("name") for match in found), *visited]}
    if sure.issuperset(named.values()):
        return sorted(named)
    times = Counter(text[start - length : end] for start, end in ends for length in _STEM_LENGTHS)
    return sorted(span for span, name in named.items() if name in sure or times[name] > 1)


def _may_begin(text: str, offset: int) -> bool:
    """Whether a village that stands alone may begin at an offset: nearly never behind an ideograph."""
    if offset <= 0:
        return offset == 0
    before = text[offset - 1]
    return not "\u4e00" <= before <= "\u9fff" or before in _BEFORE_ALONE


def _visited(text: str, ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The names that `_VISITED` finds; looked for only around the ends of names that what it asks for follows."""
    windows: list[tuple[int, int]] = []
    for _, end in ends:
        if text[end : end + 1] in _AFTER_VISITED:
            joined = bool(windows) and windows[-1][1] > end - _VISITED_LENGTH
            begin = windows.pop()[0] if joined else max(0, end - _VISITED_LENGTH)
            windows.append((begin, end + 1))
    return [match.span(match.lastgroup or 0) for span in windows for match in _VISITED.finditer(text, *span)]


def _plain(name: str) -> bool:
    """Whether a name that stands without its town holds no verb: 要增强村 is none."""
    return is_village(name) and not _PLAIN.search(name) and not _VERB.search(name)
