"""What stands right behind a numeral: 多 and 余, fractions, the unit, coins, a denominator (元/斤)."""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.language.hit import Hit
from indicators.language.numeral_parser import Numeral, parse_numeral
from indicators.language.numeral_state import step_of
from indicators.language.units import Unit, find_unit, unit_at

_HUNDRED = Decimal(100)
# 总人口3.4万, 参保人数达12万: the unit stands in the noun.
_IMPLIED = re.compile(
    r"(?:人口|人数|职工|学生|劳动力|游客|访客|(?P<households>户数|农户))(?:已|达到?|约|近|超过?|突破|为|共|有|到)*$"
)
# 总投资1.2亿, 分红二三十万: the money is said by the noun.
_MONEY = re.compile(
    r"(?:投资|投入|资金|产值|收入|支出|预算|贷款|税收|营收|销售|成交|利润|分红|造价|成本|捐款|融资|授信|存款|花费|花|赚|挣|债务|欠款|"
    r"价值|金额|奖金|营业|盈利|亏损|增收|补贴|补助|借款|拨款|租金|股金)(?:[总金]?额|任务|实现|完成|了|达到?|约|近|超过?|突破|为|有|到|个)*$"
)
# 收入任务174万,完成198万: the same money, told again.
_SAME_MONEY = re.compile(
    r"(?:收入|支出|预算|投资|税收|产值)[^。;\n]{0,20}\d[万亿],(?:实际|已|共|累计|目前)*(?:完成|实现|执行|到位)(?:了)?$"
)
# 投入180万实施改造: what the money is spent on.
_SPENT = re.compile(r"用于|实施|建设|新建|修建|改造|打造|建成|支持|解决")
_HALF = Decimal("0.5")
_DENOMINATOR = re.compile(
    r"(?:/|每)(?:平方米|平方公里|立方米|公斤|千克|小时|分钟|[年月日天周人户亩斤吨米家村次升度株头只棵件台m])"
    r"(?:[·./]?(?:年|月|日|天|次))?"
)
_NOT_MORE = "种样次家个名人项方层条类少数点功元路位头彩面"
# 6.5万群众, 400多党员: the noun counts itself.
_PEOPLE = re.compile(
    r"(?:贫困|农村|城乡|常住|户籍|流动|受益|困难|在校|返乡|基层|留守|老年|脱贫|建档立卡)*"
    r"(?:群众|村民|居民|农民|党员|职工|学生|师生|游客|人口|干部|老人|移民|市民|儿童|志愿者|(?P<households>农户|贫困户|家庭))"
)
_CLOSING = ("", ",", "。", ";", "!", "?", "”", ")", "\n")
_COINS = re.compile(
    r"(?P<tenths>[1-9一二三四五六七八九])(?:(?P<jiao>[角毛])(?:(?P<hundredths>[1-9一二三四五六七八九])分)?|(?!\d|[.,]\d|[十百千万亿]))"
)
_PAID = re.compile(r"(?:收入|[卖挣花值赚价钱]|工资|租金|分红)[^,。;、\d]{0,5}$")
_PROJECTS = re.compile("个亿元(?:级|以上|重[大点]|工业)?[的]?(?:项目|工程|企业|产业|园区|以上)")  # 14个亿元项目
_PIECES = re.compile(r"[田地牌匾碑屏板栏墙坪]$")  # 责任田30块
_AT_PRICE = re.compile(r"到|至|涨|降|一[斤个亩天年月次]|左右|上下|以上|以下|不等")
# 上升3位, 排名下降5名: places on a list of ranks; 党员下降5名 are persons.
_MOVED = "(?:上升|前移|前进|跃升|攀升|提升|下滑|下降|后移|后退)了?$"
_RANKED = {"位": re.compile(_MOVED), "名": re.compile(f"(?:排名|名次|位次|排位)[^,。;:]{{0,8}}{_MOVED}")}
_RANK_REACH = 14
_HALVED = ("time", "months", "times", "length", "mass", "area")
# 提高2.3个点: points of a percentage, in speech.
_POINTS = re.compile(r"个点(?![位上外子儿名])")
_POINTS_LEAD = re.compile(r"(?:[增降提上下回高低升快慢][^,。;\d]{0,6})$")
_SLASH = re.compile(r"/[1-9]\d?(?![\d/.+×A-Za-z-])")
_OF_100000 = re.compile("/(?:10|十)万(?:人(?!次))?")  # 孕产妇死亡率12.5/10万
_THOUSAND = Decimal(1000)
_FRACTION = ("分之", "份之")


