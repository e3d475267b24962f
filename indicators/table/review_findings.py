"""What applying reviews has to say: one table of messages, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from indicators.model import Finding
from indicators.reading.reviews import Review
from indicators.table.decisions import Verdict

Severity = Literal["info", "warning", "error"]
# check -> severity, 中文, English; {words} is what the check has to show, {line} where the review stands.
_MESSAGES: Mapping[str, tuple[Severity, str, str]] = {
    "review_no_document": (
        "warning",
        "审阅过的文档不在语料中：{words}（{line}）",
        "the reviewed document is no longer in the corpus: {words} ({line})",
    ),
    "review_quote_gone": (
        "warning",
        "审阅过的原文已找不到：“{words}”（{line}）",
        "the reviewed words are gone from the text: “{words}” ({line})",
    ),
    "review_quote_twice": (
        "warning",
        "审阅过的原文出现不止一次，无法确定：“{words}”（{line}）",
        "the reviewed words stand more than once, so it is open which are meant: “{words}” ({line})",
    ),
    "review_disputed": (
        "warning",
        "审阅意见不一致，均未采用：{words}（{line}）",
        "the reviewers disagree, neither is applied: {words} ({line})",
    ),
    "review_read_otherwise": (
        "warning",
        "已确认的数值现在读作另一结果，以确认为准：{words}（{line}）",
        "a confirmed claim is read otherwise now, the review wins: {words} ({line})",
    ),
    "review_not_captured": (
        "warning",
        "审阅过的数值现在没有规则捕获，按审阅保留：{words}（{line}）",
        "no rule captures a reviewed claim any more, it is kept as reviewed: {words} ({line})",
    ),
    "review_no_indicator": (
        "warning",
        "审阅提到的指标已不存在：{words}（{line}）",
        "the reviewed indicator does not exist: {words} ({line})",
    ),
    "review_no_value": (
        "warning",
        "补充的数值读不出数，请写明 value（{line}）",
        "no number can be read at an added claim; write its value ({line})",
    ),
}


def of_line(check: str, review: Review, document: str, span: tuple[int, int]) -> Finding:
    """The finding about a line of reviews.csv that is not applied."""
    words = review.document if check == "review_no_document" else review.exact
    return _finding(check, document, span, words, f"{review.path}:{review.line}", ())


def of_verdict(check: str, verdict: Verdict, words: str, claim: str = "") -> Finding:
    """The finding about a claim that was reviewed."""
    last = verdict.lines[-1].review
    line = f"{last.path}:{last.line}"
    return _finding(check, verdict.document, verdict.span, words, line, (claim,) if claim else ())


def _finding(
    check: str, document: str, span: tuple[int, int], words: str, line: str, claims: tuple[str, ...]
) -> Finding:
    severity, zh, en = _MESSAGES[check]
    message = {"zh": zh.format(words=words, line=line), "en": en.format(words=words, line=line)}
    return Finding(check, severity, document, *span, claims, message)
