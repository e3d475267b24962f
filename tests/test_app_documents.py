"""Metadata that is written, files that are added, uploads laid beside a corpus, and the marks of a text."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import rules_project
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from indicators.app import access, corpus_table, loading, marking, problems, session_corpus, state
from indicators.engines.joining import updated
from indicators.engines.local import extract
from indicators.errors import EmptyFolderError, OutputError, ReadingError
from indicators.model import Document
from indicators.project import load_project
from indicators.reading.adding import add_file, safe_name
from indicators.reading.describing import add_rows
from indicators.reading.files import metadata_homes, metadata_warnings, read_documents
from indicators.reading.limits import LIMITS
from indicators.reading.metadata import parse_metadata
from indicators.reading.metadata_writing import open_metadata, save, with_cells

UPLOAD = "2020年,桑植县建成服务站77个。\n"


def same(found: pd.DataFrame, due: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, due)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return rules_project.make(tmp_path)


@pytest.fixture
def reports(config: Path) -> Path:
    return config.parent / "reports"


# --- metadata.csv


def test_a_gbk_file_of_excel_keeps_what_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "metadata.csv"
    path.write_bytes('file;标题;Title;备注\r\na.txt;x;"甲;\r\n乙";留\r\n\r\ngone.txt;;;"多\r\n行"'.encode("gbk"))
    save(open_metadata(path), {"a.txt": {"published": "2015/12/3"}, "new/b.txt": {"title": "丙", "place": ""}})
    assert path.read_bytes().decode("gbk") == (
        'file;标题;Title;备注;published\r\na.txt;x;"甲;\r\n乙";留;2015-12-03\r\n\r\n'
        'gone.txt;;;"多\r\n行";\r\nnew/b.txt;;丙;;\r\n'
    )


def test_a_character_that_gbk_lacks_makes_the_file_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "metadata.csv"
    path.write_bytes("file,title\n一.txt,标题\n".encode("gbk"))
    save(open_metadata(path), {"一.txt": {"title": "𠮷县"}})
    assert path.read_bytes() == b"\xef\xbb\xbf" + "file,title\n一.txt,𠮷县\n".encode()


def test_a_change_of_somebody_else_is_said_and_not_overwritten(reports: Path) -> None:
    path = reports / "metadata.csv"
    opened = open_metadata(path)
    theirs = path.read_text("utf-8").replace("cili.txt,,,2020-05-06", "cili.txt,,某报,2019")
    path.write_text(theirs, "utf-8")
    with pytest.raises(OutputError) as refused:
        save(opened, {"anhua.txt": {"source": "我报"}})
    words = str(refused.value)
    assert "cili.txt, source: somebody else changed '' to '某报'" in words
    assert "cili.txt, published: somebody else changed '2020-05-06' to '2019'" in words
    assert "anhua" not in words
    assert path.read_text("utf-8") == theirs
    save(open_metadata(path), {"anhua.txt": {"source": "我报"}})
    rows = parse_metadata(path.read_text("utf-8")).rows
    assert (rows["anhua.txt"].source, rows["cili.txt"].source) == ("我报", "某报")


def test_a_date_that_is_none_is_named_with_its_cell(reports: Path) -> None:
    before = (reports / "metadata.csv").read_bytes()
    with pytest.raises(OutputError, match=r"metadata.csv\[anhua.txt, written\]: '2020-02-30' is no date"):
        save(open_metadata(reports / "metadata.csv"), {"anhua.txt": {"written": "2020-02-30"}})
    assert (reports / "metadata.csv").read_bytes() == before


def test_a_link_that_leads_out_of_the_folder_is_not_written_through(reports: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("file,title\n", "utf-8")
    (reports / "metadata.csv").unlink()
    (reports / "metadata.csv").symlink_to(outside)
    with pytest.raises(OutputError, match="leads out of the folder"):
        save(open_metadata(reports / "metadata.csv"), {"anhua.txt": {"title": "甲"}})
    assert outside.read_text("utf-8") == "file,title\n"


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=8)


@example({"=a.txt": "'=1+2", "b.txt": "-"}, "@SUM(A1)")
@given(st.dictionaries(st.from_regex(r"[a-z=一]{1,4}\.txt", fullmatch=True), CELLS, max_size=5), CELLS)
def test_what_is_written_is_what_is_read(titles: dict[str, str], typed: str) -> None:
    text = with_cells("", {file: {"title": title} for file, title in titles.items()})
    text = with_cells(text, {file: {"source": typed} for file in list(titles)[:2]})
    rows = parse_metadata(text).rows if titles else {}
    assert {file: row.title for file, row in rows.items()} == {file: title.strip() for file, title in titles.items()}
    assert [rows[file].source for file in list(titles)[:2]] == [typed.strip()] * len(list(titles)[:2])


def test_rows_stand_where_documents_are_named(reports: Path) -> None:
    (reports / "2021").mkdir()
    for name in ("a.txt", "b.txt"):
        (reports / "2021" / name).write_text(name, "utf-8")
    (reports / "2021" / "metadata.csv").write_text("file,title\na.txt,甲\n", "utf-8")
    (reports / "metadata.csv").write_text("file,title\n2021/b.txt,乙\n", "utf-8")
    homes = metadata_homes(reports)
    where = {
        name: (home.path.relative_to(reports).as_posix(), home.file, home.named) for name, home in homes.items() if home
    }
    assert where["2021/a.txt"] == ("2021/metadata.csv", "a.txt", True)
    assert where["2021/b.txt"] == ("metadata.csv", "2021/b.txt", True)
    assert where["cili.txt"] == ("metadata.csv", "cili.txt", False)


def test_a_place_that_nobody_knows_is_said() -> None:
    drafts = {
        ("a.txt", "place"): "湖南省张家界市桑植县",
        ("b.txt", "place"): "不存在县",
        ("c.txt", "title"): "不存在县",
    }
    assert corpus_table.unknown_places(drafts) == [("b.txt", "不存在县")]


def test_new_documents_get_a_row_of_guesses_and_no_filled_cell_changes(config: Path, reports: Path) -> None:
    (reports / "metadata.csv").write_bytes("file,title,备注\ncili.txt,,留\n".encode("gbk"))
    (reports / "new.html").write_text(
        "<meta charset=utf-8><meta name=PubDate content=2021-03-04><title>=新县的答卷</title><p>" + UPLOAD, "utf-8"
    )
    (reports / "broken.pdf").write_bytes(b"none")
    for added in (True, False):
        run = subprocess.run(
            [sys.executable, "-m", "indicators.cli", "documents", "--write-metadata", "--config", str(config)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        assert ("rows added" in run.stderr) == added
        assert "new.html" in run.stdout
    data = (reports / "metadata.csv").read_bytes()
    assert data.startswith("file,title,备注,published,checked\ncili.txt,,留,,\n".encode("gbk"))
    rows = parse_metadata(data.decode("gbk")).rows
    assert set(rows) == {"cili.txt", "anhua.txt", "yuanling.txt", "new.html"}
    assert (rows["new.html"].title, rows["new.html"].published, rows["new.html"].checked) == (
        *("=新县的答卷", "2021-03-04", "no"),
    )
    assert rows["cili.txt"].checked == ""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names that only Linux has")
def test_files_of_any_name_are_found_again_by_the_row_that_was_written(tmp_path: Path) -> None:
    odd = [
        b"\xff\xfe.txt",
        b"\xfe\xff.txt",
        b"a\\b.txt",
        b" c.txt",
        b"\r.txt",
        b"d\ne.txt",
        b"=f.txt",
        b"e\xcc\x81.txt",
    ]
    for number, name in enumerate([*odd, "年报.txt".encode("gbk")]):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text(f"有{number + 3}个村。", "utf-8")
    assert [rows for _, rows in add_rows(tmp_path)] == [9]
    assert add_rows(tmp_path) == []
    assert metadata_warnings(tmp_path) == ()
    assert len({document.name for document in read_documents(tmp_path)}) == 9
    with (tmp_path / "metadata.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("a/b.txt,别的标题\n")
    with pytest.raises(ReadingError, match="stands in line"):  # a/b.txt is how a\b.txt is written
        read_documents(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there a backslash is no part of a name")
def test_a_file_that_metadata_cannot_tell_from_another_is_to_be_renamed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("有3个村。", "utf-8")
    (tmp_path / "a\\b.txt").write_text("有4个村。", "utf-8")
    (tmp_path / "metadata.csv").write_text("file,title\na/b.txt,乙乡\n", "utf-8")
    assert {one.name: one.title_from for one in read_documents(tmp_path)} == {"a\\b.txt": "", "a/b.txt": "metadata"}
    assert add_rows(tmp_path) == []
    (warning,) = metadata_warnings(tmp_path)
    assert "beside 'a/b.txt'; rename one of them" in str(warning)


# --- files that are added


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\报告\\年报.PDF", "年报.PDF"),
        (".hidden.txt", "hidden.txt"),
        ("a\u202etxt.md", "a_txt.md"),
        ("con.txt", "_.txt"),
        ("长" * 300 + ".txt", "长" * 66 + ".txt"),
    ],
)
def test_names_are_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["..", ".txt", "metadata.csv", "a.exe", "a", "x/"])
def test_names_of_no_document_are_refused(name: str) -> None:
    with pytest.raises(ReadingError, match="formats read"):
        safe_name(name)


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"old")
    (folder / "a (2).txt").symlink_to(outside)
    assert add_file(folder, "a.txt", b"new").name == "a (3).txt"
    assert (folder / "a.txt").read_bytes() == b"old"
    assert not outside.exists()
    assert sorted(path.name for path in folder.iterdir()) == ["a (2).txt", "a (3).txt", "a.txt"]


# --- uploads


def test_only_what_is_new_is_read_and_the_tables_are_those_of_all(config: Path, monkeypatch: Any) -> None:
    project = load_project(config)
    documents = project.read_documents()
    known = extract(documents[1:], project.rules)
    changed = Document(**{**_facts(documents[2]), "text": documents[2].text + "慈利县投入7万元硬化道路。"})
    now = [documents[0], changed, documents[1]]
    read: list[str] = []

    def watched(some: list[Document], rules: Any) -> Any:
        read.extend(document.name for document in some)
        return extract(some, rules)

    monkeypatch.setattr("indicators.engines.joining.extract", watched)
    found, due = updated(known, now, project.rules), extract(now, project.rules)
    assert sorted(read) == sorted([documents[0].name, changed.name])
    same(found.claims, due.claims)
    same(found.quantities, due.quantities)
    assert (found.documents, found.findings) == (due.documents, due.findings)


def _facts(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}


def quiet(name: str, done: int, whole: int) -> None:
    """Progress that nobody watches."""


def test_uploads_are_part_of_every_table_of_the_session_alone(config: Path, reports: Path) -> None:
    shared = loading.tables_of(load_project(config))
    corpus = session_corpus.SessionCorpus()
    assert corpus.tables(shared, loading.tables_of, quiet) is shared
    corpus.put("新.txt", UPLOAD.encode("gb18030"))
    corpus.put("copy.txt", (reports / "cili.txt").read_bytes())
    mine = corpus.tables(shared, loading.tables_of, quiet)
    assert corpus.same == {"本次会话/copy.txt": "cili.txt"}
    assert set(mine.claims.values("document")) - set(shared.claims.values("document")) == {"本次会话/新.txt"}
    assert "桑植县" in set(mine.observations.values("county")) - set(shared.observations.values("county"))
    assert mine.versions.data_version != shared.versions.data_version
    assert mine is corpus.tables(shared, loading.tables_of, quiet)
    same(mine.claims.where("document <> ?", "本次会话/新.txt").frame(), shared.claims.frame())
    corpus.remove("新.txt")
    same(corpus.tables(shared, loading.tables_of, quiet).claims.frame(), shared.claims.frame())


def test_an_archive_is_added_with_a_row_for_each_document(config: Path, reports: Path, tmp_path: Path) -> None:
    project = load_project(config)
    corpus = session_corpus.SessionCorpus()
    packed = tmp_path / "两县.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲/一.txt", "桑植县建成服务站\n2020-03-04 来源:某报\n" + UPLOAD * 3)
        archive.writestr("../二.txt", UPLOAD)
    corpus.put(packed.name, packed.read_bytes())
    (reports / packed.name).write_bytes(b"another file of that name")
    corpus.tables(loading.tables_of(project), loading.tables_of, quiet)
    assert [(one.name, one.status) for one in corpus.documents_of(packed.name)] == [
        ("本次会话/两县.zip/(..)/二.txt", "refused"), ("本次会话/两县.zip/甲/一.txt", "read"),
    ]  # fmt: skip
    added, failed = corpus.add_to(project.corpus, packed.name)
    assert (added, failed) == (reports / "两县 (2).zip", "")
    assert added.read_bytes() == packed.read_bytes()
    row = parse_metadata((reports / "metadata.csv").read_text("utf-8")).rows["两县 (2).zip/甲/一.txt"]
    assert (row.source, row.published, row.checked) == ("某报", "2020-03-04", "no")
    assert corpus.files() == []
    read = {one.name: one for one in load_project(config).read_documents()}
    assert read["两县 (2).zip/甲/一.txt"].published_from in ("metadata", "")


def test_a_read_only_dashboard_shows_the_table_and_adds_nothing(
    config: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(config))
    monkeypatch.setattr(sys, "argv", ["streamlit"])

    def opened() -> AppTest:
        app = AppTest.from_file(str(Path(__file__).parents[1] / "dashboard.py"), default_timeout=60).run()
        corpus = app.session_state[session_corpus.KEY] = session_corpus.SessionCorpus()
        corpus.put("新.txt", UPLOAD.encode())
        app.switch_page("indicators/app/pages/documents.py").run()
        assert not app.exception
        return app

    editing_modes = [one.proto.editing_mode for one in opened().dataframe]
    assert any(editing_modes)
    monkeypatch.setenv(access.READ_ONLY_VARIABLE, "1")
    app = opened()
    assert not any(one.proto.editing_mode for one in app.dataframe)
    assert app.button(key="add-新.txt").disabled
    assert not app.button(key="remove-新.txt").disabled
    assert not (reports / "新.txt").exists()


def test_a_project_without_documents_begins_with_an_upload(
    config: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in reports.iterdir():
        path.unlink()
    monkeypatch.setenv(loading.CONFIG_VARIABLE, str(config))
    monkeypatch.setattr(sys, "argv", ["streamlit"])
    app = AppTest.from_file(str(Path(__file__).parents[1] / "dashboard.py"), default_timeout=60).run()
    for page in ("overview", "compare", "documents", "rules", "quality", "download"):
        app.switch_page(f"indicators/app/pages/{page}.py").run()
        assert not app.exception
        assert not app.error
    app.session_state[session_corpus.KEY] = session_corpus.SessionCorpus()
    app.session_state[session_corpus.KEY].put("新.txt", UPLOAD.encode())
    app.switch_page("indicators/app/pages/documents.py").run()
    app.button(key="add-新.txt").click().run()
    assert not app.exception
    assert (reports / "新.txt").exists()
    assert set(load_project(config).extract()["document"]) == {"新.txt"}


def test_an_empty_folder_beside_a_full_one_stays_a_fault(config: Path, reports: Path, tmp_path: Path) -> None:
    empty = tmp_path / "mount"
    empty.mkdir()
    text = config.read_text("utf-8")
    config.write_text(text.replace("corpus: [reports]", f"corpus: [reports, {empty}]"), "utf-8")
    assert str(empty) in config.read_text("utf-8")
    with pytest.raises(EmptyFolderError, match="mount: the folder holds no documents"):
        load_project(config).begun().extract()


def test_a_full_disk_is_said_in_the_language_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="space") as caught, open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123
        full.write(b"1")
    for language, words in (
        ("zh", "磁盘已满；请腾出空间或换个位置"),
        ("en", "No space left on device; free some space"),
    ):
        monkeypatch.setattr(state, "language", lambda language=language: language)
        assert words in problems.why(caught.value)


def test_limits_of_a_session_name_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = session_corpus.SessionCorpus()
    monkeypatch.setitem(LIMITS, "session_bytes", 10)
    corpus.put("a.txt", b"12345678")
    with pytest.raises(ReadingError, match="session_bytes = 10"):
        corpus.put("b.txt", b"123")
    monkeypatch.setitem(LIMITS, "session_files", 1)
    with pytest.raises(ReadingError, match="session_files = 1"):
        corpus.put("c.txt", b"1")
    assert [path.name for path in corpus.files()] == ["a.txt"]


def test_more_text_than_a_session_may_hold_is_refused_until_there_is_room(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = loading.tables_of(load_project(config))
    corpus = session_corpus.SessionCorpus()
    monkeypatch.setitem(LIMITS, "session_characters", 30)
    corpus.put("b.txt", UPLOAD.encode())

    def seen() -> dict[str, str]:
        corpus.tables(shared, loading.tables_of, lambda *_: None)
        return {one.name.rpartition("/")[2]: one.reason for one in corpus.extraction.documents}

    assert seen() == {"b.txt": ""}
    corpus.put("a.txt", UPLOAD.replace("77", "78").encode())  # what came first stays, whatever the names
    reasons = seen()
    assert reasons["b.txt"] == ""
    assert "limit session_characters = 30; remove other uploads" in reasons["a.txt"]
    assert "超过限制 session_characters;请移除其他文件,或放入语料文件夹" in reasons["a.txt"]
    corpus.remove("b.txt")
    assert seen() == {"a.txt": ""}
    with pytest.raises(ReadingError, match="at least 50 characters"):
        corpus.put("c.txt", b"1" * 200)


def test_the_uploads_go_with_their_session() -> None:
    corpus = session_corpus.SessionCorpus()
    folder = corpus.put("a.txt", b"1").parent
    assert folder.stat().st_mode & 0o777 == 0o755
    assert corpus.root.stat().st_mode & 0o777 == 0o700
    del corpus
    gc.collect()
    assert not folder.exists()


# --- marks


@given(
    st.text(st.sampled_from("甲乙丙\n1"), max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=12),
    st.integers(5, 40),
)
def test_pages_cover_a_text_and_cut_no_number(text: str, spans: list[tuple[int, int]], size: int) -> None:
    disjoint: list[tuple[int, int]] = []
    for start, length in sorted(spans):
        if start + length <= len(text) and (not disjoint or disjoint[-1][1] <= start):
            disjoint.append((start, start + length))
    begins = marking.pages(text, [start for start, _ in disjoint], [end for _, end in disjoint], size)
    assert begins[0] == 0
    assert all(one < other for one, other in pairwise(begins))
    assert all(not start < begin < end for begin in begins for start, end in disjoint)
    longest = max([0, *(end - start for start, end in disjoint)])
    assert all(other - one <= size + longest for one, other in pairwise([*begins, len(text)]))
    assert all(begins[marking.page_of(begins, begin)] == begin for begin in begins)
