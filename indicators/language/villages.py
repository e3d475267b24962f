"""Names of villages and communities: no table has them, so they are read from their shape and their neighbours."""

from __future__ import annotations

import regex

from indicators.language.lexicon import lexicon

_GENERIC = frozenset(row["word"] for row in lexicon("place_words") if row["use"] == "generic")
# Characters that stand in no village's name but often before one: verbs, prepositions, counters, pronouns.
_NO_STEM = regex.compile(
    r"[的了在是各该每个条名等及为以由把从将被就都又还也这那其此某所]|走进|召开|开展|推进|实施|全面|所有|建成|成立|打造|"
    r"干部|群众|党员|居民|农户|乡镇|街道|镇区|县城|行政$|自然$|[农乡]$|[级型类化性制]$|^[与和同对到向让使给如据有我本全一二两几多不]"
)
_ENDS = r"(?:村|社区|嘎查)"
_NO_NAME_AFTER = regex.compile(r"民小组|民组|镇|庄|落|级|\(社区|\(居|(?<=村)居|企联|改居")
_ADJACENT = regex.compile(rf"\p{{Han}}{{1,5}}?{_ENDS}")
_ALONE = regex.compile(
    r"(?:(?<!\p{Han})|(?<=[在是据到]|进驻|走进|来到|走访|隔壁的|附近的))(?<name>\p{Han}{2,3}" + _ENDS + r")"
    r"(?<after>党支|党总支|党委|党组|党群|村民|村委|居民|居委|两委|“两委|第一书记|位于|地处|[,、。;:)]|(?:就|便|也)?是|有|通过|采取|以|开展|举办|小区)"
)
_VERB = regex.compile(r"强调|增强|提交|加强|提升|依法|他们|我们|你们|[她他你找看抓搞办促帮扶派选送提交管给]")


def village_at(text: str, start: int) -> int:
    """End of the village's name that begins at `start`, right after its town or county; 0 where none does.

    >>> village_at("洪广镇高荣村村民", 3), village_at("洪广镇各村", 3), village_at("桂水镇三龙村民小组", 3)
    (6, 0, 0)
    """
    found = _ADJACENT.match(text, start)
    while found:
        end = found.end()
        if text.startswith("社区", end):
            end += 2
        elif text.startswith("村", end) and not text.startswith(("村民", "村委", "村党", "村支", "村两", "村干"), end):
            end += 1
        if is_village(text[start:end]) and not _NO_NAME_AFTER.match(text, end):
            return end
        longer = regex.compile(rf"\p{{Han}}{{1,{6 - (end - start)}}}?{_ENDS}") if end - start < 6 else None
        more = longer.match(text, end) if longer else None
        if more is None or text[end - 1] == "村" and _NO_NAME_AFTER.match(text, end):
            return 0
        found = regex.compile(rf"\p{{Han}}{{{more.end() - start - 2},5}}?{_ENDS}").match(text, start)
        if found and found.end() <= end:
            return 0
    return 0


def is_village(name: str) -> bool:
    """Whether a word that ends in 村, 社区 or 嘎查 can be a name: 高荣村 can, 行政村 and 走进李村 cannot."""
    stem = regex.sub(rf"{_ENDS}$", "", name)
    if not stem or stem in _GENERIC or _NO_STEM.search(stem):
        return False
    return not any(stem.endswith(word) for word in _GENERIC if len(word) > 1)


def lone_villages(text: str) -> list[tuple[int, int]]:
    """Names of villages that stand without their town: at a boundary, before a word that a village takes.

    A name that stands once must be followed by its people or its party branch; twice, any such word will do.
    """
    found = [match for match in _ALONE.finditer(text) if is_village(match["name"]) and not _VERB.search(match["name"])]
    sure = {
        match["name"]
        for match in found
        if match["after"][0] in "党村居两“第位地以" and text[match.start() - 1 : match.start()] != "“"
    }
    return [match.span("name") for match in found if match["name"] in sure or text.count(match["name"]) > 1]
