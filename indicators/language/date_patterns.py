"""The two regular expressions that find calendar expressions; words come from data tables, shapes stand here.

The outer named group (`lastgroup`) says which shape was met; `indicators.language.date_shapes` reads it. Groups that
begin with `y_` narrow a year (2015年11月底), those that begin with `r_` stand alone (11月底).
"""

from __future__ import annotations

import re
from functools import cache

from indicators.language.lexicon import lexicon

_CN = "零〇○一二两三四五六七八九十"
_D = "0123456789"
NUMERALS = frozenset(_D + _CN)
# What follows the digits of a number that is no date: 2712宗, 35个乡镇, 4000多名.
_NO_DATE = r"(?![0-9]{1,9}(?:[^-0-9年月日时天多余个:至到./~—世代点季、和 ]|个[^月季]|[多余][^年个天]))"
# What may stand after the first run of digits of an expression, and after that; "" for anything.
AFTER_DIGITS = (
    ("年月日时天世季", ""),
    ("个", "月季"),
    ("多余", "年个天"),
    (":", "012345"),
    ("至到-~—", "-~—" + _D + _CN),
    ("、和", "12一二"),
    ("./", _D),
)
_SPAN_WORDS = ("连续", "持续", "最近", "过去", "未来", "今后", "此后", "随后")
_TIMES_OF_DAY = ("凌晨", "清晨", "早上", "早晨", "上午", "中午", "下午", "傍晚", "晚上", "夜间", "当晚")
# First three characters of expressions that begin with no digit, beside the words of the tables; "" for any.
_BEGINNINGS = (
    (_CN, _CN + _D + "O年月个多余天世季至到点-—~", ""),
    ("一二三", "、和", "二三四第"),
    ("首", "季", ""),
    ("元", "月", ""),
    ("“\"‘'", "七八九十三五六", "一二三四五六七八"),
    ('“"', "清国重端元", ""),
    ("近前后首头这", _CN + _D + "的季个", ""),
    ("第", _CN + _D, "季至到-—~"),
    ("上本这下", "周星礼世半", ""),
    ("周", _CN + "日天", ""),
    ("星", "期", "一二三四五六日天"),
    ("年", "底末初内", ""),
    *((word[0], word[1], "的" + _CN + _D) for word in _SPAN_WORDS),
    *((word[0], word[1], _CN + _D) for word in ("短短", "不到", *_TIMES_OF_DAY)),
    ("版", "权", "所"),
    ("©", " :" + _D, ""),
    ("C", "o", "p"),
)


def beginnings() -> dict[str, set[str]]:
    """First two characters of expressions without a digit in front -> the third ones; {""} where any may follow."""
    heads: dict[str, set[str]] = {}
    for firsts, seconds, thirds in _BEGINNINGS:
        for first in firsts:
            for second in seconds:
                heads.setdefault(first + second, set()).update(thirds or {""})
    for table in ("date_words", "festivals", "events"):
        for row in lexicon(table):
            heads.setdefault(row["word"][:2], set()).add(row["word"][2:3])
    for party in ("党的", "中共"):
        heads.setdefault(party, set()).update(row["word"][0] for row in lexicon("events"))
    return {head: {""} if "" in thirds else thirds for head, thirds in heads.items()}


def _words(kinds: set[str]) -> str:
    """Alternation of the words of these kinds, longest first, each with its guards."""
    rows = sorted((r for r in lexicon("date_words") if r["kind"] in kinds), key=lambda r: -len(r["word"]))
    return "|".join(
        r["word"]
        + (f"(?<![{r['not_after']}]{r['word']})" if r["not_after"] else "")
        + (f"(?![{r['not_before']}])" if r["not_before"] else "")
        for r in rows
    )


def _festivals(prefix: str) -> str:
    rows = sorted(lexicon("festivals"), key=lambda r: -len(r["word"]))
    bare = "|".join(r["word"] for r in rows if r["bare"] == "yes")
    marked = "|".join(r["word"] for r in rows if r["bare"] != "yes")
    holiday = "(?:国际)?(?:小?长假|假期|期间|前夕|前后|当天)"
    return (
        rf"(?P<{prefix}festival>(?:(?P<{prefix}bare>{bare})节?|[“\"](?P<{prefix}quoted>{marked})[”\"]节?"
        rf"|(?P<{prefix}marked>{marked})(?:节|(?={holiday})))(?:国际)?(?:小?长假|假期)?)"
    )


