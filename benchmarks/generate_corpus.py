"""County news at any size from the five seeds: other places, persons, dates and numbers, sentences mixed anew.

Document i depends on the seed number and i alone: 10 MB are the first tenth of 100 MB, and nothing is held in memory.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from templates import DIGIT, NUMERAL, PLAIN, Paragraph, Sentence, kind_of, rows, seed_paragraphs, shares
from world import FIRST_YEAR, LAST_YEAR, World

# Shares of sentences by kind. "news": what was counted in county news at large; "seeds": as the seeds have them.
NEWS = {DIGIT: 0.26, NUMERAL: 0.35, PLAIN: 0.39}
SMALLEST, LARGEST = 2_000, 20_000  # bytes of a document in UTF-8
FOLDER = 1_000  # documents a folder
METADATA = ("file", "title", "source", "published", "written", "place")


@dataclass(frozen=True, slots=True)
class Made:
    """A made document: its name in the corpus, its text, and its row of metadata.csv."""

    name: str
    text: str
    metadata: dict[str, str]


def documents(megabytes: float, seed: int = 0, density: str = "news") -> Iterator[Made]:
    """Documents until their texts amount to that many 10^6 bytes of UTF-8."""
    left = megabytes * 1e6
    number = 0
    while left > 0:
        made = document(number, seed, density)
        yield made
        left -= len(made.text.encode())
        number += 1


def document(number: int, seed: int = 0, density: str = "news") -> Made:
    """Document `number` of the corpus with that seed number."""
    rng = random.Random(f"{seed}:{density}:{number}")
    world = World(rng, rng.randint(FIRST_YEAR, LAST_YEAR))
    size = SMALLEST * (LARGEST / SMALLEST) ** rng.random()
    title = rng.choice(rows("titles"))["title"].format(**_words(world))
    day = f"{world.year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    source = world.name(("main", rng.choice(("city_short", "county_short")))) + rng.choice(
        ("日报", "新闻网", "融媒体中心")
    )
    head = f"{title}\n{day} {rng.randint(7, 19):02}:{rng.randint(0, 59):02} 来源：{source}\n\n"
    indent = rng.choice(("", "　　", "       "))
    body = _Body(rng, world, density)
    lines, left = [], size - len(head.encode())
    while left > 0:
        line = body.paragraph()
        if line:
            lines.append(indent + line)
            left -= len(lines[-1].encode()) + 1
    place = "".join(world.name(("main", role)) for role in ("province", "city", "county"))
    name = f"{number // FOLDER:04}/{number:08}.txt"
    row = dict(zip(METADATA, (name, title, source, day, "", rng.choice(("", place))), strict=True))
    return Made(name, head + "\n".join(lines) + "\n", row)


def _words(world: World) -> dict[str, str]:
    """The names that titles and invented sentences ask for."""
    return {
        "county": world.name(("main", "county")),
        "short": world.name(("main", "county_short")),
        "town": world.name(("main", "town1")),
        "village": world.name(("main", "village1:村")),
        "person": world.name(("main", "person1")),
    }


class _Body:
    """Paragraphs of one document: a seed's in their order, others' thrown in, sentences shuffled, dropped, invented."""

    def __init__(self, rng: random.Random, world: World, density: str) -> None:
        self.rng, self.world = rng, world
        self.target = NEWS if density == "news" else None
        self.counts = {DIGIT: 0, NUMERAL: 0, PLAIN: 0}
        self.seeds = seed_paragraphs()
        self.own = rng.choice(self.seeds)
        self.next = rng.randrange(len(self.own))

    def paragraph(self) -> str:
        """The next paragraph; "" where all its sentences were dropped."""
        sentences = list(self._template())
        if self.rng.random() < 0.3:
            self.rng.shuffle(sentences)
        words = [self._write(one) for one in sentences if not self._drop(one)]
        if self.target is not None:
            while short := self._short():
                words.append(self._invent(short))
        return "".join(words)

    def _template(self) -> Paragraph:
        if self.rng.random() < 0.3:
            return self.rng.choice(self.rng.choice(self.seeds))
        self.next = (self.next + 1) % len(self.own)
        return self.own[self.next]

    def _drop(self, sentence: Sentence) -> bool:
        """One in ten; of a kind that the document has too much of, two in three."""
        excess = self.target is not None and self._missing(sentence.kind) < -1
        return self.rng.random() < (0.67 if excess else 0.1)

    def _missing(self, kind: int) -> float:
        """How many sentences of a kind the document lacks (negative: has too many)."""
        assert self.target is not None  # noqa: S101 - asked only where there is a target
        return self.target[kind] * sum(self.counts.values()) - self.counts[kind]

    def _short(self) -> int:
        """The kind of sentence to be invented now, 0 for none: numbers are never invented, so DIGIT is none."""
        return next((kind for kind in (NUMERAL, PLAIN) if self._missing(kind) > 1.5), 0)

    def _write(self, sentence: Sentence) -> str:
        self.counts[sentence.kind] += 1
        fill = self.world.fill
        return "".join([piece if isinstance(piece, str) else fill(piece) for piece in sentence.pieces])

    def _invent(self, kind: int) -> str:
        """A sentence of that kind from `data/fillers.csv`."""
        choose, names = self.rng.choice, _words(self.world)
        while True:
            parts = [choose(_fillers[part]) for part in ("open", "body", "close")]
            words = "，".join(parts).format(**names) + "。"
            if kind_of(words) == kind:
                self.counts[kind] += 1
                return words


_fillers = {part: [row["text"] for row in rows("fillers") if row["part"] == part] for part in ("open", "body", "close")}


def write(folder: Path, made: Iterator[Made], encodings: list[str], seed: int) -> tuple[int, int]:
    """Write documents and metadata.csv into a folder: how many documents, how many bytes of UTF-8."""
    rng = random.Random(seed)
    count = size = 0
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, METADATA, lineterminator="\n")
        writer.writeheader()
        for one in made:
            path = folder / one.name
            if count % FOLDER == 0:
                path.parent.mkdir(exist_ok=True)
            path.write_bytes(one.text.encode(rng.choice(encodings)))
            writer.writerow(one.metadata)
            count += 1
            size += len(one.text.encode())
    return count, size


def main() -> int:
    """Write a corpus into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mb", type=float, default=10, help="10^6 bytes of UTF-8 text (10)")
    parser.add_argument("--seed", type=int, default=0, help="another number, another corpus (0)")
    parser.add_argument("--density", choices=("news", "seeds"), default="news", help="how many sentences hold numbers")
    parser.add_argument("--encodings", default="utf-8", help="comma-separated, one a document at random (utf-8)")
    given = parser.parse_args()
    made = documents(given.mb, given.seed, given.density)
    count, size = write(given.folder, made, given.encodings.split(","), given.seed)
    sample = (one.text for one in documents(min(1, given.mb), given.seed, given.density))
    numeral, digit = shares(sample)
    sys.stdout.write(f"{count} documents, {size / 1e6:.1f} MB in {given.folder}; ")
    sys.stdout.write(f"sentences with a numeral {numeral:.0%}, with an ASCII digit {digit:.0%}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
