"""One control for each kind of field that an act may ask for: what stands in it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit

from app.evaluation.matter import Field as Asked
from app.evaluation.matter import FieldKind
from ui.models.acts import MOMENT
from ui.models.language import in_words
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.file_pick import FilePick
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.text import Text
from ui.widgets.writing import Writing

translate = QCoreApplication.translate

SCANS = frozenset({".pdf", ".jpg", ".jpeg", ".png"})
"""How a scanned paper's file may end."""

NAME = "act.field"
"""objectName of a field's control; `.reason` behind it, and `.reason.VALUE` for one of several."""


def caption(asked: Asked) -> str:
    """A field's caption; what may stay empty says so."""
    label = in_words(asked.label)
    return label if asked.needed else translate("ActForm", "{label} (may stay empty)").format(label=label)


class Editor(Column):
    """What all controls have in common. `changed` when a person changed it."""

    changed = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__(gap=Space.HAIR)
        self.asked = asked
        self.name = f"{NAME}.{asked.name}"

    def typed(self) -> Any:
        """What stands in it, as `ui.models.acts.read` takes it."""
        raise NotImplementedError

    def put(self, typed: Any) -> None:
        """Put back what stood in it."""
        raise NotImplementedError

    def fault(self, sentence: str) -> None:
        """Say what is wrong, and go there."""
        raise NotImplementedError

    def _changed(self) -> None:
        self.changed.emit()


class TextEditor(Editor):
    """Several lines."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.writing = self.add(Writing(caption(asked), "", self.name))
        self.writing.changed.connect(self._changed)
        self.setFocusProxy(self.writing)

    def typed(self) -> str:
        """The words."""
        return self.writing.text()

    def put(self, typed: Any) -> None:
        """The words again."""
        self.writing.area.setPlainText(str(typed))

    def fault(self, sentence: str) -> None:
        """Below the lines."""
        self.writing.fault(sentence)


class LineEditor(Editor):
    """One line; `hint` says how it is written. Return goes on to the next control."""

    def __init__(self, asked: Asked, hint: str = "", begin: str = "") -> None:
        super().__init__(asked)
        self.field = self.add(Field(caption(asked), hint))
        self.field.line.setObjectName(self.name)
        self.field.line.setText(begin)
        self.field.line.textEdited.connect(self._changed)
        self.field.entered.connect(self.focusNextChild)
        self.setFocusProxy(self.field)

    def typed(self) -> str:
        """The line."""
        return self.field.text()

    def put(self, typed: Any) -> None:
        """The line again."""
        self.field.line.setText(str(typed))

    def fault(self, sentence: str) -> None:
        """Below the line."""
        self.field.fault(sentence)
        self.field.setFocus()


class _Below(Editor):
    """A caption above, a sentence below when something is wrong."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.add(Text(caption(asked), Role.BODY_STRONG))
        self._below = Text("", Role.SMALL, tone=Tone.ERROR)

    def close_below(self) -> None:
        """The place of the sentence, behind the control."""
        self.add(self._below)
        self._below.hide()

    def fault(self, sentence: str) -> None:
        """Below the control."""
        self._below.setText(f"✕ {sentence}")
        self._below.show()
        self.setFocus()

    def _changed(self) -> None:
        self._below.hide()
        super()._changed()


class ChoiceEditor(_Below):
    """One of the options, or any of them with `several`; the only one there is, is chosen."""

    def __init__(self, asked: Asked, choices: list[Choice], *, several: bool = False) -> None:
        super().__init__(asked)
        self.list = self.add(ChoiceList(caption(asked), choices, several=several))
        for choice in choices:
            self.list.button(choice.key).setObjectName(f"{self.name}.{choice.key}")
        if len(choices) == 1 and asked.needed and not several:
            self.list.choose(choices[0].key)
        self.list.changed.connect(self._changed)
        self.close_below()
        if choices:
            self.setFocusProxy(self.list.button(choices[0].key))

    def typed(self) -> Any:
        """The values chosen."""
        return self.list.chosen()

    def put(self, typed: Any) -> None:
        """Choose again what is still there."""
        there = {option.value for option in self.asked.options}
        for key in typed or ():
            if key in there:
                self.list.choose(key)


class FlagEditor(ChoiceEditor):
    """Yes or no, neither by itself."""

    def __init__(self, asked: Asked) -> None:
        yes, no = translate("ActForm", "Yes"), translate("ActForm", "No")
        super().__init__(asked, [Choice("yes", yes), Choice("no", no)])

    def typed(self) -> bool | None:
        """Yes, no, or neither."""
        chosen = self.list.chosen()
        return chosen[0] == "yes" if chosen else None

    def put(self, typed: Any) -> None:
        """As it was."""
        if typed is not None:
            self.list.choose("yes" if typed else "no")


