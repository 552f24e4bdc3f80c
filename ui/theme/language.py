"""Chooses the words: English is written in the source, Chinese is read from `resources/translations`.

The `.ts` file itself is read at start (a few milliseconds): there is no compiled copy that could be stale or
missing, and no tool has to run before a window can open.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

import resources

TS = ("translations", "kawei_zh_CN.ts")


class Language(StrEnum):
    """The languages of the interface; Chinese is the default."""

    ZH = "zh"
    EN = "en"


class LanguageFault(Exception):
    """The file of translations is not there or not readable; `code` is stable."""

    code = "translation_unreadable"


class WordBook(QTranslator):
    """A translator that answers from a mapping of (context, source, comment) to the translation."""

    def __init__(self, words: Mapping[tuple[str, str, str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = dict(words)

    def isEmpty(self) -> bool:
        """Whether nothing would be translated."""
        return not self._words

    def translate(self, context: str, source: str, comment: str | None = None, n: int = -1) -> str | None:
        """The translation, or None (which Qt takes as 'ask the next one') where there is none."""
        return self._words.get((context, source, comment or ""))


def read(path: Path) -> dict[tuple[str, str, str], str]:
    """The finished translations of a Qt `.ts` file. LanguageFault where it cannot be read."""
    try:
        # The file is part of the program, laid beside its source; nothing of it comes from outside.
        root = ET.parse(path).getroot()  # noqa: S314
    except (OSError, ET.ParseError) as fault:
        raise LanguageFault(f"翻译文件无法读取：{path.name}。 Cannot read {path.name}: {fault}") from fault
    words: dict[tuple[str, str, str], str] = {}
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            target = message.find("translation")
            if target is None or not target.text or target.get("type") in {"unfinished", "vanished", "obsolete"}:
                continue
            words[name, message.findtext("source", ""), message.findtext("comment", "")] = target.text
    return words


def install(app: QCoreApplication, language: Language | str = Language.ZH) -> None:
    """Let `app` speak `language` from now on; windows made before keep their words.

    Raises ValueError for a language that does not exist, LanguageFault where Chinese cannot be read.
    """
    chosen = Language(language)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.setParent(None)
    locale = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    if chosen is Language.ZH:
        qt = QTranslator(app)
        if qt.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(qt)
        # Installed last, asked first.
        app.installTranslator(WordBook(read(resources.path(*TS)), app))
    QLocale.setDefault(locale if chosen is Language.ZH else QLocale(QLocale.Language.English))
