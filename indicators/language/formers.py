"""The earlier value of a from-to or of former times: 由300元提高到500元, 过去只有3万元, 如今8万元."""

from __future__ import annotations

import re

_TO = (
    r"(?:增加|增长|提高|提升|上升|上涨|扩大|发展|扩展|拓展|壮大|跃升|攀升|猛增|激增|增|升|涨|压减|压缩|精简|"
    r"减少|降低|下降|缩小|缩短|缩减|回落|调整|上调|下调|整合|合并|减|降|变|改)"
)
_TOWARDS = re.compile(rf"{_TO}?(?:到|至|为)(?!今|达)|(?:{_TO}|转|扩|做)成|{_TO}(?:了|约)?\d")
_COUNTED = re.compile(r"\d(?![\d年月日届.万亿])[\u4e00-\u9fff]{5,}")  # 从50多个国家进口400吨: a number before it
# 由基金会承担50%, 由县财政出资: who pays, no earlier value.
_FROM = re.compile(
    r"(?:^|[^自])[由从](?!事|业|此|于|[^,。;:、]{0,14}(?:承担|负担|分担|负责|出资|牵头|组成|提供|统筹|筹[集措资]|支付))[^,。;:、]{0,16}$"
)
_FORMERLY = re.compile(
    r"原来|原先|原有|原为|原本|过去(?!的?(?:[一两三四五六七八九十几数\d]+(?:年|个月|[天周])|一段))|以前|以往|那时候?|昔日|早年|早些年|先前|之前|此前|从前|曾经?|一度|起初|最初|当初|"
    r"[一二三四五六七八九十\d]+年前的?|(?:改革|改造|改制|搬迁|脱贫|实施|修路|通车|整治|流转)前"
)
_BEFORE = (
    "以前",
    "以往",
    "那时",
    "那时候",
    "昔日",
    "早年",
    "早些年",
    "先前",
    "过去",
    "从前",
    "原先",
    "原来",
    "此前",
    "之前",
    "前",
)  # speak for the clauses that follow
_NOW = re.compile(
    r"现在|如今|眼下|目前|当前|现已|而今|到(?:去年|今年|19\d\d年|20\d\d年)|"
    r"(?:提高|提升|增加|上涨|增长|压减|降低|减少|缩短|下降|发展|增|降|减|升|整合|合并|撤并|优化|精简)(?:到|至|为|成)"
)
_TODAY = re.compile(r"现在|如今|眼下|而今|目前")
_BETTER = re.compile(r"[比较][^,。;]{0,6}$|相比|多了|少了|翻了")
_REACHED = re.compile(r"\d[^,。;]{0,8}(?:到|至|为|成)")
_CLEARED = re.compile(
    r"[^,。;]{0,8}(?:到|至|为)(?:零|0(?![.\d]))|,?[^,。;]{0,4}(?:到|至)?(?:全部|全面)?(?:清零|归零|脱贫)"
)
_OPENING_BID = re.compile(r"(?:租金|价格?)?起(?:拍|价|步|租)")
_UNEVEN = re.compile(r"(?:至|到)[^,。;]{1,14}不等|[^,。;\d]{0,4}不等")  # 工钱从60元至250元不等: a range
OPENING_FIRST = frozenset("租价起")  # what it begins with
_ELSEWHEN = re.compile(r"[。;]|[去今前当]年|\d{4}年|后来|自从|[以之]后|随着")
# Words that open the account of former times and speak for all that their sentence tells after them.
_FRAME = re.compile(
    r"(?:^|[,:])[“\"]?(?P<word>曾经(?=,)|过去(?!的?(?:[一两三四五六七八九十几数\d]+(?:年|个月|[天周])|一段))|以前|从前|早些年|早先|那时候?|"
    r"昔日|以往|原来(?!,)|原先|小时候|(?P<moment>(?:最|刚)[^,。;:、\d]{1,6}(?:的时候|时(?=,)|那会儿?|那几?年)|[^,。;:、\d]{1,8}(?:之初|初期)))"
)
_TURN = re.compile(r"[^。!?;]{0,12}(?:现在|如今|眼下|而今|现今|后来)")
_LATER = re.compile(r"[^。!?;]{0,3}(?:(?:19|20)\d\d年|[去今前]年|自从|随着)|[^。!?;,]{0,8}[以之]?后,")
_SPEAKER = re.compile(r"[^。!?;]{0,20}(?:说|回忆|介绍|告诉[^。]{0,4}|感慨|道)[。:]")
_MARK = re.compile(r"[,。;:!?\n]")
_ONLY = re.compile(r"(?:仅|只|才|不足|不到|不满|还没|没有)[^,。;\d]{0,3}$")


