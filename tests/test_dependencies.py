"""docs/dependencies.md lists what pyproject.toml asks for, and the bill of materials is one that others can read."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools import dependencies  # noqa: E402


def asked() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    words = [*project["dependencies"], *extras["cluster"], *extras["shared"]]
    return {canonicalize_name(Requirement(one).name) for one in words}


def test_the_page_lists_exactly_the_direct_dependencies_with_a_reason_and_upkeep() -> None:
    rows = re.findall(r"^\| ([a-z0-9-]+)(?:\[\w+\])? \| (.*?) \|", dependencies.PAGE.read_text("utf-8"), re.MULTILINE)
    assert {name for name, _ in rows} - {"package"} == asked()
    assert all(reason.strip() for _, reason in rows)
    assert set(dependencies.upkeep()) >= asked()
    made = re.findall(r"^\| ([a-z0-9-]+(?:\[\w+\])?) \|", dependencies.page(), re.MULTILINE)
    assert set(made) - {"package"} == set(dependencies.direct())


def test_the_bill_of_materials_names_each_package_once_and_refers_to_nothing_else() -> None:
    bill = dependencies.bill()
    references = [component["bom-ref"] for component in bill["components"]]
    assert len(references) == len(set(references)) > len(asked())
    assert asked() <= {component["name"] for component in bill["components"]}
    known = {*references, bill["metadata"]["component"]["bom-ref"]}
    for entry in bill["dependencies"]:
        assert {entry["ref"], *entry["dependsOn"]} <= known
    assert all(component["licenses"] for component in bill["components"])
    assert "pytest" not in {component["name"] for component in bill["components"]}
