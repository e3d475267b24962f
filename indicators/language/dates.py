"""Folded text -> calendar expressions: 2015年11月底, 今年以来, 前三季度, 近五年, "十四五"期间, 8月22日20时许.

Words stand in data/date_words.csv and data/festivals.csv, shapes in the one pattern below. What days an expression
means is `indicators.language.intervals`'s business; what it governs is `indicators.language.timeline`'s.
Durations that are claims (工期2年, 3到5年, 7天) are no expressions here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from indicators.language.lexicon import lexicon

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "0": 0, "两": 2}
_NUMERAL = re.compile("[0-9零〇○一二两三四五六七八九十百]")


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A calendar expression: `surface` is `text[start:end]` of the folded text; `frame_start`, `frame_end` take in
    the words that relate it (截至, 从...起, 以来, 期间).

    kind: `point` (year, month, day, each absolute or an offset from the reference; `part` narrows it: 初, 底, 上旬,
    H1, Q3, M10 = first ten months), `span` (`count` of `unit` in `direction` back, ahead, ago, after or run), `plan`
    (`count` = number of the five-year plan), `decade` (`year` = its first year), `festival` (`word`), `clock`, and
    the words of date_words.csv: `now`, `recent`, `trend`, `former`, `same`, `week`, `day`.
    `last` is (year, month, day) of the far end of a range, 0 where it is the near end's.
    relation: until (截至), to (到), since (从...起, 以来), by (底前), from (自, 从), at (在), or "".
    """

    start: int
    end: int
    surface: str
    kind: str
    year: int | None = None
    year_offset: int | None = None
    month: int | None = None
    month_offset: int | None = None
    day: int | None = None
    part: str = ""
    last: tuple[int, int, int] = (0, 0, 0)
    count: int = 0
    unit: str = ""
    direction: str = ""
    word: str = ""
    context: bool = False
    relation: str = ""
    frame_start: int = 0
    frame_end: int = 0
    has_number: bool = False


def number(surface: str) -> int:
    """A small number in Arabic or Chinese numerals; digit strings too.

    >>> number("二〇一五"), number("十二"), number("08"), number("三十")
    (2015, 12, 8, 30)
    """
    if surface.isdigit() and surface.isascii():
        return int(surface)
    if "十" not in surface and "百" not in surface:
        return int("".join(str(_DIGITS[c]) for c in surface))
    hundreds, _, rest = surface.rpartition("百")
    tens, has_ten, ones = rest.rpartition("十")
    value = 100 * (_DIGITS.get(hundreds[-1:], 1) if "百" in surface else 0)
    value += 10 * _DIGITS.get(tens[-1:], 1) if has_ten else 0
    return value + _DIGITS.get(ones[-1:], 0)


def _words(kinds: set[str]) -> str:
    """Alternation of the words of these kinds, longest first, each with its guards."""
    rows = sorted((r for r in lexicon("date_words") if r["kind"] in kinds), key=lambda r: -len(r["word"]))
    return "|".join(
        (f"(?<![{r['not_after']}])" if r["not_after"] else "")
        + r["word"]
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
_HOURS = r"(?:[01]?\d|2[0-4])"
_MINUTES = r":[0-5]\d(?::[0-5]\d)?"
_DAYTIME = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|当晚)"
_CLOCK = rf"(?:{_DAYTIME}?(?<!\d){_HOURS}(?:时(?![段期间代])|点(?![多余个位])|{_MINUTES})(?:[0-5]?\d分)?[半整]?(?:许|左右)?|{_DAYTIME})"


def _part_of_year(prefix: str) -> str:
    """A month, day, quarter, half or holiday; group names begin with `prefix`."""
    return rf"""
        (?:(?:第?(?P<{prefix}q>[一二三四1234])(?:{_TO}(?P<{prefix}q2>[一二三四1234]))?|前(?P<{prefix}qf>[二两三])个?|(?P<{prefix}q1>首)个?)季度
          |(?P<{prefix}half>上|下)半年
          |前(?P<{prefix}firstm>{_N})个?月(?:份)?
          |(?P<{prefix}m>{_MONTH})(?:(?:月(?:份)?)?{_TO}(?P<{prefix}m2>{_MONTH_END}))?月(?:份)?
            (?:(?P<{prefix}d>{_DAY})(?:[日号]?{_TO}(?P<{prefix}d2>{_DAY}))?[日号](?![线楼院店机路])(?P<{prefix}clock>{_CLOCK})?
              |(?P<{prefix}mp>[上中下]旬|{_EARLY}|底|末))?
          |{_festivals(prefix)})"""


