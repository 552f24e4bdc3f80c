"""Who is at this console? Account and password; what is wrong is said in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from app.link import Failed
from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sight import Sight
from ui.console.words import console_title, role_word
from ui.theme import Role, Space, Tone, look
from ui.widgets.boxes import Row
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.forms import Field
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text


class LoginPage(DeskPage):
    """`entered` when the room knows the one who logged in, and the role is this console's."""

    page = PageName.LOGIN
    entered = Signal()

    def __init__(self, desk: Desk, role: str) -> None:
        super().__init__(desk)
        self._role = role
        self.fill()
        row = self.add(Row(gap=0))
        row.fill()
        card = row.add(_LoginCard(margin=36, gap=Space.WIDE))
        row.fill()
        card.add(Text(console_title(role), Role.PAGE))
        self._room = card.add(Text("", Role.STRONG, soft=True))
        self.user = card.add(Field(self.tr("Account")))
        self.user.line.setObjectName(Name.USER)
        self.password = card.add(Field(self.tr("Password"), secret=True))
        self.password.line.setObjectName(Name.PASSWORD)
        self._notice = card.add(NoticeLine(lines=2))
        self._enter = card.add(PrimaryButton(self.tr("Log in")))
        self._enter.setObjectName(Name.LOG_IN)
        self.fill()
        self.user.entered.connect(self._to_password)
        self.password.entered.connect(self._log_in)
        self._enter.clicked.connect(self._log_in)
        self.setFocusProxy(self.user)

    def show_sight(self, sight: Sight) -> None:
        """Name the room."""
        self._room.setText(str(sight.room.get("name") or ""))

    def leave(self) -> None:
        """Nothing typed stays."""
        self.user.clear()
        self.password.clear()
        self._enter.setEnabled(True)

    def tell(self, notice: Notice | None) -> None:
        """Say why one has to log in again, or what was wrong."""
        self._notice.tell(notice)

    def _to_password(self) -> None:
        self.password.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _log_in(self) -> None:
        user, password = self.user.text(), self.password.line.text()
        if not user or not password:
            missing = self.user if not user else self.password
            missing.fault(self.tr("Please fill this in."))
            missing.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._enter.setEnabled(False)
        self.tell(Notice(Tone.INFO, self.tr("One moment, please")))
        self.desk.ask("login", lambda client: client.login(user, password), self._known, self._unknown)
        self.password.clear()

    def _known(self, answer: dict[str, str]) -> None:
        self._enter.setEnabled(True)
        role = answer["role"]
        if role == self._role:
            self.user.clear()
            self.tell(None)
            self.entered.emit()
            return
        wrong = self.tr("This account is for: {role}. Please use that console, or another account.")
        self.tell(Notice(Tone.ERROR, wrong.format(role=role_word(role))))
        self.desk.ask("logout", lambda client: client.logout(), _nothing, _nothing)
        self.user.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unknown(self, failure: Failed) -> None:
        self._enter.setEnabled(True)
        self.tell(Notice(Tone.ERROR, failure.sentence))
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)


class _LoginCard(Card):
    """As wide as a form needs."""

    def __init__(self, *, margin: float, gap: float) -> None:
        super().__init__(margin=margin, gap=gap)
        self.setMinimumWidth(look().px(520))


def _nothing(_value: object) -> None:
    """An answer that changes nothing."""
