"""The warm side of the editor: documents read once, examples read once, one rule set's claims kept as the baseline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from indicators.app.background import moves
from indicators.app.background.protocol import Corpus, Drafted, Move, Preview, Task
from indicators.app.background.sides import Side, changed_rules, concerned, derive, shared
from indicators.checks.copies import near_copies
from indicators.checks.difference import difference
from indicators.errors import Fault, IndicatorsError, RuleError
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules import addresses, drafting, saving
from indicators.rules.linting import lint
from indicators.rules.loading import load_rules_text, read_rule_file
from indicators.rules.ruleset import RuleSet
from indicators.rules.schema import ConfigFile
from indicators.rules.testing import run_examples

MOST = 200  # rows of each kind that are sent; the counts count all
PATIENCE = 3.0  # seconds that a preview waits for documents to be read; it covers those that are
MOST_CHARACTERS = 4_000_000  # of documents kept warm, some 1 GB with all that is known of them

Told = tuple[str, Any]


class Bench:
    """One corpus and the rules it was last seen under."""

    def __init__(self, corpus: Corpus) -> None:
        self.documents = [one for one in corpus.documents if one.status == "read"]
        self.readings: list[Reading] = []
        self.side: Side | None = None
        self.saved = ""
        self.tested: tuple[RuleSet, tuple[Fault, ...]] | None = None
        self.characters = 0
        self.ordered: tuple[tuple[Side, frozenset[str], int], dict[moves.Key, moves.Order]] | None = None

    @property
    def cold(self) -> bool:
        """Whether documents wait to be read."""
        return len(self.readings) < len(self.documents) and self.characters < MOST_CHARACTERS

    def warm(self) -> None:
        """Read one more document, and match it where a rule set is at hand."""
        document = self.documents[len(self.readings)]
        self.readings.append(read(document))
        self.characters += len(document.text)
        if self.side is not None:
            self.side.extend(self.readings)

    def base(self, task: Task) -> Side | None:
        """The claims under the rules as saved; None where these are broken."""
        if self.saved != task.saved or self.side is None:
            try:
                rules = load_rules_text(task.saved, task.name, task.base)
            except RuleError:
                return None
            self.side = derive(self.side, rules, self.readings)[0] if self.side else Side(rules)
            self.saved = task.saved
        self.side.extend(self.readings)
        return self.side

    def examine(self, task: Task, stopped: Callable[[], bool]) -> Iterator[Told]:
        """faults, then preview, then examples; only faults where the text is broken."""
        try:
            rules = load_rules_text(task.text, task.name, task.base)
        except RuleError as error:
            yield "faults", error.faults
            return
        yield "faults", ()
        begun = time.monotonic()
        base = self.base(task)
        rules = shared(rules, base.rules) if base is not None else rules
        while self.cold and not stopped() and time.monotonic() < begun + PATIENCE:
            self.warm()
        if stopped():
            return
        if base is not None and self.documents:
            side, again = derive(base, rules, self.readings)
            preview = self.preview(base, side, again)
            yield "preview", preview
            yield "moves", self.moves(base, side, frozenset(preview.names))
        if not stopped():
            yield "examples", self.examples(rules)

    def preview(self, base: Side, side: Side, again: Sequence[int]) -> Preview:
        """What one side has of the documents read so far that `base` has not; `again`: those that may differ."""
        found = difference(base.claims(again), side.claims(again))
        parts = {"gained": found.gained, "lost": found.lost, "changed": found.changed}
        touched = {str(name) for frame in parts.values() for name in frame["indicator"].unique()}
        names = {one.id: (one.name.zh, one.name.en) for one in (*base.rules.indicators, *side.rules.indicators)}
        return Preview(
            **{name: frame.head(MOST) for name, frame in parts.items()},
            counts={name: len(frame) for name, frame in parts.items()},
            claims=side.count(),
            covered=len(side.lists),
            documents=len(self.documents),
            failed=side.failed,
            names={name: names[name] for name in touched},
        )

    def moves(self, base: Side, side: Side, touched: frozenset[str]) -> tuple[Move, ...]:
        """Rankings of the indicators `touched` that the sides order differently."""
        if not touched:
            return ()
        every = range(len(side.lists))
        known = (base, touched, len(base.lists))
        if self.ordered is None or self.ordered[0] != known:
            self.ordered = (known, moves.orders(base.claims(every, touched), self.copies))
        return moves.moves(self.ordered[1], moves.orders(side.claims(every, touched), self.copies))

    @property
    def copies(self) -> Mapping[str, str]:
        """Which of the documents read so far repeats which."""
        return _copies(tuple(self.documents[: len(self.readings)]))

    def examples(self, rules: RuleSet) -> tuple[Fault, ...]:
        """What examples and rejects find, and what is suspicious in the rules.

        Where none failed before, only indicators that changed, or with a text that a changed rule could match, are
        run again.
        """
        chosen = rules.indicators
        if self.tested is not None and not self.tested[1]:
            changed = changed_rules(self.tested[0], rules)
            old = {one.id: one for one in self.tested[0].indicators}
            chosen = tuple(
                one
                for one in rules.indicators
                if one != old.get(one.id) or any(concerned(changed, _folded(words)) for words in _texts(one))
            )
        found = tuple(run_examples(replace(rules, indicators=chosen), _example))
        self.tested = (rules, found)
        return (*found, *lint(rules))

    def draft(self, task: Task) -> Drafted:
        """The edited text with an indicator for the number at the task's address."""
        try:
            rules = load_rules_text(task.text, task.name, task.base)
            while self.cold:
                self.warm()
            name, offset = addresses.split_address(task.address)
            document = addresses.named(self.documents, name)
            reading = next(one for one in self.readings if one.document.name == document.name)
            row = addresses.quantity_at(reading, offset)
            id_ = next(f"draft_{n}" for n in range(1, 1000) if f"draft_{n}" not in rules)
            model = read_rule_file(task.text, task.name, ConfigFile).model
            macros = dict(model.macros) if model else {}
            found = drafting.draft(drafting.Corpus(rules, self.readings), reading, row, id_, macros)
        except IndicatorsError as error:
            return Drafted(faults=error.faults)
        text = saving.inserted(task.text, found.id, found.entry, found.notes)
        return Drafted(text, found.id, line_of(text, found.id))


def line_of(text: str, id_: str) -> int:
    """The line (from 1) on which an indicator begins, 0 where the text has none of that id."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip() == f"{id_}:"), 0)


def _texts(indicator: Any) -> Sequence[str]:
    return [*(example.text for example in indicator.examples), *indicator.rejects]


def _folded(words: str) -> str:
    return _example(words).folded.text


@lru_cache(maxsize=20_000)
def _example(words: str) -> Reading:
    """An example, read once."""
    return read(Document("example", words))


@lru_cache(maxsize=4)
def _copies(documents: tuple[Document, ...]) -> Mapping[str, str]:
    return near_copies(documents)
