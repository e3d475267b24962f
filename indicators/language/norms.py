"""Whether a number is a rule: a norm, a threshold, a recurring entitlement, or the clause that carries one on."""

from __future__ import annotations

import re

from indicators.language.clauses import WINDOW, bounded_clause
from indicators.language.hit import Hit
from indicators.language.surroundings import Around, trigger

_GROUP = re.compile(r"的?[“\"]?[^,。;、:!?的]{1,12}")
_TARGET = re.compile(r"(?:对于?|针对|凡是?|符合|给予|按照)")
_ENTITLED = re.compile(r"补助|资助|补贴|津贴|奖励|奖补|报酬|生活费|养老金|低保|抚恤|慰问金|发放")
_REWARD = re.compile(
    r"(?:^|[,;。])[^,;。]{0,4}(?:对|凡|获得?|达到)[^,;。]{2,24}的[^,;。]{0,6},?[^,;。已共]{0,5}"
    r"(?:奖励|给予|补助|补贴|奖补|奖|扣发|扣除|罚款)[^,;。]{0,8}$"
)
_SHARE_RULE = re.compile(r"按照?[^,。;]{0,12}$")
_EVERY = re.compile(
    r"每|各|要求|规定|标准|必须|应|须|原则上|一律|统一|[户人]均(?:自筹|缴)|单(?:[户次人笔幢栋个项家座台亩株头村店]|项目|企业)"
)
_ENTITLEMENT = re.compile(r"(?:补助|补贴|奖励|奖补|报销|贷款|授信)(?:金额|资金|总额|额度|标准|比例|上限)?$")
_BOUND = ("不少于", "不低于", "不超过", "不高于", "不得", "至少", "最多", "最高", "最低", "最长", "不能超过", "≥", "≤")
# A document or a rule that is quoted: what follows in the sentence and speaks of dues and entitlements is a norm.
_QUOTED_RULE = re.compile(
    r"(?:根据|按照?|依据|依照|遵照)[^,。;]{0,30}?"
    r"(?:文件|规定|办法|方案|政策|细则|条例|意见|通知|号|新规|制度|规则|要求|协议|合同|公约)(?:精神|要求|规定)?,"
    r"|(?:办法|规定|政策|条例|方案|新规|细则|制度|合同|协议|公约|文件)(?:规定|明确|约定|要求|提出)|(?:规定|约定)[,:]"
)
_DUE = re.compile(
    r"缴纳|缴费|筹资|自付|自筹|自负|报销|补偿|起付线|封顶|加发|增发|再发|押金|扣除|扣发|罚款|减免|免|最[高低]|上限|下限|"
    r"补助|补贴|津贴|奖励|奖补|报酬|生活费|养老金|低保|抚恤|慰问金|降为|标准"
)
# The nouns of what is due regularly: their new value (标准由280元提高到320元) is the rule that now holds.
_RATE = re.compile(
    r"标准|养老金|低保|报酬|津贴|起付线|封顶线|报销比例|(?:补助|补贴)[^,。;\d]{0,4}$|每[^,。;]{0,24}(?:补助|补贴)"
)
_RAISED = re.compile(
    r"(?:提高|增加|提升|上调|下调|降低|调整|调|增|涨|降)(?:了)?(?P<to>到|至|为|成)?(?:每[人户亩]?每?[年月日天]?)?$"
)
_DUES = re.compile(r"(?:缴费|缴纳|筹资|保费|参保)[^,。;\d]{0,8}每[人户][^,。;\d]{0,4}$")
_EACH = re.compile(r",?(?:每[^,。;\d每]{1,3}){1,2}")
_LISTED_RULE = re.compile(r"(?:标准|办法|规定|政策)(?:如下|为|是)?:")
_AT_LEAST = re.compile(r"每[^,。;]{0,12}(?:至少|最多|最少|不少于|不超过|不低于)[^,。;\d]{0,6}$")
_PAID = re.compile(r"共|累计|合计|资助金额|资助总额|总计|已|实际|仅|发放|拨付|下拨|兑付|兑现|落实|支付|收到|拿到|领到")
# 最高可贷10万元, 最多可申领3次: what a rule allows.
_ALLOWED = re.compile(
    r"(?:最[高多长]|至多)(?:还?可以?|能够?)(?:获得?|享受?|申[请领报]|领取?|报销|贷|借|补|奖|给予|减|免|抵|担保|返)[^,。;\d]{0,8}$"
    r"|(?:补助|补贴|奖励|奖补|贷款|授信|报销)(?:上限|封顶)线?[为是]?$|(?:报销|补助|补贴|奖励|奖补|贷款|授信)(?:金额|资金|额度|标准|比例)?最[高多]可?达?到?$"
)
# 由基金会承担50%, 产权人自筹五成, 按交易量返还盈余的60%: who bears or gets which share.
_BORNE = re.compile(r"(?:承担|负担|分担|自付|自筹|自理|自缴)(?:了?其中的|总?[费资款][用金项]?的)?$")
_DEALT = re.compile(
    r"按照?[^,。;\d]{1,14}(?:返还|返利|返|分配|分红|提取|计提|上缴|补助|补贴|奖励|奖补|给予|报销|补偿)[^,。;\d]{0,6}$"
)
_FLOOR_PRICE = re.compile(
    r"(?:保底|保护|托底|兜底|协议|统一|指导|最低)(?:收购|回收)?价格?(?:为|是|按|定为)?(?:每[^,。;\d]{1,3})?$"
)
_TERM = re.compile(r"(?:期限|期|年限|贴息|免息|有效期|封闭期|分)(?:最?[长多]|为|不超过)*$")
_DONE = re.compile(r"已|共|累计|合计|实际|去年|当年|了")
_STRICT = re.compile(r"(?:严格|应当?|必?须|一律|统一|要求)[^,。;]{0,6}(?:控制|限制|保持|限定)在[^,。;\d]{0,5}$")
_NEEDED = re.compile(
    r"(?:只|仅|须|均)需?(?:自筹|自付|缴纳?|支付|承担)[^,。;\d]{0,4}$|(?:[只仅均]需|必?须)要?[交付出][^,。;\d通]{0,4}$"
)
_SERVED = re.compile(r"(?:必?须|应当?)[^,。;\d]{0,8}满$")  # 须在基层服务满5年
_REQUIRED = re.compile(r"(?:必?须|应当?|[只均仅]?需要?)(?:有|具备|达到?|满|拥有|为|在)[^,。;\d]{0,8}$")
_SANCTION = re.compile(
    r"的[^,。;]{0,10},?(?:一律|不予|不得|不能|不发|不收|不准|不享受|取消|扣|停发|暂停|必须|须|应当?|方可|才能|可享|可申请|"
    r"给予|予以|免|视为|全免|纳入|列入|定为|评为|奖励|再?加发|再?增发|再?发给?|再?奖|再?补)"
)
_ROUTINE = re.compile(
    r"(?<!平均)(?:每[年月周天日旬]|每个?(?:季度|月|周|星期|学期|工作日|年度)|一(?:年|季度|个?月|周|学期))[^,。;:\d]{0,6}"
    r"(?:开展|召开|组织|举办|进行|开设?|走访|巡[查护逻]|清运|保洁|轮训|检查|监测|上门|集中|联系)[^,。;:\d]{0,3}$"
)
_POINTS = re.compile(r"(?:[加扣奖减]|奖励|扣除|(?:每|凡|一次)[^,。;]*[记计得])[^,。;\d了共价]{0,2}$")  # 每次加5分
_BECAME = re.compile(r"成为[^,。;\d]{0,8}$")  # 成为年收入30万元以上的强村: it is one
_SCORES = {"分", "积分"}
_STANDARD = ("的标准", "标准", "的比例")
# 按每人每年2300元(2010年不变价)的农村贫困标准计算
_NAMED_STANDARD = re.compile(r"(?:\([^()]{1,20}\))?的[^,。;\d()]{2,10}标准")
_FULL = frozenset("满过")  # 满, 超过
_TIMES = {"次", "场", "轮", "遍", "回", "趟"}
_AGED = re.compile(
    r"[^,。;了]{0,24}(?:每[人户]?每?[月年日天]|加发|增发|免费|免票|免缴|全免|养老金|[高低]?龄?津贴|补贴|享受|标准)"
    r"|的[^,。;]{0,8},[^,。;]{0,10}(?:免费|免票|免缴|全免|享受|减免)"
)


