"""A key that does what a script says: wrong PIN with tries left, locked, pulled while it signs."""

from __future__ import annotations

import threading

from app.ports.signer import SignerError, SignerFault, SigningCertificate, SigningKey


class ScriptedKey:
    """A SigningKey around another one: it counts wrong PINs, locks, and can be unplugged."""

    def __init__(self, inner: SigningKey, pin: str, tries: int = 3) -> None:
        self._inner, self._pin, self._most = inner, pin, tries
        self._lock = threading.Lock()
        self._left, self._plugged, self._pulled = tries, True, False

    def plug(self, plugged: bool) -> None:
        """In or out."""
        self._plugged = plugged

    def pull_while_signing(self) -> None:
        """The next signature is cut off in its midst."""
        self._pulled = True

    def certificate(self) -> SigningCertificate:
        """The other's."""
        if not self._plugged:
            raise SignerError(SignerFault.NO_TOKEN)
        return self._inner.certificate()

    def sign(self, message: bytes, pin: str) -> bytes:
        """Count, and sign with the other."""
        with self._lock:
            if not self._plugged:
                raise SignerError(SignerFault.NO_TOKEN)
            if self._left == 0:
                raise SignerError(SignerFault.LOCKED)
            if pin != self._pin:
                self._left -= 1
                raise SignerError(*((SignerFault.WRONG_PIN, self._left) if self._left else (SignerFault.LOCKED, None)))
            self._left = self._most
            if self._pulled:
                self._pulled = self._plugged = False
                raise SignerError(SignerFault.PULLED)
        return self._inner.sign(message, pin)
