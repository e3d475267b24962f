"""What must hold of any input: one function a room, run by the property tests, by the kept inputs and by tools/fuzz.py.

A target takes a text or bytes, raises nothing but AssertionError where the promise is broken, and returns nothing.
"""

from __future__ import annotations

import hashlib
import math
import re
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from indicators.engines import local
from indicators.engines.shard import process
from indicators.errors import Fault, ReadingError, RuleError
from indicators.language.numerals import read_number
from indicators.language.periods import read_period
from indicators.language.quantities import read_quantities
from indicators.model import Document
from indicators.reading.datewords import iso_date
from indicators.reading.encodings import decode, sound
from indicators.reading.formats import extract
from indicators.reading.guessing import guess
from indicators.reading.metadata import parse_metadata
from indicators.reading.reviews import parse_reviews
from indicators.reading.tables_as_text import table_lines
from indicators.project import Project
from indicators.rules.loading import load_rules, load_rules_text
from indicators.rules.ruleset import RuleSet
from indicators.table.exports import to_bytes

CONFIG = Path(__file__).parent.parent / "config.yaml"
FOUND = Path(__file__).parent / "data" / "found"

_LISTS = """
0 1 2 3 5 7 8 9 10 12 15 100 1185 2015 2023 1,200 3.5 0.7 1.2.3 ０ １２ ３．５ 1/3 1:5 ½ ① ⑩ 9999999999999999999 1e9
零 〇 一 二 两 三 四 五 六 七 八 九 十 廿 百 千 万 亿 兆 壹 贰 拾 佰 仟 萬 半 几 数 多 余 来 点 分之 百分之 成 折 倍 番 个 位 名 人 户
家 宗 件 支 亩 元 万元 亿元 公里 公斤 吨 平方米 % ％ ‰ 百分点 个百分点 元/人 元/亩 人次 岁 小时 天 公顷 kW·h km² ℃ 角 分 斤
约 近 超 超过 多达 不到 不足 以上 以下 以内 左右 上下 余 至少 不少于 不超过 突破 将近 逾 达 达到 仅 每 人均 共 累计 合计 分别 其中
年 月 日 号 上半年 季度 一季度 去年 今年 前年 本月 月底 年初 截至 至 到 以来 起 同期 同比 环比 比上年 “十四五” 十三五 期间 世纪 年代
2015年 12月 5日 2015年12月 今年7月 11月底 2013-05-06 2020/1/1 10:30 80后 第三季度 周五 星期三 春节 三天 近三年 近年来
增长 增加 下降 减少 提高到 由 从 上升至 翻一番 翻了 减半 预计 计划 将 力争 目标 规定 标准 不得低于 补贴 原来 拟
县 镇 村 街道 市 区 台山市 惠东县 平海镇 四角楼村 广东省 贺兰县 洪广镇 河东新区 全县 全镇 我区 等地 市、镇、村三级 东莞 济源 南海市
第 号 次 条 项 届 批 期 之 的 了 和 与 、 , ， 。 ； : ： ! ? ( ) （ ） “ ” 《 》 〈 〉 [ ] 【 】 - — —— – ~ ～ · . … / + = × x * @ # & \\ | ' "
党支部 成立党支部 党总支 村民小组 覆盖率 收入 投入 建成 合作社 党员 群众 服务站 道路 贫困户 培训 项目 粮食产量 一把手 进一步 三位一体 123工作法
1+N 8·30 http://a.cn/?id=31 电话:020-12345678 邮编 〔2015〕12号 粤ICP备05012345号 A4 4A 5G 3D COVID-19 13800000000
""".split()
_ODD = list("\n\t \r\u3000\xa0\x00\x1c\x85\u2028\u200b\u200d\u200e\u202e\u2066\ufeff\ufffd\ufffe\ud800\udfff\ue000\u0661\u0968\u2f47\u4dff\U0001f600\U00020000\U0001d7d9\u0301<>;")  # fmt: skip
PIECES = [*dict.fromkeys([*_LISTS, *_ODD, "\n\n", "　　", "\r\n", "<script>alert(1)</script>", "=1+1", "\n一、", "\n1."])]
YAML_PIECES = """
schema: 1|corpus: |packs: |topics: |macros: |indicators: |checks: |name: |counts: |not_counts: |topic: |kind: |time: |unit: |per: |patterns: |unless: |
examples: |rejects: |text: |value: |zh: |en: |also: |past: |a: |b: |a1: |claim: |equals: |parts: |<<: |count|ratio|amount|change|price|measure|stock|flow|个|元|%|人|
{value}|{gap}|{gap:20}|{gap:99999999}|{past}|{is}|{a}|{b}|{{|}}|村|党支部|成立|(|)|(?:|(?P<a>|(?P<value>|(?=|(?<=|(?<!|(?!|(?i)|(?#|[|]|[^|*|+|?|{3}|{3,}|{,9999}|
{1,100000}|\\|\\d|\\w|\\1|\\p{Han}|\\u4e00|\\N{A}|.|$|^|&a |*a|!!python/object/apply:os.system |!x |---|...|%YAML 1.1|"|'|#|- |? |: |, |[ |] |{ |} |>-|>|~|null|
true|yes|0x1|1e999|-1|9999999999999999999999|.nan|2015-01-01|\ud800|\x00|\u2028|\ufeff|\x85|😀|１|（|../../etc/passwd|/etc/passwd|statistics|rural|.
""".replace("\n", "").split("|")  # noqa: SIM905
CONFIG_TEXT = r"""schema: 1
corpus: [.]
topics: {service: {zh: 服务, en: Services}}
macros:
  built: '(?:建成|建有)'
  station: '{built}服务站'
indicators:
  stations: &one   # 服务站
    name: {zh: 村级服务站, en: Village stations}
    counts: {zh: 已挂牌的}
    topic: service
    kind: count
    time: stock
    unit: 个
    patterns:
      - '{station}{gap:6}{value}'
      - "{past}增至{value:个|处}(?:村|镇){3,5}[^。，]"
    unless: ['计划{gap}{value}']
    examples: [{text: 全县建成服务站12个。, value: 12}]
    rejects: [设有3个窗口。]
  coverage:
    name: 覆盖率
    kind: ratio
    unit: '%'
    patterns:
      - 覆盖率{gap}{value}
      - >-
        服务率{value}
checks:
  sums: {equals: 100 * stations / coverage, claim: stations, tolerance: 1.5}
"""
YAML_PIECES += ["|", "\n", "\n  ", "\n    ", "\n      ", "\n  - ", "\n\t", "\r\n"]


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
            words.append(pieces[(240 + (byte - 240) * 256 + (data[position] if position < len(data) else 0)) % len(pieces)])
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