_YEAR = r"(?:(?<!\d)(?<!\d\.)(?:1[5-9]|20)\d\d|[一二][九八〇○零O0][〇○零O0一二三四五六七八九]{2})"
_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TO = r"(?:至|到|[-—~]{1,2})"
_MONTH = r"(?:(?<!\d)(?<!\d\.)(?:1[0-2]|0?[1-9])|(?<![第每一二三四五六七八九十])(?:十[一二]?|[一二三四五六七八九]))"
_MONTH_END = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_EARLY = "初(?![中一二三级步等高心次衷])"
_MIDDLE = "中(?![央国共小学心等部东西秋间层型级医考标])"
_SHORT_YEAR = (  # 15年底, 08年; a bare 15年 is a duration
    r"(?:(?<![\d.:/〇年-])(?<!\d,)(?:(?=0\d年(?![代间]))|(?=[0-2689]\d年(?:底|末|初(?![中一二三级])|\d{1,2}月|[上下]半年))"
    r"|(?<=[从由比])(?=[0-2]\d年的[约近不]?\d)"
    # 比97年增长, in texts of those years
    r"|(?<=[\n。,;:(比由从到至自在于])(?=[89]\d年(?![代间多来以之的前后历党龄内]))"
    r")\d\d)"
)
_HOURS = r"(?:[01]?\d|2[0-4])"
_MINUTES = r":[0-5]\d(?::[0-5]\d)?(?!\d)"
_DAYTIME = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|当晚|晚(?![会报宴餐饭稻造熟]))"
_ABOUT = "(?:许|左右)?"
_HOUR_MARK = rf"(?:时(?![段期间代])|点(?![多余个位])|{_MINUTES})"
_CLOCK = rf"(?:{_DAYTIME}?(?<!\d){_HOURS}{_HOUR_MARK}(?:[0-5]?\d分)?[半整]?{_ABOUT}|{_DAYTIME})"
_PLAN_NUMBER = "(?:十[一二三四五六七]?五|[七八九]五)"
_PLAN = "(?:规划|计划)?(?:期间|时期|期?末期?|期?初期?)"
_TENS = r"(?:\d0|(?<!十)[二三四五六七八九]十)"
_LONG_AGO = "(?!的?历史)"  # 有2000年历史
_MORE = r"多(?=[的,。;、]|试点|努力|实践|建设|发展|时间|探索|运行)"  # 经过一年多试点


def _part_of_year(prefix: str) -> str:
    """A month, day, quarter, half or holiday; group names begin with `prefix`."""
    return rf"""
        (?:(?:第?(?P<{prefix}q>[一二三四1234])(?:(?:{_TO}|[、和](?:二[、和])?)?第?(?P<{prefix}q2>[一二三四1234]))?
            |前(?P<{prefix}qf>[二两三])个?|(?P<{prefix}q1>首)个?)季度[末底]?
          |(?P<{prefix}qs>首)季(?!节)
          |(?P<{prefix}half>上|下)半年
          |[前头首](?P<{prefix}firstm>{_N})个?月(?:份)?
          |(?P<{prefix}m>{_MONTH})(?:(?:月(?:份)?)?{_TO}(?P<{prefix}m2>{_MONTH_END}))?月(?![龄嫂饼])(?:份)?
            (?:(?P<{prefix}d>{_DAY})(?:[日号]?{_TO}(?P<{prefix}d2>{_DAY}))?[日号](?![线楼院店机路]){_CLOCK}?
              |(?P<{prefix}mp>[上中下]旬|上中旬|中下旬|{_EARLY}|底|末))?
          |{_festivals(prefix)})"""


_CHANGE = "增长|增加|下降|减少|翻|累计"
_DECADE_PART = "(?P<dp>初期?|早期|中期?|末期?|后期)?"
_OTHER_KINDS = {"week", "day", "context_day", "season", "quarter", "now", "recent", "trend", "former"}


def _in_year() -> str:
    """What narrows a year: 年底, 冬季, 的11月."""
    return rf"""(?:年?(?P<yp>{_EARLY}|{_MIDDLE}|底|末)|(?P<ys>[春夏秋冬])(?:[季天]|(?=[,播种收]))
            |的?{_part_of_year("y_")})?"""


def _event_or_word() -> str:
    """党的十八大以来, and the words of time that are no year or month."""
    events = "|".join(row["word"] for row in lexicon("events"))
    event = rf"(?:党的|中共)?(?P<event>{events})(?:胜利)?(?:召开)?(?=以来|之?后)"
    return rf"{event} | (?P<word>{_words(_OTHER_KINDS)})"


