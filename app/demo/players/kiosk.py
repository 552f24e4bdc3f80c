"""Scripted people at the kiosk, one after another: document, face, phone, seat; later phone and door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.demo.pictures import frame_of
from app.demo.players.player import Player
from app.demo.wires import Message, Wire
from devices.camera.scripted import ScriptedCamera
from devices.gate.scripted import ScriptedLocker
from ui.kiosk.names import Name
from ui.kiosk.stopwatch import Served
from ui.kiosk.window import KioskWindow


class KioskPlayer(Player):
    """Sends the people in, in order of arrival, and lets out whoever has wiped a seat."""

    def __init__(
        self,
        window: KioskWindow,
        camera: ScriptedCamera,
        locker: ScriptedLocker,
        wire: Wire,
        pictures: Path,
        people: list[dict[str, Any]],
        *,
        acts: bool,
    ) -> None:
        super().__init__(window, wire, pictures, "kiosk", acts=acts)
        self._camera, self._locker = camera, locker
        self._arriving = list(people)
        self._all = {person["member"]: person for person in people}
        self._leaving: list[str] = []
        self._here: dict[str, Any] | None = None
        self._open = False
        window.served.connect(self._served)
        for number in window.findChildren(QLineEdit, Name.NUMBER):
            number.textChanged.connect(self._typed)

    def _typed(self, text: str) -> None:
        """Whose document is entered stands before the camera."""
        for person in self._all.values():
            if text.strip() == person["document"]:
                self._here = person
                self._camera.show(frame_of(person["picture"]))

    @Slot(object)
    def _served(self, served: Served) -> None:
        """Someone has come from the card to the seat's number: how many acts, how long the machine itself took."""
        acts = [act.value for act in served.acts]
        self.wire.say("served", acts=acts, machine_s=round(served.machine_s, 2), whole_s=round(served.whole_s, 2))

    def watch(self) -> None:
        """The person reads the number, and walks to that seat."""
        if self._page != "seat" or self._here is None:
            return
        member, seat = self._here["member"], self.window.seat_id
        if seat and self.once(f"seated/{member}"):
            self._arriving = [person for person in self._arriving if person["member"] != member]
            self.wire.say("seated", member=member, seat=seat)
            if not self._arriving:
                self.wire.say("mark", name="seated")

    def hear(self, message: Message) -> None:
        """The street door is opened, or a member comes back from the seat."""
        if message["say"] == "doors_open":
            self._open = True
        elif message["say"] == "leaving":
            self._leaving.append(message["member"])

    def on_idle(self) -> None:
        self._here = None
        if self._open and self._arriving:
            self._come(self._arriving[0])
        elif self._leaving:
            self._come(self._all[self._leaving[0]])
        else:
            self._camera.show(frame_of(None))

    def _come(self, person: dict[str, Any]) -> None:
        if self.write(Name.NUMBER, person["document"]):
            editor = self._editor(Name.NUMBER)
            if editor is not None:
                QTest.keyClick(editor, Qt.Key.Key_Return)

    def on_face(self) -> None:
        if self._here is not None and self._seen["face"] > 60:
            self.press(Name.FACE_CALL)

    def on_doubt(self) -> None:
        self.press(Name.DOUBT_CALL)

    def on_store_phone(self) -> None:
        self._shut_boxes()
        self.press(Name.PHONE_STORED)

    def _shut_boxes(self) -> None:
        """A person shuts the box before pressing the key."""
        for box in self._locker.boxes:
            self._locker.close(box)

    def on_take_slot(self) -> None:
        self.press(Name.TAKE_SLOT)

    def on_seat(self) -> None:
        if self._seen["seat"] % 4 == 0:
            self.press(Name.SEAT_SEEN)

    def on_take_phone(self) -> None:
        self._shut_boxes()
        self.press(Name.PHONE_TAKEN)

    def on_leave(self) -> None:
        if self._here is not None and self.press(Name.LEAVE):
            self._did.add(f"left/{self._here['member']}")

    def on_goodbye(self) -> None:
        self._step_aside()

    def on_ask_staff(self) -> None:
        self._step_aside()

    def _step_aside(self) -> None:
        """Make room for the next one; whoever went through the door does not come back."""
        if self._here is not None and f"left/{self._here['member']}" in self._did:
            self._leaving.remove(self._here["member"])
            self._here = None
        self.press(Name.BACK)
