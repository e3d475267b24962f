"""What a number without any unit is: an index or a ratio, a year, a number of a house, else a mere name."""

from __future__ import annotations

import re

from indicators.language.hit import Hit

_YEARS = (1949, 2035)  # a bare number of four digits in between is a year: chart axes, 2017四川百强村
_REACH = 36  # characters before a number that may name an index, with what its brackets explain
_DAYS = {"月": 12, "日": 31, "号": 31, "时": 24, "点": 24}
_INDEX_BEFORE = re.compile(
    r"(?:性别比(?:\([^()。]{2,30}\))?|指数|系数|得分|评分|总分|均分|分值|比值|数值|增加值率|恩格尔系数|基尼系数)[^,。;:\d\n\[]{0,4}$"
)
# 由1.65缩小到1.62, 降到0: a bare number that something has come to or from.
_BARE_TO = re.compile(
    r"(?:下降|降低|减少|缩小|扩大|压减|回落|提高|提升|上升|调整|降|减|升)(?:到|至|为)$"
    r"|[比较](?:上年|去年|年初)[^,。;:\d]{0,4}(?:缩小|扩大|下降|上升|降低|提高|减少|增加)$|[比率数](?:已?由|从)[^,。;:\d]{0,8}$"
)
_BARE_END = re.compile(
    r"[,。;!?、)\n]|$|(?:(?:下降|降低|减少|缩小|扩大|回落|提高|提升|上升|调整|降|减|升)(?:到|至|为))"
)
_NUMBERED_SITE = re.compile(r"号(?:楼|院|厅|馆|门|库|棚|井|窗口?|地块|机组|车间|矿)")


def class_of_bare(text: str, hit: Hit) -> str:
    """Class of a number in Arabic digits without unit, whose end may move over what belongs to it (5号楼).

    >>> from indicators.language.numeral_parser import parse_numeral
    >>> text = "城乡收入比缩小到2.05。"
    >>> numeral = parse_numeral(text, 8, len(text))
    >>> class_of_bare(text, Hit(8, 8 + numeral.length, numeral))
    'claim'
    """
    following = text[hit.end : hit.end + 1]
    if hit.marked:
        return "claim"
    limit = _DAYS.get(following)
    if limit is not None and hit.low <= limit and following in "月日时":
        hit.end += 1
        return "date"
    if hit.numeral.length == 4 and _YEARS[0] <= hit.low <= _YEARS[1] and hit.qualifier == "exact":
        return "date"
    site = _NUMBERED_SITE.match(text, hit.end)
    if site and hit.qualifier == "exact":
        hit.end = site.end()
        return "ordinal"
    if following == "号" and hit.low == int(hit.low):
        hit.end += 1
        return "name"
    before = text[max(0, hit.start - _REACH) : hit.start]
    if hit.numeral.scale >= 10000:
        return "claim"
    if _INDEX_BEFORE.search(before) or (_BARE_TO.search(before) and _BARE_END.match(text, hit.end)):
        return "claim"
    if (following and following in "余多") or hit.vague == "more" or hit.qualifier != "exact":
        return "claim" if hit.low >= 10 and following not in ("~", "—", "-") else "name"
    return "name"
