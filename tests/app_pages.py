"""The dashboard without a browser, for tests of its pages."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

DASHBOARD = Path(__file__).parents[1] / "dashboard.py"


def visit(page: str, again: bool = False, **address: str | list[str]) -> AppTest:
    """A page of the dashboard under an address; `again` runs it twice: a widget that dies on the second run is found.

    The first run is the Overview's, which a session begins with; it makes the tables, hence the long limit.
    """
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"indicators/app/pages/{page}.py").run()
    if again:
        app.run()
    assert not app.exception, app.exception[0].message
    return app


def unfolded(app: AppTest) -> AppTest:
    """The page with every table behind a chart opened, as by a click on each."""
    for fold in app.expander:
        key = fold.proto.id.split("-", 2)[-1]  # $$ID-<hash>-<key>
        if key.startswith("behind-"):
            app.session_state[key] = True
    return app.run()