def read_fraction(text: str, hit: Hit, limit: int) -> bool:
    """X分之Y and X/10万 as percent; 一半, 半数."""
    if text[hit.start] == "半" and text.startswith("数", hit.end):
        hit.end = hit.number_end = hit.end + 1
        hit.low = hit.high = Decimal(50)
        hit.unit, hit.marked = find_unit("%"), True
        return True
    if text.startswith("半", hit.end) and hit.low == 1 and hit.end < limit and not hit.numeral.arabic:
        if text.startswith(("半天", "半年", "半截", "半载", "半点"), hit.end):
            return False
        hit.end = hit.number_end = hit.end + 1
        hit.low = hit.high = Decimal(50)
        hit.unit, hit.marked = find_unit("%"), True
        return True
    rate = _OF_100000.match(text, hit.end) if hit.numeral.arabic and text[hit.end : hit.end + 1] == "/" else None
    if rate is not None:
        hit.end = hit.number_end = rate.end()
        hit.low, hit.high = hit.low / _THOUSAND, hit.high / _THOUSAND
        hit.unit, hit.marked = find_unit("%"), True
        return True
    below, above = _parts(text, hit, limit)
    if below is None or above is None:
        return False
    hit.end += below.length + 1 if text[hit.end] == "/" else above.length + 2
    hit.number_end = hit.end
    hit.low, hit.high = _HUNDRED * above.low / below.low, _HUNDRED * above.high / below.low
    hit.vague = above.vagueness
    hit.unit, hit.marked = find_unit("%"), True
    if hit.end < limit and text[hit.end : hit.end + 1] in ("多", "强", "余"):
        hit.end += 1
        hit.vague = "more"
        hit.high = hit.low + 1
    return True


def _parts(text: str, hit: Hit, limit: int) -> tuple[Numeral | None, Numeral | None]:
    """Denominator and numerator of X分之Y or Y/X, None where there is no fraction."""
    if text.startswith(_FRACTION, hit.end):
        above = parse_numeral(text, hit.end + 2, min(limit, hit.end + 32))
        return (hit.numeral if hit.low else None), above
    slash = _SLASH.match(text, hit.end, limit) if hit.numeral.arabic else None
    if slash is None or (hit.start and text[hit.start - 1] in "/-+×"):
        return None, None
    below = parse_numeral(text, hit.end + 1, slash.end())
    return (below if below is not None and hit.low < below.low else None), hit.numeral


def read_more(text: str, hit: Hit, limit: int) -> None:
    """多, 余, 来 or 几 right behind the numeral, 个亿."""
    if hit.end >= limit:
        return
    mark = text[hit.end]
    if mark != "个" and hit.vague != "more":
        beyond = unit_at(text, hit.end + 1)
        if mark == "余" or beyond is not None or (mark == "多" and hit.numeral.arabic and hit.low >= 10):
            if mark in "来几" and (not hit.low or hit.low % 10):
                return
            hit.high = hit.high + step_of(hit.low)
            hit.vague = "more" if mark in "多余" else "several"
            hit.end += 1
            if text.startswith(("万", "亿", "千"), hit.end) and unit_at(text, hit.end) is None:
                return
    if text.startswith(("个亿", "个多亿"), hit.end) and not _PROJECTS.match(text, hit.end):
        hit.end = hit.number_end = text.index("亿", hit.end) + 1
        hit.low, hit.high = hit.low * 10**8, hit.high * 10**8


def read_unit(text: str, hit: Hit, limit: int) -> None:
    """The unit, with 多 or 半 inside it (三个多月, 一个半小时, 两年半) and a denominator behind it (元/斤)."""
    if text[hit.end] == "+" and hit.numeral.arabic and unit_at(text, hit.end + 1) is not None:
        hit.end += 1
        hit.vague, hit.high = "more", hit.high + step_of(hit.low)
    if text.startswith("个", hit.end) and _read_stretch(text, hit):
        return
    unit = unit_at(text, hit.end)
    if unit is not None and unit.written == "个" and _POINTS.match(text, hit.end) and _are_points(text, hit):
        hit.unit, hit.end = find_unit("百分点"), hit.end + 2
        return
    if unit is None:
        _read_implied(text, hit)
    if unit is None or hit.end + len(unit.written) > limit:
        return
    if unit.weak and not hit.numeral.arabic:
        return
    moved = _RANKED.get(unit.written)
    ranked = moved is not None and moved.search(text, max(0, hit.start - _RANK_REACH), hit.start)
    hit.unit = find_unit("位次") if ranked else unit
    hit.end += len(unit.written)
    if unit.scale != 1:
        _scale(text, hit, unit, limit)
    _read_inside(text, hit, limit)


def _read_stretch(text: str, hit: Hit) -> bool:
    """三个多月, 一个半小时: 多 or 半 between the classifier and the unit of time."""
    inner = text[hit.end + 1 : hit.end + 2]
    unit = unit_at(text, hit.end + 2) if inner in ("半", "多") else None
    if unit is None or unit.dimension not in ("time", "months"):
        return False
    hit.unit = unit
    hit.end += 2 + len(unit.written)
    if inner == "多":
        hit.vague, hit.high = "more", hit.high + 1
    else:
        hit.low, hit.high = hit.low + _HALF, hit.high + _HALF
    return True


