"""Numbers of Chinese county reports as a tidy indicator table.

    >>> from indicators import read_number, read_quantities
    >>> read_number("一万零十二")
    Decimal('10012')

The names below are the library; they are imported when first used, so that `import indicators` costs little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indicators.engines.store import read_table
    from indicators.errors import IndicatorsError
    from indicators.language.numerals import read_number
    from indicators.language.periods import read_period
    from indicators.language.quantities import read_quantities
    from indicators.project import Project, extract, load_project
    from indicators.reading.files import read_documents

__version__ = "0.1.0"
__all__ = [
    "IndicatorsError",
    "Project",
    "extract",
    "load_project",
    "read_documents",
    "read_number",
    "read_period",
    "read_quantities",
    "read_table",
]

_HOMES = {
    "IndicatorsError": "indicators.errors",
    "Project": "indicators.project",
    "extract": "indicators.project",
    "load_project": "indicators.project",
    "read_documents": "indicators.reading.files",
    "read_number": "indicators.language.numerals",
    "read_period": "indicators.language.periods",
    "read_quantities": "indicators.language.quantities",
    "read_table": "indicators.engines.store",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'indicators' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
