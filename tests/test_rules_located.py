"""Where things stand in a YAML file: nodes, keys, and each character of a scalar."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.errors import FaultList
from indicators.rules.located import Source, parse


def source(text: str) -> Source:
    faults = FaultList("test.yaml")
    found = parse(text, faults)
    assert faults.faults == []
    return found


def test_nodes_know_their_line_and_column() -> None:
    read = source("a: [x, {b: 'y'}]\nc:\n  d: z\n")
    places = {
        path: (read.root.find(path).line, read.root.find(path).column)
        for path in [("a",), ("a", 0), ("a", 1, "b"), ("c", "d"), ("c", "missing")]
    }
    assert places == {
        ("a",): (1, 4),
        ("a", 0): (1, 5),
        ("a", 1, "b"): (1, 12),
        ("c", "d"): (3, 6),
        ("c", "missing"): (3, 3),
    }
    assert (read.root.key(("c", "d")).line, read.root.key(("c", "d")).column) == (3, 3)
    assert read.root.plain() == {"a": ["x", {"b": "y"}], "c": {"d": "z"}}


def test_every_scalar_is_text_and_nothing_written_is_none() -> None:
    assert source("a: 0123\nb: yes\nc: ''\nd:\ne: ~\n").root.plain() == {
        "a": "0123",
        "b": "yes",
        "c": "",
        "d": None,
        "e": "~",
    }


def test_aliases_are_read_where_they_are_few() -> None:
    assert source("a: &x [1, 2]\nb: *x\n").root.plain()["b"] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("k: abc", 2, (1, 6)),
        ("k: 'a''bc'", 2, (1, 8)),
        ('k: "a\\u515abc"', 2, (1, 12)),
        ('k: "ab\\\n   cd"', 2, (2, 4)),
        ("k: |\n  ab\n  cd\n", 3, (3, 3)),
        ("k: |2\n    ab\n", 2, (2, 5)),
        ("k: >-\n  ab\n  cd\n", 4, (3, 4)),
        ("k: >-\n  ab\n\n  cd\n", 3, (4, 3)),
        ("k: ab\n  cd", 3, (2, 3)),
        ("k: 'ab\n\n  cd'", 3, (3, 3)),
        ("k: abc", 99, (1, 6)),
        ("k:\r\n  - abc\r\n", 0, (2, 5)),
    ],
)
def test_characters_of_a_scalar(text: str, offset: int, place: tuple[int, int]) -> None:
    read = source(text)
    node = read.root.value["k"]
    node = node.value[0] if isinstance(node.value, list) else node
    assert read.position(node, offset) == place


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab党'\"\\:#{}[] \n", min_size=1, max_size=60),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([10, 80]),
)
def test_each_character_is_found_in_its_line(value: str, style: str | None, width: int) -> None:
    text = yaml.dump({"k": value}, default_style=style, allow_unicode=True, width=width)
    value = yaml.safe_load(text)["k"]  # a folded scalar that PyYAML wraps may read back otherwise
    read = source(text)
    node = read.root.value["k"]
    assert node.value == value
    for offset, character in enumerate(value):
        if character in " \n":
            continue
        line, column = read.position(node, offset)
        written = read.lines[line - 1][column - 1 :]
        assert written[0] == character or (written[0] == "\\" and node.style == '"'), (text, offset)