def _are_points(text: str, hit: Hit) -> bool:
    """Whether the 个点 behind a number are points of a percentage: of a fraction, or of a change."""
    return "." in text[hit.start : hit.end] or _POINTS_LEAD.search(text, max(0, hit.start - 8), hit.start) is not None


def _read_implied(text: str, hit: Hit) -> None:
    """6.5万群众, 总人口3.4万, 投资1.2亿: the noun beside the number says what is counted."""
    written = text[hit.numeral_start : hit.numeral_end]
    large, closed = "万" in written or "亿" in written, text[hit.end : hit.end + 1] in _CLOSING
    left = max(0, hit.number_start - 10)
    if (
        large
        and (closed or text[hit.end] in "、的" or _SPENT.match(text, hit.end))
        and (_MONEY.search(text, left, hit.number_start) or _SAME_MONEY.search(text, left - 30, hit.number_start))
    ):
        hit.unit, hit.marked = find_unit("元"), True
        return
    if not hit.numeral.arabic:
        return
    found = _PEOPLE.match(text, hit.end)
    if found is None and (large or closed):
        found = _IMPLIED.search(text, max(0, hit.number_start - 8), hit.number_start)
    if found:
        hit.unit, hit.marked = find_unit("户" if found["households"] else "人"), True


def _scale(text: str, hit: Hit, unit: Unit, limit: int) -> None:
    """3成 -> 30 %, 七成五 -> 75 %, 八折 -> 80 %, 九五折 -> 95 %, 一刻钟 -> 15 分钟."""
    scale = Decimal(str(unit.scale))
    if unit.written == "折" and hit.low > 10:
        scale = Decimal(1)
    hit.low, hit.high = hit.low * scale, hit.high * scale
    if unit.written == "成":
        if text.startswith("半", hit.end):
            hit.low, hit.high = hit.low + 5, hit.high + 5
            hit.end += 1
            return
        digit = parse_numeral(text, hit.end, min(limit, hit.end + 1))
        more = text[hit.end + 1 : hit.end + 2].isdecimal()  # 3成20户: the digits are another number
        if digit is not None and digit.low < 10 and not more and unit_at(text, hit.end + 1) is None:
            hit.low, hit.high = hit.low + digit.low, hit.high + digit.low
            hit.end += 1
            hit.number_end = hit.end


def _read_inside(text: str, hit: Hit, limit: int) -> None:
    """多, 余 or 半 behind a measure, then a denominator."""
    unit = hit.unit
    if unit is None or hit.end >= limit:
        return
    if unit.written in ("元", "块"):
        _read_coins(text, hit, limit)
        if hit.end >= len(text):
            return
    if not unit.dimension.startswith("count:") or unit.kind == "measure":
        mark, following = text[hit.end], text[hit.end + 1 : hit.end + 2]
        if mark in "多余" and (not following or following not in _NOT_MORE) and not hit.vague and unit.written != "%":
            hit.vague, hit.high = "more", hit.high + Decimal(str(unit.scale))
            hit.end += 1
        elif mark == "半" and following not in ("数", "径") and unit.dimension in _HALVED:
            hit.low, hit.high = hit.low + _HALF, hit.high + _HALF
            hit.end += 1
    below = _DENOMINATOR.match(text, hit.end)
    if below and below.end() <= limit and (below.group()[0] == "/" or unit.dimension.startswith("money")):
        hit.per = below.group()[1:]
        hit.end = below.end()


def _read_coins(text: str, hit: Hit, limit: int) -> None:
    """3元5角, 3块8: the coins behind the notes; a 块 that is money (3万块, 卖到20块) becomes 元."""
    coins = _COINS.match(text, hit.end, limit)
    counted = coins is not None and not coins["jiao"] and unit_at(text, coins.end()) is not None  # 4块5亩的地
    if coins is None or counted or (hit.unit is not None and hit.unit.written == "元" and not coins["jiao"]):
        if hit.unit is not None and hit.unit.written == "块" and _is_money(text, hit):
            hit.unit = find_unit("元")
        return
    for name, share in (("tenths", Decimal("0.1")), ("hundredths", Decimal("0.01"))):
        digit = parse_numeral(coins[name], 0, 1) if coins[name] else None
        if digit is not None:
            hit.low, hit.high = hit.low + digit.low * share, hit.high + digit.low * share
    hit.end = hit.number_end = coins.end()
    hit.unit, hit.marked = find_unit("元"), True


def _is_money(text: str, hit: Hit) -> bool:
    if _PIECES.search(text, max(0, hit.start - 1), hit.start):
        return False
    if hit.numeral.scale >= _HUNDRED or text[hit.end : hit.end + 1] in _CLOSING or _AT_PRICE.match(text, hit.end):
        return True
    return _PAID.search(text, max(0, hit.number_start - 10), hit.number_start) is not None
