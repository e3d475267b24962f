"""What the package stands on: the table of docs/dependencies.md, and a bill of materials.

    python tools/dependencies.py             print docs/dependencies.md as it should be
    python tools/dependencies.py --write     write it
    python tools/dependencies.py --sbom      print a CycloneDX 1.6 bill of materials (JSON) of what is installed

Names, reasons and extras are those of pyproject.toml; version, licence, wheel and size those of this environment;
upkeep is what a person found (tools/upkeep.csv).
"""

from __future__ import annotations

import csv
import importlib.metadata as metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
RUNNING = ("", "cluster", "shared")  # "": what everybody gets; the test extra is no part of what is delivered
HEAD = """# Dependencies

Made by `python tools/dependencies.py --write` on {python}; run it again after a change of pyproject.toml.
Direct dependencies, each with its reason in `pyproject.toml`; what only tests use is not delivered and not listed.
With all they need in turn: {count} packages, {size:.0f} MB installed ({plain} packages, {plain_size:.0f} MB without
extras). `python tools/dependencies.py --sbom` prints all of them as a CycloneDX bill of materials,
`tools/vulnerabilities.sh` asks for known vulnerabilities. MB: the package itself; of an extra, all that it adds.

| package | for | version | licence | wheel | MB | newest seen (2026-11), upkeep |
|---|---|---|---|---|---|---|
"""


def direct() -> dict[str, tuple[str, str]]:
    """Each direct dependency as it is written, without versions -> its extra ("" for none), and why it is one."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    reasons = dict(re.findall(r'^\s*"([^"]+)",\s*# (.+)$', text.partition("[project.optional")[0], re.MULTILINE))
    extras = dict(re.findall(r"^(\w+) = \[.*\]\s*# (.+)$", text, re.MULTILINE))
    found: dict[str, tuple[str, str]] = {}
    for extra in RUNNING:
        for words in written(extra):
            found[plain_name(words)] = (extra, extras.get(extra, "") or reasons.get(words, ""))
    return found


def written(extra: str = "") -> list[str]:
    """The requirements of pyproject.toml, or those of one of its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return list(project["optional-dependencies"][extra] if extra else project["dependencies"])


def plain_name(words: str) -> str:
    """A requirement's name and extras.

    >>> plain_name("dask[distributed]>=2025.1")
    'dask[distributed]'
    """
    requirement = Requirement(words)
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return canonicalize_name(requirement.name) + extras


def upkeep() -> dict[str, dict[str, str]]:
    """What a person found of each dependency's upkeep."""
    with (ROOT / "tools" / "upkeep.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row for row in csv.DictReader(lines)}


def page() -> str:
    """docs/dependencies.md as this environment has it."""
    known, plain = upkeep(), needed(written())
    every = needed([words for extra in RUNNING for words in written(extra)])
    sizes = {name: size_of(metadata.distribution(name)) for name in every}
    rows = []
    for words, (extra, reason) in direct().items():
        name = words.partition("[")[0]
        found, seen = metadata.distribution(name), known[name]
        added = (sizes[one] for one in needed([words]) if one not in plain) if extra else [sizes[name]]
        use = f"{reason} (extra `{extra}`)" if extra else reason
        cells = (words, use, found.version, licence(found), wheel(found), f"{sum(added):.1f}")
        rows.append("| " + " | ".join((*cells, f"{seen['newest']}; {seen['upkeep']}")) + " |")
    head = HEAD.format(
        python=f"Python {sys.version_info.major}.{sys.version_info.minor}, {sys.platform}",
        count=len(every),
        size=sum(sizes.values()),
        plain=len(plain),
        plain_size=sum(sizes[name] for name in plain),
    )
    return head + "\n".join(rows) + "\n"


def needed(requirements: list[str]) -> dict[str, list[str]]:
    """Every package that is needed, in turn too -> the packages it needs itself."""
    waiting = [Requirement(words) for words in requirements]
    found: dict[str, list[str]] = {}
    asked: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        own = found.setdefault(name, [])
        for extra in ("", *requirement.extras):
            if (name, extra) not in asked:
                asked.add((name, extra))
                further = list(_requirements(name, extra))
                own += [canonicalize_name(one.name) for one in further]
                waiting += further
    return {name: sorted(set(own)) for name, own in sorted(found.items())}


def _requirements(name: str, extra: str) -> Iterator[Requirement]:
    for words in metadata.distribution(name).requires or ():
        requirement = Requirement(words)
        marker = requirement.marker
        environment = {**default_environment(), "extra": extra}
        if (marker is None and not extra) or (marker is not None and marker.evaluate(environment)):  # type: ignore[arg-type]
            yield requirement


def licence(found: metadata.Distribution) -> str:
    """The licence a package declares, as an expression or by its classifiers."""
    told = found.metadata
    classified = [
        words.rsplit(" :: ", 1)[1] for words in told.get_all("Classifier", []) if words.startswith("License ::")
    ]
    words = told.get("License-Expression") or "; ".join(classified) or told.get("License", "unknown")
    return words.splitlines()[0][:60].replace("|", "/")


def wheel(found: metadata.Distribution) -> str:
    """`any` for a package of Python alone, else `compiled`."""
    tags = re.findall(r"^Tag: (\S+)$", found.read_text("WHEEL") or "", re.MULTILINE)
    return "any" if any(tag.endswith("-any") for tag in tags) else "compiled" if tags else "unknown"


def size_of(found: metadata.Distribution) -> float:
    """Installed size in MB."""
    paths = [Path(str(found.locate_file(file))) for file in found.files or ()]
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def bill() -> dict[str, Any]:
    """A CycloneDX 1.6 document of the package and all it needs; without a time, so that two can be compared."""
    own = metadata.distribution("indicators")
    root = {"type": "application", **_component("indicators", own)}
    every = needed([words for extra in RUNNING for words in written(extra)])
    names = sorted({words.partition("[")[0] for words in direct()})
    graph = [{"ref": _url("indicators", own), "dependsOn": [_url(name) for name in names]}]
    graph += [{"ref": _url(name), "dependsOn": [_url(one) for one in own_needs]} for name, own_needs in every.items()]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [{"type": "library", **_component(name, metadata.distribution(name))} for name in every],
        "dependencies": graph,
    }


def _component(name: str, found: metadata.Distribution) -> dict[str, Any]:
    expression = found.metadata.get("License-Expression")
    licences = [{"expression": expression}] if expression else [{"license": {"name": licence(found)}}]
    url = _url(name, found)
    return {"name": name, "version": found.version, "bom-ref": url, "purl": url, "licenses": licences}


def _url(name: str, found: metadata.Distribution | None = None) -> str:
    return f"pkg:pypi/{name}@{(found or metadata.distribution(name)).version}"


if __name__ == "__main__":
    if "--sbom" in sys.argv:
        print(json.dumps(bill(), indent=1, ensure_ascii=False))
    elif "--write" in sys.argv:
        PAGE.write_text(page(), "utf-8")
    else:
        print(page(), end="")