def may_be_rule(text: str, hit: Hit, around: Around) -> bool:
    """False where `is_rule` is sure to be False: nothing that it needs stands beside the number."""
    if around.before & trigger("rule") or hit.qualified_after or hit.part or hit.qualifier == "at_most":
        return True
    if hit.qualifier == "at_least" and not hit.vague:
        return True
    if hit.start < hit.number_start and text.startswith(_BOUND, hit.start, hit.number_start):
        return True
    if text[hit.start - 1 : hit.start] in _FULL or text.startswith(_STANDARD, hit.end):
        return True
    if text.startswith(("(", "的"), hit.end) and _NAMED_STANDARD.match(text, hit.end):
        return True
    unit = hit.unit
    if unit is None:
        return False
    if unit.kind == "amount" or unit.dimension == "share":
        return bool(around.before & trigger("due") or around.left & trigger("reward"))
    if unit.written in _SCORES:
        return around.before & trigger("score") > 0
    return unit.written in _TIMES and around.before & trigger("routine") > 0


def is_rule(text: str, hit: Hit, sentence_start: int, following: Hit | None) -> bool:
    """A threshold, a norm or a recurring entitlement."""
    start, end = bounded_clause(text, hit.start, hit.end)
    before = text[start : hit.start]
    words = text[hit.start : hit.number_start]
    after = text[hit.end : end]
    money = hit.unit is not None and hit.unit.kind == "amount"
    left = text[max(sentence_start, hit.start - WINDOW) : hit.start]
    bounded = words.startswith(_BOUND)
    if _AT_LEAST.search(before) or (bounded and (_EVERY.search(before) or _quotes_rule(left))):
        return True
    if bounded and _ENTITLEMENT.search(before) and not _PAID.search(before):
        return True
    if (after.startswith(_STANDARD) or _NAMED_STANDARD.match(after)) and re.search(r"[按以照]", before):
        return True
    if (money or _is_share(hit)) and _REWARD.search(left[-48:]):
        return True
    if _threshold(hit, after, before, following) or _is_sanctioned(text, hit, before) or _STRICT.search(before):
        return True
    if _ALLOWED.search(before) or (not _DONE.search(before) and _is_fixed(hit, before, money)):
        return True
    if _SERVED.search(before) or (hit.qualified_after and _REQUIRED.search(before)):
        return True
    if hit.unit is not None and hit.unit.written in _SCORES and _POINTS.search(before) and not _DONE.search(before):
        return True
    if hit.unit is not None and hit.unit.written in _TIMES and not hit.vague and _ROUTINE.search(before):
        return True
    if hit.unit is not None and hit.unit.dimension == "share" and _SHARE_RULE.search(before):
        return bool(re.match(r"(?:的比例|的标准)?(?:[给予]予?|奖|补|分红|提取|上缴|返|缴|计提|发放)", after))
    return (money or _is_share(hit)) and _is_due(left, before, after, money)


