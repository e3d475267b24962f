"""A project as one static page: the charts of the dashboard, every figure with its sentence, no server, no network."""

from indicators.app.report.contents import Contents, gather
from indicators.app.report.page import report_html

__all__ = ["Contents", "gather", "report_html"]
