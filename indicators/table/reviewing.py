"""Reviews applied to the claims table: after extraction, before observations.

Rejected claims leave; corrected cells replace what was read, which stays beside in `read_as`; a confirmed claim keeps
the cells that were confirmed whatever a changed rule reads now; an added claim becomes a row. What cannot be applied
is a finding or a fault with its line, never silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from indicators.errors import Fault, Location
from indicators.language.rows import allowed
from indicators.model import Document, Finding
from indicators.reading.quotes import find_quote
from indicators.reading.reviews import COLUMNS, Review
from indicators.rules.ruleset import RuleSet
from indicators.table.added import added_row
from indicators.table.columns import CLAIMS, DTYPES, build
from indicators.table.corrections import Cells, cells_of, differences
from indicators.table.decisions import Placed, Verdict, verdicts
from indicators.table.divisions import with_code_then
from indicators.table.review_findings import of_line, of_verdict

_KEPT = ("confirmed", "corrected", "added")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The claims after review, and those that were rejected.

    `verdicts` are the decisions that were found again, `faults` lines that say what nobody can apply.
    """

    claims: pd.DataFrame
    rejected: pd.DataFrame
    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]
    verdicts: tuple[Verdict, ...]


def apply_reviews(
    claims: pd.DataFrame,
    reviews: Sequence[Review],
    documents: Mapping[str, str],
    read: Callable[[str], Document],
    rules: RuleSet,
) -> Reviewed:
    """The claims table (columns CLAIMS) with every review that is found again applied to it.

    `documents` gives the content hash of every document by its name, in the order of the corpus; `read` gives a
    document by its name and is asked only for those that were reviewed. A document that was renamed is found by its
    hash. Nothing that is passed in is changed.
    """
    placed, findings, faults = _place(reviews, documents, read)
    found = verdicts(placed)
    table = _Table(claims, rules, read)
    for verdict in found:
        findings.extend(table.take(verdict))
    return Reviewed(table.result(list(documents)), table.rejected(), tuple(findings), tuple(faults), tuple(found))


def _place(
    reviews: Sequence[Review], documents: Mapping[str, str], read: Callable[[str], Document]
) -> tuple[list[Placed], list[Finding], list[Fault]]:
    by_hash = {digest: name for name, digest in reversed(list(documents.items())) if digest}
    placed: list[Placed] = []
    findings: list[Finding] = []
    faults: list[Fault] = []
    for review in reviews:
        try:
            cells = cells_of(review.field, review.value) if review.field else {}
        except ValueError as error:
            where = Location(review.path, review.line, COLUMNS.index("value") + 1)
            faults.append(Fault(where, str(error), "the line is not applied", "此行有误，未采用"))
            continue
        name = review.document if review.document in documents else by_hash.get(review.document_hash, "")
        if not name:
            findings.append(of_line("review_no_document", review, review.document, (0, 0)))
            continue
        same = review.document_hash in ("", documents[name])  # else where the words stood then says nothing
        spans = find_quote(read(name).text, review.quote if same else replace(review.quote, start=-1))
        if len(spans) == 1:
            placed.append(Placed(review, name, spans[0], cells))
        else:
            check = "review_quote_twice" if spans else "review_quote_gone"
            findings.append(of_line(check, review, name, spans[0] if spans else (0, 0)))
    return placed, findings, faults


