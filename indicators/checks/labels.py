"""Lists whose labels and values differ in number (市、镇两级分别4万件、16万件和19万件): no value gets a label."""

from __future__ import annotations

from indicators.language.reader import Reading
from indicators.model import Finding
from indicators.rules.matches import MatchResult


def label_findings(reading: Reading, result: MatchResult) -> list[Finding]:
    """One finding for each such list that a rule met."""
    findings = []
    for uneven in result.uneven:
        start, end = reading.folded.start(uneven.start), reading.folded.end(uneven.end)
        message = {
            "zh": f"“{uneven.words}”与其后{uneven.values}个数不能一一对应（{uneven.rule}）",
            "en": f"“{uneven.words}” does not pair with the {uneven.values} values that follow ({uneven.rule})",
        }
        findings.append(Finding("uneven_list", "warning", reading.document.name, start, end, (), message))
    return findings