@cache
def rules() -> RuleSet:
    """The shipped rules."""
    return load_rules(CONFIG)


def text(words: str) -> None:
    """Every table of a document: spans of `Document.text`, every digit once, claims among the numbers, sound cells."""
    words = sound(words)
    document = Document("a.txt", words, title=words[:20], published="2015-12-08")
    shard = process([document], rules())
    table = shard.quantities
    spans = list(zip(table["start"], table["end"], strict=True))
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False)), "spans overlap"
    assert [words[start:end] for start, end in spans] == table["text"]
    inside = [False] * len(words)
    for start, end in spans:
        inside[start:end] = [True] * (end - start)
    assert all(inside[at.start()] for at in re.finditer(r"\d", words)), "a digit in no row"
    starts = {start: end for start, end in spans}
    for run in re.finditer("[0-9]+", words):
        end = spans[bisect_right(spans, run.start(), key=lambda span: span[0]) - 1][1]
        assert run.end() <= end, f"the digits {run[0][:40]} are in two rows"
    claims = shard.claims
    for row in range(len(claims["start"])):
        start, end = claims["start"][row], claims["end"][row]
        assert starts.get(start) == end, "a claim that is no number"
        assert claims["text"][row] == words[start:end]
        assert claims["text"][row] in claims["sentence"][row]
        _sound(claims, row)
    for row in range(len(spans)):
        _sound(table, row)
    for finding in shard.findings:
        assert 0 <= finding.start <= finding.end <= len(words)
        assert finding.message["zh"] and finding.message["en"]


def _sound(table: dict[str, list[object]], row: int) -> None:
    values = [table[name][row] for name in ("value_low", "value", "value_high")]
    assert all(value is None or math.isfinite(value) for value in values), values  # type: ignore[arg-type]
    known = [value for value in values if value is not None]
    assert known == sorted(known), values  # type: ignore[type-var]
    days = [str(table[name][row]) for name in ("period_start", "period_end") if table[name][row]]
    assert days == sorted(days), days


def tables(words: str) -> None:
    """Two documents through every table, check and export: CSV, Parquet and XLSX are written."""
    half = len(words) // 2
    documents = [Document("a.txt", words, "a", title=words[:9]), Document("b.txt", words[half:], "b", published="2016")]
    paths = ("fuzzed",)
    project = Project(CONFIG, rules(), use_reviews=False, _kept={paths: local.extract(documents, rules())})
    assert not project.refused(paths)
    for table in (project.extract, project.quantities, project.observations, project.documents, project.findings):
        frame = table(paths)
        for kind in ("csv", "parquet", "xlsx"):
            assert to_bytes(frame, kind)