# 2014年有贫困户86户,到2019年底全部脱贫: a stock that a later year has cleared.
_STOCK = re.compile(r"\d{4}年[^。;]{0,24}(?:贫困|建档立卡|危房|未脱贫|尚有|还有)[^,。;]{0,14}$")
_GONE = re.compile(
    r"[^。;]{0,16},(?:到|至)?(?:\d{4}年[底末初]?|去年底?|今年|如今|目前)[^,。;\d]{0,8}(?:脱贫|清零|归零|消除|退出|出列)(?!了?\d)"
)


def is_cleared(left: str, right: str) -> bool:
    """Whether the sentence sets a stock of an earlier year against the later one that has cleared it.

    >>> is_cleared("2014年全村有贫困户", ",到2019年底全部脱贫。"), is_cleared("2014年建成", "。")
    (True, False)
    """
    return bool(_STOCK.search(left) and _GONE.match(right))


def is_framed(left: str, right: str, beyond: str) -> bool:
    """Whether the sentence speaks of former times from `left` on and what follows turns to the present.

    `left` and `right` are the sentence before and after a number, `beyond` the text behind it. A frame with a comma
    behind it at the start of a sentence (过去,...) needs no turn.

    >>> is_framed("过去,村里吃水要走", "山路。", ""), is_framed("以前住山上,种着", "旱地。", "如今住楼房。")
    (True, True)
    """
    frames = list(_FRAME.finditer(left))
    if not frames:
        return False
    frame = frames[-1]
    between = left[frame.end() :]
    if _ELSEWHEN.search(between) or _NOW.search(between) or _BETTER.search(between):
        return False
    opens = not left[: frame.start("word")].strip('“"')
    if opens and between.startswith(",") and not frame["moment"]:
        return True
    speaker = _SPEAKER.match(beyond)
    turned = beyond[speaker.end() :] if speaker else beyond
    if _TURN.match(turned) or _TODAY.search(right):
        return True
    return not frame["moment"] and bool(_LATER.match(turned))


def is_past(left: str, words: str, right: str, more: bool, carried: bool = False) -> bool:
    """Whether a number is an earlier value.

    `left` and `right` are its sentence before and after it, `words` its qualifier words; `more`: a number follows.
    `carried`: the number before it in the sentence is an earlier value.

    >>> is_past("收入由", "", "提高到8万元", True), is_past("收入为", "", "。", False)
    (True, False)
    """
    clause_left = _MARK.split(left)[-1]
    if _OPENING_BID.match(right) and more:
        return True
    if _UNEVEN.match(right):
        return False
    near = right[:26]
    origin = _FROM.search(clause_left)
    if (more or _CLEARED.match(right)) and origin and not _TOWARDS.search(clause_left, origin.start() + 1):
        towards = _TOWARDS.search(near)
        if towards and not _COUNTED.search(origin.group()) and not _broken(towards, near[: towards.start()]):
            return True
    former = list(_FORMERLY.finditer(left))
    if not former or _NOW.search(left, former[-1].end()):
        return False
    between = left[former[-1].end() :]
    if carried and former[-1].group().endswith(_BEFORE) and not _ELSEWHEN.search(between):
        return not _TOWARDS.search(between)
    return _in_former_times(former[-1].group(), between, words, right, more)


def _broken(towards: re.Match[str], between: str) -> bool:
    """Whether a from-to ends before its 到: at a full stop, or a number of its own (从50个国家进口9吨,出口到...)."""
    bare = towards.group() in ("到", "至", "为")
    return bool(re.search(r"[。;]|[\u4e00-\u9fff]{4,}\d[^,]*," if bare else r"[。;]", between))


def _in_former_times(former: str, between: str, words: str, right: str, more: bool) -> bool:
    """Whether `former` speaks for the number that follows `between`."""
    if re.search(r"[。;]", between) or _REACHED.search(between):
        return False
    frame = former.endswith(_BEFORE)
    if frame and between.count(",") <= 2 and _ONLY.search(between + words):
        return True  # 2018年以前只有...
    if between.count(",") > 1:
        return False
    if former == "一度":
        return "," not in between
    if frame and _TODAY.search(right):
        return True
    return more and bool(_NOW.search(right))
