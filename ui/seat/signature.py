"""Signing at the seat: the certificate goes to the room, what it prepares to the key, and the signature back.

Law: key and PIN stay here; the PIN is used once and kept nowhere. All of it runs beside the window.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.link import RoomClient, RoomRefused
from app.ports.signer import SignerError, SignerFault, SigningKey

translate = QCoreApplication.translate

_TRIES = 5
"""How often another member may sign in between before this one is told to try again."""


@dataclass(frozen=True)
class NotSigned:
    """The key did not sign: why, and how many tries its PIN has left where it tells."""

    fault: SignerFault
    tries_left: int | None


@dataclass(frozen=True)
class Signing:
    """A question to the room, put in the background; answers None, or `NotSigned`."""

    key: SigningKey
    stream: str
    lot: str
    strokes: tuple[tuple[int, ...], ...]
    pin: str

    def __call__(self, client: RoomClient) -> NotSigned | None:
        """Sign; again where another member was faster."""
        for left in reversed(range(_TRIES)):
            try:
                self._once(client)
            except SignerError as error:
                return NotSigned(error.fault, error.tries_left)
            except RoomRefused as refused:
                if refused.code != "signature_overtaken" or not left:
                    raise
            else:
                break
        return None

    def _once(self, client: RoomClient) -> None:
        found = self.key.certificate()
        above = [one.hex() for one in found.above]
        due = client.prepare_signature(self.stream, self.lot, found.own.hex(), above, self.strokes)
        signature = self.key.sign(bytes.fromhex(due["to_sign"]), self.pin)
        client.give_signature(self.stream, self.lot, due["ticket"], signature.hex())


def sentence(found: NotSigned) -> str:
    """What to do now, for the member."""
    if found.fault is SignerFault.WRONG_PIN and found.tries_left is not None:
        return translate("Signing", "The PIN is wrong; {count} more tries before the token locks.").format(
            count=found.tries_left
        )
    return {
        SignerFault.WRONG_PIN: translate(
            "Signing", "The PIN is wrong. Type it again; too many wrong ones lock the token."
        ),
        SignerFault.NO_TOKEN: translate("Signing", "No token is plugged in. Plug in your own and sign again."),
        SignerFault.NO_KEY: translate(
            "Signing", "This token holds no certificate to sign with. Use another, or paper."
        ),
        SignerFault.LOCKED: translate(
            "Signing", "The token is locked. Only its issuer can open it; sign the printed report instead."
        ),
        SignerFault.PULLED: translate(
            "Signing", "The token was pulled out; nothing was signed. Plug it in and sign again."
        ),
        SignerFault.UNSUPPORTED: translate(
            "Signing", "This kind of certificate is not signed with here. Sign the printed report instead."
        ),
        SignerFault.BROKEN: translate(
            "Signing", "The token cannot be read. Plug it in again, or call the staff and sign the printed report."
        ),
    }[found.fault]