def words_alone(words: str) -> None:
    """The library's functions of a short text, and those that read its head."""
    for quantity in read_quantities(words):
        assert quantity.surface == words[quantity.start : quantity.end]
    for reader in (read_number, lambda given: read_period(given, date(2015, 12, 8))):
        try:
            reader(words)
        except ValueError:
            pass
    guess(words)
    assert re.fullmatch(r"(?:\d{4}(?:-\d\d){0,2})?", iso_date(words))
    for parse in (parse_metadata, parse_reviews):
        try:
            parse(words)
        except ReadingError as error:
            assert error.faults
            _located(error.faults, words)
    rows = [re.split("[|,\t]", line) for line in words.split("\n")]
    assert all("\n" not in line for line in table_lines(rows))


def yaml(words: str) -> None:
    """A config.yaml loads, or every fault says where and what, in both languages."""
    try:
        load_rules_text(words)
    except RuleError as error:
        assert error.faults
        _located(error.faults, words)
        assert all(re.search("[\u4e00-\u9fff]", fault.zh) for fault in error.faults), error.faults


def pattern(words: str) -> None:
    """A pattern of a user: refused, or it runs within its time on a text, itself among it."""
    quoted = words.replace("'", "''")
    config = f"indicators: {{a: {{name: x, kind: count, unit: 个, patterns: ['{quoted}']}}}}"
    try:
        loaded = load_rules_text(config)
    except RuleError as error:
        assert error.faults
        return
    document = Document("a.txt", f"{words}3个。成立村党支部12个,其中1185个村有(3)个,\n共5个党员3%。" + "村" * 60 + "7个。")
    claims = process([document], loaded).claims
    for row in range(len(claims["start"])):
        assert document.text[claims["start"][row] : claims["end"][row]] == claims["text"][row]


def _located(faults: tuple[Fault, ...], words: str) -> None:
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029\x0b\x0c\x1c-\x1e]", words)
    for fault in faults:
        where = fault.location
        assert 0 <= where.line <= len(lines) + 1, fault
        assert where.column <= max(map(len, lines)) + 2, fault
        assert fault.message and fault.in_both_languages()


def page(data: bytes) -> None:
    """A web page gives text or a reason in both languages."""
    _extracted("a.html", data)


def plain(data: bytes) -> None:
    """So does a plain text."""
    _extracted("a.txt", data)
    try:
        decoded = decode(data)
    except ReadingError:
        return
    assert "\ud800" > max(decoded.text) or not re.search("[\ud800-\udfff]", decoded.text)


def pdf(data: bytes) -> None:
    """So does a PDF."""
    _extracted("a.pdf", data)


def docx(data: bytes) -> None:
    """So does a Word file."""
    _extracted("a.docx", data)


def _extracted(name: str, data: bytes) -> None:
    try:
        found = extract(name, data)
    except ReadingError as error:
        assert " / " in str(error), error
    else:
        assert found.text.strip()
        assert not re.search("[\ud800-\udfff]", found.text), "surrogates cannot be written to a file"


@dataclass(frozen=True)
class Target:
    """A promise: its function, the pieces that texts for it are made of (none: it takes bytes), its limit in seconds."""

    check: Callable[..., None]
    pieces: list[str] | None = None
    seconds: float = 5
    base: str = ""

    def given(self, data: bytes) -> str | bytes:
        """The input that a fuzzer's bytes stand for: bytes, pieces, or (first byte odd) the base with some changes."""
        if self.pieces is None:
            return data
        return changed(self.base, data[1:], self.pieces) if self.base and data[:1] > b"\x7f" else soup(data, self.pieces)

    def run(self, given: str | bytes) -> None:
        """Raises AssertionError where the promise is broken or processor time runs over the limit."""
        began = time.process_time()
        self.check(given)
        spent = time.process_time() - began
        assert spent < self.seconds, f"took {spent:.1f} s"


TARGETS = {
    "text": Target(text, PIECES),
    "tables": Target(tables, PIECES),
    "words": Target(words_alone, PIECES),
    "yaml": Target(yaml, YAML_PIECES, base=CONFIG_TEXT),
    "pattern": Target(pattern, YAML_PIECES),
    "page": Target(page),
    "plain": Target(plain),
    "pdf": Target(pdf),
    "docx": Target(docx),
}


def kept() -> list[tuple[str, Path]]:
    """The inputs that were found once, with the target that failed on each: data/found/TARGET/NAME."""
    return [(path.parent.name, path) for path in sorted(FOUND.glob("*/*")) if path.parent.name in TARGETS]


def read_kept(target: str, path: Path) -> str | bytes:
    """A kept input as its target takes it; texts are kept as UTF-8, surrogates among them."""
    data = path.read_bytes()
    return data if TARGETS[target].pieces is None else data.decode("utf-8", "surrogatepass")


def keep(target: str, given: str | bytes, folder: Path = FOUND) -> Path:
    """Write an input into the folder of its target, named by its hash."""
    data = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
    path = folder / target / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
