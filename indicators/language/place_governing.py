"""Whether a named place is what its clause speaks of, judged by the words around it (`data/place_words.csv`)."""

from __future__ import annotations

import re

from indicators.language.gazetteer import CITY, Gazetteer
from indicators.language.han import HAN
from indicators.language.lexicon import lexicon
from indicators.language.place_paths import Spot


def words_list(use: str) -> list[str]:
    """The words of one use, longest first."""
    return sorted((row["word"] for row in lexicon("place_words") if row["use"] == use), key=len, reverse=True)


def words_of(use: str) -> str:
    """The words of one use as alternatives of a pattern, longest first."""
    return "|".join(map(re.escape, words_list(use)))


_HORIZON = 400
_TIME = (
    r"(?:(?:\d+|今|去|前|本|当|近|目|日|同|此|如|据|不|其|这|自|从|截)"
    r"[^,。]{0,10}?[年月日时期前今来间些久中底末初,])?"
)
_LEAD = r"(?:其中|同时|此外|另外|近日|日前|目前|如今|截至|据悉)?"
_OPENING = re.compile(rf"(?:^|[,。:;!?\n…—]|^.{{0,6}}、)[“\"(]?{_TIME},?{_LEAD},?(?:记者|笔者)?$")
# The characters that an opening can end with: marks, the ends of times, the ends of what leads in, 记者 and 笔者.
OPENERS = frozenset(',。:;!?\n…—、“"(年月日时期前今来间些久中底末初外至悉者')
_BETWEEN = r"(?:[^,。:;、]{0,3}(?:的|县|市|区|地区|省份|“[^”]*”))?(?:[^,。:;]{0,2}的)?"
_GOALS = tuple(words_list("goal"))
_COMPANIONS = (*words_list("adjunct"), *_GOALS)
_ADJUNCT = re.compile(rf"(?:{words_of('adjunct')}|{words_of('goal')}){_BETWEEN}$")
_BETWEEN_ENDS = frozenset("的县市区份”")
_ADJUNCT_REACH = 24  # characters of an adjunct with what stands between, but for a quotation
_VISITS = tuple(words_list("visit"))
_VISIT = re.compile(rf"(?:^|[,。:;“\n]|记者|笔者|采访团|一行)(?:近日|日前|再次|先后|一同)?(?:{words_of('visit')})$")
_STANDS = ("位于", "地处", "坐落于", "坐落在", "隶属于", "隶属")
_SITED = re.compile(r"(?:位于|地处|坐落于|坐落在)[^,。:;、]{2,12}的$")  # 位于甲市西郊的乙村: the village is meant
_MEDIA = re.compile(rf"{HAN}{{0,4}}(?:{words_of('media')})")
_FIRM = re.compile(rf"(?:(?!政府|[委局厅的]|将|与|和){HAN}){{0,14}}?(?:{words_of('firm')})")
_AFTER = re.compile(rf"(?:{words_of('after')}|讯[\s(]|\d+月\d+日电|电[\s(])")
_EXAMPLE = re.compile(r"[^,。;、]{0,16}等[^,。;、]{0,16}\d")
_TOGETHER = re.compile(r"[^,。]{0,6}?(?:结对|结成|协作|合作|签|共建|对接|建立|携手|联手|开展|互)")
_JOINS = frozenset(("、", "和", "及", "与", "以及"))
_ROADS = ("至", "到")
_DASHES = "—-~"
_ROAD_AFTER = re.compile(r"[^,。;、]{0,4}?(?:公路|道路|段|线|高速|铁路|[国省县乡]道)")
_HELP = r"(?:支援|支持|帮扶|帮助|援助|援建|协作|结对|资助|捐助|捐建|关心|指导)"
_HELPED_BY = ("在", "得益于", "依托", "借助", "通过", "靠", "有了")
_HELPING = re.compile(rf"[^,。;、]{{0,10}}?{_HELP}[^,。;]{{0,6}}?下")
_BUILT_BY = ("由", "经", "靠", "得益于", "接受")
_BUILDING = re.compile(rf"[^,。;、]{{0,4}}?(?:对口)?{_HELP}")
_DONOR = re.compile(rf"[^,。;、]{{0,4}}?(?:援[疆藏青黔川桂渝鄂](?=[^,。;]{{1,3}})|(?:对口)?{_HELP}的)")
_TOURED = re.compile(rf"{HAN}{{0,4}}?(?:调研|考察|检查|督导|视察|督查|慰问)(?:时|期间|中|后)?")
_TOURED_IN = ("在", "到", "赴", "深入", "来到", "前往", "莅临")
_STATION = re.compile(r"(?:水文|水位|雨量|气象|监测)?站(?![点位在起稳着上出到])|水库|电站")
_RIVER = re.compile(rf"{HAN}{{1,3}}[江河湖溪水渠]$")
_EXTREME_ENDS = frozenset("在是为于有中,:")
_EXTREME_REACH = 16
_EXTREME = re.compile(r"(?:最[高大低小深重多强快早长][^,。;]{0,10}?(?:在|是|为|于|有)|其中)[,:]?$")
_HOMES = ("住在", "家住", "家在", "生活在")
_FORMER_HOME = re.compile(
    r"(?:原来|原先|原本|过去|以前|从前|此前|之前|祖辈|世代|原|曾经?)(?:一直|都|就)?(?:是?住在|居住在|家住|家在|生活在)$"
)
_AWAY = re.compile(
    rf"[^,。;、:]{{1,16}}的(?:[她他](?!们)|{HAN}{{2,4}}?(?=[回返]))"
    r"|[^,。;、:]{0,4}?(?:打工|务工|经商|做生意|做买卖|开店|上班|上大学|读大学|读书|当兵|服役|送快递|送外卖|跑运输)"
)

