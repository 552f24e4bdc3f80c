"""The consent to the processing of one's face, on paper: the very words of the screen, to be signed by hand.

Who does not consent signs nothing: there is no box to refuse, since a refusal is not recorded.
"""

from __future__ import annotations

from typing import Any

from app.report import wording as say

_WORDS = {
    "zh": {
        "version": "文本版本",
        "hash": "文本 SHA-256",
        "signs": ("本人签名", "日期和时间", "办理人员签名", "核对人员签名"),
    },
    "en": {
        "version": "Version",
        "hash": "SHA-256 of the text",
        "signs": ("Signature", "Date and time", "Staff", "Second staff"),
    },
}


def consent_data(
    text: str, version: str, sha256: str, *, lang: str, room_name: str, rehearsal: bool, printed_at: str
) -> dict[str, Any]:
    """The content of one blank copy, for `make_form`. The text's first line is the title; the hash is that of the whole
    text, as the journal has it with each consent."""
    words: dict[str, Any] = _WORDS[lang]
    title, *paragraphs = [line for line in text.splitlines() if line.strip()]
    return {
        "title": title,
        "project": room_name,
        "rehearsal": rehearsal,
        "wide": False,
        "head": [[words["version"], version], [words["hash"], sha256]],
        "blocks": [
            {"kind": "text", "paragraphs": paragraphs},
            {"kind": "signs", "labels": list(words["signs"])},
        ],
        "copies": [{"mark": f"{title}　{version}", "head": []}],
        "footer": room_name,
        "printed": say.minute(printed_at),
        "printed_at": printed_at,
    }
