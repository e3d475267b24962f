"""A few faults of `python -m tools.faults`, tried in every run: the whole list takes minutes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from indicators.reading.replacing import one_writer, replacing  # noqa: E402
from tools.faults import killing, races  # noqa: E402
from tools.faults.savers import SAVERS  # noqa: E402
from tools.faults.scene import Scene, build, ended  # noqa: E402

NAMED = {saver.name: saver for saver in SAVERS}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return build(tmp_path_factory.mktemp("faults") / "project", documents=3, sentences=40)


def test_a_killed_writer_leaves_the_old_file_or_the_new_one(scene: Scene, tmp_path: Path) -> None:
    (outcome,) = killing.in_every_write(scene, tmp_path, (NAMED["reviews.csv"],), most=1)
    assert outcome.tried >= 3
    assert outcome.wrong == []


def test_a_full_disk_is_said_in_both_languages(scene: Scene) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = ended(scene.start(*scene.command("extract"), stdout=full))
    assert (ran.code, ran.crashed) == (1, False)
    assert "No space left on device" in ran.said
    assert "磁盘已满" in ran.said


def test_a_document_that_changed_after_it_was_listed_is_read_again(scene: Scene, tmp_path: Path) -> None:
    """Listed with one text, read with another: what was read must not pass for the first one's rows."""
    home, saver = scene.copy(tmp_path / "home"), NAMED["Parquet folder"]
    report = home.folder / "reports" / "001.txt"
    kept = report.read_bytes()
    code = (
        "import sys, pathlib, indicators.engines.streaming as streaming\n"
        "listed = streaming.hashed\n"
        "def hashed(*arguments):\n"
        "    found = listed(*arguments)\n"
        f"    pathlib.Path({str(report)!r}).write_text('青禾县建成服务站77个。', 'utf-8')\n"
        "    return found\n"
        "streaming.hashed = hashed\n"
        f"sys.argv = ['indicators', *{saver.arguments!r}]\n"
        "import indicators.cli\nindicators.cli.main()\n"
    )
    assert ended(home.start(sys.executable, "-c", code)).code == 0
    assert "77个" in str(saver.seen(home))
    report.write_bytes(kept)
    assert home.run(*saver.arguments).code == 0
    assert "77个" not in str(saver.seen(home))
    assert saver.seen(home) == races.fresh(scene, tmp_path / "fresh", saver)


def test_a_decision_after_the_clock_was_set_back_is_the_later_one(scene: Scene, tmp_path: Path) -> None:
    from indicators.reading.reviews import Review, append_reviews

    path, words = tmp_path / "reviews.csv", ("甲", "a.txt", "", "stations", 3, "12个", "", "")
    for at, decision in (("2030-01-01T08:00:00+08:00", "confirmed"), ("2020-01-01T08:00:00+08:00", "rejected")):
        append_reviews(path, [Review(at, *words, decision)])
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [(row["reviewed_at"][:4], row["decision"]) for row in rows] == [("2030", "confirmed"), ("2030", "rejected")]


def test_drafts_of_killed_writers_are_swept_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    target = tmp_path / "[a]*.csv"
    (tmp_path / f".{target.name}.dead.tmp").write_bytes(b"half")
    (tmp_path / ".other.csv.dead.tmp").write_bytes(b"another's")
    with replacing(target) as first:
        first.write(b"first")
        with replacing(target) as second:
            second.write(b"second")
        assert target.read_bytes() == b"second"
    assert target.read_bytes() == b"first"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other.csv.dead.tmp", target.name]


def test_a_link_and_permissions_outlive_a_save_and_a_failure_changes_nothing(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "config.yaml"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    with pytest.raises(ValueError, match="torn"), replacing(link) as stream:
        stream.write(b"half")
        raise ValueError("torn")
    assert real.read_bytes() == b"old"
    with replacing(link) as stream:
        stream.write(b"new")
    assert (link.is_symlink(), real.read_bytes(), real.stat().st_mode & 0o777) == (True, b"new", 0o640)
    assert len(list(tmp_path.iterdir())) == 2


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys\nfrom indicators.reading.replacing import one_writer\n"
        "print('begun', flush=True)\n"
        "with one_writer(pathlib.Path(sys.argv[1])):\n    print(pathlib.Path(sys.argv[1], 'first').exists())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with one_writer(tmp_path):
        other = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert other.stdout is not None
        assert other.stdout.readline() == b"begun\n"
        time.sleep(0.5)  # without the lock it would be inside by now, and find nothing
        (tmp_path / "first").touch()
    assert other.communicate(timeout=60)[0] == b"True\n"