# Without one of these right after its name, or near it, a place is no newspaper, firm, donor or station.
_NOTED_AT_ONCE = frozenset(word[0] for word in words_list("after")) | frozenset("讯电水雨气监站0123456789")
_NOTED = re.compile(f"援|{_HELP}|调研|考察|检查|督导|视察|督查|慰问|{words_of('media')}|{words_of('firm')}")
_NOTED_REACH = 20
_PRESS = ("本报", "新华社", "人民网")
# What the words before a place must end with if they make it anything but the subject of its clause.
_TAILS = _BETWEEN_ENDS | {word[-1] for word in (*_COMPANIONS, *_VISITS, *_STANDS, *_PRESS, "和")}


def words_before(text: str, start: int, offset: int) -> str:
    """The words of a sentence before an offset, of an endless one the last 400 characters: what is judged by them."""
    return text[max(start, offset - _HORIZON) : offset]


def at_opening(before: str) -> bool:
    """Whether the words before open a clause: nothing, a time, 其中, 记者."""
    return not before or (before[-1] in OPENERS and _OPENING.search(before) is not None)


def is_adjunct(before: str) -> bool:
    """Whether the words before make what follows a companion, a goal or a yardstick."""
    if not before.endswith(_COMPANIONS) and before[-1:] not in _BETWEEN_ENDS:
        return False
    quoted = "”" in before[-_ADJUNCT_REACH:]
    return _ADJUNCT.search(before, 0 if quoted else max(0, len(before) - _ADJUNCT_REACH)) is not None


def is_passing(before: str) -> bool:
    """Whether the words before make what follows a member or an extreme of a whole, which carries on nowhere."""
    return before[-1:] in _EXTREME_ENDS and _EXTREME.search(before, max(0, len(before) - _EXTREME_REACH)) is not None


def is_former_home(before: str) -> bool:
    """Whether what follows is where people lived before: the next sentence is about where they live now."""
    return before.endswith(_HOMES) and _FORMER_HOME.search(before) is not None


