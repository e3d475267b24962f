"""Three texts into one: what two people made of the same lines, each change taken where the other left them alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MINE, MIDDLE, THEIRS = "<<<<<<< 我的 mine", "=======", ">>>>>>> 磁盘上的 theirs"


def merged(base: str, mine: str, theirs: str) -> tuple[str, int]:
    """Both changes of `base` in one text, and how many places both changed differently.

    Such a place holds both versions between marks, which are no YAML: the text cannot be saved until a person has
    chosen.

    >>> merged("a\\nb\\nc\\n", "A\\nb\\nc\\n", "a\\nb\\nC\\n")
    ('A\\nb\\nC\\n', 0)
    """
    out: list[str] = []
    conflicts = 0
    for old, left, right in _chunks(base.split("\n"), mine.split("\n"), theirs.split("\n")):
        if left == right or right == old:
            out += left
        elif left == old:
            out += right
        else:
            conflicts += 1
            out += [MINE, *left, MIDDLE, *right, THEIRS]
    return "\n".join(out), conflicts


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The three texts cut at the lines that all of them share: (old, mine, theirs), stretch after stretch."""
    left, right = _kept(base, mine), _kept(base, theirs)
    at = (0, 0, 0)
    for line in (number for number in range(len(base)) if number in left and number in right):
        here = (line, left[line], right[line])
        if here != at:
            yield base[at[0] : here[0]], mine[at[1] : here[1]], theirs[at[2] : here[2]]
        yield [base[line]], [base[line]], [base[line]]
        at = (here[0] + 1, here[1] + 1, here[2] + 1)
    yield base[at[0] :], mine[at[1] :], theirs[at[2] :]


def _kept(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Number of a line of `base` -> its number in `other`, for the lines that were kept."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