@cache
def number_pattern() -> re.Pattern[str]:
    """Expressions that begin with a numeral; the outer named group (`lastgroup`) says which shape was met."""
    return re.compile(
        rf"""{_NO_DATE}(?:
        (?P<iso>(?<![\d./-])(?P<iy>(?:19|20)\d\d)(?P<sep>[-/.])(?P<im>1[0-2]|0?[1-9])(?P=sep)
            (?P<id>3[01]|[12]\d|0?[1-9])(?![\d/-])(?:[ T]?{_HOURS}{_MINUTES})?)
      | (?P<years>(?P<ya>{_YEAR})(?:(?:年度?)?{_TO}|/)(?P<y2>{_YEAR})年度?{_LONG_AGO})
      | (?P<year>(?:(?P<y>{_YEAR})(?:年(?:度(?!假))?{_LONG_AGO}|(?=[、和]{_YEAR}年))|(?P<yy>{_SHORT_YEAR})年)
            {_in_year()})
      | (?P<plan>(?P<p5>{_PLAN_NUMBER})(?:{_PLAN}|规划|计划|(?=以来)))
      | (?P<decade>(?:(?P<century>(?:19|20|21)世纪|二十一?世纪)(?:(?P<dec>{_TENS})年代)?|(?<!\d)(?P<dec2>{_TENS})年代)
            {_DECADE_PART})
      | (?P<part>{_part_of_year("r_")})
      | (?P<run>(?<![\d.第])(?<!\d,)(?P<n>{_N})(?P<more>[多余])?(?P<unit>年|个月|天)
            (?P<suf>多以来|多来|以来|来(?![自到])|{_MORE}|间(?!隔)|之?前|之?后|(?={_CHANGE})))
      | (?P<day>(?:(?:(?<=[,。;\n(])|^)(?P<bd>3[01]|[12]\d|0?[1-9])日(?=[,上下晚凌早中电讯])
            |(?<![\d.:/月第每—~×-])(?P<bd3>3[01]|[12]\d|0?[1-9])日(?={_DAYTIME}|{_HOURS}(?:[时点]|:[0-5]\d))
            |(?<=截至)(?P<bd4>3[01]|[12]\d|0?[1-9])日
            |(?<=[时分点][至到])(?P<bd2>3[01]|[12]\d|0?[1-9])日(?=[,\d上下晚凌早中])){_CLOCK}?)
      | (?P<clock>(?<![\d.:/×]){_HOURS}{_MINUTES}(?![\d:.%])|(?<![\d.,×]){_HOURS}时(?:许|[0-5]?\d分))
      | {_event_or_word()}
        )""",
        re.VERBOSE,
    )


@cache
def word_pattern() -> re.Pattern[str]:
    """Expressions that begin with a word."""
    before = "连续|持续|最近|过去|未来|今后|此后|近|前|后|首|头|这|随后"
    return re.compile(
        rf"""
        (?P<same>{_words({"same"})})
      | (?P<year_word>(?P<yw>{_words({"year", "context_year"})}){_in_year()})
      | (?<![\d一二三四五六七八九十几两多半每今去明前])年(?P<edge>底|末|{_EARLY}|内)
      | (?P<plan>[“"‘'](?P<p5>{_PLAN_NUMBER})(?:规划|计划)?[”"’']{_PLAN}?)
      | (?P<decade>(?P<century>上世纪|本世纪)(?:(?P<dec>{_TENS})年代)?{_DECADE_PART})
      | (?P<month>(?P<mw>{_words({"month", "context_month"})})
            (?:(?P<mwp>[上中下]旬|{_EARLY}|底|末)|(?P<mwd>{_DAY})[日号])?)
      | (?P<part>{_part_of_year("r_")})
      | (?P<span>(?<!学)(?P<pre>{before})的?(?P<n>{_N})[多余]?(?P<unit>年|个月|个季度|天)
            (?P<suf>多来|以来|来|间|前|后)?)
      | (?P<within>(?:不到|短短)(?P<n3>{_N})年)
      | (?P<clock>{_DAYTIME}{_N}[时点](?:[0-5]?\d分)?半?{_ABOUT})
      | (?P<weekday>(?:[上本这下]|(?<![每一二两三四五六七八九十几\d“"‘]))(?:周|星期)[一二三四五六日天]
          (?![一次个件项户名期轮访]))
      | (?:版权所有|©|Copyright)[:© ]{{0,3}}(?P<page>(?:19|20)\d\d(?:[-~](?:19|20)\d\d)?)
      | {_event_or_word()}
        """,
        re.VERBOSE,
    )
