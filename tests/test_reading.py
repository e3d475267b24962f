"""Reading: encodings, names, refusals, copies, metadata.csv with located faults, guesses from the head of a text."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.errors import ReadingError
from indicators.model import Document
from indicators.reading.datewords import iso_date
from indicators.reading.encodings import decode
from indicators.reading.files import metadata_warnings, read_documents
from indicators.reading.guessing import Guess, guess
from indicators.reading.metadata import parse_metadata, read_metadata

SEEDS = Path(__file__).parent.parent / "seeds"
ARTICLE = "全县共有245个行政村，其中123个成立了党总支。\r\n　　今年以来，各镇投入3,251万元改善村道。\n"
TRADITIONAL = "全縣共有兩百四十五個行政村，其中一百二十三個成立了黨總支，今年投入資金改善道路。" * 3


def documents(path: Path, **options: object) -> dict[str, Document]:
    return {document.name: document for document in read_documents(path, **options)}  # type: ignore[arg-type]


def write(folder: Path, **files: str | bytes) -> Path:
    """Files by name, __ for a folder: a__b is a/b, and a last _txt is .txt."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/").removesuffix("_txt") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


# --- encodings ---


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("hz", "hz"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_text_is_decoded_and_otherwise_unchanged(encoding: str, name: str) -> None:
    assert decode(ARTICLE.encode(encoding)) == (ARTICLE, name)


def test_big5_is_not_read_as_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5")).text == TRADITIONAL


@pytest.mark.parametrize("words", ["联通", "台山", "惠东县1185个", "约53%", "a", "café"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_short_texts(words: str, encoding: str) -> None:
    assert decode(words.encode(encoding)).text == words


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_inside_a_character_is_read_and_says_so(encoding: str) -> None:
    data = ("全县共有行政村。" * 40 + "村").encode(encoding)[:-1]
    text, name = decode(data)
    assert text.startswith("全县共有行政村。")
    assert name == f"{encoding}, 1 damaged"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("　\n　".encode(), "white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04" + bytes(40), "DOCX"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (bytes([0x81, 0xFF]) * 100, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        decode(data)


@given(st.text(st.characters(categories=["Lo", "Nd"], min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_every_utf8_text_comes_back(text: str) -> None:
    assert decode(("县" + text).encode()).text == "县" + text


@given(st.binary())
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except ReadingError as error:
        assert str(error)
    else:
        assert text.strip()
        assert encoding


# --- files and folders ---


def test_names_are_posix_paths_relative_to_the_folder_and_sorted(tmp_path: Path) -> None:
    write(tmp_path, b=ARTICLE, c__a="甲镇3个村。", a__z="乙镇5个村。", a__b="丙镇7个村。")
    assert list(documents(tmp_path)) == ["b.txt", "a/b.txt", "a/z.txt", "c/a.txt"]
    assert list(documents(tmp_path / "a" / "z.txt")) == ["z.txt"]
    assert list(documents(tmp_path / "a" / "z.txt", root=tmp_path)) == ["a/z.txt"]


def test_files_of_one_name_in_two_folders_stay_apart(tmp_path: Path) -> None:
    write(tmp_path, a__x="甲镇3个村。", b__x="乙镇5个村。")
    names = [document.name for document in read_documents([tmp_path / "a", tmp_path / "b"])]
    assert names == ["x.txt", "b/x.txt"]
    again = [document.name for document in read_documents([tmp_path / "a", tmp_path / "a" / "x.txt"])]
    assert again == ["x.txt"]


def test_hidden_files_and_the_projects_own_tables_are_no_documents(tmp_path: Path) -> None:
    write(tmp_path, a=ARTICLE)
    for name in (".hidden.txt", "reviews.csv", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ARTICLE)
    (tmp_path / "metadata.csv").write_text("file\n")
    assert list(documents(tmp_path)) == ["a.txt"]


def test_bad_files_are_refused_and_the_others_read(tmp_path: Path) -> None:
    write(tmp_path, good=ARTICLE, empty="", binary=bytes(range(256)) * 8)
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4")
    os.mkfifo(tmp_path / "pipe.txt")
    found = documents(tmp_path)
    assert {name: document.status for name, document in found.items()} == {
        "binary.txt": "refused",
        "empty.txt": "refused",
        "good.txt": "read",
        "pipe.txt": "refused",
        "report.pdf": "refused",
    }
    assert "PDF" in found["report.pdf"].reason
    assert all(document.reason and not document.text for name, document in found.items() if name != "good.txt")
    assert found["good.txt"].text == ARTICLE


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "corpus", tmp_path / "outside"
    write(inside, a=ARTICLE)
    write(outside, outer="外面的文件，共9个。")
    (inside / "link.txt").symlink_to(outside / "outer.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "broken.txt").symlink_to(inside / "nothing.txt")
    found = documents(inside)
    assert {name for name, document in found.items() if document.status == "read"} == {"a.txt"}
    assert set(found) == {"a.txt", "link.txt", "folder", "loop", "broken.txt"}
    assert "leads out" in found["link.txt"].reason
    assert "leads out" in found["folder"].reason


def test_copies_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, a=ARTICLE, b__copy=ARTICLE, c=ARTICLE + " ")
    (tmp_path / "metadata.csv").write_text("file,title\nb/copy.txt,抄来的\n")
    found = documents(tmp_path)
    assert set(found) == {"a.txt", "c.txt"}
    assert found["a.txt"].same_as == ("b/copy.txt",)
    assert found["a.txt"].title == "抄来的"
    assert found["c.txt"].same_as == ()


def test_missing_path_and_empty_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"nowhere: no such file or folder; check the path"):
        read_documents(tmp_path / "nowhere")
    with pytest.raises(ReadingError, match=r"holds no documents; put \.txt, \.md, .* files into it"):
        read_documents(tmp_path)


def test_unreadable_file_is_refused() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        folder = Path(name)
        folder.chmod(0o755)
        write(folder, a=ARTICLE)
        (folder / "a.txt").chmod(0)
        with nobody():
            assert documents(folder)["a.txt"].status == "refused"


@contextmanager
def nobody() -> Iterator[None]:
    """As a user without rights where the tests run as root, who may read every file."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_file_removed_while_reading_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a=ARTICLE, b=ARTICLE + "b")
    reading = read_documents(tmp_path)
    (tmp_path / "b.txt").unlink()
    assert [document.status for document in reading] == ["read", "refused"]


def test_file_name_in_gbk_is_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + "台山.txt".encode("gbk")
    Path(os.fsdecode(path)).write_text(ARTICLE)
    assert list(documents(tmp_path)) == ["台山.txt"]


# --- metadata.csv ---

HEADER = "file,title,source,published,written,place\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_metadata_lies_over_guesses(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, a="某县整治百村\n2021-07-02 来源:某某日报\n今年以来，全县整治百村。", b=ARTICLE)
    rows = 'a.txt,"标题,有逗号",,2015/12/3,2015-12,广东省江门市台山市\n'
    (tmp_path / "metadata.csv").write_text(HEADER + rows, encoding=encoding)
    found = documents(tmp_path)
    a, b = found["a.txt"], found["b.txt"]
    assert (a.title, a.title_from, a.source, a.source_from) == ("标题,有逗号", "metadata", "某某日报", "text")
    assert (a.published, a.published_from, a.written) == ("2015-12-03", "metadata", "2015-12")
    assert (a.place, a.place_from) == ("广东省江门市台山市", "metadata")
    assert (b.title, b.title_from, b.published, b.place_from) == ("", "", "", "")


def test_nearest_metadata_wins(tmp_path: Path) -> None:
    write(tmp_path, x__a="甲镇3个村。", x__b="乙镇5个村。")
    (tmp_path / "metadata.csv").write_text("file,title\nx/a.txt,远\nx/b.txt,远\n")
    (tmp_path / "x" / "metadata.csv").write_text("file,title\nb.txt,近\n")
    titles = {name: document.title for name, document in documents(tmp_path).items()}
    assert titles == {"x/a.txt": "远", "x/b.txt": "近"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("title\n甲\n", "m.csv:1:1: no column 'file'; name the document of each row in a column 'file'"),
        ("", "m.csv:1:1: no header row; begin with file,title,source,published,written,place"),
        ("file,publishd\na.txt,2015\n", "m.csv:1:6: unknown column 'publishd'; did you mean 'published'?"),
        ("file,title,title\na.txt,,\n", "m.csv:1:12: column 'title' stands twice; keep one"),
        ("file,title\n,甲\n", "m.csv:2:1: no file named; give the document's path relative to this folder"),
        ("file,title\na.txt,甲,乙\n", "m.csv:2:9: more cells than columns; quote cells that hold a comma"),
        ("file\na.txt\n./a.txt\n", "m.csv:3:1: './a.txt' stands in line 2 too; keep one row"),
        (
            "file,written\na.txt,Dec-15\n",
            "m.csv:2:7: 'Dec-15' is no date; write 2015, 2015-12 or 2015-12-03",
        ),
        (
            'file,title,published\n"a.txt","甲\n乙",2015\nb.txt,丙,2015-02-30\n',
            "m.csv:4:9: '2015-02-30' is no date; write 2015, 2015-12 or 2015-12-03",
        ),
    ],
)
def test_metadata_faults_are_located(text: str, fault: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_metadata(text, "m.csv")
    assert [str(each) for each in caught.value.faults] == [fault]


def test_all_metadata_faults_come_at_once_before_any_document(tmp_path: Path) -> None:
    write(tmp_path, a=ARTICLE)
    (tmp_path / "metadata.csv").write_text("file,published\na.txt,gestern\nb.txt,32.13.2015\n")
    with pytest.raises(ReadingError) as caught:
        read_documents(tmp_path)
    assert [fault.location.line for fault in caught.value.faults] == [2, 3]


def test_other_columns_are_left_alone_with_a_warning() -> None:
    metadata = parse_metadata("file,备注\na.txt,好\n", "m.csv")
    assert [str(fault) for fault in metadata.warnings] == ["m.csv:1:6: column '备注' is not read"]
    assert metadata.rows["a.txt"].title == ""


def test_rows_without_a_document_are_warned_about(tmp_path: Path) -> None:
    write(tmp_path, x__a="甲镇3个村。")
    (tmp_path / "metadata.csv").write_text("file,备注\nx\\a.txt,\nx/b.txt,\n")
    warnings = [str(fault).removeprefix(f"{tmp_path}/") for fault in metadata_warnings(tmp_path)]
    assert warnings == [
        "metadata.csv:1:6: column '备注' is not read",
        "metadata.csv:3:1: no document 'x/b.txt'; correct the name or delete the row",
    ]
    assert metadata_warnings(SEEDS) == ()


def test_metadata_as_excel_writes_it() -> None:
    row = parse_metadata("file;written;checked\r\n.\\x\\a.txt;2015年12月;是\r\n;;\r\n").get("x/a.txt")
    assert row is not None
    assert (row.written, row.checked) == ("2015-12", "yes")


@given(st.text())
def test_any_metadata_text_is_read_or_refused(text: str) -> None:
    try:
        parse_metadata(text)
    except ReadingError as error:
        assert error.faults


# --- dates and guesses ---


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2015", "2015"),
        ("2015年", "2015"),
        ("2015-12", "2015-12"),
        ("2015/12/3", "2015-12-03"),
        ("2015.1.31", "2015-01-31"),
        ("2014年09月28日17:48", "2014-09-28"),
        ("2021-07-02 10:49:36", "2021-07-02"),
        ("２０１５年１２月", "2015-12"),
        ("2015-12/3", ""),
        ("2015-13", ""),
        ("2015-02-29", ""),
        ("2016-02-29", "2016-02-29"),
        ("15-12-03", ""),
        ("2712", ""),
        ("", ""),
    ],
)
def test_iso_date(words: str, iso: str) -> None:
    assert iso_date(words) == iso


BODY = "\n\n今年以来,全县各镇扎实推进村级党组织建设,取得了较好的成效。各级干部走村入户,解决了一批问题。\n"


@pytest.mark.parametrize(
    ("head", "guessed"),
    [
        ("白水县推行村级事务公开" + BODY, Guess("白水县推行村级事务公开")),
        (
            "首页 > 新闻 > 县区\n白水县推行村级事务公开\n发布时间：2018-03-09 来源：白水新闻网 作者：张三" + BODY,
            Guess("白水县推行村级事务公开", "白水新闻网", "2018-03-09"),
        ),
        (
            "某某市委组织部\n白水县推行村级事务公开\n2018年3月9日08:15　信息来源：白水日报" + BODY,
            Guess("白水县推行村级事务公开", "白水日报", "2018-03-09"),
        ),
        ("打基础 抓落实\n本报记者 王五" + BODY, Guess("打基础 抓落实")),
        (
            "关于2016年村级账目清理情况和\n2017年收支安排的报告\n——2017年3月5日在白水县农村工作会议上" + BODY,
            Guess("关于2016年村级账目清理情况和 2017年收支安排的报告", "", "2017-03-05"),
        ),
        ("白水县2019年统计公报" + BODY + "白水县统计局\n2020年4月\n", Guess("白水县2019年统计公报", "", "2020-04")),
        (BODY + "(来源:白水日报)", Guess("", "白水日报")),
        (BODY, Guess()),
        ("2018年3月9日,白水县召开会议部署工作,要求各镇抓好落实,确保完成全年任务。", Guess()),
        ("今年以来,农民的收入来源:一是务工,二是种植,全县人均收入增加。", Guess()),
        ("", Guess()),
    ],
)
def test_guesses(head: str, guessed: Guess) -> None:
    assert guess(head) == guessed


# --- the seeds ---


def test_metadata_of_the_seeds_names_every_seed() -> None:
    rows = read_metadata(SEEDS / "metadata.csv").rows
    assert sorted(rows) == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert all(row.title and row.source and row.published for row in rows.values())


def test_seeds_are_read_with_their_metadata() -> None:
    found = {name[:3]: document for name, document in documents(SEEDS).items()}
    assert sorted(found) == ["000", "001", "002", "003", "004"]
    assert {document.status for document in found.values()} == {"read"}
    assert (found["000"].published, found["000"].written, found["000"].place) == (
        "2021-07-02",
        "2015-12",
        "广东省江门市台山市",
    )
    assert found["002"].published.startswith("2023")
    assert found["002"].place == ""
    assert (found["004"].published[:4], found["004"].place) == ("2019", "广东省惠州市惠东县")
    assert found["000"].text == (SEEDS / found["000"].name).read_bytes().decode("utf-8")
