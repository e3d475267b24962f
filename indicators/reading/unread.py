"""What to do with files of formats that are not read: the reason that such a file is listed with."""

from __future__ import annotations

_WORD = "save it as .docx", "请另存为 .docx"
_SHEET = "save it as a web page (.html), or copy its tables into a .docx", "请另存为网页(.html),或把表格复制到 .docx"
_SLIDES = "save it as .pdf", "请另存为 .pdf"
_PAGE = "save the page as .html", "请另存为 .html"
_PICTURE = "a picture: recognise its words (OCR) and save them as .txt", "这是图片,请先做文字识别(OCR)并存为 .txt"
_PACKED = "unpack it, or pack the files as .zip", "请先解压,或改用 .zip"
_SPOKEN = "write down what is said and save it as .txt", "请转写为文字并存为 .txt"

_ADVICE = {
    **dict.fromkeys(".doc .docm .dot .wps .rtf .odt .pages".split(), _WORD),  # noqa: SIM905
    **dict.fromkeys(".xls .xlsx .xlsm .xlsb .et .ods .csv .tsv".split(), _SHEET),  # noqa: SIM905
    **dict.fromkeys(".ppt .pptx .dps .odp .ofd .caj .epub .ps .djvu".split(), _SLIDES),  # noqa: SIM905
    **dict.fromkeys(".mht .mhtml .url .webarchive .eml".split(), _PAGE),  # noqa: SIM905
    **dict.fromkeys(".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic".split(), _PICTURE),  # noqa: SIM905
    **dict.fromkeys(".rar .7z .gz .tgz .tar .bz2 .xz".split(), _PACKED),  # noqa: SIM905
    **dict.fromkeys(".mp3 .wav .m4a .mp4 .avi .mov".split(), _SPOKEN),  # noqa: SIM905
}
# First bytes of files that are often given another name; from the formats' specifications.
_SIGNATURES = (
    (b"%PDF-", "PDF", ("name it .pdf", "请改名为 .pdf")),
    (b"PK\x03\x04", "ZIP, DOCX or XLSX", ("give it its own suffix", "请改回原来的后缀")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC or XLS", ("save it as .docx or .html", "请另存为 .docx 或 .html")),
    (b"{\\rtf", "RTF", _WORD),
    (b"\x89PNG", "PNG", _PICTURE),
    (b"\xff\xd8\xff", "JPEG", _PICTURE),
    (b"GIF8", "GIF", _PICTURE),
    (b"BM", "BMP", _PICTURE),
    (b"II*\x00", "TIFF", _PICTURE),
    (b"MM\x00*", "TIFF", _PICTURE),
    (b"\x1f\x8b", "gzip", _PACKED),
    (b"Rar!", "RAR", _PACKED),
    (b"7z\xbc\xaf", "7z", _PACKED),
)


def why_unread(suffix: str, known: str) -> str:
    """The reason for a file of a format that is not read, with what to do; `known` are the suffixes that are.

    >>> why_unread(".doc", ".txt .docx")
    'format .doc is not read; save it as .docx / 不支持此格式,请另存为 .docx'
    """
    remedy, zh = _ADVICE.get(suffix.lower(), (f"formats read: {known}", f"可读: {known}"))
    return f"format {suffix or 'without suffix'} is not read; {remedy} / 不支持此格式,{zh}"


def why_no_text(data: bytes) -> str:
    """The reason where bytes that should be a text are a file of another format; "" where they may be one."""
    for signature, name, (remedy, zh) in _SIGNATURES:
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):
            return f"this is a {name} file, not text; {remedy} / 这是 {name} 文件,不是纯文本,{zh}"
    return ""
