"""Sharing a dashboard by the command line: refused without a login and without lists, said in both languages."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import rules_project
import streamlit
import streamlit.config
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins
from typer.testing import CliRunner

from indicators.app import access, audit
from indicators.app.outside import ask_nobody
from indicators.cli import app
from indicators.deployment import Access, read_access, shared_settings
from indicators.errors import IndicatorsError

AUTH = """[auth]
redirect_uri = "https://numbers.county.example/oauth2callback"
cookie_secret = "a long secret that signs the cookies"
client_id = "indicators"
client_secret = "kept"
server_metadata_url = "https://login.county.example/.well-known/openid-configuration"
"""
ACCESS = '[access]\nviewers = ["*@county.example"]\neditors = []\n'


def config(folder: Path, secrets: str) -> Path:
    path = rules_project.make(folder)
    if secrets:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text(secrets, "utf-8")
    return path


@pytest.mark.parametrize(
    ("secrets", "said"),
    [
        ("", "no such file"),
        (ACCESS, "lacks redirect_uri, cookie_secret"),
        (AUTH.replace("a long secret that signs the cookies", "short"), "shorter than 32"),
        (AUTH, "lists nobody"),
        (AUTH + ACCESS.replace("*@", "*"), "viewers must list"),
        (AUTH + ACCESS.replace("editors", "editor"), "unknown key 'editor'"),
        (AUTH + "[access]\nviewers = 'li@county.example'", "viewers must list"),
        ("[auth", "cannot be read"),
    ],
)
def test_sharing_is_refused_where_not_everybody_would_be_known(tmp_path: Path, secrets: str, said: str) -> None:
    ran = CliRunner().invoke(app, ["dashboard", "--shared", "--config", str(config(tmp_path, secrets))])
    assert ran.exit_code == 1
    assert "secrets.toml" in ran.output
    assert said in ran.output
    assert "--without-login" in ran.output
    assert "不登录共享（只读）" in ran.output
    assert "short" not in ran.output.replace("shorter", "")  # secrets are not printed


def test_an_unshared_dashboard_has_no_option_to_drop_the_login(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["dashboard", "--without-login", "--config", str(config(tmp_path, ""))])
    assert ran.exit_code == 2


def test_a_shared_server_answers_to_its_own_names_only(tmp_path: Path) -> None:
    pytest.importorskip("authlib")
    options = shared_settings(config(tmp_path, AUTH + ACCESS), True, "0.0.0.0", ["10.0.0.8"])  # noqa: S104
    pairs = list(zip(options[::2], options[1::2], strict=True))
    assert [value for name, value in pairs if name == "--server.allowedHosts"] == ["10.0.0.8", "numbers.county.example"]
    assert ("--server.corsAllowedOrigins", "https://numbers.county.example") in pairs
    assert ("--server.enableXsrfProtection", "true") in pairs
    assert ("--client.showErrorDetails", "none") in pairs


def test_a_foreign_origin_makes_the_server_ask_nobody_for_its_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, timeout: asked.append(url))
    monkeypatch.setattr(net_util, "_external_ip", None)
    assert not is_url_from_allowed_origins("https://evil.example")
    assert asked  # as Streamlit is
    asked.clear()
    ask_nobody()
    assert not is_url_from_allowed_origins("https://evil.example")
    assert asked == []


def test_what_the_dashboard_takes_passes_the_documented_proxy() -> None:
    root = Path(__file__).parents[1]
    words = (root / "docs" / "deployment" / "nginx.conf").read_text("utf-8")
    entry = root / "indicators" / "app" / "entry" / ".streamlit" / "config.toml"
    (most,) = re.findall(r"client_max_body_size (\d+)m;", words)
    assert int(most) > tomllib.loads(entry.read_text("utf-8"))["server"]["maxUploadSize"]  # a form is more
    limited = [name for name, inside in re.findall(r"location (\S+) \{([^}]*)\}", words) if "limit_req " in inside]
    assert limited == ["/"]  # a first visit's scripts were cut off by it once


@pytest.mark.parametrize(
    ("identity", "role"),
    [
        ({"email": "li@county.example", "email_verified": True}, "viewer"),
        ({"email": "LI@County.Example"}, "viewer"),
        ({"email": "wang@town.example", "email_verified": True}, "editor"),
        ({"email": "wang@town.example", "email_verified": False}, ""),
        ({"email": "wang@town.example", "email_verified": "false"}, ""),
        ({"email": "li@xcounty.example"}, ""),
        ({"email": "li@county.example.evil.example"}, ""),
        ({"email": "@county.example"}, ""),
        ({"name": "li@county.example"}, ""),
        ({}, ""),
    ],
)
def test_a_role_follows_from_the_address_of_the_login(identity: dict[str, object], role: str) -> None:
    access = Access(viewers=("*@county.example",), editors=("wang@town.example",))
    assert access.role(identity) == role


def test_another_claim_may_hold_the_address() -> None:
    access = read_access({"editors": ["wang@county.example"], "claim": "preferred_username"})
    assert access.role({"preferred_username": "wang@county.example", "email": "other@x.example"}) == "editor"
    assert access.role({"email": "wang@county.example"}) == ""
    with pytest.raises(IndicatorsError):
        shared_settings(Path("nowhere/config.yaml"), True, "0.0.0.0", [])  # noqa: S104


@pytest.mark.parametrize(
    ("shared", "address", "writes"),
    [("", "localhost", True), ("", "0.0.0.0", False), ("open", "localhost", False), ("open", "0.0.0.0", False)],  # noqa: S104
)
def test_whoever_is_not_known_writes_on_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, shared: str, address: str, writes: bool
) -> None:
    monkeypatch.delenv(access.READ_ONLY_VARIABLE, raising=False)
    monkeypatch.setenv(access.SHARED_VARIABLE, shared)
    before = streamlit.config.get_option("server.address")
    streamlit.config._set_option("server.address", address, "the test")
    try:
        assert access.may_write() == writes
        assert access.may_read()
    finally:
        streamlit.config._set_option("server.address", before, "the test")


def test_a_change_is_in_the_log_before_it_is_made_and_not_made_without_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "audit.jsonl"
    monkeypatch.setenv(audit.VARIABLE, str(log))
    monkeypatch.setenv(audit.SHARED_VARIABLE, "login")
    with audit.change("rules", "wang@county.example", file="config.yaml"):
        (first,) = map(json.loads, log.read_text("utf-8").splitlines())
    assert (first["who"], first["event"], first["file"]) == ("wang@county.example", "rules", "config.yaml")
    with pytest.raises(OSError, match="full"), audit.change("reviews", "li@county.example"):
        raise OSError("the disk is full")
    events = [json.loads(line)["event"] for line in log.read_text("utf-8").splitlines()]
    assert events == ["rules", "reviews", "reviews failed"]
    monkeypatch.setenv(audit.VARIABLE, str(tmp_path / "missing" / "audit.jsonl"))
    done = False
    with pytest.raises(FileNotFoundError), audit.change("rules", "wang@county.example"):
        done = True
    assert not done
    monkeypatch.setenv(audit.SHARED_VARIABLE, "")
    with audit.change("rules", ""):  # on one's own machine nothing is recorded
        done = True
    assert done


def test_who_comes_is_in_the_log_once_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "audit.jsonl"
    monkeypatch.setenv(audit.VARIABLE, str(log))
    monkeypatch.setenv(audit.SHARED_VARIABLE, "login")
    monkeypatch.setattr(audit, "_TOLD", {})

    def come(person: str, role: str) -> int:
        audit.write_seldom("sign in", person, role=role)
        return len(log.read_text("utf-8").splitlines())

    counts = [come("li@county.example", "viewer") for _ in range(3)]
    counts += [come("li@county.example", "editor"), come("wang@county.example", "viewer")]
    for told in audit._TOLD:
        audit._TOLD[told] -= audit.SELDOM + 1
    assert [*counts, come("li@county.example", "viewer")] == [1, 1, 1, 2, 3, 4]
    assert list(audit._TOLD) == [("sign in", "li@county.example", ("role", "viewer"))]
