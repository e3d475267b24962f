"""What texts for the fuzzers are made of, and how bytes become such texts."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"
_ODD = (
    "\n\t \r\u3000\xa0\x00\x1c\x85\u2028\u200b\u200d\u200e\u202e\u2066\ufeff\ufffd\ufffe\ud800\udfff\ue000"
    "\u0661\u0968\u2f47\u4dff\U0001f600\U00020000\U0001d7d9\u0301<>;"
)
_LINES = ["\n\n", "　　", "\r\n", "<script>alert(1)</script>", "=1+1", "\n一、", "\n1."]
PIECES = [*dict.fromkeys([*(DATA / "fuzz_words.txt").read_text("utf-8").split(), *_ODD, *_LINES])]
YAML_PIECES = [
    *(DATA / "fuzz_yaml_words.txt").read_text("utf-8").splitlines(),
    *["\ud800", "\x00", "\u2028", "\ufeff", "\x85", "|", "\n", "\n  ", "\n    ", "\n      ", "\n  - ", "\n\t", "\r\n"],
]
CONFIG_TEXT = (DATA / "fuzz_config.yaml").read_text("utf-8")


def soup(data: bytes, pieces: list[str]) -> str:
    """Text of a fuzzer's bytes: a byte names a piece, 255 and the three bytes after it any code point."""
    words: list[str] = []
    position = 0
    while position < len(data):
        byte = data[position]
        position += 1
        if byte == 255:
            code = int.from_bytes(data[position : position + 3], "big") % 0x110000
            words.append(chr(code))
            position += 3
        elif byte >= 240:  # what more than 240 pieces there are
            words.append(
                pieces[(240 + (byte - 240) * 256 + (data[position] if position < len(data) else 0)) % len(pieces)]
            )
            position += 1
        else:
            words.append(pieces[byte % len(pieces)])
    return "".join(words)


def changed(base: str, data: bytes, pieces: list[str]) -> str:
    """A text with changes: four bytes each, where, how much is cut out, and the piece that is put there."""
    for at in range(0, len(data) - 3, 4):
        place = int.from_bytes(data[at : at + 2], "big") % (len(base) + 1)
        cut = data[at + 2] % 32 if data[at + 2] < 200 else 0
        base = base[:place] + pieces[data[at + 3] % len(pieces)] + base[place + cut :]
    return base
