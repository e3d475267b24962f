"""Web pages, PDF, Word files and archives: text, title, source and date are read, or a reason is given."""

from __future__ import annotations

import io
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_pdf import raw_pdf
from test_browser import browser

from indicators.errors import ReadingError
from indicators.language.quantities import read_quantities
from indicators.model import Document
from indicators.reading import archives, limits
from indicators.reading.files import metadata_warnings, read_documents
from indicators.reading.formats import FORMATS, extract
from indicators.reading.html import decode_html
from indicators.reading.pdf import Line, joined
from indicators.reading.radicals import without_radicals
from indicators.reading.tables_as_text import is_number, table_lines, unit_of_caption

__all__ = ["browser"]  # fixture
TITLE = "云溪县农村道路建设成效显著"
BODY = (
    "今年以来,云溪县把农村道路建设作为民生工程来抓,全县共投入资金3,251万元,新建和改造村道186公里,惠及村民小组412个、"
    "农户2.3万户。截至11月底,全县已有97个行政村实现了道路硬化,占行政村总数的约88%,群众出行条件明显改善。"
)
MORE = "下一步,云溪县将继续完善管护机制,计划明年再硬化村道45公里,让更多农户从中受益,为乡村振兴打下坚实基础。"
PAGE = """<!DOCTYPE html><html><head>{meta}<title>{title}_云溪县人民政府网</title></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/news">新闻动态</a></div>
<div class="article"><h2>{title}</h2><div class="info"><span>{beside}</span></div>
<div class="content"><p>　　{body}</p><p>　　{more}</p>{table}</div></div>
<div class="related"><h3>相关新闻</h3><ul><li><a href="/1">另一则旧闻</a> 2009-01-31</li></ul></div>
<script>var published = "1999-01-01";</script></body></html>"""
BESIDE = "发布时间:2018-12-14 09:30　来源:云溪日报　作者:某某"
TABLE = [
    ["指标", "单位", "2012年", "比上年增长(%)"],
    ["粮食产量", "万吨", "12.3", "4.5"],
    ["油料", "吨", "860", "-1.2"],
]