class _Table:
    """The claims table while reviews are applied to it."""

    def __init__(self, claims: pd.DataFrame, rules: RuleSet, read: Callable[[str], Document]) -> None:
        self._claims = claims
        self._rules = rules
        self._read = read
        self._rows: dict[int, Cells] = {}  # position in the table -> the row as it will be
        self._gone: dict[int, str] = {}  # position in the table -> who rejected the row
        self._added: list[Cells] = []
        self._spans = list(zip(claims["start"].tolist(), claims["end"].tolist(), strict=True))
        self._places = claims.groupby(["document", "indicator"], sort=False).indices if len(claims) else {}

    def take(self, verdict: Verdict) -> list[Finding]:
        """Apply one verdict; what deserves a look is returned."""
        positions = self._positions(verdict)
        if verdict.decision == "disputed":
            for position in positions:
                self._edit(position, {}, verdict)
            return [of_verdict("review_disputed", verdict, _words(verdict))]
        if verdict.decision == "rejected":
            self._gone.update(dict.fromkeys(positions, verdict.reviewers))
            return []
        if not positions:
            return self._add(verdict) if verdict.decision in _KEPT else []
        findings = []
        for position in positions:
            row = self._row(position)
            changed = differences(row, verdict.cells)
            if verdict.decision == "confirmed" and changed:
                words = ", ".join(f"{name} {was or '-'} -> {now or '-'}" for name, was, now in changed)
                findings.append(of_verdict("review_read_otherwise", verdict, words, str(row["claim_id"])))
            self._edit(position, verdict.cells, verdict)
        return findings

    def result(self, order: Sequence[str]) -> pd.DataFrame:
        """The table as it is now, in order of the documents and of the text."""
        rows = self._claims
        for name in {name for cells in self._rows.values() for name in cells}:
            column = rows[name].tolist()
            for position, cells in self._rows.items():
                column[position] = cells.get(name, column[position])
            rows = rows.assign(**{name: pd.Series(column, index=rows.index, dtype=DTYPES[CLAIMS[name]])})
        if self._gone:
            rows = rows.drop(index=rows.index[sorted(self._gone)])
        if self._added:
            more = build(CLAIMS, {name: [row.get(name, "") for row in self._added] for name in CLAIMS})
            rank = {name: index for index, name in enumerate(order)}
            rows = pd.concat([rows, more], ignore_index=True)
            keys = pd.DataFrame({"document": rows["document"].map(rank), "start": rows["start"]})
            rows = rows.loc[keys.sort_values(["document", "start"], kind="stable").index]
        return rows.reset_index(drop=True)

    def rejected(self) -> pd.DataFrame:
        """The claims that left the table."""
        gone = dict(sorted(self._gone.items()))
        rows = self._claims.iloc[list(gone)].reset_index(drop=True)
        return rows.assign(review="rejected", reviewers=pd.Series(list(gone.values()), dtype=DTYPES["text"]))

    def _positions(self, verdict: Verdict) -> list[int]:
        """Rows of the claim that a verdict is about."""
        near = self._places.get((verdict.document, verdict.indicator), ())
        start, end = verdict.span
        return [int(at) for at in near if self._spans[at][0] < end and start < self._spans[at][1]]

    def _row(self, position: int) -> Cells:
        return {str(name): cell for name, cell in self._claims.iloc[position].to_dict().items()}

    def _edit(self, position: int, cells: Cells, verdict: Verdict) -> None:
        row = self._row(position)
        changed = differences(row, cells)
        read_as = "; ".join(f"{name}={was}" for name, was, _ in changed)
        self._rows[position] = {
            **_completed(row, cells if changed else {}),
            "review": verdict.decision,
            "reviewers": verdict.reviewers,
            "read_as": read_as,
        }

    def _add(self, verdict: Verdict) -> list[Finding]:
        """A row that no rule captured: as confirmed or corrected once, or as a person added it."""
        if verdict.indicator not in self._rules:
            return [of_verdict("review_no_indicator", verdict, verdict.indicator)]
        row = added_row(self._read(verdict.document), verdict.span, self._rules.indicator(verdict.indicator))
        row |= _completed(row, verdict.cells)
        if row.get("value") is None:
            return [of_verdict("review_no_value", verdict, "")]
        row |= {"review": verdict.decision, "reviewers": verdict.reviewers, "rules_version": self._rules.rules_version}
        self._added.append(row)
        if verdict.decision == "added":
            return []
        return [of_verdict("review_not_captured", verdict, verdict.indicator, str(row["claim_id"]))]


def _completed(row: Mapping[str, object], cells: Cells) -> Cells:
    """Cells with what goes with them: the interval of a value or qualifier, the code of a place in a period."""
    whole = {**row, **cells}
    with_code_then(whole)
    cells = {**cells, "code_then": whole["code_then"]}
    if not {"value", "qualifier"} & set(cells):
        return cells
    value = cells.get("value", row["value"])
    if not isinstance(value, float | int):
        return cells
    low, high = allowed(float(value), str(cells.get("qualifier", row["qualifier"])))
    return {**cells, "value_low": low, "value_high": high}


def _words(verdict: Verdict) -> str:
    said = [f"{line.review.reviewer}: {line.review.decision} {line.review.value}".strip() for line in verdict.lines]
    return " · ".join(said)
