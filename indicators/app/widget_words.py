"""Words that Streamlit's widgets bring in English only, said in the language of the page by a style sheet."""

from __future__ import annotations

from indicators.app.words import Language, word

_UPLOADER = '[data-testid="stFileUploaderDropzone"]'
_PLACES = {  # where the words stand -> their key
    f'{_UPLOADER} button [data-testid="stMarkdownContainer"] p': "uploads.choose",
    f'{_UPLOADER} [data-testid="stFileUploaderDropzoneInstructions"] span': "uploads.formats",
    '[role="listbox"] > [role="option"] > span': "filter.no_match",  # options that match stand deeper
}


def style(language: Language) -> str:
    """The style sheet: Streamlit's words without size, ours behind them; nothing where the page is English."""
    if language == "en":
        return ""
    rules = []
    for place, key in _PLACES.items():
        quoted = word(key, language).replace("\\", "\\\\").replace('"', '\\"')
        rules.append(f'{place}{{font-size:0}}{place}::after{{content:"{quoted}";font-size:.875rem}}')
    return f"<style>{''.join(rules)}</style>"