def page(charset: str = "utf-8", beside: str = BESIDE, table: str = "", meta: str = "") -> str:
    words = {"title": TITLE, "beside": beside, "body": BODY, "more": MORE, "table": table}
    return PAGE.format(meta=f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">{meta}', **words)


def documents(path: Path) -> dict[str, Document]:
    return {document.name: document for document in read_documents(path)}


def only(path: Path) -> Document:
    (document,) = read_documents(path)
    return document


def saved(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def rows_html(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


# --- web pages ---


@pytest.mark.parametrize(
    ("codec", "declared", "encoding"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8-sig", "gb2312", "utf-8-sig"),
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "gbk", "gb18030"),
        ("gb18030", "utf-8", "gb18030, declared utf-8"),
        ("utf-8", "gb2312", "utf-8, declared gb2312"),
        ("gb18030", "iso-8859-1", "gb18030, declared iso-8859-1"),
        ("utf-8", "no-such-codec", "utf-8, declared no-such-codec"),
        ("utf-16", "utf-16", "utf-16"),
    ],
)
def test_a_page_is_decoded_and_a_false_label_is_reported(
    tmp_path: Path, codec: str, declared: str, encoding: str
) -> None:
    document = only(saved(tmp_path, "page.html", page(declared).encode(codec)))
    assert document.encoding == encoding
    assert BODY in document.text
    assert MORE in document.text


@pytest.mark.parametrize(
    ("codec", "declared", "encoding"),
    [
        ("big5", "gb2312", "big5, declared gb2312"),
        ("big5", "utf-8", "big5, declared utf-8"),
        ("utf-8", "big5", "utf-8, declared big5"),
        ("utf-16-le", "big5", "utf-16-le"),
        ("utf-16-be", "utf-8", "utf-16-be"),
        ("utf-32", "big5", "utf-32"),
    ],
)
def test_traditional_pages_under_false_labels(codec: str, declared: str, encoding: str) -> None:
    words = "全縣共有兩百四十五個行政村,其中123個成立了黨總支,今年投入資金3,251萬元改善道路。" * 2
    found = extract("a.html", f"<meta charset={declared}><p>{words}</p>".encode(codec))
    assert (found.text, found.encoding) == (words, encoding)


def test_a_big5_page_with_much_markup_before_its_words() -> None:
    words = "全縣共有兩百四十五個行政村,其中一百二十三個成立了黨總支,今年投入資金改善道路。" * 5
    markup = "<meta charset=big5><style>" + "a{color:red}" * 3000 + f"</style><p>{words}</p>"
    text, encoding = decode_html(markup.encode("big5"))
    assert (text, encoding) == (markup, "big5hkscs")


def test_characters_of_gb18030_in_a_page_that_says_gb2312() -> None:
    words = page("gb2312").replace("云溪县", "㙟镇䶮村")
    assert decode_html(words.encode("gb18030")) == (words, "gb18030")


def test_navigation_related_news_and_scripts_are_no_text(tmp_path: Path) -> None:
    text = only(saved(tmp_path, "page.htm", page().encode())).text
    assert not any(words in text for words in ("首页", "var published", "1999"))


@pytest.mark.parametrize(
    ("beside", "meta", "published", "where", "source", "source_where"),
    [
        (BESIDE, "", "2018-12-14", "text", "云溪日报", "text"),
        (BESIDE, '<meta name="PubDate" content="2011-05-06 08:00">', "2018-12-14", "text", "云溪日报", "text"),
        ("浏览次数:88", '<meta name="PubDate" content="2011-05-06 08:00">', "2011-05-06", "meta PubDate", "", ""),
        ("", '<meta name="ContentSource" content="县交通局">', "", "", "县交通局", "meta ContentSource"),
        ("", '<meta name="PubDate" content="yesterday">', "", "", "", ""),
    ],
)
def test_date_and_source_of_a_page(  # noqa: PLR0913, RUF100
    tmp_path: Path, beside: str, meta: str, published: str, where: str, source: str, source_where: str
) -> None:
    document = only(saved(tmp_path, "page.html", page(beside=beside, meta=meta).encode()))
    assert (document.published, document.published_from) == (published, where)
    assert (document.source, document.source_from) == (source, source_where)
    assert (document.title, document.title_from) == (TITLE, "title")


def test_metadata_wins_over_the_page(tmp_path: Path) -> None:
    saved(tmp_path, "page.html", page().encode())
    (tmp_path / "metadata.csv").write_text("file,title,published\npage.html,我的题目,2001-02-03\n", "utf-8")
    document = only(tmp_path)
    assert (document.title, document.published, document.published_from) == ("我的题目", "2001-02-03", "metadata")


def test_a_table_of_figures_is_read_row_by_row_and_a_layout_table_is_not(tmp_path: Path) -> None:
    text = only(saved(tmp_path, "page.html", page(table=rows_html(TABLE)).encode())).text
    assert "粮食产量:2012年 12.3 万吨,比上年增长 4.5 %。" in text.split("\n")
    layout = (
        page()
        .replace('<div class="content">', "<table><tr><td>")
        .replace("</p></div></div>", "</p></td></tr></table></div>")
    )
    assert BODY in only(saved(tmp_path, "layout.html", layout.encode())).text


def test_a_short_page_keeps_its_words(tmp_path: Path) -> None:
    assert "建成水窖46口" in only(saved(tmp_path, "a.html", "<p>建成水窖46口</p>".encode())).text


# --- tables ---


@pytest.mark.parametrize(
    ("grid", "unit", "lines"),
    [
        ([["粮食", "12"], ["油料", "3"]], "", ["粮食 12", "油料 3"]),
        ([["镇", "户数(户)"], ["甲镇", "1,234"]], "", ["甲镇:户数 1,234 户。"]),
        ([["指标", "2012"], ["财政收入(亿元)", "3.2"]], "", ["财政收入:2012年 3.2 亿元。"]),
        ([["指标", "2012年"], ["财政收入", "3.2"]], "亿元", ["财政收入:2012年 3.2 亿元。"]),
        (
            [["指标", "2012年", None], ["", "数量(吨)", "增长%"], ["茶叶", "7", "8"]],
            "",
            ["茶叶:2012年数量 7 吨,2012年增长 8 %。"],
        ),
        ([["单位:万元", None], ["项目", "金额"], ["修路", "30"]], "", ["修路:金额 30 万元。"]),
        ([["序号", "项目", "金额(万元)"], ["1", "修路", "30"]], "", ["修路:金额 30 万元。"]),
        ([["指标", "2012年", "2013年"], ["水窖", "—", "46口"]], "", ["水窖:2013年 46口。"]),
        ([], "", []),
    ],
)
def test_rows_of_tables(grid: list[list[str | None]], unit: str, lines: list[str]) -> None:
    assert table_lines(grid, [f"单位:{unit}"]) == lines


def test_the_number_reader_sees_the_units_of_a_table() -> None:
    found = [(q.value, q.unit) for line in table_lines(TABLE) for q in read_quantities(line)]
    assert found == [(123_000.0, "吨"), (4.5, "%"), (860.0, "吨"), (-1.2, "%")]


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=6), st.just("12")), max_size=5), max_size=6))
def test_no_number_of_a_table_is_lost(grid: list[list[str | None]]) -> None:
    text = "\n".join(table_lines(grid))
    assert text.count("12") >= 1 or not any(cell == "12" for row in grid for cell in row[1:])