class TableEditor(_Below):
    """A line for each option."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.lines: dict[str, QLineEdit] = {}
        for option in asked.options:
            row = self.add(Row(gap=Space.GAP))
            label = in_words(option.label)
            row.add(Text(label), 3)
            line = row.add(QLineEdit(), 2)
            line.setAccessibleName(f"{in_words(asked.label)}: {label}")
            line.setObjectName(f"{self.name}.{option.value}")
            line.textEdited.connect(self._changed)
            line.returnPressed.connect(self.focusNextChild)
            self.lines[option.value] = line
        self.close_below()
        if self.lines:
            self.setFocusProxy(next(iter(self.lines.values())))

    def typed(self) -> dict[str, str]:
        """The lines by option."""
        return {key: line.text() for key, line in self.lines.items()}

    def put(self, typed: Any) -> None:
        """The lines again."""
        for key, text in dict(typed).items():
            if key in self.lines:
                self.lines[key].setText(text)


class PaperEditor(_Below):
    """A scanned paper: its title, and its file, which is sent to the room as soon as it is chosen.

    `chosen` carries the path; whoever sends it calls `uploaded` or `failed`.
    """

    chosen = Signal(object)

    def __init__(self, asked: Asked, folder: Path) -> None:
        super().__init__(asked)
        self.title = self.add(Field(translate("ActForm", "Title of the paper")))
        self.title.line.setObjectName(f"{self.name}.title")
        self.title.entered.connect(self.focusNextChild)
        self.title.line.textEdited.connect(self._changed)
        listed = translate("ActForm", "Scans and folders")
        self.pick = self.add(FilePick(translate("ActForm", "Scan (PDF, JPEG or PNG)"), listed, folder, SCANS))
        self.pick.field.line.setObjectName(f"{self.name}.path")
        self.pick.list.setObjectName(f"{self.name}.list")
        self.pick.entered.connect(self._choose)
        self.pick.chosen.connect(self._choose)
        self.pick.changed.connect(self._forget)
        self._state = self.add(Text("", Role.SMALL, soft=True))
        self._state.hide()
        self._kept: dict[str, Any] | None = None
        self.close_below()
        self.setFocusProxy(self.title)

    def typed(self) -> dict[str, Any] | None:
        """What the room has, with the title; without its hash while it is not there yet; None where nothing is."""
        title = self.title.text()
        if self._kept is None:
            return {"title": title} if title or self.pick.field.text() else None
        return {**self._kept, "title": title} if title else dict(self._kept)

    def put(self, typed: Any) -> None:
        """As it was."""
        if typed is not None:
            self.title.line.setText(str(typed.get("title", "")))
            if "sha256" in typed:
                self.uploaded({"sha256": typed["sha256"], "bytes": typed["bytes"]})

    def uploaded(self, answer: Mapping[str, Any]) -> None:
        """The room has it."""
        self._kept = {"sha256": str(answer["sha256"]), "bytes": int(answer["bytes"])}
        if not self.title.text():
            self.title.line.setText(self.pick.path().stem)
        kept = translate("ActForm", "The room has it: {bytes} bytes, SHA-256 {sha256}")
        self._say(kept.format(**self._kept))

    def failed(self, sentence: str) -> None:
        """The room did not take it."""
        self.fault(sentence)

    def fault(self, sentence: str) -> None:
        """Below the list; another scan may be chosen at once."""
        self._state.hide()
        super().fault(sentence)
        self.pick.setFocus()

    def _say(self, words: str) -> None:
        self._below.hide()
        self._state.setText(words)
        self._state.show()

    def _forget(self) -> None:
        self._kept = None
        self._state.hide()
        self._changed()

    def _choose(self) -> None:
        path = self.pick.path()
        if not path.is_file():
            self.pick.field.fault(translate("ActForm", "There is no such file."))
            return
        self._say(translate("ActForm", "Sending the scan to the room …"))
        self.chosen.emit(path)


def editor(asked: Asked, folder: Path, now: datetime | None) -> Editor:
    """The control for a field; moments begin with the room's time."""
    options = [Choice(option.value, in_words(option.label)) for option in asked.options]
    example = translate("ActForm", "Date and time, as in {example}").format(example="2026-03-02 09:30")
    begin = f"{now:{MOMENT}}" if now is not None and asked.needed else ""
    makers: dict[FieldKind, Callable[[], Editor]] = {
        FieldKind.TEXT: lambda: TextEditor(asked),
        FieldKind.LINE: lambda: LineEditor(asked),
        FieldKind.CHOICE: lambda: ChoiceEditor(asked, options),
        FieldKind.CHOICES: lambda: ChoiceEditor(asked, options, several=True),
        FieldKind.NUMBER: lambda: LineEditor(asked, translate("ActForm", "A number")),
        FieldKind.COUNT: lambda: LineEditor(asked, translate("ActForm", "A whole number")),
        FieldKind.FLAG: lambda: FlagEditor(asked),
        FieldKind.MOMENT: lambda: LineEditor(asked, example, begin),
        FieldKind.PAPER: lambda: PaperEditor(asked, folder),
        FieldKind.TABLE: lambda: TableEditor(asked),
    }
    return makers[asked.kind]()
