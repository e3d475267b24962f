"""What a number is: a claim, a date, an ordinal, a name, an idiom, an id, or no expression at all.

Arabic digits always become a row. A Chinese numeral becomes one only as a claim with a unit or as a word of the tables
(`indicators.language.words`): 两名党员 and 一周内 are claims, 一个村 and 进一步 are nothing, 五项机制 is a name.
"""

from __future__ import annotations

import re
from functools import cache

from indicators.language.bare_numbers import class_of_bare
from indicators.language.eras import is_year
from indicators.language.hit import Hit
from indicators.language.lexicon import lexicon
from indicators.language.units import Unit

# A single 一 before a classifier means "a": a claim only before a measure, or with a qualifier.
_MEASURES = {"length", "area", "mass", "volume", "share", "times", "points", "power", "energy", "money:CNY"}
_HALF_COUNTS = re.compile(r"(?:至少|最多|每[天周月年]|用了|用时|仅|耗时|历时|持续|长达|节省|缩短|提前)[^,。;:]{0,6}$")
_STRETCH = re.compile(r"共|来|间|累计|总共|合计|平均(?:增|下)|年均")  # 三年共发展党员, 两年平均增长
_SHARES = {"share", "times", "points"}
_GENERIC = frozenset("个项种类条套张本点步件道重篇股轮把") | {"大类"}
_ORDER_AFTER = re.compile(r"(?:号(?!召)|年级|级(?!以上)|型|版|线(?!城)|路(?!灯)|期(?:工程|项目|建设)|届|等奖|周岁?龄)")
_PLACE_TAIL = re.compile(
    r"[^,。;:、的]{0,2}(?:村(?![民干级组两集])|镇(?![级村属街])|乡(?![村镇贤])|河(?!道)|水库|桥|沟|店|堡|屯|湾|坪|铺|巷|坊|寺|庙|岭)"
)
_PLACE_UNITS = {"里", "尺", "孔", "家", "台", "间", "道", "口", "棵", "户", "块"}
_NAMED_AFTER = {
    "年": re.compile(
        r"[^,。;:、的了共已累\d]{1,4}(?:行动|计划|规划|方案)(?!投)|(?:行动|攻坚|规划|计划|方案|林业|任期|学制|制|一届|期|级|工程|大计|之期|提升|整治|专项|改革|大?变样|大变化|见成效|打基础|上台阶)"
    ),
    "天": re.compile(r"(?:无理由|不打烊|行动|攻坚)"),
    "小时": re.compile(
        r"(?:经济|生活|自助|服务|热线|值班|在线|不打烊|营业|便民|交通|通勤|都市|圈|制|不间断|全天候|开放)"
    ),
    "分钟": re.compile(r"(?:便民|生活|服务|圈|交通|健身|医疗|养老|阅读|文化|就业|商圈|都市|通勤|城市)"),
    "公里": re.compile(r"(?:生活圈|服务圈|难题)"),
    "项": re.compile(r"目(?!标)[^,。;、的了共已累\d]{0,4}(?:行动|计划|规划|方案)"),
    "字": re.compile(r"(?:工作|方针|诀|经|箴言|总?要求|口诀|法)"),
    "周岁": re.compile(r"礼"),
    "路": re.compile(r"(?:公交|车|班车|巴士)"),
}
_SESSION = re.compile(r"(?:会议|全会|全体|党代会|代表大会|学习会|常委会)")
_SESSION_HELD = re.compile(r"(?:召开|举行|组织|参加|出席|先后|共|累计|开|了)$")
_PRICED = re.compile(r"(?:[元块钱角毛]|块[\d一二三四五六七八九])$")
_QUOTED = ("“", "‘", '"', "「")
_GROUPS = frozenset("社组队班排区园段届角分院课门站口面环轮手")
_EACH = re.compile(r"每隔?$")
_NTH = re.compile("第[一二三四五六七八九十]{1,3}[、和]$")
_DETERMINERS = ("每", "第", "某", "这", "那", "哪", "头", "前", "后", "逐", "另", "该", "首")
_OF_VILLAGE = r"(?<![一二两三四五六七八九十百每各全本该某多个数几])[村屯寨庄]$"
# 3号楼2单元, 老街1楼, 太平村3组, 阳光小区8栋: numbers that name a part of a place.
_NUMBERED = {
    "楼": re.compile(r"(?!共|有|了|盖|建|达|[个座栋层]).$|^$"),
    **dict.fromkeys("组社", re.compile(rf"{_OF_VILLAGE}|社区$|[居村]委会$")),
    "队": re.compile(rf"{_OF_VILLAGE}|大队$"),
    "团": re.compile(r"师$|兵团$"),
    "连": re.compile(r"团$"),
    **dict.fromkeys("栋幢", re.compile(r"小区$|社区$|[苑庭寓]$|花园$|家园$|新村$|[路街道区]\d+号$")),
    "单元": re.compile(r"[楼栋幢号]$"),
}
_RESIDENT = re.compile(r"(?:村民|组长|居民|社员|队长)(?![小代委,。;])")
_LASTED = re.compile(r"的?(?:悠久)?历史|以?来(?!自|到|的?[自客])")
# 四个不摘, 六个统一: behind 个 stands no noun that could be counted.
_SLOGAN = re.compile(
    r"不(?![同少足到满合达良锈动])|统一|振兴|切实|坚决|狠抓|更加|进一步|严格|严禁|带头|强化|突出|注重|着力|一律|一批|一起|严防|之|高于|低于|缩小|确保|提升|提高|加快|加强|优化|翻番"
)
_AGO = re.compile(r"[之以]?前(?![期后端景往来沿茅列])")
_FREQUENT = re.compile(r"一(?![次个遇百千万亿十人户])[\u4e00-\u9fff]{2}")
_SINGLE = ("刻钟", "小时", "个小时", "分钟", "公里")


