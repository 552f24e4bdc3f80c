"""Every fault that is raised has its sentence, in Chinese and in English."""

from __future__ import annotations

import re
from pathlib import Path

import app.journal
from app.journal import JournalFault
from app.journal.faults import _SENTENCES

SOURCES = Path(app.journal.__file__).parent.glob("*.py")
RAISED = re.compile(r'(?:Fault|NotCanonical|_FoundError)\(\s*"(\w+)"')


def test_the_sentences_are_those_of_the_codes_raised() -> None:
    raised = {code for path in SOURCES for code in RAISED.findall(path.read_text("utf-8"))}
    assert raised == set(_SENTENCES)


def test_every_sentence_can_be_said() -> None:
    for code in _SENTENCES:
        fault = JournalFault(code, 7, "{detail}")
        assert re.search(r"[一-鿿]", fault.message())
        assert fault.message("en").isascii() or "±" in fault.message("en")
        assert "{seq}" not in fault.message() + fault.message("en")
