"""What must hold of any input (fuzz_targets.py): on inputs made of what breaks readers, and on all that were found."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_targets import CONFIG_TEXT, PIECES, TARGETS, YAML_PIECES, changed, keep, kept, read_kept
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.rules.loading import load_rules_text

FORMATS = Path(__file__).parent / "data" / "formats"
SOUP = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=40).map("".join)
YAML = st.one_of(
    st.lists(st.sampled_from(YAML_PIECES), max_size=30).map("".join),
    st.binary(max_size=40).map(lambda data: changed(CONFIG_TEXT, data, YAML_PIECES)),
)
# A whole file of which a stretch is replaced: parsers meet damage deep inside.
CUTS = st.tuples(st.integers(0, 10**6), st.integers(0, 300), st.binary(max_size=30))


@pytest.mark.parametrize(("target", "path"), kept(), ids=lambda value: getattr(value, "name", value))
def test_inputs_that_were_found_once(target: str, path: Path) -> None:
    TARGETS[target].run(read_kept(target, path))


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_every_table_of_a_text(words: str) -> None:
    TARGETS["text"].run(words)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_the_functions_of_a_short_text(words: str) -> None:
    TARGETS["words"].run(words)


@settings(max_examples=3, deadline=None)
@given(SOUP)
def test_every_table_check_and_export(words: str) -> None:
    TARGETS["tables"].run(words)


@settings(max_examples=150, deadline=None)
@given(YAML)
def test_rules_load_or_say_what_is_wrong(words: str) -> None:
    TARGETS["yaml"].run(words)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(YAML_PIECES), max_size=12).map("".join))
def test_patterns_are_refused_or_run(words: str) -> None:
    TARGETS["pattern"].run(words)


@pytest.mark.parametrize(
    ("target", "name"),
    [("docx", "libreoffice.docx"), ("pdf", "libreoffice.pdf"), ("page", "libreoffice.html"), ("plain", "source.html")],
)
@settings(max_examples=12, deadline=None)
@given(cuts=st.lists(CUTS, min_size=1, max_size=3))
def test_damaged_files_give_text_or_a_reason(target: str, name: str, cuts: list[tuple[int, int, bytes]]) -> None:
    data = (FORMATS / name).read_bytes()
    for place, length, put in cuts:
        at = place % len(data)
        data = data[:at] + put + data[at + length :]
    TARGETS[target].run(data)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["page", "pdf", "docx"]), st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"<p>"]))
def test_any_bytes_give_text_or_a_reason(target: str, data: bytes, begin: bytes) -> None:
    TARGETS[target].run(begin + data)


def test_what_is_found_is_kept_as_it_was(tmp_path: Path) -> None:
    for target, given_ in (("text", "3个\ud800\x00"), ("page", b"\xff\x00<p>")):
        assert read_kept(target, keep(target, given_, tmp_path)) == given_


def test_the_text_that_is_changed_loads() -> None:
    assert len(load_rules_text(CONFIG_TEXT).indicators) == 2