@cache
def _abstract() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for an abstract noun within a few characters: after Chinese numerals, after Arabic digits."""
    rows = lexicon("abstract_nouns")
    every = "|".join(sorted((row["noun"] for row in rows), key=len, reverse=True))
    strict = "|".join(sorted((row["noun"] for row in rows if row["arabic"]), key=len, reverse=True))
    between = r"[^,。;:、!?\n“”\"()了的在和把被已是有为\d]"
    return re.compile(rf"{between}{{0,4}}?(?:{every})"), re.compile(rf"{between}{{0,2}}?(?:{strict})")


def classify(text: str, hit: Hit) -> str:
    """Class of a number that no shape or word of the tables has claimed; "" where it is no numeric expression."""
    if hit.unit is not None:
        placed = _part_of_place(text, hit, hit.unit) or _of_time(text, hit, hit.unit)
        if placed:
            return placed
    if hit.numeral.arabic:
        return _arabic(text, hit)
    return _chinese(text, hit)


def _arabic(text: str, hit: Hit) -> str:
    written = text[hit.number_end : hit.end]
    unit = hit.unit
    if unit is None:
        return class_of_bare(text, hit)
    whole = hit.low == int(hit.low)
    if unit.written == "年" and whole and 1900 <= hit.low <= 2100 and hit.numeral.length == 4:
        return "date"
    if unit.written == "月" and not hit.per:
        return "date" if hit.low <= 12 and whole else "claim"
    if _EACH.search(text[max(0, hit.start - 2) : hit.start]) or _is_named(text, hit):
        return "name"
    if unit.written in ("位", "名") and text[hit.start - 1 : hit.start] in ("前", "后"):
        return "ordinal"
    if unit.written == "个" and hit.qualifier == "exact" and _abstract()[1].match(text, hit.end):
        return "name"
    if unit.written in ("级", "期") and _ORDER_AFTER.match(text, hit.numeral_end):
        return "name"
    if unit.written == "级" and hit.numeral.length == 1:
        return "name"
    return "claim" if written or hit.marked else "name"


def _part_of_place(text: str, hit: Hit, unit: Unit) -> str:
    """Ordinal for 1楼, 3组, 8栋 and their like, where nothing is counted."""
    before = _NUMBERED.get(unit.written)
    if before is None or hit.qualifier != "exact" or hit.end != hit.number_end + len(unit.written):
        return ""
    if before.search(text[max(0, hit.start - 8) : hit.start]):
        return "ordinal"
    led = text[hit.start - 1 : hit.start]
    return (
        "ordinal"
        if led not in tuple("共有成为等各") and unit.written in "组社队" and _RESIDENT.match(text, hit.end)
        else ""
    )


def _of_time(text: str, hit: Hit, unit: Unit) -> str:
    """Name for 20年一遇 and 三天一调度, date for 1300多年历史, 30年来, 十几年前 and 乾隆八年."""
    if unit.dimension not in ("time", "months"):
        return ""
    if unit.written == "周年":
        return "name"
    if _AGO.match(text, hit.end):
        return "date"
    numeral = text[hit.numeral_start : hit.numeral_end]
    if text.startswith(f"{numeral}夜", hit.end):
        hit.end += len(numeral) + 1
        return "idiom"
    if not hit.numeral.arabic and _FREQUENT.match(text, hit.end):
        return "name"
    if unit.written != "年":
        return ""
    if text.startswith("一遇", hit.end):
        hit.end += 2
        return "name"
    told = hit.qualifier == "exact" and is_year(text, hit.start, hit.end, float(hit.low))
    return "date" if told or _is_time_spoken_of(text, hit) or _LASTED.match(text, hit.end) else ""


def _is_time_spoken_of(text: str, hit: Hit) -> bool:
    """极不平凡的五年: a time that a clause ends with."""
    return (
        not hit.numeral.arabic
        and hit.low > 1
        and text.startswith("的", hit.start - 1)
        and text[hit.end : hit.end + 1] in "。,;"
    )


def _is_named(text: str, hit: Hit) -> bool:
    """三年行动, 15分钟便民生活圈, 24小时热线: the number belongs to the name of a scheme."""
    if hit.unit is None or hit.qualifier != "exact":
        return False
    named = _NAMED_AFTER.get(hit.unit.written)
    return named is not None and bool(named.match(text, hit.end))


def _chinese(text: str, hit: Hit) -> str:
    unit = hit.unit
    if unit is None or not hit.high:
        return ""
    if hit.marked or unit.dimension in ("share", "points", "times"):
        return "" if hit.numeral.bare and not hit.marked and unit.dimension != "points" else "claim"
    if _is_ordinary(text, hit, unit):
        return ""
    if unit.written == "年" and hit.qualifier == "exact" and _STRETCH.match(text, hit.end):
        return "date"
    if unit.written == "次" and _SESSION.match(text, hit.end):
        return "claim" if _SESSION_HELD.search(text[max(0, hit.start - 2) : hit.start]) else "ordinal"
    if unit.written in ("级", "届") or _is_named(text, hit):
        return "name"
    generic = hit.qualifier == "exact" and hit.low <= 20 and unit.written in _GENERIC
    if generic and unit.written == "个" and _SLOGAN.match(text, hit.end):
        return "name"
    if generic and (_abstract()[0].match(text, hit.end) or text.startswith(_QUOTED, hit.end)):
        return "name"
    return "claim"


def _is_ordinary(text: str, hit: Hit, unit: Unit) -> bool:
    """一个村, 每三户, 亿元以上, 二社, 三家村, 四角: a Chinese numeral that counts nothing."""
    led = text[hit.start - 1 : hit.start]
    if led in _DETERMINERS or unit.written == "月":
        return True
    if led and led in "、和" and _NTH.search(text, max(0, hit.start - 5), hit.start):
        return True  # 第一、二批
    if unit.written in _PLACE_UNITS and hit.end == hit.numeral_end + 1 and _PLACE_TAIL.match(text, hit.end):
        return True
    unqualified = hit.qualifier == "exact"
    named = _is_han(text[hit.end : hit.end + 1])  # 亿元以上项目 names a class, 增收万元以上 states a value
    if (
        hit.numeral.bare
        and not hit.vague
        and not hit.qualified_before
        and (unqualified or (named and unit.kind == "amount"))
    ):
        return True
    if unit.written in _GROUPS and unqualified and hit.low < 100:
        return True
    if text[hit.number_start] == "半" and unqualified and unit.written not in _SINGLE:
        return not _HALF_COUNTS.search(text[max(0, hit.start - 12) : hit.start])
    single = hit.low == 1 and hit.numeral.length == 1
    if not single or not unqualified or unit.written in _SINGLE:
        return False
    if _PRICED.search(text[max(0, hit.start - 2) : hit.start]) and not unit.dimension.startswith("money"):
        return True  # 8元一斤: what the price is per
    return unit.dimension not in _MEASURES or (named and unit.dimension not in _SHARES)  # 一亩地收入


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
