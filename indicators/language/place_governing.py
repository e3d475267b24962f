"""Whether a named place is what its clause speaks of, judged by the words around it (`data/place_words.csv`)."""

from __future__ import annotations

import regex

from indicators.language.gazetteer import CITY, Gazetteer
from indicators.language.lexicon import lexicon
from indicators.language.place_paths import Spot


def words_of(use: str) -> str:
    """The words of one use as alternatives of a pattern, longest first."""
    words = sorted((row["word"] for row in lexicon("place_words") if row["use"] == use), key=len, reverse=True)
    return "|".join(map(regex.escape, words))


_TIME = (
    r"(?:(?:\d+|今|去|前|本|当|近|目|日|同|此|如|据|不|其|这|自|从|截)"
    r"[^,。]{0,10}?[年月日时期前今来间些久中底末初,])?"
)
_LEAD = r"(?:其中|同时|此外|另外|近日|日前|目前|如今|截至|据悉)?"
_OPENING = regex.compile(rf"(?:^|[,。:;!?\n…—]|^.{{0,6}}、)[“\"(]?{_TIME},?{_LEAD},?(?:记者|笔者)?$")
_BETWEEN = r"(?:[^,。:;、]{0,3}(?:的|县|市|区|地区|省份|“[^”]*”))?(?:[^,。:;]{0,2}的)?"
_ADJUNCT = regex.compile(rf"(?:{words_of('adjunct')}|{words_of('goal')}){_BETWEEN}$")
_GOAL = regex.compile(rf"(?:{words_of('goal')})$")
_VISIT = regex.compile(rf"(?:^|[,。:;“\n]|记者|笔者|采访团|一行)(?:近日|日前|再次|先后|一同)?(?:{words_of('visit')})$")
_STANDS = regex.compile(r"(?:位于|地处|坐落于|坐落在)$")
_MEDIA = regex.compile(rf"\p{{Han}}{{0,4}}(?:{words_of('media')})")
_FIRM = regex.compile(rf"(?:(?!政府|[委局厅的]|将|与|和)\p{{Han}}){{0,14}}?(?:{words_of('firm')})")
_AFTER = regex.compile(rf"(?:{words_of('after')}|讯[\s(]|\d+月\d+日电|电[\s(])")
_EXAMPLE = regex.compile(r"[^,。;、]{0,16}等[^,。;、]{0,16}\d")
_TOGETHER = regex.compile(r"[^,。]{0,6}?(?:结对|结成|协作|合作|签|共建|对接|建立|携手|联手|开展|互)")
_JOIN = regex.compile(r"、|和|及|与|以及")


def at_opening(before: str) -> bool:
    """Whether the words before open a clause: nothing, a time, 其中, 记者."""
    return _OPENING.search(before) is not None


def is_adjunct(before: str) -> bool:
    """Whether the words before make what follows a companion, a goal or a yardstick."""
    return _ADJUNCT.search(before) is not None


def side_by_side(text: str, left: Spot, right: Spot, gazetteer: Gazetteer) -> bool:
    """Whether two places are members of one list; 甲县与乙县结对 is none."""
    between = text[left.end : right.start]
    if left.division < 0 or right.division < 0 or _JOIN.fullmatch(between) is None:
        return False
    if between in ("与", "和") and _TOGETHER.match(text, right.end, right.end + 12):
        return False
    return abs(gazetteer.level[left.division] - gazetteer.level[right.division]) <= 1


def governs(
    spot: Spot, before: str, after: str, seen: bool, topic: Spot | None, own: Spot | None, gazetteer: Gazetteer
) -> bool:
    """Whether `spot` is what its clause speaks of.

    `before` are the words of its sentence before it, `after` some words after it. `seen`: a place of this sentence
    governs already. `topic` is the place spoken of so far, `own` the document's own.
    """
    level = gazetteer.level[spot.division]
    lifts = _holds(gazetteer, spot, topic)
    if _MEDIA.match(after) or _AFTER.match(after) or before.endswith(("本报", "新华社", "人民网")):
        return False
    if _FIRM.match(after) and (level <= CITY or lifts):
        return False
    finer = _is_finer(gazetteer, spot, topic) or _is_finer(gazetteer, spot, own)
    within = topic is None or topic.division < 0 or gazetteer.holds(topic.division, spot.division)
    if _EXAMPLE.match(after) and finer:
        return False
    if _VISIT.search(before) and not (before.endswith("在") and seen):
        return level > CITY or not lifts
    if _STANDS.search(before):
        return not before.endswith("在位于") and (within or not seen)
    if _GOAL.search(before):
        return finer
    if _ADJUNCT.search(before) or (before.endswith("和") and seen and _TOGETHER.match(after)):
        return False
    if before.endswith("在") and seen:
        return within
    if spot.weak and level <= CITY and own is not None and not finer and not lifts:
        return False
    if level <= CITY or (spot.weak and not spot.village):
        return at_opening(before) or before.endswith("在") or not (seen or lifts or spot.weak)
    return True


def _holds(gazetteer: Gazetteer, spot: Spot, topic: Spot | None) -> bool:
    return topic is not None and topic.division >= 0 and gazetteer.holds(spot.division, topic.division)


def _is_finer(gazetteer: Gazetteer, spot: Spot, holder: Spot | None) -> bool:
    """Whether a spot lies within another and names more."""
    if holder is None or holder.division < 0 or not gazetteer.holds(holder.division, spot.division):
        return False
    return holder.division != spot.division or bool(spot.village or spot.town)
