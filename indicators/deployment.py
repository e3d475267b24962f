"""A dashboard for several people: who may see, who may write, and the settings of a server beyond this machine.

Everything stands in one `secrets.toml`: `[auth]` is Streamlit's own (an OpenID Connect provider), `[access]` is ours:

    [access]
    viewers = ["*@county.example"]     # addresses; *@domain is everybody of a domain, * everybody who can sign in
    editors = ["wang@county.example"]  # they may save rules, reviews and metadata; they see everything too
    claim = "email"                    # the claim of the identity that holds the address
"""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indicators.errors import Fault, IndicatorsError, Location

SECRETS = Path(".streamlit", "secrets.toml")  # beside config.yaml
_AUTH = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORT = 32  # characters of a secret that signs cookies


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what, by the address of their login."""

    viewers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    claim: str = "email"

    def role(self, identity: Mapping[str, Any]) -> str:
        """`editor`, `viewer`, or "" for a stranger, of what a provider says of a person.

        An address that the provider calls unverified is nobody's.

        >>> access = Access(viewers=("*@county.example",), editors=("Wang@county.example",))
        >>> [access.role({"email": f"{name}@county.example"}) for name in ("wang", "li")]
        ['editor', 'viewer']
        >>> access.role({"email": "li@county.example.org"}), access.role({})
        ('', '')
        """
        address = self.address(identity)
        if not address:
            return ""
        return "editor" if _listed(address, self.editors) else "viewer" if _listed(address, self.viewers) else ""

    def address(self, identity: Mapping[str, Any]) -> str:
        """The address of a login, "" where it has none or an unverified one."""
        verified = self.claim != "email" or identity.get("email_verified") not in (False, "false")
        return str(identity.get(self.claim) or "").strip() if verified else ""


def _listed(address: str, entries: Sequence[str]) -> bool:
    name, _, domain = address.casefold().rpartition("@")
    known = {"*", address.casefold(), *([f"*@{domain}"] if name else [])}
    return any(entry.casefold() in known for entry in entries)


def read_access(section: Mapping[str, Any]) -> Access:
    """The `[access]` of secrets.toml. Raises ValueError, in both languages, for what cannot be understood."""
    unknown = set(section) - {"viewers", "editors", "claim"}
    if unknown:
        raise ValueError(f"unknown key '{min(unknown)}' in [access] / [access] 中有未知的键“{min(unknown)}”")
    lists = {}
    for name in ("viewers", "editors"):
        entries = section.get(name, ())
        if isinstance(entries, str) or not all(isinstance(one, str) and _is_entry(one) for one in entries):
            raise ValueError(f"{name} must list addresses, *@domain or * / {name} 应为地址、*@域名 或 * 的列表")
        lists[name] = tuple(one.strip() for one in entries)
    return Access(claim=str(section.get("claim", "email")), **lists)


def _is_entry(words: str) -> bool:
    """Whether it is an address, *@domain or *; a star anywhere else would not mean what it seems to."""
    name, at, domain = words.strip().rpartition("@")
    return words.strip() == "*" or bool(
        at and name and domain and "*" not in domain and (name == "*" or "*" not in name)
    )


def shared_settings(config: Path, login: bool, address: str, hosts: Sequence[str]) -> list[str]:
    """Streamlit's options for a dashboard that other machines may reach.

    Raises IndicatorsError where `login` is wanted and the secrets do not provide one, with each thing that lacks.
    """
    options = ["--client.showErrorDetails", "none", "--server.enableXsrfProtection", "true"]
    options += ["--server.enableCORS", "true", "--server.headless", "true", "--server.fileWatcherType", "none"]
    options += ["--browser.gatherUsageStats", "false", "--client.toolbarMode", "minimal", "--server.address", address]
    hosts = list(hosts)
    if login:
        secrets = config.resolve().parent / SECRETS
        redirect = urlsplit(_checked(secrets)["redirect_uri"])
        hosts.append(redirect.hostname or "")
        options += ["--secrets.files", str(secrets)]
        options += ["--server.corsAllowedOrigins", f"{redirect.scheme}://{redirect.netloc}"]
    for host in dict.fromkeys(hosts):
        options += ["--server.allowedHosts", host]
    return options


def _checked(secrets: Path) -> Mapping[str, Any]:
    """The `[auth]` of a secrets.toml that lets the right people in and nobody else."""
    try:
        found = tomllib.loads(secrets.read_text("utf-8"))
    except FileNotFoundError:
        raise _fault(secrets, "no login is configured: no such file", "没有配置登录：没有这个文件") from None
    except (OSError, ValueError) as error:
        raise _fault(secrets, f"cannot be read: {error}", "无法读取") from None
    auth: Mapping[str, Any] = found.get("auth", {})
    lacking = [key for key in _AUTH if not auth.get(key)]
    if lacking:
        words = ", ".join(lacking)
        raise _fault(secrets, f"no login is configured: [auth] lacks {words}", f"没有配置登录：[auth] 缺少 {words}")
    if len(str(auth["cookie_secret"])) < _SHORT:
        raise _fault(
            secrets, f"cookie_secret is shorter than {_SHORT} characters", f"cookie_secret 少于 {_SHORT} 个字符"
        )
    try:
        access = read_access(found.get("access", {}))
    except ValueError as error:
        english, _, chinese = str(error).partition(" / ")
        raise _fault(secrets, english, chinese) from None
    if not access.viewers and not access.editors:
        raise _fault(secrets, "[access] lists nobody: nobody could sign in", "[access] 没有列出任何人：谁也无法登录")
    if importlib.util.find_spec("authlib") is None:
        raise _fault(
            secrets, "a login needs Authlib: pip install 'indicators[shared]'", "登录需要安装 indicators[shared]"
        )
    return auth


def _fault(secrets: Path, message: str, zh: str) -> IndicatorsError:
    remedy = "see docs/deployment.md, or share without a login: --without-login (read-only)"
    zh_remedy = "见 docs/deployment.md；或用 --without-login 不登录共享（只读）"
    return IndicatorsError(faults=(Fault(Location(str(secrets)), message, remedy, f"{zh}；{zh_remedy}"),))
