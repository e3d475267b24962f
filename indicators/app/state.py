"""What the user has chosen, kept in the address: one truth for every page, session and shared link.

Choices live in `st.session_state["choices"]` (name -> list of codes) and are written to the address on every run, so
that a link reproduces the view. Codes, never labels, stand in the address: it survives a change of language. Widgets
are controlled: their state is set from the choices before they are drawn and flows back through `on_change`, so a
choice outlives page changes. Values of the address that no widget offers are collected and said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import streamlit as st

from indicators.app.words import LANGUAGES, Language, word

CHOICES = "choices"
UNKNOWN = "unknown"


def begin() -> None:
    """Take the choices from the address on the first run of a session; from then on the session holds them.

    Streamlit empties the address on a page change: `finish` writes it again.
    """
    if CHOICES not in st.session_state:
        st.session_state[CHOICES] = read_address()
    st.session_state[UNKNOWN] = []


def go(page: str) -> None:
    """Go to another page by the name of its file."""
    st.switch_page(str(Path(__file__).parent / "pages" / f"{page}.py"))


def read_address() -> dict[str, list[str]]:
    """The address as name -> values, in order."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def finish() -> None:
    """Write the choices to the address."""
    chosen = {name: values for name, values in st.session_state[CHOICES].items() if values}
    if chosen != read_address():
        st.query_params.from_dict(chosen)


def chosen(name: str) -> list[str]:
    """The codes chosen for `name`; empty where nothing is."""
    return list(st.session_state.get(CHOICES, {}).get(name, []))


def choose(name: str, values: Sequence[str]) -> None:
    """Set the choice of `name`."""
    st.session_state.setdefault(CHOICES, {})[name] = [str(value) for value in values]


def known(name: str, options: Sequence[str]) -> list[str]:
    """The chosen codes that `options` offer; the others are dropped and remembered as unknown."""
    values = chosen(name)
    unknown = [value for value in values if value not in options]
    if unknown:
        st.session_state.setdefault(UNKNOWN, []).extend(f"{name}={value}" for value in unknown)
        choose(name, [value for value in values if value in options])
    return [value for value in values if value in options]


def refuse(name: str, words: str) -> None:
    """Drop the choice of `name`, and remember as unknown the words that it was made with."""
    st.session_state.setdefault(UNKNOWN, []).append(f"{name}={words}")
    choose(name, [])


def unknown() -> list[str]:
    """What the address asked for and nobody knows, as name=value."""
    return list(dict.fromkeys(st.session_state.get(UNKNOWN, [])))


def language() -> Language:
    """The language of the page; Chinese unless chosen otherwise."""
    value = (chosen("lang") or ["zh"])[0]
    return next((name for name in LANGUAGES if name == value), "zh")


def t(key: str, **values: Any) -> str:
    """The phrase of `key` in the language of the page."""
    return word(key, language(), **values)


def dark() -> bool:
    """Whether the browser shows the dark theme."""
    return getattr(st.context.theme, "type", None) == "dark"


def _keep(name: str, key: str) -> None:
    value = st.session_state[key]
    choose(name, value if isinstance(value, list) else [] if value is None else [value])


def pick_many(
    name: str, options: Sequence[str], label_of: Callable[[str], str], where: Any = st, search: str = "fuzzy"
) -> list[str]:
    """A multiple choice among codes, labelled `filter.<name>`; nothing chosen means all.

    `search` is how typed letters find a label: fuzzy, or contains for labels that carry pinyin.
    """
    key = f"{name}-{language()}"
    st.session_state[key] = known(name, options)
    where.multiselect(
        t(f"filter.{name}"),
        options,
        format_func=label_of,
        key=key,
        placeholder=t("filter.all") if options else t("filter.none"),
        disabled=not options,
        filter_mode=search,
        select_all=False,  # nothing chosen means all
        on_change=_keep,
        args=(name, key),
    )
    return chosen(name)


def pick_one(
    name: str,
    options: Sequence[str],
    label_of: Callable[[str], str],
    default: str = "",
    widget: str = "selectbox",
    where: Any = st,
) -> str:
    """A single choice among codes (`widget`: selectbox or segmented_control); "" where there is nothing to choose."""
    values = known(name, options)
    value = (values or ([default] if default in options else list(options[:1])) or [""])[0]
    key = f"{name}-{language()}"
    if not options:
        return ""
    st.session_state[key] = value
    arguments: dict[str, Any] = {"format_func": label_of, "key": key, "on_change": _keep, "args": (name, key)}
    if widget == "segmented_control":
        where.segmented_control(t(f"filter.{name}"), options, required=True, **arguments)
    else:
        where.selectbox(t(f"filter.{name}"), options, placeholder=t("filter.choose"), **arguments)
    return cast(str, st.session_state[key] or value)