def test_words_of_tables() -> None:
    assert unit_of_caption("表3 收入情况(单位:元)") == "元"
    assert is_number("1,234.5")
    assert not is_number("2012年")
    assert not is_number("12个")


# --- PDF ---


@pytest.fixture(scope="module")
def printer(browser: Any) -> Iterator[Callable[[str], bytes]]:
    """Prints a web page as a PDF."""
    opened = browser.new_page()

    def pdf(markup: str) -> bytes:
        opened.set_content(markup)
        printed: bytes = opened.pdf(format="A4", margin={"left": "3cm", "right": "3cm", "top": "2cm"})
        return printed

    yield pdf
    opened.close()


@pytest.mark.browser
def test_a_printed_page_has_whole_sentences_and_no_radicals(tmp_path: Path, printer: Any) -> None:
    paragraphs = [BODY, MORE, "车辆、黄牛、长凳、风力、食品、见面、页面、马匹、飞鸟、青山、日月、人民、入户、大小。"]
    markup = f"<h1>{TITLE}</h1>" + "".join(f"<p style='text-indent:2em'>{words}</p>" for words in paragraphs)
    document = only(saved(tmp_path, "printed.pdf", printer(markup)))
    assert document.encoding == "pdf"
    assert [line.replace(" ", "") for line in document.text.split("\n")] == [TITLE, *paragraphs]
    assert document.title == TITLE


@pytest.mark.browser
def test_a_sentence_over_two_pages_is_whole(tmp_path: Path, printer: Any) -> None:
    long = "".join(f"第{n}村建成水窖{n}口和村道{n}公里," for n in range(1, 220)) + "全部完工。"
    text = only(saved(tmp_path, "long.pdf", printer(f"<p>{long}</p>"))).text
    assert text.replace(" ", "") == long


