"""The language that a window was made in, for words that come in both."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.evaluation.matter import Words


def in_words(words: Words) -> str:
    """The Chinese or the English of `words`, as the windows speak."""
    # The translation of the language's own code is the code of the other language.
    return words.zh if QCoreApplication.translate("Language", "en") == "zh" else words.en
