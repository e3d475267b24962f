"""What each claim states: per what, which way it changes, of what kind and status, alone and beside its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from indicators.language.directions import direction_of
from indicators.language.hit import Hit
from indicators.language.kinds import denominator, kind_of
from indicators.language.norms import continues_rule
from indicators.language.planned_sections import PlannedSections, tells_fact
from indicators.language.sentences import Sentences
from indicators.language.statuses import Cues, is_existing, status_of
from indicators.language.surroundings import surroundings

# 每生每年3000元,共计26.1万元: the total is per nothing.
_NEAR = 12  # characters before a value in which 分别 opens the list of values
_ENDED = re.compile("[;。]|共计|合计|总计|资助金额|资助总额|共[0-9]|共需")


def _goes_on(text: str, start: int) -> bool:
    """Whether a sentence speaks on of what the one before opened with."""
    return text.startswith("其中", start)


def with_leads(text: str, spans: Sequence[tuple[int, int]], sentences: Sentences) -> list[tuple[int, int]]:
    """The sentences `spans`, and those before them without which their statements cannot be read."""
    found: list[tuple[int, int]] = []
    for span in spans:
        chain = [span]
        number = bisect_right(sentences.start, span[0]) - 1
        while number > 0 and _goes_on(text, chain[-1][0]):
            number -= 1
            chain.append((sentences.start[number], sentences.end[number]))
        found.extend(one for one in reversed(chain) if not found or one[0] > found[-1][0])
    return found


def read_statements(text: str, hits: list[Hit], sentences: Sequence[tuple[int, int]]) -> None:
    """Denominator, direction, kind and status of the claims, in place; `sentences` in order, each claim in one."""
    claims = [hit for hit in hits if hit.cls == "claim"]
    if not claims:
        return
    starts = [start for start, _ in sentences]
    numbers = [bisect_right(starts, hit.start) - 1 for hit in claims]
    spans = [sentences[number] for number in numbers]
    sections = PlannedSections(text)
    cues = Cues(text, spans[0])
    before: Hit | None = None
    first: Hit | None = None  # of the sentence
    goes_on = False  # with the plan that the sentence before opened with: 其中,...
    for position, (hit, span, around) in enumerate(zip(claims, spans, surroundings(text, claims, spans), strict=True)):
        if span is not cues.sentence:
            cues = Cues(text, span)
            follows = position > 0 and numbers[position - 1] == numbers[position] - 1
            goes_on = follows and first is not None and first.status == "planned" and _goes_on(text, span[0])
            before = first = None
        first = first or hit
        following = _after(claims, position, span)
        hit.per = denominator(text, hit, around)
        hit.direction = hit.direction or direction_of(text, hit, around)
        hit.kind = kind_of(text, hit)
        hit.existing = is_existing(text, hit, before)
        hit.status = status_of(text, hit, around, cues, before, following)
        if hit.status == "actual" and not hit.existing:
            continued = goes_on and not tells_fact(text, hit.start, hit.end)
            hit.status = "planned" if continued or sections.plans(hit.start, hit.end) else "actual"
        if before is not None:
            _inherit(text, before, hit)
        if position and hit.group >= 0 and claims[position - 1].group == hit.group:
            _share(claims[position - 1], hit)
        elif position and text[claims[position - 1].end : hit.start] in (":", "∶"):
            hit.status = claims[position - 1].status  # 由33:14:53调整为32:15:53: a ratio is of one time
        elif before is not None and before.direction and not hit.direction and _is_listed(text, before, hit):
            hit.direction, hit.kind, hit.status = before.direction, "change", before.status
        before = hit


def _is_listed(text: str, before: Hit, hit: Hit) -> bool:
    """Whether a share goes on with the one before: 分别增长12%,13%."""
    if hit.unit is None or hit.unit.dimension != "share" or text[before.end : hit.start] != ",":
        return False
    return text.find("分别", max(0, before.start - _NEAR), before.start) >= 0


def _after(claims: list[Hit], position: int, sentence: tuple[int, int]) -> Hit | None:
    """The next claim of the sentence, the one behind it for the lower end of a range."""
    hit = claims[position]
    if hit.part == "low" and position + 1 < len(claims) and claims[position + 1].group == hit.group:
        position += 1
    following = claims[position + 1] if position + 1 < len(claims) else None
    return following if following is not None and following.start < sentence[1] else None


def _inherit(text: str, before: Hit, hit: Hit) -> None:
    """A from-to is per one thing (每平方米约3元, 现在约20元); a rule goes on from number to number (每季度1次)."""
    same = before.unit is not None and hit.unit is not None and before.unit.canonical == hit.unit.canonical
    if (
        before.status == "standard"
        and hit.status == "actual"
        and not hit.existing
        and continues_rule(text, before, hit)
    ):
        hit.status = "standard"
    if not same or hit.per or _ENDED.search(text, before.end, hit.start):
        return
    if before.status in ("past", "standard") or before.direction:
        hit.per = before.per
        told = hit.per and before.status == "past" and not hit.direction
        hit.kind = before.kind if told else kind_of(text, hit)


def _share(left: Hit, right: Hit) -> None:
    """Members of a range or list say together what one of them says: which way, of what status, per what."""
    if right.part == "high" and right.status != "actual":
        left.status = right.status
    right.status = left.status
    right.per = right.per or left.per
    right.direction = right.direction or left.direction
    if right.part == "high":
        left.direction = right.direction
        left.kind = "change" if left.direction else left.kind
    right.kind = "change" if right.direction else left.kind
