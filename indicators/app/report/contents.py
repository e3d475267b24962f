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

INDICATORS, CLAIMS = 200, 4000  # a page that a browser opens at once; what is left out is counted on the page


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables of one version, and the decoded text of each document by its name.

    `observations` are those with a place and a value; `rates` are of `checks.denominators`.
    """

    rules: RuleSet
    claims: pd.DataFrame
    quantities: pd.DataFrame
    observations: pd.DataFrame
    documents: pd.DataFrame
    findings: pd.DataFrame
    rates: pd.DataFrame
    texts: Mapping[str, str]
    versions: Mapping[str, str]
    made: str

    @property
    def indicators(self) -> list[str]:
        """The indicators compared, those of most places first."""
        return list(by_places(self.observations))[:INDICATORS]

    @property
    def shared(self) -> list[str]:
        """Those of `indicators` that two places of one level and more report."""
        rows = self.observations
        levels = (by_places(rows[rows["level"] == level]) for level in LEVELS)
        several = {indicator for counts in levels for indicator, count in counts.items() if count > 1}
        return [one for one in self.indicators if one in several]

    @property
    def sources(self) -> pd.DataFrame:
        """One row a claim whose sentence is printed, in the order of documents and text.

        Where there are too many, those that an observation was chosen from go first.
        """
        once = self.claims.drop_duplicates("claim_id")
        if len(once) <= CLAIMS:
            return once
        chosen = once["claim_id"].isin(self.observations["claim_id"])
        kept = pd.concat([once[chosen], once[~chosen]]).head(CLAIMS)
        return kept.sort_index()


def gather(project: Project, paths: Paths = None, made: str = "") -> Contents:
    """The contents of a report on `paths` or on the corpus; `made` is an ISO day, today by default.

    Raises IndicatorsError where the corpus cannot be read.
    """
    observations = project.observations(paths)
    compared = observations["level"].isin(LEVELS) & observations["value"].notna()
    return Contents(
        rules=project.rules,
        claims=project.extract(paths),
        quantities=project.quantities(paths),
        observations=observations[compared].reset_index(drop=True),
        documents=project.documents(paths),
        findings=project.findings(paths),
        rates=project.denominators(paths),
        texts={one.name: one.text for one in project.extraction(paths).documents if one.status == "read"},
        versions=project.versions(paths).listed(),
        made=made or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    )