def _span_of_time() -> str:
    """连续5年, 近三年来, 十年前, 一年多以来; 十年增长1.3倍. A bare 3年 is a duration, none of ours."""
    before = "连续|持续|最近|过去|未来|今后|此后|短短|不到|近|前|后|首|头|这|随后"
    return rf"""
        (?P<pre>{before})的?(?P<n>{_N})[多余]?(?P<unit>年|个月|个季度|天)(?P<suf>多来|以来|来|间|前|后)?
      | (?<![\d.第])(?<!\d,)(?P<n2>{_N})(?P<more>[多余])?(?P<unit2>年|个月|天)
        (?P<suf2>多以来|多来|以来|来(?![自到])|多(?=[的,。;、]|试点|努力|实践|建设|发展|时间|探索|运行)|间(?!隔)|之?前|之?后|(?=增长|增加|下降|减少|翻|累计))"""


_PLAN = "(?:规划|计划)?(?:期间|时期|末期?|初期?)"


@cache
def _pattern() -> re.Pattern[str]:
    """The one pattern; which groups are set says which shape was met."""
    return re.compile(
        rf"""
        (?P<iso>(?<![\d./-])(?P<iy>(?:19|20)\d\d)(?P<sep>[-/.])(?P<im>1[0-2]|0?[1-9])(?P=sep)(?P<id>3[01]|[12]\d|0?[1-9])
            (?![\d/-])(?:[ T]?{_HOURS}{_MINUTES})?)
      | (?P<ya>{_YEAR})(?:年度?)?{_TO}(?P<y2>{_YEAR})年度?(?!的?历史)
      | (?P<same>{_words({"same"})})
      | (?:(?P<y>{_YEAR})年(?:度(?!假))?(?!的?历史)|(?P<yw>{_words({"year", "context_year"})}))
        (?:年?(?P<yp>{_EARLY}|{_MIDDLE}|底|末)|的?{_part_of_year("y_")})?
      | (?<![\d一二三四五六七八九十几两多半每今去明前])年(?P<ap>底|末|{_EARLY}|内)
      | (?P<mw>{_words({"month", "context_month"})})(?:(?P<mwp>[上中下]旬|{_EARLY}|底|末)|(?P<mwd>{_DAY})[日号])?
      | [“"](?P<p5>十[一二三四五六七]?五|[七八九]五)(?:规划|计划)?[”"]{_PLAN}? | (?P<p5b>十[一二三四五六七]?五|[七八九]五)(?:{_PLAN}|规划|计划|(?=以来))
      | (?:(?P<century>上世纪|本世纪|(?:19|20|21)世纪|二十一?世纪)(?:(?P<dec>\d0|[二三四五六七八九]十)年代)?
          |(?<!\d)(?P<dec2>\d0|(?<!十)[二三四五六七八九]十)年代)(?P<dp>初期?|早期|中期?|末期?|后期)?
      | {_part_of_year("r_")}
      | {_span_of_time()}
      | (?:(?<=[,。;\n(])|^)(?P<bd>3[01]|[12]\d|0?[1-9])日(?=[,上下晚凌早中电讯]){_CLOCK}?
      | (?P<clock>{_DAYTIME}{_N}[时点](?:[0-5]?\d分)?半?(?:许|左右)?|(?<![\d.:,/×]){_HOURS}{_MINUTES}(?![\d:.%])
          |(?<![\d.,×]){_HOURS}时(?:许|[0-5]?\d分))
      | (?P<weekday>(?:[上本这下]|(?<![每一二两三四五六七八九十几\d“\"‘]))(?:周|星期)[一二三四五六日天](?![一次个件项户名期轮访]))
      | (?:党的|中共)?(?P<event>{"|".join(row["word"] for row in lexicon("events"))})(?:胜利)?(?:召开)?(?=以来|之?后)
      | (?:版权所有|©|Copyright)[:© ]{{0,3}}(?P<page>(?:19|20)\d\d(?:[-~](?:19|20)\d\d)?)
      | (?P<word>{_words({"week", "day", "now", "recent", "trend", "former"})})
        """,
        re.VERBOSE,
    )


