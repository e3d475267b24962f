"""A project as one file that can be cited and sent: tables, rules, reviews, codebook, and how to read them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.project import Project
from indicators.reading.metadata import FILE_NAME as METADATA

if TYPE_CHECKING:
    import pandas as pd

TITLE = "中国县域报告指标 Indicators of Chinese county reports"
_README = """# {title}

data_version {data_version} · {made}

| | |
|---|---|
| 文档 documents | {documents} |
| 数据 claims | {claims} |
| 指标 indicators | {indicators} |
| 县 counties | {counties} |
| 已审阅 reviewed | {reviewed} |

- `claims.csv` 每行一条数据及其原句；one row a claim, with its sentence
- `observations.csv` 每行一个指标、地点和年份；one row an indicator, place and year
- `rejected.csv` 审阅时剔除的数据；claims that reviewers rejected
- `quantities.csv` 文档中的每一个数；every number of the documents
- `panel.csv` 县×年，空格表示未报告；county by year, empty means not reported
- `claims.dta`, `panel.dta`, `read.do`, `read.R` Stata 与 R
- `codebook.md`, `codebook.xlsx` 指标说明；what each indicator is and how it is found
- `config.yaml`, `packs/`, `metadata.csv`, `reviews.csv` 生成本数据的规则、元数据和审阅
- `datapackage.json` Frictionless; `manifest.json` 版本和校验和 versions and checksums
- `CITATION.cff`, `citation.bib` 引用 how to cite

金额为现价。Amounts are in current prices. Absent is empty, never 0.
打开 Open: `indicators dashboard FILE.zip`

{parts}
"""


def package(project: Project, texts: bool = False, made: str = "") -> bytes:
    """The ZIP of a project's corpus. `texts`: the documents' full texts go in too, not only the sentences of claims.

    `made` is the day it is dated, today by default. Raises IndicatorsError where the corpus cannot be read.
    """
    from indicators.table.citation import citation
    from indicators.table.codebook import codebook, codebook_markdown
    from indicators.table.exports import to_bytes
    from indicators.table.package import package_bytes
    from indicators.table.panel import panel
    from indicators.table.scripts import scripts
    from indicators.table.stata import to_stata
    from indicators.table.versions import indicator_versions

    day = made or datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    reviewed, observations, versions = project.reviewed(), project.observations(), project.versions()
    claims = reviewed.claims
    wide, left = panel(observations, claims)
    book = codebook(project.rules, claims, reviewed.rejected)
    names = {indicator.id: str(indicator.name) for indicator in project.rules.indicators}
    tables = {
        "claims": claims,
        "rejected": reviewed.rejected,
        "observations": observations,
        "quantities": project.quantities(),
        "documents": project.documents(),
        "findings": project.findings(),
        "panel": wide,
    }
    counts = _counts(tables, left)
    listed = versions.listed()
    facts = {"title": TITLE, "made": day, "data_version": versions.data_version, **counts}
    parts = "\n".join(f"- {name}: {value}" for name, value in listed.items())
    files = {
        "README.md": _README.format(**facts, parts=parts).encode(),
        "codebook.md": codebook_markdown(project.rules, book).encode(),
        "codebook.xlsx": to_bytes(book, "xlsx"),
        "claims.dta": to_stata(claims, names),
        "panel.dta": to_stata(wide, names),
        **scripts(),
        **citation(TITLE, versions.data_version, day, counts),
        **_sources(project),
    }
    if texts:
        read = (document for document in project.extraction().documents if document.status == "read")
        files |= {f"texts/{document.name}": document.text.encode("utf-8", "replace") for document in read}
    return package_bytes(TITLE, tables, files, listed, indicator_versions(project.rules), day)


def _counts(tables: dict[str, pd.DataFrame], left: pd.DataFrame) -> dict[str, int]:
    claims = tables["claims"]
    return {
        "documents": len(tables["documents"]),
        "claims": len(claims),
        "indicators": int(claims["indicator"].nunique()),
        "counties": int(claims.loc[claims["county_code"] != "", "county_code"].nunique()),
        "reviewed": int((claims["review"] != "").sum()),
        "beside_panel": len(left),
    }


def _sources(project: Project) -> dict[str, bytes]:
    """What the tables were made with: config.yaml, packs, metadata and reviews as they stand on disk."""
    folder = project.config.parent
    files = {"config.yaml": project.config.read_bytes()}
    for name, path in project.pack_files().items():
        files[name] = path.read_bytes()
    for name in (*project.rules.series, *filter(None, [project.rules.deflator])):
        files[_inside(folder, folder / name)] = (folder / name).read_bytes()
    for root in project.corpus:
        beside = root if root.is_dir() else root.parent
        for path in (beside / METADATA, *project.review_files()):
            if path.is_file() and path.parent == beside:
                files[_inside(folder, path)] = path.read_bytes()
    return files


def _inside(folder: Path, path: Path) -> str:
    """Where a file of the corpus goes in the package; a corpus elsewhere keeps its folder's name only."""
    path, folder = path.resolve(), folder.resolve()
    return f"corpus/{path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name}"
