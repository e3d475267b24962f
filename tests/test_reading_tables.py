"""Tables of figures, from files that LibreOffice and Chromium made to values with their units and periods."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from indicators.project import load_project
from indicators.reading.files import read_documents
from indicators.reading.formats import extract
from indicators.reading.pdf_tables import PageTable, continued
from indicators.reading.table_headers import read_headers, time_of

FORMATS = Path(__file__).parent / "data" / "formats"
MADE = ["source.html", "libreoffice.html", "libreoffice.docx", "libreoffice.pdf"]
Value = tuple[float, str, str, str]  # value, unit, first and last day


def year(number: int) -> tuple[str, str]:
    return f"{number}-01-01", f"{number}-12-31"


def project(folder: Path, **files: bytes) -> Path:
    (folder / "docs").mkdir()
    (folder / "config.yaml").write_text("corpus: [docs]\n", "utf-8")
    for name, data in files.items():
        (folder / "docs" / name.replace("__", ".")).write_bytes(data)
    return folder / "config.yaml"


def values(config: Path) -> list[Value]:
    """The claims of a project's documents."""
    rows: pd.DataFrame = load_project(config).quantities()
    rows = rows[rows["class"] == "claim"]
    columns = ["value", "unit", "period_start", "period_end"]
    return list(rows[columns].itertuples(index=False, name=None))


@pytest.mark.parametrize("name", MADE)
def test_the_report_reads_the_same_whatever_made_it(name: str) -> None:
    lines = [line.replace(" ", "") for line in extract(name, (FORMATS / name).read_bytes()).text.split("\n")]
    at = lines.index("表1主要指标")
    assert lines[at + 1 : at + 4] == [
        "粮食产量:2012年12.3万吨,2011年11.8万吨,2012年增长4.2%。",
        "油料产量:2012年860吨,2011年870吨,2012年增长-1.1%。",
        "村民小组:2012年1,412个,2011年1,412个。",
    ]
    assert lines[at + 5 : at + 7] == [
        "河口镇:2012年财政收入3,251万元,2012年财政支出2,980.5万元。",
        "石桥镇:2012年财政收入1,186万元,2012年财政支出1,204万元。",
    ]
    assert lines[at + 7] == "表后说明:本公报2012年数据为初步统计数。"
    assert lines[at - 1].endswith("占行政村总数的约88%,群众出行条件明显改善。")


@pytest.mark.parametrize("name", MADE)
def test_cells_of_the_report_have_value_unit_and_period(tmp_path: Path, name: str) -> None:
    found = values(project(tmp_path, **{f"a__{name.rpartition('.')[2]}": (FORMATS / name).read_bytes()}))
    expected = [
        (123_000.0, "吨", *year(2012)), (118_000.0, "吨", *year(2011)), (4.2, "%", *year(2012)),
        (860.0, "吨", *year(2012)), (870.0, "吨", *year(2011)), (-1.1, "%", *year(2012)),
        (1412.0, "个", *year(2012)), (1412.0, "个", *year(2011)),
        (32_510_000.0, "元", *year(2012)), (29_805_000.0, "元", *year(2012)),
        (11_860_000.0, "元", *year(2012)), (12_040_000.0, "元", *year(2012)),
    ]  # fmt: skip
    assert found[-len(expected) :] == expected


