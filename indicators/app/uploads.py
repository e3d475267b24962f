"""The sidebar's upload widget, and the list of what this session uploaded with Add to project."""

from __future__ import annotations

from typing import Any

import streamlit as st

from indicators.app import access, audit, loading, session_corpus, state
from indicators.app.loading import Tables
from indicators.app.session_corpus import SessionCorpus
from indicators.app.state import t
from indicators.app.words import plain, spoken
from indicators.errors import IndicatorsError, ReadingError
from indicators.model import Document
from indicators.reading.formats import FORMATS
from indicators.reading.limits import LIMITS, MB

SAID, ADDED, ROUND = "uploads-said", "uploads-added", "uploads-round"


def sidebar(tables: Tables) -> None:
    """Drag and drop, what came of it, and how many uploads the session holds."""
    if tables.project is None:  # what was opened without its corpus takes no documents
        return
    corpus = session_corpus.current()
    count = len(corpus.files()) if corpus else 0
    words = f"{t('uploads.title')} · {count}" if count else t("uploads.title")
    said = st.session_state.pop(SAID, [])
    with st.sidebar.expander(words, icon=":material/upload_file:", expanded=bool(count or said), key="uploads"):
        key = f"uploads-{st.session_state.setdefault(ROUND, 0)}"
        st.file_uploader(
            t("uploads.label"),
            type=[suffix[1:] for suffix in FORMATS],
            accept_multiple_files=True,
            key=key,
            help=t("uploads.limits", files=LIMITS["session_files"], size=LIMITS["session_bytes"] // MB),
            on_change=_received,
            args=(key,),
        )
        st.caption(t("uploads.about"))
        for name, reason in said:
            st.warning(f"**{plain(name)}** {plain(spoken(reason, state.language()))}", icon=":material/block:")
        if corpus is not None:
            if count and st.button(t("uploads.see"), icon=":material/article:", type="tertiary"):
                state.go("documents")
            for document in corpus.extraction.documents:
                if document.status != "read":
                    reason = plain(spoken(document.reason, state.language()))
                    st.warning(f"**{plain(document.name)}** {reason}", icon=":material/block:")


def _received(key: str) -> None:
    """Keep the uploaded files in the session, whose next run reads them; say which were not kept, and why."""
    said = []
    for file in st.session_state.get(key) or ():
        try:
            kept = session_corpus.opened().put(file.name, file.getvalue())
            if kept.suffix.lower() != ".zip":
                state.choose("document", [f"{session_corpus.FOLDER}/{kept.name}"])
                state.choose("at", [])
        except ReadingError as error:
            said.append((file.name, str(error)))
        except OSError as error:
            said.append((file.name, error.strerror or str(error)))
    st.session_state[SAID] = said
    st.session_state[ROUND] += 1  # an empty widget: the files are kept once, not twice


def listed(tables: Tables) -> None:
    """The uploads of this session with what each brought; to add to the project or to remove."""
    corpus = session_corpus.current()
    _say_added()
    if corpus is None or not corpus.files():
        return
    with st.container(border=True):
        about = t("uploads.listed.about", folder=session_corpus.FOLDER)
        st.markdown(f"**{t('uploads.listed', count=len(corpus.files()))}**  \n{about}")
        closed, ready = not access.may_write(), []
        for path in corpus.files():
            documents = corpus.documents_of(path.name)
            claims = len(tables.claims.among("document", [document.name for document in documents]))
            row = st.container(horizontal=True, vertical_alignment="center")
            row.markdown(_line(corpus, path.name, documents, claims))
            usable = any(document.status == "read" for document in documents)
            ready += [path.name] if usable else []
            row.button(
                t("uploads.add"), key=f"add-{path.name}", icon=":material/playlist_add:", on_click=_add,
                args=(tables.project, [path.name]), disabled=closed or not usable,
            )  # fmt: skip
            row.button(
                t("uploads.remove"), key=f"remove-{path.name}", icon=":material/close:", on_click=corpus.remove,
                args=(path.name,),
            )  # fmt: skip
        if len(ready) > 1 and not closed:
            st.button(t("uploads.add_all"), icon=":material/library_add:", on_click=_add, args=(tables.project, ready))
        if closed:
            st.caption(t("uploads.read_only"))


def _line(corpus: SessionCorpus, name: str, documents: list[Document], claims: int) -> str:
    """What one uploaded file brought."""
    read = [document for document in documents if document.status == "read"]
    words = t("uploads.brought", documents=len(read), claims=claims)
    same = corpus.same.get(f"{session_corpus.FOLDER}/{name}")
    if same:
        words = t("uploads.same", document=plain(same))
    elif not read and documents:
        words = plain(spoken(documents[0].reason, state.language()))
    return f"`{name.replace('`', '_')}` {words}"


def _add(project: Any, names: list[str]) -> None:
    """Add uploads to the project and show the last of them there; what came of each is said by the run that follows."""
    if not access.may_write():
        return
    said = st.session_state.setdefault(ADDED, [])
    for name in names:
        try:
            with audit.change("document added", access.who(), file=name):
                added, failed = session_corpus.opened().add_to(project.corpus, name)
        except (OSError, IndicatorsError) as error:
            said.append((name, "", getattr(error, "strerror", None) or str(error)))
            continue
        if added.suffix.lower() != ".zip":
            state.choose("document", [added.name])
            state.choose("at", [])
        said.append((name, str(added), failed))
    loading.forget()


def _say_added() -> None:
    """What became of the last Add to project, once."""
    language = state.language()
    for name, path, failed in st.session_state.pop(ADDED, []):
        reason = plain(spoken(failed, language))
        if not path:
            st.error(t("uploads.not_added", name=plain(name), reason=reason), icon=":material/error:")
            continue
        st.success(t("uploads.added", path=plain(path)), icon=":material/check_circle:")
        if failed:
            st.warning(t("uploads.no_metadata", reason=reason), icon=":material/error:")