def _is_due(left: str, before: str, after: str, money: bool) -> bool:
    """A payment that a rule fixes: each time, by a document that is quoted, or as the new value of a rate."""
    raised = _RAISED.search(before)
    if raised:
        rate = before[: raised.start()]
        return bool(_RATE.search(rate)) and ("每" in before or "标准" in rate or raised["to"] is not None)
    if _NEEDED.search(before) or (_quotes_rule(left) and _DUE.search(before) and not _PAID.search(before)):
        return True
    if money and _DUES.search(before) and not _PAID.search(before):
        return True
    if money and _LISTED_RULE.search(left) and re.search(r"每|各|补|奖", before):
        return True
    if money and _EACH.fullmatch(before) and _ENTITLED.search(left):
        return True  # 补助学生87名,每生每年3000元
    return money and "每" in before and bool(_ENTITLED.search(before + after[:6])) and "分红" not in before


def _is_fixed(hit: Hit, before: str, money: bool) -> bool:
    """A share that a rule hands out, a price that it guarantees."""
    if _is_share(hit):
        return bool(_BORNE.search(before) or _DEALT.search(before))
    return money and bool(_FLOOR_PRICE.search(before))


def _is_share(hit: Hit) -> bool:
    return hit.unit is not None and hit.unit.dimension == "share"