@pytest.mark.browser
def test_a_printed_table_is_read_row_by_row_over_two_pages(tmp_path: Path, printer: Any) -> None:
    head = "<tr><th rowspan=2>指标</th><th rowspan=2>单位</th><th colspan=2>2012年</th></tr>"
    head += "<tr><th>数量</th><th>增长%</th></tr>"
    body = "".join(f"<tr><td>第{n}小组农户</td><td>户</td><td>{n}</td><td>-{n}.5</td></tr>" for n in range(100, 160))
    style = "<style>td,th{border:1px solid}</style><body lang=zh-CN>"
    markup = f"{style}<p>{BODY}</p><table><thead>{head}</thead>{body}</table><p>{MORE}</p>"
    lines = only(saved(tmp_path, "table.pdf", printer(markup))).text.replace(" ", "").split("\n")
    assert lines == [
        BODY, *[f"第{n}小组农户:2012年数量{n}户,2012年增长-{n}.5%。" for n in range(100, 160)], MORE,
    ]  # fmt: skip


@pytest.mark.browser
def test_a_picture_without_text_is_refused_as_scanned(tmp_path: Path, printer: Any) -> None:
    drawn = "<canvas id=c width=300 height=200></canvas><script>c.getContext('2d').fillRect(9,9,99,99)</script>"
    document = only(saved(tmp_path, "scan.pdf", printer(drawn)))
    assert document.status == "refused"
    assert "OCR" in document.reason
    assert "扫描件" in document.reason


@pytest.mark.browser
def test_pages_over_a_limit_are_refused_by_its_name(
    tmp_path: Path, printer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, "two.pdf", printer("<p>一</p><p style='break-before:page'>二</p>"))
    for name in ("pdf_pages", "pdf_bytes", "pdf_seconds"):
        with monkeypatch.context() as patch:
            patch.setitem(limits.LIMITS, name, 0 if name == "pdf_seconds" else 1)
            assert name in only(path).reason


@pytest.mark.browser
def test_an_encrypted_pdf_is_refused(tmp_path: Path, printer: Any) -> None:
    plain = printer("<p>建成水窖46口</p>")
    locked = plain.replace(b"trailer\n<<", b"trailer\n<</Encrypt <</Filter /Standard /V 1 /R 2 /P -4 "
                           b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b">>> /ID [<aa> <aa>] ")  # fmt: skip
    assert locked != plain
    document = only(saved(tmp_path, "locked.pdf", locked))
    assert document.status == "refused"
    assert "encrypted" in document.reason


SAID = "2015年,青禾县建成水窖46口。"
SCRIPT = b"/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>/AA<</WC<</S/Launch/F(/bin/false)>>>>"


@pytest.mark.parametrize(
    "data",
    [
        raw_pdf(SAID),
        raw_pdf(SAID, catalog=SCRIPT),
        raw_pdf(SAID, password=b""),
        re.sub(rb"startxref\n\d+", b"startxref\n9", raw_pdf(SAID)),
        re.sub(rb"\d{9}(\d) 00000 n", rb"00000000\g<1>7 00000 n", raw_pdf(SAID)),
        raw_pdf(SAID).replace(b"/Count 1/", b"/Count 99999999/"),
        raw_pdf(SAID).replace(b"/Kids[", b"/Kids[2 0 R "),
        b"\r\n" * 300 + raw_pdf(SAID),
    ],
    ids=["plain", "script", "empty password", "xref lost", "xref false", "count", "pages in themselves", "late"],
)
def test_an_odd_pdf_still_says_what_its_page_says(tmp_path: Path, data: bytes) -> None:
    document = only(saved(tmp_path, "odd.pdf", data))
    assert (document.text, document.reason) == (SAID, "")


