"""Words that say what a date beside them governs, or that a number has none; they stand in data/time_cues.csv."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from indicators.language.lexicon import lexicon
from indicators.language.occurrences import NumberSigns
from indicators.language.sentences import Sentences

_DISTANCE = re.compile(r"(?:相?距|距离)[^,。;:!?\n0-9]{1,10}$")
_WINDOW = 40  # characters over which a from-to, or a comparison, may reach
_CLAUSE_MARK = re.compile(r"[。;!?\n；！？…—,:，：](?:(?<![,:，：])|(?<!\d.)|(?!\d))")
_LONGEST = 64  # characters of a cue and of what must follow it
_RATIO_REST = re.compile(r"(?:[:∶][\d.]+)*")
_NUMBER = re.compile(r"\d+")


@cache
def cue(kind: str, form: str = "{}") -> re.Pattern[str]:
    """The compiled words of a kind of cue, set into `form`."""
    words = next(row["words"] for row in lexicon("time_cues") if row["kind"] == kind)
    return re.compile(form.format(f"(?:{words})"))


@cache
def _unsettling() -> tuple[re.Pattern[str], ...]:
    """Cues of any of the kinds that take a date from a number, which most sentences are free of.

    Joined as far as `re` still skips to the characters that one of the words begins with.
    """
    kinds = ("rule", "plan", "condition", "standing", "scattered", "hardship", "background", "composition")
    joined = "|".join(row["words"] for row in lexicon("time_cues") if row["kind"] in kinds)
    return re.compile(joined), cue("formerly")


class Cues:
    """The cues of one folded text, asked for by offsets; those of a sentence are found when it is first asked about.

    A cue belongs to the sentence that it begins in.
    """

    def __init__(self, text: str, sentences: Sentences) -> None:
        self.text = text
        self.signs = NumberSigns(text)
        self._sentences = sentences
        self._found: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self._marks: dict[int, list[int]] = {}
        self._unsettled: dict[int, bool] = {}

    def has(self, kind: str, start: int, end: int) -> bool:
        """Whether a cue of this kind stands wholly in `[start, end)`; `start` lies in the sentence that is meant."""
        spans = self._spans(kind, self._sentences.at(start))
        index = bisect_left(spans, (start,))
        return index < len(spans) and spans[index][1] <= end

    def covers(self, kind: str, start: int, end: int) -> bool:
        """Whether `[start, end)` lies in a cue of this kind."""
        spans = self._spans(kind, self._sentences.at(start))
        index = bisect_left(spans, (start + 1,)) - 1
        return index >= 0 and spans[index][1] >= end

    def is_unsettled(self, sentence: int) -> bool:
        """Whether a sentence holds a cue by which its numbers may have no date, or another one."""
        known = self._unsettled.get(sentence)
        if known is None:
            start, end = self._sentences.start[sentence], self._sentences.end[sentence]
            known = False
            for words in _unsettling():
                found = words.search(self.text, start, end + _LONGEST)
                known = known or (found is not None and found.start() < end)
            self._unsettled[sentence] = known
        return known

    def _spans(self, kind: str, sentence: int) -> list[tuple[int, int]]:
        spans = self._found.get((kind, sentence))
        if spans is None:
            start, end = self._sentences.start[sentence], self._sentences.end[sentence]
            found = cue(kind).finditer(self.text, start, end + _LONGEST)
            spans = self._found[kind, sentence] = [match.span() for match in found if match.start() < end]
        return spans

    def clause(self, sentence: int, start: int, end: int) -> tuple[int, int]:
        """The clause around `[start, end)` in its sentence, as `sentences.clause_span` cuts it."""
        marks = self._marks.get(sentence)
        if marks is None:
            first, last = self._sentences.start[sentence], self._sentences.end[sentence]
            found = _CLAUSE_MARK.finditer(self.text, first, last + 1)
            marks = self._marks[sentence] = [first - 1, *[mark.start() for mark in found], last]
        left, right = bisect_left(marks, start), bisect_left(marks, end)
        return marks[left - 1 if left else 0] + 1, marks[right if right < len(marks) else -1]

    def is_distance(self, start: int) -> bool:
        """Whether the number at `start` is how far it is to a place (距县城8公里), which no event dates."""
        first = max(0, start - 14)
        return self.text.find("距", first, start) >= 0 and _DISTANCE.search(self.text[first:start]) is not None

    def is_from_value(self, clause: int, start: int, end: int) -> bool:
        """Whether `[start, end)` is the earlier value of a from-to (由300元提高到500元).

        `clause` is where its clause begins.
        """
        first = max(clause, start - _WINDOW)
        lead = max(self.text.rfind("由", first, start), self.text.rfind("从", first, start))
        if lead < 0 or cue("towards").search(self.text, lead, start):
            return False
        end = _RATIO_REST.match(self.text, end).end()  # type: ignore[union-attr]
        towards = cue("towards").search(self.text, end, reach(self.text, end))
        # Between the value and its 提高到 stands at most the amount of the change: 300元增加200元,提高到500元.
        return towards is not None and len(_NUMBER.findall(self.text, end, towards.start())) <= 1


def reach(text: str, offset: int) -> int:
    """How far a from-to that begins at `offset` may reach: the sentence, at most _WINDOW characters."""
    stop = min(len(text), offset + _WINDOW)
    marks = [i for i in (text.find(mark, offset, stop) for mark in "。;!?\n") if i >= 0]
    return min(marks, default=stop)
