"""Labels made by hand, one JSON object a line, that `checks.evaluation` measures the reader by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from indicators.errors import Fault, Location, ReadingError


def read_labels(gold: Path) -> list[dict[str, Any]]:
    """The labels of a JSON Lines file. Raises ReadingError for each one that is not of that form, with its line."""
    labels: list[dict[str, Any]] = []
    faults: list[Fault] = []
    try:
        lines = gold.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(Location(str(gold)), f"cannot be read: {error}", "give a JSON Lines file", "无法读取")
        raise ReadingError(faults=(fault,)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
            missing = [key for key in ("doc", "start", "end", "text", "cls") if key not in label]
            if label.get("cls") == "claim":
                missing += [key for key in ("value", "unit", "qualifier", "status") if key not in label]
        except (json.JSONDecodeError, AttributeError, TypeError):
            faults.append(
                Fault(Location(str(gold), number, 1, line), "no JSON object", "one label a line", "不是 JSON")
            )
            continue
        if missing:
            words = ", ".join(missing)
            remedy = "every label needs doc, start, end, text, cls"
            faults.append(Fault(Location(str(gold), number, 1, line), f"no {words}", remedy, f"缺少 {words}"))
        labels.append(label)
    if faults:
        raise ReadingError(faults=tuple(faults))
    return labels
