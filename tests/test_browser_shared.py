"""A shared dashboard in a real Chromium, with a real OpenID Connect provider: strangers, viewers and editors.

The provider is a server of its own (oidc-provider-mock): discovery, keys, codes and signed tokens as the standard has
them. The dashboard is the real command line, `indicators dashboard --shared`.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rules_project
from rules_project import CONFIG
from test_browser import ROOT, WAIT, browser, free_port, running, settle

from indicators.project import load_project

__all__ = ["browser"]  # a fixture
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:oidc_provider_mock.*"),
    pytest.mark.filterwarnings("ignore:authlib.jose module is deprecated"),
]
PEOPLE = {"wang": True, "li": True, "zhao": True, "unproven": False}
ACCESS = '[access]\nviewers = ["li@county.example", "unproven@county.example"]\neditors = ["WANG@county.example"]\n'


def write_secrets(config: Path, port: int, provider: str, access: str) -> None:
    path = config.parent / ".streamlit" / "secrets.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"x" * 40}"\n'
        f'client_id = "indicators"\nclient_secret = "kept"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n\n{access}',
        "utf-8",
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, str]]:
    """Address of the dashboard, its config.yaml, and the provider's address."""
    provider = pytest.importorskip("oidc_provider_mock") if os.environ.get("REQUIRE_ALL") != "1" else None
    if provider is None:
        import oidc_provider_mock as provider
    users = [
        provider.User(sub=name, claims={"email": f"{name}@county.example", "email_verified": proven})
        for name, proven in PEOPLE.items()
    ]
    config = rules_project.make(tmp_path_factory.mktemp("shared"))
    with provider.run_server_in_thread(user_claims=users) as issuer:
        port, url = free_port(), f"http://127.0.0.1:{issuer.server_port}"
        write_secrets(config, port, url, ACCESS)
        command = ["indicators.cli", "dashboard", "--shared", "--address", "127.0.0.1", "--port", str(port)]
        with running([*command, "--config", str(config)], port, config.parent, PYTHONPATH=str(ROOT)) as address:
            yield address, config, url


def visitor(browser: Any) -> Any:
    """A browser of one person: own cookies; nothing is fetched from outside (the provider's page asks for a style)."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN")
    context.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
    return context.new_page()


def sign_in(page: Any, address: str, name: str, path: str = "") -> None:
    page.goto(f"{address}/{path}")
    page.get_by_role("button", name="登录", exact=True).click(timeout=WAIT)
    page.get_by_role("button", name=name, exact=True).click(timeout=WAIT)
    page.wait_for_url(f"{address}/**", timeout=WAIT)
    settle(page)


def events(config: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (config.parent / "audit.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["zhao", "unproven"])
def test_a_stranger_sees_nothing_but_that_there_is_no_access(
    browser: Any, shared: tuple[str, Path, str], name: str
) -> None:
    address, config, _ = shared
    page = visitor(browser)
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    for path in ("compare", "rules?view=edit") if name == "zhao" else ():
        page.goto(f"{address}/{path}")
        settle(page)
        assert page.locator("h1").inner_text() == "请先登录"
    sign_in(page, address, name, "download")
    assert page.locator("h1").inner_text() == "没有访问权限"
    assert ("zhao@county.example" in page.locator("[data-testid=stCode]").inner_text()) == (name == "zhao")
    for path in ("rules?view=edit", "quality?finding=look&lang=en"):
        page.goto(f"{address}/{path}")
        settle(page)
    assert page.locator("h1").inner_text() == "No access"
    assert heard
    assert not any("安化" in frame or "服务站" in frame or "stations" in frame for frame in heard)
    assert events(config)[-1]["event"] == "refused"
    page.context.close()


def test_a_viewer_looks_and_cannot_save_until_the_list_drops_her(browser: Any, shared: tuple[str, Path, str]) -> None:
    address, config, provider = shared
    page = visitor(browser)
    sign_in(page, address, "li")
    side = page.locator("[data-testid=stSidebar]")
    assert "查看者" in side.inner_text()
    assert "li@county.example" in side.inner_text()
    page.goto(f"{address}/quality?finding=look")
    page.locator(".sentence").first.wait_for(timeout=WAIT)
    assert page.get_by_role("button", name="确认").count() == 0
    page.goto(f"{address}/rules?view=edit")
    page.wait_for_selector(".cm-content", timeout=WAIT)
    settle(page)
    assert page.get_by_role("button", name="保存", exact=True).is_disabled()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n# 我也想改\n")
    page.keyboard.press("Control+s")
    settle(page)
    page.wait_for_timeout(1500)
    assert config.read_text("utf-8") == CONFIG
    write_secrets(config, int(address.rsplit(":", 1)[1]), provider, ACCESS.replace("li@", "nobody@"))
    page.goto(f"{address}/compare")
    page.get_by_role("heading", name="没有访问权限").wait_for(timeout=WAIT)
    write_secrets(config, int(address.rsplit(":", 1)[1]), provider, ACCESS)
    page.context.close()


def test_an_editor_saves_rules_and_reviews_under_her_address(browser: Any, shared: tuple[str, Path, str]) -> None:
    address, config, _ = shared
    before = load_project(config).rules_version
    page = visitor(browser)
    sign_in(page, address, "wang")
    page.goto(f"{address}/quality?finding=look")
    page.get_by_role("button", name="确认").first.click(timeout=WAIT)
    settle(page)
    page.goto(f"{address}/rules?view=edit")
    page.wait_for_selector(".cm-content", timeout=WAIT)
    settle(page)
    view = "document.querySelector('.cm-content').cmTile.view"
    page.evaluate(
        f"{view}.dispatch({{changes: {{from: {view}.state.doc.toString().indexOf(\"投入{{value}}\"), insert: '共?'}}}})"
    )
    page.locator(".cm-content").press("Control+s")  # tells the text first
    page.get_by_text("已保存").first.wait_for(timeout=WAIT)
    assert "'共?投入{value}{gap}道路'" in config.read_text("utf-8")
    after = load_project(config).rules_version
    assert before != after
    reviews = (config.parent / "reports" / "reviews.csv").read_text("utf-8-sig")
    (review,) = csv.DictReader(io.StringIO(reviews))
    assert (review["reviewer"], review["decision"]) == ("wang@county.example", "confirmed")
    reviewed, saved = (event for event in events(config) if event["event"] in ("reviews", "rules"))
    assert reviewed["who"] == saved["who"] == "wang@county.example"
    assert reviewed["rules_version"] == saved["rules_version_before"] == before
    assert saved["rules_version_after"] == after
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/oauth2/end_session**", timeout=WAIT)  # the provider asks whether to end its own session too
    page.goto(address)
    page.get_by_role("heading", name="请先登录").wait_for(timeout=WAIT)
    page.context.close()