HALF, PAST_HALF = ("2013-01-01", "2013-06-30"), ("2012-01-01", "2012-06-30")
TABLES: list[tuple[str, list[list[str]], list[Value]]] = [
    (
        "云溪县2013年主要指标",
        [["指标名称", "计量单位", "本年", "上年", "比上年±%"], ["地区生产总值", "万元", "1,234", "1,134", "8.9"]],
        [(12_340_000.0, "元", *year(2013)), (11_340_000.0, "元", *year(2012)), (8.9, "%", *year(2013))],
    ),
    (
        "历年农业情况",
        [["年份", "粮食产量(吨)", "农业人口（人）"], ["2011", "1300", "55,800"], ["2012", "1400", "55,100"]],
        [(1300.0, "吨", *year(2011)), (55_800.0, "人", *year(2011)),
         (1400.0, "吨", *year(2012)), (55_100.0, "人", *year(2012))],
    ),
    (
        "截至2013年底各镇情况",
        [["乡镇", "党支部(个)", "覆盖率(%)"], ["河口镇", "64", "53.3"]],
        [(64.0, "个", *year(2013)), (53.3, "%", *year(2013))],
    ),
    (
        "财政 单位:万元",
        [["项目", "2013年1-6月", "2013年上半年增幅(%)", "2012年1—6月"], ["其中:税收", "2100", "-3.2", "2170"]],
        [(21_000_000.0, "元", *HALF), (-3.2, "%", *HALF), (21_700_000.0, "元", *PAST_HALF)],
    ),
    (
        "2013年8月月报",
        [["指标", "单位", "本月", "1-本月累计", "累计同比增长(%)"], ["工业用电量", "千瓦时", "1200", "9800", "3.3"]],
        [(1200.0, "千瓦时", "2013-08-01", "2013-08-31"), (9800.0, "千瓦时", "2013-01-01", "2013-08-31"),
         (3.3, "%", "2013-01-01", "2013-08-31")],
    ),
    (
        "城乡",
        [["指标", "单位", "2013年", "增减百分点"], ["城镇化率", "%", "45.2", "1.3"], ["贫困率", "%", "8.1", "-2.4"]],
        [(45.2, "%", *year(2013)), (1.3, "百分点", *year(2013)),
         (8.1, "%", *year(2013)), (-2.4, "百分点", *year(2013))],
    ),
    (
        "受益",
        [["指标", "2011", "2012", "2013"], ["受益农户(户)", "1,200", "3,400", "—"]],
        [(1200.0, "户", *year(2011)), (3400.0, "户", *year(2012))],
    ),
    (
        "2013年三次产业",
        [["指标", "总量(亿元)", "增速"], ["第一产业增加值", "12.5", "4.1"]],
        [(1_250_000_000.0, "元", *year(2013)), (4.1, "%", *year(2013))],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("caption", "rows", "expected"), TABLES, ids=[table[0] for table in TABLES])
def test_statistical_tables(tmp_path: Path, caption: str, rows: list[list[str]], expected: list[Value]) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"""<meta charset=utf-8><h1>云溪县统计表</h1><p>发布时间:2014-03-05</p><p>{caption}</p><table>{cells}</table>
        <p>注:本表数据为快报数。</p>"""
    assert values(project(tmp_path, a__html=page.encode())) == expected


@pytest.mark.parametrize("row", ["{} |", "| {} |"], ids=["bars", "framed"])
@pytest.mark.parametrize(("caption", "rows"), [table[:2] for table in TABLES], ids=[table[0] for table in TABLES])
def test_tables_in_plain_text_read_as_on_a_page(caption: str, rows: list[list[str]], row: str) -> None:
    lines = [row.format(" | ".join(cells)) for cells in rows]
    lines.insert(1, row.format(" | ".join("---" for _ in rows[0])))
    text = "\n".join(["云溪县统计表", "发布时间:2014-03-05", caption, *lines, "注:本表数据为快报数。"])
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<meta charset=utf-8><p>云溪县统计表</p><p>{caption}</p><table>{cells}</table><p>注:本表数据为快报数。</p>"
    figures = extract("a.md", text.encode()).text.split("\n")[3:]
    assert figures == extract("a.html", page.encode()).text.split("\n")[2:]


def test_columns_of_plain_text(tmp_path: Path) -> None:
    links = "首页 | 新闻 | 公告\n登录 | 注册\n"
    assert extract("a.txt", links.encode()).text == links
    corner = "云溪县2013年统计表\n | 总量(亿元) | 比上年增长(%) |\n生产总值 | 61.5 | 5.2 |\n"
    tabbed = "云溪县2013年农业\n品种\t播种面积(亩)\t产量(吨)\n水稻\t5200\t2600\n小麦\t310\t95\n"
    assert values(project(tmp_path, a__txt=corner.encode(), b__md=tabbed.encode())) == [
        (6_150_000_000.0, "元", *year(2013)), (5.2, "%", *year(2013)),
        (5200.0, "亩", *year(2013)), (2600.0, "吨", *year(2013)), (310.0, "亩", *year(2013)), (95.0, "吨", *year(2013)),
    ]  # fmt: skip


def test_words_above_a_table_that_name_no_one_time() -> None:
    assert time_of(["2011年和2012年情况", "2013年"]) is None
    assert time_of(["发布时间:2014年3月5日"]) is None
    assert time_of(["全县2013年建成水窖46口,群众满意。"]) is None
    assert [header.words for header in read_headers(["比上年增长%", "本年"], ["2013年"])] == ["比上年增长", "2013年"]
    assert [header.words for header in read_headers(["本年"], [])] == ["本年"]


def test_a_table_goes_on_over_the_end_of_a_page() -> None:
    first = PageTable((50, 600, 300, 780), [["指标", "2012年"], ["粮食", "3"]])
    again = PageTable((50, 40, 300, 90), [["指标", "2012年"], ["油料", "4"]])
    narrow = PageTable((50, 40, 200, 90), [["指标", "2012年"], ["油料", "4"]])
    whole = continued(first, again)
    assert whole is not None
    assert whole.grid == [["指标", "2012年"], ["粮食", "3"], ["油料", "4"]]
    assert continued(first, narrow) is None


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.doc", "save it as .docx / 不支持此格式,请另存为 .docx"),
        ("a.XLSX", "save it as a web page"),
        ("a.jpg", "OCR"),
        ("a.ofd", "save it as .pdf"),
        ("a.rar", "pack the files as .zip"),
        ("a.qqq", "formats read: .txt"),
    ],
)
def test_files_that_are_not_read_say_what_to_do(tmp_path: Path, name: str, remedy: str) -> None:
    (tmp_path / name).write_bytes((FORMATS / "libreoffice.doc").read_bytes())
    (document,) = read_documents(tmp_path)
    assert document.status == "refused"
    assert remedy in document.reason


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("old.txt", (FORMATS / "libreoffice.doc").read_bytes(), "save it as .docx or .html"),
        ("new.txt", (FORMATS / "libreoffice.docx").read_bytes(), "give it its own suffix"),
        ("print.txt", (FORMATS / "libreoffice.pdf").read_bytes(), "name it .pdf"),
        ("old.docx", (FORMATS / "libreoffice.doc").read_bytes(), "save it as .docx"),
        ("photo.txt", b"\xff\xd8\xff\xe0" + bytes(90), "OCR"),
    ],
)
def test_files_under_a_wrong_name_say_what_to_do(tmp_path: Path, name: str, data: bytes, remedy: str) -> None:
    (tmp_path / name).write_bytes(data)
    (document,) = read_documents(tmp_path)
    assert document.status == "refused"
    assert remedy in document.reason
    assert " / " in document.reason
