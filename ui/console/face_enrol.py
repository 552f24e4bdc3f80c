"""Enrolling one face at the desk: the words and a free choice, the card's photo, the camera, the word of the staff."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.link import Failed
from app.ports.camera import Frame
from app.ports.face import FaceAdvice
from ui.console.desk import Desk, sentence_of
from ui.console.face_capture import NEEDED, Captured, CaptureFault, CaptureNews, FaceCapture, FaceDesk, Looking
from ui.console.names import Name
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button, DangerButton, PrimaryButton, QuietButton
from ui.widgets.camera_view import CameraView
from ui.widgets.file_pick import FilePick
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.progress import WordedProgress
from ui.widgets.reading import Pages
from ui.widgets.text import Text

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp"})
MOST_BYTES = 1 << 20
"""Most bytes of a chip photo; a card's has one to four thousand."""


class FaceEnrolment(Column):
    """Shows one step at a time. `ended` when it is over, with a Notice that says how; nothing of it stays then."""

    ended = Signal(object)

    def __init__(self, desk: Desk, devices: FaceDesk) -> None:
        super().__init__(gap=Space.GAP)
        self._desk = desk
        self._capture = FaceCapture(devices, parent=self)
        self._capture.framed.connect(self._paint)
        self._capture.told.connect(self._told)
        self._turn = 0
        self._document = ""
        self._consent: dict[str, str] = {}
        self._captured: Captured | None = None
        head = self.add(Row())
        self._title = head.add(Text("", Role.SECTION), 1)
        back = head.add(QuietButton(self.tr("Stop this enrolment")))
        back.setObjectName(Name.FACE_BACK)
        back.clicked.connect(lambda: self._end(Notice(Tone.INFO, self.tr("Nothing was kept."))))
        self._stack = self.add(QStackedWidget(), 1)
        self._words = self._stack_page(self._build_consent())
        self._photo = self._stack_page(self._build_photo())
        self._camera = self._stack_page(self._build_camera())
        self._notice = self.add(NoticeLine())

    def _stack_page(self, page: Column) -> Column:
        self._stack.addWidget(page)
        return page

    def _build_consent(self) -> Column:
        page = Column(gap=Space.GAP)
        self._text = page.add(Pages(), 1)
        self._text.setAccessibleName(self.tr("Notice and consent"))
        row = page.add(Row(gap=Space.GAP))
        # Two buttons alike: to refuse is as easy as to consent.
        for caption, name, act in (
            (self.tr("I consent"), Name.FACE_CONSENT, self._consented),
            (self.tr("I do not consent"), Name.FACE_DECLINE, self._declined),
        ):
            button = row.add(Button(caption), 1)
            button.setObjectName(name)
            button.clicked.connect(act)
        paper = page.add(QuietButton(self.tr("On paper, to be signed by hand")))
        paper.setObjectName(Name.FACE_PAPER)
        paper.clicked.connect(self._print_consent)
        return page

    def _build_photo(self) -> Column:
        page = Column(gap=Space.GAP)
        words = self.tr("Read the card with its reader, and choose the photo that the reader's program has left.")
        page.add(Text(words, soft=True))
        listed = self.tr("Pictures and folders")
        self._pick = page.add(FilePick(self.tr("Photo of the card's chip"), listed, self._desk.folder, PICTURES), 1)
        self._pick.field.line.setObjectName(Name.FACE_PHOTO)
        self._pick.chosen.connect(self._take_photo)
        self._pick.entered.connect(self._take_photo)
        return page

    def _build_camera(self) -> Column:
        page = Column(gap=Space.GAP)
        row = page.add(Row(gap=Space.GAP), 1)
        live = row.add(Column(gap=Space.HAIR), 3)
        live.add(Text(self.tr("Before the camera"), Role.BODY_STRONG))
        self._live = live.add(CameraView(), 1)
        side = row.add(Column(gap=Space.HAIR), 2)
        side.add(Text(self.tr("On the card's chip"), Role.BODY_STRONG))
        self._chip = side.add(CameraView(mirrored=False), 1)
        self._chip.setAccessibleName(self.tr("Photo of the card's chip"))
        self._chip.hide_guide()
        self._progress = page.add(WordedProgress())
        acts = page.add(Row(gap=Space.GAP))
        self._same = acts.add(PrimaryButton(self.tr("It is the same person: hand over for confirmation")))
        self._same.setObjectName(Name.FACE_SUBMIT)
        self._same.clicked.connect(self._submit)
        self._other = acts.add(DangerButton(self.tr("It is not the same person")))
        self._other.setObjectName(Name.FACE_NOT_SAME)
        self._other.clicked.connect(self._not_the_same)
        acts.fill()
        return page

    # --- the way

    def begin(self, document: str) -> None:
        """The holder of this document stands here."""
        self._document = document
        self._show(self._words, self.tr("Step 1 of 3: the expert reads and chooses freely"))
        self._text.setPlainText("")
        self._desk.ask(
            "consent", lambda client: client.consent_text(), self._mine(self._read), self._mine(self._refused)
        )

    def _mine(self, callback: Callable[[Any], None]) -> Callable[[Any], None]:
        """The callback, unless this enrolment is over by then: an answer that comes late begins nothing."""
        turn = self._turn
        return lambda value: callback(value) if turn == self._turn else None

    def leave(self) -> None:
        """Nothing typed, read or seen stays."""
        self._turn += 1
        self._capture.end()
        self._document, self._consent, self._captured = "", {}, None
        self._text.setPlainText("")
        self._pick.clear()
        self._live.show_nothing()
        self._chip.show_nothing()
        self._notice.tell(None)

    def _show(self, page: QWidget, title: str) -> None:
        self._title.setText(title)
        self._stack.setCurrentWidget(page)
        self._notice.tell(None)

    def _read(self, answer: dict[str, Any]) -> None:
        self._consent = {"version": str(answer["version"]), "sha256": str(answer["sha256"])}
        self._text.setPlainText(str(answer["text"]))
        self._text.setFocus()

    def _print_consent(self) -> None:
        """The same words as a form, saved where papers of this console go."""
        self._notice.tell(Notice(Tone.INFO, self.tr("The room prints …")))
        self._desk.ask(
            "consent_form",
            lambda client: client.consent_form(),
            self._mine(self._save_paper),
            self._mine(self._refused),
        )

    def _save_paper(self, content: object) -> None:
        if isinstance(content, bytes):
            name = f"face-consent-{self._consent.get('version', '').replace('/', '-') or 'form'}.pdf"
            self._desk.save(name, content, self._mine(self._paper_saved), self._mine(self._paper_not_saved))

    def _paper_saved(self, path: Path) -> None:
        self._notice.tell(Notice(Tone.OK, self.tr("Saved: {path}").format(path=path)))

    def _paper_not_saved(self, fault: Exception) -> None:
        self._notice.tell(Notice(Tone.ERROR, self.tr("Could not be saved: {why}").format(why=fault)))

    def _consented(self) -> None:
        if self._consent:
            self._show(self._photo, self.tr("Step 2 of 3: the photo of the identity card"))
            self._pick.look()
            self._pick.setFocus()

    def _declined(self) -> None:
        words = self.tr("Declined; nothing was kept or recorded. The expert comes in by document and two people.")
        self._end(Notice(Tone.OK, words))

    def _take_photo(self) -> None:
        path = self._pick.path()
        if not path.is_file():
            self._pick.field.fault(self.tr("There is no such file."))
            return
        self._desk.do(lambda: _read_picture(path), self._mine(self._compare), self._mine(self._unreadable))

    def _unreadable(self, fault: Exception) -> None:
        self._pick.field.fault(self.tr("The file cannot be read: {why}").format(why=fault))

    def _compare(self, photo: bytes) -> None:
        if not self._chip.show_file(photo):
            self._pick.field.fault(self.tr("This file is no picture."))
            return
        self._show(self._camera, self.tr("Step 3 of 3: the expert looks into the camera"))
        self._captured = None
        self._allow()
        self._progress.report(self.tr("Look into the camera"), 0, NEEDED)
        self._capture.begin(photo)

    def _paint(self, frame: Frame) -> None:
        self._live.show_frame(frame.width, frame.height, frame.rgb)

    def _told(self, news: CaptureNews) -> None:
        match news:
            case Looking():
                words = self.tr("Look into the camera") if news.advice is None else self._advice(news.advice)
                self._live.instruct(words, Tone.QUIET if news.advice is None else Tone.ATTENTION)
                self._progress.report(self.tr("Alike in a row"), news.alike, NEEDED)
            case Captured():
                self._captured = news
                self._live.instruct(self.tr("Thank you"), Tone.OK)
                self._progress.report(self.tr("Alike in a row"), NEEDED, NEEDED)
                words = self.tr(
                    "Alike (score {score}, needed {needed}). The program only measures: compare both, then decide."
                )
                score, needed = news.decision.score or 0.0, news.decision.detail.get("chip", 0.0)
                self._notice.tell(Notice(Tone.INFO, words.format(score=f"{score:.2f}", needed=f"{needed:.2f}")))
            case CaptureFault():
                self._live.instruct("", Tone.QUIET)
                self._notice.tell(Notice(Tone.ATTENTION, self._fault(news)))
        self._allow()

    def _allow(self) -> None:
        self._same.setEnabled(self._captured is not None)
        self._other.setEnabled(self._captured is not None)

    def _advice(self, advice: FaceAdvice) -> str:
        return {
            FaceAdvice.COME_INTO_VIEW: self.tr("Come into the picture"),
            FaceAdvice.ONE_PERSON: self.tr("One person only"),
            FaceAdvice.CLOSER: self.tr("Come closer"),
            FaceAdvice.FARTHER: self.tr("A little farther away"),
            FaceAdvice.LOOK_STRAIGHT: self.tr("Look straight into the camera"),
            FaceAdvice.MORE_LIGHT: self.tr("More light, please"),
            FaceAdvice.LESS_LIGHT: self.tr("Less light from behind, please"),
            FaceAdvice.HOLD_STILL: self.tr("Hold still for a moment"),
            FaceAdvice.MASK: self.tr("Take off the mask, please"),
        }[advice]

    def _fault(self, fault: CaptureFault) -> str:
        return {
            CaptureFault.CHIP_PHOTO: self.tr("The card's photo shows no single face; read the card again."),
            CaptureFault.UNLIKE: self.tr(
                "Not alike enough; nothing is enrolled. The expert comes in by document and two people."
            ),
            CaptureFault.CAMERA: self.tr("The camera gives no picture; check its cable, then begin again."),
            CaptureFault.ENGINE: self.tr("The face models do not run on this machine; `kawei doctor` says why."),
        }[fault]

    def _not_the_same(self) -> None:
        self._end(Notice(Tone.ATTENTION, self.tr("Not enrolled, and nothing was kept. Check the card with care.")))

    def _submit(self) -> None:
        found = self._captured
        if found is None:
            return
        self._captured = None
        self._allow()
        self._notice.tell(Notice(Tone.INFO, self.tr("Sending …")))
        told = found.decision.evidence()
        template = found.template
        proposal = {
            "document": self._document,
            "template": {
                "model": template.model,
                "version": template.version,
                "data": base64.b64encode(template.data).decode(),
            },
            "verdict": told["verdict"],
            "score": told["score"],
            "engine": told["engine"],
            "consent": self._consent,
        }
        done, refused = self._mine(self._proposed), self._mine(self._refused)
        self._desk.ask("face", lambda client: client.propose_face(proposal), done, refused)

    def _proposed(self, _answer: object) -> None:
        words = self.tr("Waiting for a second person, who sees expert and card and confirms within 30 minutes.")
        self._end(Notice(Tone.OK, words))

    def _refused(self, failure: Failed) -> None:
        self._notice.tell(Notice(Tone.ERROR, sentence_of(failure)))

    def _end(self, notice: Notice) -> None:
        self.leave()
        self.ended.emit(notice)


def _read_picture(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.stat().st_size >> 10} KB")
    return path.read_bytes()
