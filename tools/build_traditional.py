"""Build indicators/language/data/traditional.csv: traditional characters and their simplified forms.

usage: build_traditional.py FOLDER [TARGET.csv]

FOLDER holds the unpacked wheel of PyPI's opencc-python-reimplemented 0.1.7. Of its table of characters the first form
of each is taken. Characters that simplified texts write too (乾, 徵, 藉: those of GB 2312) stay as they are, but for
the few of BY_HAND.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "indicators" / "language" / "data" / "traditional.csv"
BY_HAND = {"後": "后", "於": "于", "菸": "烟", "圓": "元"}
HEAD = (
    "# Traditional characters and, in the same order, their simplified forms, many a row so that they are read fast.\n"
    "# Built by tools/build_traditional.py from OpenCC's table of characters.\n"
)
A_ROW = 50  # characters


def is_simplified(character: str) -> bool:
    """Whether GB 2312 has the character."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def table(lines: list[str]) -> dict[str, str]:
    """Traditional -> simplified, both in the block that the folding tables hold as it is."""
    found: dict[str, str] = {}
    for line in lines:
        traditional, _, forms = line.partition("\t")
        simplified = forms.split(" ")[0]
        unified = all("一" <= character < "\ua000" for character in (traditional, simplified) if character)
        if simplified and unified and traditional != simplified and not is_simplified(traditional):
            found[traditional] = simplified
    found |= BY_HAND
    return {traditional: found.get(simplified, simplified) for traditional, simplified in found.items()}


if __name__ == "__main__":
    source = Path(sys.argv[1]) / "opencc" / "dictionary" / "TSCharacters.txt"
    pairs = sorted(table(source.read_text("utf-8").splitlines()).items())
    rows = ["traditional,simplified"]
    for start in range(0, len(pairs), A_ROW):
        rows.append(",".join("".join(side) for side in zip(*pairs[start : start + A_ROW], strict=True)))
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else TARGET
    target.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
