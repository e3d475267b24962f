"""Documents are read without looking for garbage on the way: collection goes on afterwards, and nothing is kept."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest

from indicators.engines.shard import process
from indicators.language.reader import Reading
from indicators.language.timeline import Timeline
from indicators.project import load_project
from indicators.rules.uncollected import uncollected

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("running", [True, False])
def test_collection_goes_on_as_before_even_after_an_error(running: bool) -> None:
    (gc.enable if running else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is running
        with pytest.raises(ValueError, match="wrong"), uncollected():
            raise ValueError("wrong")
        assert gc.isenabled() is running
    finally:
        gc.enable()


def _alive() -> Counter[str]:
    return Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, (Reading, Timeline)))


def test_what_was_read_of_a_document_is_freed() -> None:
    project = load_project(ROOT / "config.yaml")
    documents = project.read_documents()
    gc.collect()
    before = _alive()
    with uncollected():  # what is freed is freed by `process` itself
        assert process(documents, project.rules).claims["claim_id"]
        assert _alive() == before