_BEFORE = re.compile(r"(?P<until>截至|截至到|截止到|截止)|(?P<to>到|至)|(?P<since>自从|自|从)|(?P<by>预计到|力争到)|(?P<at>在|于)")
_AFTER = re.compile(
    r"(?P<since>以来|开始|至今|起(?![到来步草]))|(?P<after>之后|以后|后)|(?P<by>之前|以前|前(?!后))|(?P<during>期间)"
)
_SINCE_LATER = re.compile(r"[^,。;:!?\n]{1,20}?以来")  # 2019年实施该政策以来
_UNITS = {"年": "year", "个月": "month", "个季度": "quarter", "天": "day"}
_AHEAD = {"未来", "今后", "此后", "后"}


def scan(text: str) -> list[DateExpression]:
    """Calendar expressions of a folded text in order, disjoint; linear in its length.

    >>> [e.surface for e in scan("2013年初试点,截至今年11月底建成22个,近三年投入6年的资金")]
    ['2013年初', '今年11月底', '近三年']
    """
    found: list[DateExpression] = []
    for match in _pattern().finditer(text):
        expression = _expression(match)
        if expression is None:
            continue
        if found and text[found[-1].end : match.start()] in _LINKS and (joined := _join(found[-1], expression, text)):
            expression = joined
            found.pop()
        found.append(expression)
    return [_framed(text, expression) for expression in found]


_LINKS = {"至", "到", "-", "—", "~", "——"}


def _join(first: DateExpression, second: DateExpression, text: str) -> DateExpression | None:
    """2015年3月至2016年2月: one range out of two points of the same grain, None where they are none."""
    if first.kind != "point" or second.kind != "point" or any(first.last) or any(second.last):
        return None
    if first.part or second.part or bool(first.month) != bool(second.month):
        return None
    if second.year is None and not first.month:
        return None  # 2013年至今年: the far end is no point of the near end's calendar
    if second.year_offset is not None and (first.year_offset is None or second.year_offset - first.year_offset > 1):
        return None
    last = (second.year or 0, second.month or 0, second.day or 0)
    return replace(first, end=second.end, surface=text[first.start : second.end], last=last)


def _expression(match: re.Match[str]) -> DateExpression | None:
    """The expression of a match, None where its words cannot be a date (2月31日)."""
    values = match.groupdict()
    base = DateExpression(
        match.start(), match.end(), match.group(), "point", has_number=bool(_NUMERAL.search(match.group()))
    )
    for shape in (_point, _named_span, _word):
        expression = shape(base, values)
        if expression is not None:
            return expression
    return None


def _point(base: DateExpression, v: dict[str, str | None]) -> DateExpression | None:
    """Year, month, day, or a part of a year."""
    if v["iso"]:
        return replace(base, year=int(v["iy"] or 0), month=int(v["im"] or 0), day=int(v["id"] or 0))
    if v["ya"] and v["y2"]:
        return replace(base, year=number(v["ya"]), last=(number(v["y2"]), 0, 0))
    if v["ap"]:
        return replace(base, part="" if v["ap"] == "内" else v["ap"], context=True)
    if v["mw"]:
        row = _row(v["mw"])
        day = number(v["mwd"]) if v["mwd"] else None
        context = row["kind"] == "context_month"
        return replace(base, month_offset=int(row["offset"]), part=v["mwp"] or "", day=day, context=context)
    if v["bd"]:
        return replace(base, day=number(v["bd"]), context=True)
    if v["y"]:
        return _part(replace(base, year=number(v["y"]), part=v["yp"] or ""), v, "y_")
    if v["yw"]:
        row = _row(v["yw"])
        year = replace(base, year_offset=int(row["offset"]), part=v["yp"] or "", context=row["kind"] == "context_year")
        return _part(year, v, "y_")
    part = _part(replace(base, context=True), v, "r_")
    return None if part.month is None and not part.part and part.kind == "point" else part


