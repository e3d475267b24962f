"""Many lines of reviews.csv -> one verdict a claim: each person's last word, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indicators.reading.reviews import Review
from indicators.table.corrections import Cells

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of reviews.csv found again: `document` as it is named now, the span of the quote, the cells it sets."""

    review: Review
    document: str
    span: Span
    cells: Cells

    @property
    def indicator(self) -> str:
        """The indicator that the review is about."""
        return self.review.indicator


@dataclass(slots=True)
class Verdict:
    """What the reviewers of one claim say together.

    `decision` is confirmed, rejected, corrected, added, unsure, or disputed where two of them say different things.
    `lines` are those that count: the last word of each reviewer.
    """

    document: str
    indicator: str
    span: Span
    decision: str
    cells: Cells
    lines: list[Placed]

    @property
    def reviewers(self) -> str:
        """Who said it, joined by ;."""
        return ";".join(dict.fromkeys(line.review.reviewer for line in self.lines if line.review.reviewer))


@dataclass(slots=True)
class _Word:
    """One reviewer's word so far."""

    decision: str = ""
    cells: Cells = field(default_factory=dict)
    lines: list[Placed] = field(default_factory=list)

    def add(self, line: Placed) -> None:
        """Corrections add up field by field; every other decision replaces all that was said before."""
        decision = line.review.decision
        goes_on = decision == self.decision and decision in ("corrected", "added")
        if not goes_on:
            self.decision, self.cells, self.lines = decision, {}, []
        self.cells.update(line.cells)
        self.lines.append(line)


def verdicts(placed: Iterable[Placed]) -> list[Verdict]:
    """One verdict for each claim that was reviewed, in order of document, place in the text and indicator.

    A claim of which everybody took back what they had said has none.
    Quotes of one indicator that overlap are one claim: one reviewer may have marked 约1185个 and the other 1185个.
    """
    found = []
    groups: dict[tuple[str, str], list[Placed]] = {}
    for line in placed:
        groups.setdefault((line.document, line.indicator), []).append(line)
    for (document, indicator), lines in groups.items():
        for span, about in _claims(lines):
            counted = _last_words(about)
            if counted:
                found.append(_together(document, indicator, span, counted))
    return sorted(found, key=lambda verdict: (verdict.document, verdict.span, verdict.indicator))


def _claims(lines: Sequence[Placed]) -> list[tuple[Span, list[Placed]]]:
    """Lines by claim, in the order they were written."""
    claims: list[tuple[Span, list[Placed]]] = []
    for line in sorted(lines, key=lambda line: line.span):
        if claims and line.span[0] < claims[-1][0][1]:
            (start, end), about = claims[-1]
            claims[-1] = ((start, max(end, line.span[1])), [*about, line])
        else:
            claims.append((line.span, [line]))
    # Two branches of a repository merge in any order: the time of a decision comes before its place in the file.
    return [
        (span, sorted(about, key=lambda line: (line.review.reviewed_at, line.review.path, line.review.line)))
        for span, about in claims
    ]


def _last_words(lines: Sequence[Placed]) -> list[_Word]:
    """What each reviewer of a claim says now; nothing of those who took it back."""
    words: dict[str, _Word] = {}
    for line in lines:
        words.setdefault(line.review.reviewer, _Word()).add(line)
    return [word for word in words.values() if word.decision != "withdrawn"]


def _together(document: str, indicator: str, span: Span, words: Sequence[_Word]) -> Verdict:
    counted = [line for word in words for line in word.lines]
    sure = [word for word in words if word.decision != "unsure"]
    if not sure:
        return Verdict(document, indicator, span, "unsure", {}, counted)
    said = {(word.decision, tuple(sorted((name, str(cell)) for name, cell in word.cells.items()))) for word in sure}
    if len(said) > 1:
        return Verdict(document, indicator, span, "disputed", {}, counted)
    return Verdict(document, indicator, span, sure[0].decision, sure[0].cells, counted)
