"""What a report tells: the tables of a project, and which claims and indicators it has room for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indicators.app.comparing import by_places
from indicators.project import Paths, Project
from indicators.rules.ruleset import RuleSet
from indicators.table.queries import LEVELS
from indicators.table.store import Rows, Store
from indicators.table.stored_tables import StoredTables

INDICATORS, CLAIMS = 200, 4000  # a page that a browser opens at once; what is left out is counted on the page


@dataclass(frozen=True, slots=True)
class Contents(StoredTables):
    """The tables of one version, and the decoded text of each document by its name.

    `rates` are of `checks.denominators`.
    """

    rules: RuleSet
    store: Store
    findings: pd.DataFrame
    rates: pd.DataFrame
    texts: Mapping[str, str]
    versions: Mapping[str, str]
    made: str

    @property
    def comparable(self) -> Rows:
        """The observations with a place and a value."""
        return self.observations.where("value IS NOT NULL").among("level", LEVELS)

    def levels(self) -> dict[str, dict[str, int]]:
        """Indicator -> level -> how many places of it report the indicator; those of most places first."""
        found: dict[str, dict[str, int]] = {}
        for level in LEVELS:
            for indicator, places in by_places(self.comparable, level).items():
                found.setdefault(indicator, {})[level] = places
        ordered = sorted(found, key=lambda one: (-max(found[one].values()), one))[:INDICATORS]
        return {indicator: found[indicator] for indicator in ordered}

    def sources(self) -> pd.DataFrame:
        """One row a claim whose sentence is printed, in the order of documents and text.

        Where there are too many, those that an observation was chosen from go first.
        """
        once = self.claims.frame().drop_duplicates("claim_id")
        if len(once) <= CLAIMS:
            return once
        chosen = once["claim_id"].isin(self.comparable.frame(["claim_id"])["claim_id"])
        return pd.concat([once[chosen], once[~chosen]]).head(CLAIMS).sort_index()


def gather(project: Project, paths: Paths = None, made: str = "") -> Contents:
    """The contents of a report on `paths` or on the corpus; `made` is an ISO day, today by default.

    Raises IndicatorsError where the corpus cannot be read.
    """
    tables = {
        "claims": project.extract(paths),
        "quantities": project.quantities(paths),
        "observations": project.observations(paths),
        "documents": project.documents(paths),
    }
    return Contents(
        rules=project.rules,
        store=Store(tables),
        findings=project.findings(paths),
        rates=project.denominators(paths),
        texts={one.name: one.text for one in project.extraction(paths).documents if one.status == "read"},
        versions=project.versions(paths).listed(),
        made=made or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    )