def is_donor(before: str, after: str) -> bool:
    """Whether a place is one that helps another: 在甲市对口支援下, 由甲市援建, 甲市援疆资金."""
    return (
        (before.endswith(_HELPED_BY) and _HELPING.match(after) is not None)
        or (before.endswith(_BUILT_BY) and _BUILDING.match(after) is not None)
        or _DONOR.match(after) is not None
    )


def side_by_side(text: str, left: Spot, right: Spot, gazetteer: Gazetteer) -> bool:
    """Whether two places are members of one list; 甲县与乙县结对 is none."""
    between = text[left.end : right.start]
    if left.division < 0 or right.division < 0 or not between:
        return False
    if (between in _ROADS or not between.strip(_DASHES)) and _ROAD_AFTER.match(text, right.end):
        return True
    if between not in _JOINS:
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
    noted = after[:1] in _NOTED_AT_ONCE or _NOTED.search(after, 0, _NOTED_REACH) is not None
    if not noted and before[-1:] not in _TAILS and "等" not in after:
        return _governs_plainly(spot, before, seen, topic, own, gazetteer)
    lifts = _holds(gazetteer, spot, topic)
    if before.endswith(_PRESS):
        return False
    known = _as_noted(before, after, level, lifts) if noted else None
    if known is not None:
        return known
    finer = _is_finer(gazetteer, spot, topic) or _is_finer(gazetteer, spot, own)
    within = topic is None or topic.division < 0 or gazetteer.holds(topic.division, spot.division)
    if finer and (_is_example(after) or (noted and before.endswith(_TOURED_IN) and _TOURED.match(after))):
        return False
    if before.endswith("在") and not finer and _AWAY.match(after):
        return False  # 在外地做了8年设计的她, 在外地打工: a person's life, told of home
    if before.endswith(_VISITS) and _VISIT.search(before) and not (before.endswith("在") and seen):
        return level > CITY or not lifts
    if before.endswith(_STANDS):
        return not before.endswith("在位于") and not lifts and (within or not seen)
    if before.endswith(_GOALS):
        return finer
    if spot.village and _SITED.search(before):
        return True
    if is_adjunct(before) or (before.endswith("和") and seen and _TOGETHER.match(after)):
        return False
    if before.endswith("在") and seen:
        return within
    return _governs_plainly(spot, before, seen, topic, own, gazetteer)


def _as_noted(before: str, after: str, level: int, lifts: bool) -> bool | None:
    """Whether a place governs for what is named after it: a newspaper, donor or firm does not, a station does."""
    if _MEDIA.match(after) or _AFTER.match(after) or (not lifts and is_donor(before, after)):
        return False
    if _STATION.match(after) and at_opening(_RIVER.sub("", before)):
        return True
    return False if (level <= CITY or lifts) and _FIRM.match(after) else None


def _is_example(after: str) -> bool:
    return "等" in after and _EXAMPLE.match(after) is not None


def _governs_plainly(
    spot: Spot, before: str, seen: bool, topic: Spot | None, own: Spot | None, gazetteer: Gazetteer
) -> bool:
    """Whether a place governs that no word before it makes a goal or companion: coarse and weak ones only in front."""
    coarse = gazetteer.level[spot.division] <= CITY
    if not coarse and (not spot.weak or spot.village):
        return True
    lifts = _holds(gazetteer, spot, topic)
    if spot.weak and coarse and own is not None and not lifts:
        finer = _is_finer(gazetteer, spot, topic) or _is_finer(gazetteer, spot, own)
        if not finer:
            return False
    return at_opening(before) or before.endswith("在") or not (seen or lifts or spot.weak)


def _holds(gazetteer: Gazetteer, spot: Spot, topic: Spot | None) -> bool:
    return topic is not None and topic.division >= 0 and gazetteer.holds(spot.division, topic.division)


def _is_finer(gazetteer: Gazetteer, spot: Spot, holder: Spot | None) -> bool:
    """Whether a spot lies within another and names more."""
    if holder is None or holder.division < 0 or not gazetteer.holds(holder.division, spot.division):
        return False
    return holder.division != spot.division or bool(spot.village or spot.town)