def _quotes_rule(left: str) -> bool:
    """Whether the sentence quotes a rule before the number and has not gone on to what was done."""
    quoted = [match.end() for match in _QUOTED_RULE.finditer(left)]
    return bool(quoted) and not re.search(r"已|截至|目前|累计|共", left[quoted[-1] :])


def continues_rule(text: str, before: Hit, hit: Hit) -> bool:
    """Whether the sentence goes on with the rule that the number before states: 省级5万元, 提高到500元, 再加发10元."""
    start = max(bounded_clause(text, hit.start, hit.end)[0], before.end)
    words = text[start : hit.number_start]
    if _PAID.search(words) and not re.search(r"每|各", words):
        return False
    if ";" in text[before.end : hit.start] and not _DUE.search(words):
        return False
    same = before.unit is not None and hit.unit is not None and before.unit.canonical == hit.unit.canonical
    if same:
        return start > before.end and (len(words) <= 4 or bool(_DUE.search(words) or re.search(r"每|奖|补", words)))
    if hit.unit is not None and hit.unit.dimension in ("time", "months") and _TERM.search(words):
        return True  # 每户最高可贷10万元,期限三年
    if hit.qualified_after and before.qualified_after and len(words) <= 8:
        return True  # 耕地50亩以上, 经营期限5年以上
    return hit.unit is not None and (hit.unit.kind == "amount" or _is_share(hit)) and bool(_DUE.search(words))


def _is_sanctioned(text: str, hit: Hit, before: str) -> bool:
    """低于90%的不予发放, 年满65周岁的老人,进景区免票: a bound that decides who is treated how."""
    full = before.endswith(("满", "超过"))
    if hit.qualifier not in ("at_most", "at_least") and not full:
        return False
    if hit.vague:
        return False
    right = text[hit.end : hit.end + 32].partition("\n")[0]
    if _SANCTION.match(right):
        return True
    aged = hit.unit is not None and hit.unit.dimension in ("age", "months", "time")
    return aged and (hit.qualified_after or full) and "已" not in before and bool(_AGED.match(right))


def _threshold(hit: Hit, after: str, before: str, following: Hit | None) -> bool:
    """以上, 以下, 低于 before the noun that they define, unless the sentence goes on to count that noun."""
    unit = hit.unit
    if before.endswith(("有", "达", "达到", "超")) or _BECAME.search(before):
        return False
    if unit is None or unit.dimension in ("age", "share", "time", "months") or not _GROUP.match(after):
        return False
    bounded = hit.qualified_after and hit.qualifier in ("at_least", "at_most")
    defined = after.startswith("的") and (bounded or hit.qualifier == "at_most" or hit.part or before.startswith("凡"))
    if not defined and not (bounded and re.match(r"(?!的)[\u4e00-\u9fff]", after)):
        return False
    if unit.kind == "count" and following is not None and not _TARGET.search(before):
        return False
    return following is None or following.start >= hit.end + len(after)
