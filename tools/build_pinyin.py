"""Build indicators/app/pinyin.csv: how the short names of provinces, prefectures and counties are typed in pinyin.

usage: PYTHONPATH=FOLDER build_pinyin.py [TARGET.csv]

FOLDER holds the unpacked wheel of PyPI's pypinyin 0.55.0 (MIT License, Copyright (c) 2016 mozillazg, 闲耘). The
dashboard needs 3,200 names and no other word, so that the readings are made here once and no user installs 8 MB.
Where the package reads a name as a word it is not, READINGS and NAMES say how the place is called.

    name,pinyin
    台山市,tai shan
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "indicators" / "app" / "pinyin.csv"
DIVISIONS = ROOT / "indicators" / "language" / "data" / "divisions.csv"

READINGS = {"长": "chang", "都": "du", "什": "shi", "漯": "luo", "珲": "hun", "朝": "chao"}
NAMES = {
    "长子": "zhang zi", "浪卡子": "lang ka zi", "马尾": "ma wei", "民乐": "min le", "南乐": "nan le",
    "单县": "shan xian",
    "宕昌": "tan chang", "曾都": "zeng du", "泊头": "bo tou", "洪洞": "hong tong", "浚县": "xun xian",
    "涡阳": "guo yang", "称多": "chen duo", "荥经": "ying jing", "繁峙": "fan shi", "覃塘": "qin tang",
    "大埔": "da bu", "大城": "dai cheng", "筠连": "jun lian",
}  # fmt: skip


def spelling(name: str) -> str:
    """Syllables of a name, without tones, ü as v as it is typed."""
    from pypinyin import lazy_pinyin

    return NAMES.get(name) or " ".join(
        READINGS.get(letter, syllable) for letter, syllable in zip(name, lazy_pinyin(name), strict=True)
    )


def build(rows: list[dict[str, str]]) -> str:
    """The target's text: one row a name, in the order of the codes."""
    shorts = {row["name"]: row["short"] or (row["name"][:-1] if len(row["name"]) > 2 else row["name"]) for row in rows}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["name", "pinyin"])
    writer.writerows([name, spelling(short)] for name, short in shorts.items())
    return stream.getvalue()


def main() -> int:
    if len(sys.argv) > 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    rows = list(csv.DictReader(io.StringIO(DIVISIONS.read_text("utf-8"))))
    target = Path(sys.argv[1]) if len(sys.argv) == 2 else TARGET
    target.write_bytes(build(rows).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
