"""All checks that look at finished tables, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from indicators.checks.arithmetic import arithmetic_findings
from indicators.checks.conflicts import conflict_findings
from indicators.checks.copies import copy_findings
from indicators.checks.identities import identity_findings
from indicators.checks.implausible import implausible_findings, lost_multiplier_findings
from indicators.model import Document, Finding
from indicators.rules.ruleset import RuleSet
from indicators.table.derived import FINDINGS


def findings_table(found: Iterable[Finding]) -> pd.DataFrame:
    """One row a finding, columns FINDINGS (`claims`: ids joined by ;), in order of documents and text."""
    rows = [
        (one.check, one.severity, one.document, one.start, one.end, ";".join(one.claims), *_in_both(one))
        for one in sorted(found, key=lambda one: (one.document, one.start))
    ]
    return pd.DataFrame(rows, columns=list(FINDINGS))


def _in_both(finding: Finding) -> tuple[str, str]:
    return finding.message["zh"], finding.message["en"]


def table_findings(
    documents: Sequence[Document],
    facts: pd.DataFrame,
    quantities: pd.DataFrame,
    claims: pd.DataFrame,
    rules: RuleSet,
    copies: Mapping[str, str],
) -> list[Finding]:
    """What the checks say about the tables of `documents`; `facts` is the documents table, `copies` their near-copies.

    Arithmetic that a declared identity already speaks of is not told twice.
    """
    declared = identity_findings(claims, rules)
    told = {(finding.document, claim) for finding in declared for claim in [frozenset(finding.claims)]}
    offered = [
        finding
        for finding in arithmetic_findings(documents, quantities, claims)
        if (finding.document, frozenset(finding.claims)) not in told
    ]
    return [
        *declared,
        *offered,
        *implausible_findings(claims),
        *lost_multiplier_findings(claims),
        *conflict_findings(claims, facts, copies),
        *copy_findings(documents, quantities, claims, copies),
    ]