@pytest.mark.parametrize(
    ("data", "en", "zh"),
    [
        (raw_pdf(SAID, password=b"geheim"), "save it without a password", "请另存为无密码的文件"),
        (raw_pdf(SAID, pages=1001), "1,001, limit pdf_pages = 1,000; split it", "超过限制 pdf_pages,请拆分"),
        (raw_pdf(SAID)[:-400], "open it and print it anew", "请打开后重新打印为 PDF"),
        (raw_pdf(SAID).replace(b"595 842", b"1e30 -1e30"), "save it anew", "文件已损坏,请重新另存"),
        (raw_pdf(SAID, font=b"Identity-H", system=b"own"), "run OCR", "字体没有文字编码"),
    ],
    ids=["password", "pages", "cut", "endless page", "letters without names"],
)
def test_a_pdf_that_gives_no_text_says_what_to_do(tmp_path: Path, data: bytes, en: str, zh: str) -> None:
    document = only(saved(tmp_path, "odd.pdf", data))
    assert (document.status, document.text) == ("refused", "")
    assert en in document.reason
    assert zh in document.reason


def test_what_a_damaged_stream_took_with_it_is_said(tmp_path: Path) -> None:
    data = bytearray((Path(__file__).parent / "data" / "formats" / "libreoffice.pdf").read_bytes())
    at = data.index(b"stream") + 500
    data[at] ^= 0xFF
    document = only(saved(tmp_path, "torn.pdf", bytes(data)))
    assert "1 damaged parts: text may be missing" in document.reason
    assert "有 1 处损坏,可能缺字" in document.reason


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.7\n" + bytes(500), b"hello", b"%PDF-1.4\n1 0 obj<</Length 9"])
def test_a_damaged_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    document = only(saved(tmp_path, "bad.pdf", data))
    assert document.status == "refused"
    assert "PDF" in document.reason


def test_lines_are_joined_only_inside_a_paragraph() -> None:
    def line(text: str, left: float, right: float, top: float, height: float = 10) -> Line:
        return Line(text, left, right, top, height, (50, 300))

    lines = [
        line("标题", 120, 220, 10, 20), line("首行缩进一直写到右边", 70, 300, 50), line("接着写完。", 50, 120, 66),
        line("另一段", 70, 300, 82), line("隔得远", 50, 300, 140), line("接上", 50, 90, 156),
    ]  # fmt: skip
    assert joined(lines) == "标题\n首行缩进一直写到右边接着写完。\n另一段\n隔得远接上"


@pytest.mark.parametrize("entry", ["1.4 服务站 . . . . . . . . . 3", "一、服务站·········3", "服务站…………3", "序…………iv"])
def test_a_page_number_of_the_contents_is_not_joined_with_the_number_below(entry: str) -> None:
    lines = [Line(entry, 50, 300, 50, 10, (50, 300)), Line("2 卫生院共有12家", 50, 300, 66, 10, (50, 300))]
    assert joined(lines) == f"{entry}\n2 卫生院共有12家"


@given(st.text())
def test_offsets_stay_where_radicals_go(text: str) -> None:
    assert len(without_radicals(text)) == len(text)
    assert without_radicals("⽇⽉" + text + "⻋")[:2] == "日月"


# --- Word files ---


def word(paragraphs: list[str], table: list[list[str]] | None = None, caption: str = "") -> bytes:
    made = docx.Document()
    for words in paragraphs:
        made.add_paragraph(words)
    if table:
        made.add_paragraph(caption)
        grid = made.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, words in enumerate(cells):
                grid.cell(row, column).text = words
        made.add_paragraph("表后的话。")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_word_file_in_its_order_with_its_table(tmp_path: Path) -> None:
    table = [["项目", "2012年"], ["修路", "30"], ["水利", "4.5"]]
    document = only(saved(tmp_path, "report.docx", word([TITLE, BODY], table, "资金情况 单位:万元")))
    assert document.text.split("\n") == [
        TITLE, BODY, "资金情况 单位:万元", "修路:2012年 30 万元。", "水利:2012年 4.5 万元。", "表后的话。",
    ]  # fmt: skip
    assert (document.encoding, document.title, document.title_from) == ("docx", TITLE, "text")