def _part(base: DateExpression, v: dict[str, str | None], prefix: str) -> DateExpression:
    """`base` narrowed by the part of a year whose groups begin with `prefix`."""

    def get(name: str) -> str:
        return v[prefix + name] or ""

    if get("q") or get("q1"):
        quarter = number(get("q") or "1")
        return replace(base, part=f"Q{quarter}{number(get('q2')) if get('q2') else quarter}")
    if get("qf"):
        return replace(base, part=f"Q1{number(get('qf'))}")
    if get("half"):
        return replace(base, part="H1" if get("half") == "上" else "H2")
    if get("firstm"):
        return replace(base, month=1, last=(0, min(12, max(1, number(get("firstm")))), 0))
    if get("festival"):
        return replace(base, kind="festival", word=get("bare") or get("quoted") or get("marked"))
    if not get("m"):
        return base
    last = (0, number(get("m2")) if get("m2") else 0, number(get("d2")) if get("d2") else 0)
    day = number(get("d")) if get("d") else None
    return replace(base, month=number(get("m")), day=day, part=get("mp"), last=last)


def _named_span(base: DateExpression, v: dict[str, str | None]) -> DateExpression | None:
    """Five-year plans, decades, and spans of n years or months."""
    if plan := v["p5"] or v["p5b"]:
        return replace(base, kind="plan", count=number(plan[:-1] if len(plan) > 1 else plan), part=_edge(base.surface))
    if v["century"] or v["dec2"]:
        return _decade(base, v)
    if v["n"] or v["n2"]:
        before, after = v["pre"] or "", v["suf"] or v["suf2"] or ""
        direction = "run" if before in ("连续", "持续") else "ahead" if before in _AHEAD else "back"
        if not before or before in ("不到", "短短"):
            direction = {"前": "ago", "后": "after", "": "back" if before else "run"}.get(after[-1:], "back")
        part = "more" if v["more"] or after.startswith("多") else ""
        unit = _UNITS[v["unit"] or v["unit2"] or "年"]
        return replace(base, kind="span", count=number(v["n"] or v["n2"] or "1"), unit=unit, direction=direction, part=part)
    return None


def _edge(surface: str) -> str:
    return "末" if "末" in surface else "初" if "初" in surface else ""


def _decade(base: DateExpression, v: dict[str, str | None]) -> DateExpression:
    """70年代 is 1970, 20世纪90年代 1990; 00, 10 年代 without a century are of this one."""
    decade = v["dec"] or v["dec2"]
    century = v["century"] or ""
    tens = number(decade) if decade else -1
    if century in ("上世纪", "20世纪", "二十世纪"):
        start = 1900
    elif century == "19世纪":
        start = 1800
    else:
        start = 2000 if century or tens in (0, 10) else 1900
    part = (v["dp"] or "")[:1].replace("早", "初").replace("后", "末")
    return replace(base, kind="decade", year=start + max(tens, 0), count=10 if decade else 100, part=part)


def _word(base: DateExpression, v: dict[str, str | None]) -> DateExpression | None:
    """Clock times, weekdays and the words of date_words.csv that are no year or month."""
    if v["clock"]:
        return replace(base, kind="clock")
    if event := v["event"]:
        return replace(base, kind="event", word=event, has_number=False)
    if page := v["page"]:
        return replace(base, kind="page", start=base.end - len(page), surface=page)
    if v["weekday"]:
        offset = {"上": -1, "本": 0, "这": 0, "下": 1}.get(v["weekday"][0])
        return replace(base, kind="weekday" if offset is None else "week", count=offset or 0)
    if surface := v["same"] or v["word"]:
        row = _row(surface)
        return replace(base, kind=row["kind"], count=int(row["offset"]), has_number=False)
    return None


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in lexicon("date_words")}


def _row(word: str) -> dict[str, str]:
    return _rows()[word]


def _framed(text: str, expression: DateExpression) -> DateExpression:
    """The expression with the words around it that relate it to a value."""
    start, end, relation = expression.start, expression.end, ""
    for width in (3, 2, 1):
        if start >= width and (before := _BEFORE.fullmatch(text, start - width, start)):
            start, relation = start - width, before.lastgroup or ""
            break
    if after := _AFTER.match(text, end):
        end = after.end()
        if after.lastgroup == "after":
            relation = "since" if expression.month is None and expression.kind in ("point", "event") else relation
        elif after.lastgroup != "during":
            relation = after.lastgroup or ""
    elif _SINCE_LATER.match(text, end) and expression.kind == "point":
        relation = "since"
    elif relation == "since":
        relation = "from"
    return replace(expression, frame_start=start, frame_end=end, relation=relation)
