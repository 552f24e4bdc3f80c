"""The face before the kiosk beside its reference, for the two who decide: shown while they do, kept nowhere."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from app.link import Failed
from ui.console.desk import Desk
from ui.console.names import Name
from ui.console.sight import Target
from ui.theme import Role, Space, Tone, look
from ui.widgets.boxes import Column, Row
from ui.widgets.camera_view import CameraView
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text

SHOWN = frozenset({"admission", "entry", "found"})
"""What a kiosk asks for, and sends pictures of."""


class _Still(CameraView):
    """A picture as a bystander sees the person, not a mirror: the reference is none either."""

    def __init__(self) -> None:
        super().__init__(mirrored=False, whole=True)
        self.hide_guide()

    def sizeHint(self) -> QSize:
        """Small enough that the decision stands below it without scrolling."""
        return QSize(look().px(260), look().px(210))

    def minimumSizeHint(self) -> QSize:
        """As small as a face can still be told."""
        return QSize(look().px(160), look().px(120))


class DoubtPictures(Column):
    """Asks the room once a target: each look is an entry of the journal."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=Space.SMALL)
        self._desk = desk
        self._target: Target | None = None
        self._row = self.add(Row(gap=Space.WIDE), 1)
        self._live, self._live_words = self._picture(Name.DOUBT_LIVE)
        self._reference, self._reference_words = self._picture(Name.DOUBT_REFERENCE)
        # Without pictures beside it the sentence alone would fill the page.
        self._notice = self.add(NoticeLine(), align=Qt.AlignmentFlag.AlignTop)
        self.forget()

    def _picture(self, name: Name) -> tuple[CameraView, Text]:
        column = self._row.add(Column(gap=Space.SMALL), 1)
        words = column.add(Text("", Role.STRONG))
        view = column.add(_Still(), 1)
        view.setObjectName(name)
        return view, words

    def show_of(self, target: Target) -> None:
        """Show the pictures of this release, if it has any; a second call about the same one changes nothing."""
        if target == self._target:
            return
        self.forget()
        self._target = target
        if target.what not in SHOWN:
            return

        def asked(client: Any) -> Any:
            return client.doubt(target.stream, target.what, target.member)

        self._desk.ask("doubt", asked, lambda answer: self._show(target, answer), lambda why: self._none(target, why))

    def forget(self) -> None:
        """Nobody's face stays on the screen."""
        self._target = None
        for view in (self._live, self._reference):
            view.show_nothing()
        self._row.hide()
        self._notice.hide()

    def _show(self, target: Target, answer: dict[str, Any]) -> None:
        if target != self._target:
            return
        kind = str(answer.get("kind"))
        self._live_words.setText(self.tr("Before the kiosk now"))
        self._reference_words.setText(self._kind_words(kind))
        shown = _paint(self._live, answer.get("live"))
        self._reference.setVisible(_paint(self._reference, answer.get("reference")))
        self._row.setVisible(shown)
        self._tell(self.tr("Your look is in the journal; the pictures are kept nowhere and go with the decision."))

    def _none(self, target: Target, _failure: Failed) -> None:
        if target == self._target:
            self._tell(self.tr("There are no pictures: compare the person with the original document."))

    def _tell(self, text: str) -> None:
        self._notice.tell(Notice(Tone.INFO, text))
        self._notice.show()

    def _kind_words(self, kind: str) -> str:
        return {
            "portrait": self.tr("On the sealed list"),
            "chip": self.tr("In the chip of the identity card"),
        }.get(kind, self.tr("No picture to compare with: look at the original document"))


def _paint(view: CameraView, text: object) -> bool:
    """Show a picture in base64; returns whether it was one."""
    try:
        image = QImage.fromData(base64.b64decode(str(text or ""), validate=True))
    except binascii.Error:
        return False
    if image.isNull():
        return False
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height, line = image.width(), image.height(), image.bytesPerLine()
    rows = bytes(image.constBits())
    view.show_frame(width, height, b"".join(rows[y * line : y * line + 3 * width] for y in range(height)))
    return True