def test_merged_cells_of_a_word_table() -> None:
    made = docx.Document()
    table = made.add_table(3, 3)
    for row, cells in enumerate([["指标", "2012年", ""], ["", "数量(吨)", "增长%"], ["茶叶", "7", "7"]]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    stream = io.BytesIO()
    made.save(stream)
    assert extract("a.docx", stream.getvalue()).text == "茶叶:2012年数量 7 吨,2012年增长 7 %。"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        (b"PK\x03\x04" + bytes(100), "zip"),
        (word([BODY])[:-400], "zip|damaged"),
        (word([]), "no text"),
    ],
)
def test_a_word_file_that_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        extract("a.docx", data)


def test_a_word_file_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "docx_unpacked_bytes", 1000)
    with pytest.raises(ReadingError, match="docx_unpacked_bytes"):
        extract("a.docx", word([BODY]))


# --- archives ---


def packed(path: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_the_files_of_an_archive_are_documents(tmp_path: Path) -> None:
    files = {
        "甲镇/page.html": page("gb2312").encode("gb18030"),
        "report.docx": word([BODY]),
        "metadata.csv": "file,title\nreport.docx,档案里的题目\n".encode(),
        "__MACOSX/._report.docx": b"x",
        ".DS_Store": b"x",
        "photo.jpg": b"\xff\xd8\xff",
    }
    packed(tmp_path / "all.zip", files)
    (tmp_path / "metadata.csv").write_text("file,source\nall.zip/甲镇/page.html,外面的\n", "utf-8")
    found = documents(tmp_path)
    assert {name: document.status for name, document in found.items()} == {
        "all.zip/photo.jpg": "refused",
        "all.zip/report.docx": "read",
        "all.zip/甲镇/page.html": "read",
    }
    assert found["all.zip/report.docx"].title == "档案里的题目"
    assert found["all.zip/甲镇/page.html"].source == "外面的"
    assert metadata_warnings(tmp_path) == ()


def test_a_copy_in_an_archive_is_one_document_with_the_file(tmp_path: Path) -> None:
    saved(tmp_path, "a.txt", BODY.encode())
    packed(tmp_path / "b.zip", {"c.txt": BODY.encode()})
    assert only(tmp_path).same_as == ("b.zip/c.txt",)


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_names_without_the_mark_of_utf8(tmp_path: Path, codec: str) -> None:
    name = "台山市年度报告.txt"
    raw = name.encode(codec)
    path = packed(tmp_path / "w.zip", {"x" * len(raw): BODY.encode()})
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
    document = only(path)
    assert (document.name, document.text) == (f"w.zip/{name}", BODY)


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_members_that_lead_out_nest_or_swell_are_refused_and_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "zip_member_bytes", 4_000_000)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr("x.txt", BODY)
    path = packed(
        tmp_path / "bad.zip",
        {
            "../../etc/out.txt": b"x",
            "/root.txt": b"x",
            "C:\\temp\\drive.txt": b"x",
            link("link.txt"): b"/etc/passwd",
            "inner.zip": inner.getvalue(),
            "bomb.txt": b"0" * 3_000_000,
            "big.txt": bytes(range(256)) * 20_000,
            "good.txt": BODY.encode(),
        },
    )
    found = documents(path)
    assert len(found) == 8
    assert [name for name, document in found.items() if document.status == "read"] == ["bad.zip/good.txt"]
    reasons = {name.rpartition("/")[2].rpartition("\\")[2]: document.reason for name, document in found.items()}
    for name, words in {
        "out.txt": "leads out", "root.txt": "leads out", "drive.txt": "leads out", "link.txt": "link",
        "inner.zip": "inside an archive", "bomb.txt": "zip_ratio", "big.txt": "zip_member_bytes",
    }.items():  # fmt: skip
        assert words in reasons[name]
        assert " / " in reasons[name]


