"""Texts published again long after they were written: 今年 in them is not the year of publication."""

from __future__ import annotations

from indicators.language.reader import Reading
from indicators.model import Finding


def repost_findings(reading: Reading) -> list[Finding]:
    """One finding where the text shows that it is older than its date of publication."""
    repost = reading.timeline.repost
    if repost is None:
        return []
    document = reading.document
    start, end = reading.folded.start(repost.start), reading.folded.end(repost.end)
    words = document.text[start:end]
    decided = document.written or "?"
    finding = Finding(
        "repost",
        "info" if document.written else "warning",
        document.name,
        start,
        end,
        (),
        {
            "zh": f"发布于{document.published}，但文中“{words}”表明写作更早；"
            f"相对时间（今年、去年）以 written={decided} 为准",
            "en": f"published {document.published}, but “{words}” shows that it was written earlier; "
            f"relative dates follow written={decided}",
        },
    )
    return [finding]