@pytest.mark.parametrize(("limit", "value"), [("zip_members", 2), ("zip_unpacked_bytes", 10), ("file_bytes", 50)])
def test_limits_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setitem(limits.LIMITS, limit, value)
    path = packed(tmp_path / "a.zip", {f"{n}.txt": BODY.encode() for n in range(3)})
    reasons = [document.reason for document in documents(path).values()]
    assert reasons
    assert all(limit in reason for reason in reasons)


@pytest.mark.parametrize("cut", [0, 30, 200])
def test_a_broken_archive_is_one_refused_document(tmp_path: Path, cut: int) -> None:
    saved(tmp_path, "good.txt", BODY.encode())
    whole = packed(tmp_path / "a.zip", {"x.txt": BODY.encode()}).read_bytes()
    saved(tmp_path, "a.zip", whole[:cut])
    assert {name: document.status for name, document in documents(tmp_path).items()} == {
        "a.zip": "refused",
        "good.txt": "read",
    }


def test_a_member_whose_bytes_are_damaged_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"x.txt": BODY.encode(), "y.txt": MORE.encode()})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    found = documents(path)
    assert found["a.zip/x.txt"].status == "refused"
    assert found["a.zip/y.txt"].text == MORE


def test_an_archive_that_vanishes_before_it_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"x.txt": BODY.encode()})
    waiting = read_documents(path)
    path.unlink()
    assert "cannot be opened" in next(waiting).reason


def test_a_folder_named_like_an_archive(tmp_path: Path) -> None:
    (tmp_path / "old.zip").mkdir()
    saved(tmp_path / "old.zip", "a.txt", BODY.encode())
    assert documents(tmp_path)["old.zip/a.txt"].text == BODY
    assert archives.split(str(tmp_path / "old.zip" / "a.txt")) is None


# --- all formats ---


def test_equal_bytes_of_two_formats_are_two_documents(tmp_path: Path) -> None:
    for name in ("page.docx", "page.html", "page2.html"):
        saved(tmp_path, name, page().encode())
    found = documents(tmp_path)
    assert {name: document.status for name, document in found.items()} == {"page.docx": "refused", "page.html": "read"}
    assert found["page.html"].same_as == ("page2.html",)


def test_every_format_is_listed_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    for suffix in FORMATS:
        saved(tmp_path, f"bad{suffix}", bytes(range(1, 256)) * 4 + suffix.encode())
    saved(tmp_path, "good.html", page().encode())
    found = documents(tmp_path)
    assert len(found) == len(FORMATS) + 1
    assert [name for name, document in found.items() if document.status == "read"] == ["good.html"]
    assert all(" / " in document.reason for document in found.values() if document.status == "refused")


def test_the_parsers_are_imported_only_when_needed() -> None:
    code = "import indicators.reading.files, sys; print({'lxml', 'docx', 'pdfplumber', 'trafilatura'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_no_figure_of_a_page_is_lost_unsaid(tmp_path: Path) -> None:
    """Headings that are little but a number, captions and remarks stay; what is left out of menus is counted."""
    markup = (
        f"<body><nav>今日访问 38221 次</nav><div><h1>年度总结</h1><p>{BODY}</p><h3>三、预计9个月</h3><p>{BODY}</p>"
        "<figure><figcaption>图2 大棚36座</figcaption></figure>"
        "<div><span>收费</span><span>15.2</span><span>万元</span></div>"
        "<table><caption>表1 产量(万吨)</caption><tr><th>年份<th>稻谷<tr><td>2015<td>25.1<tr><td>2016<td>25.9</table>"
        "<aside>另有社区21个</aside></div><footer>备案号998877</footer></body>"
    )
    document = only(saved(tmp_path, "a.html", markup.encode()))
    for words in ("三、预计9个月", "图2 大棚36座", "收费15.2万元", "表1 产量(万吨)", "25.9", "另有社区21个"):
        assert words in document.text
    assert "38221" not in document.text and "998877" not in document.text
    assert document.status == "read" and document.reason.startswith("2 lines with figures")
