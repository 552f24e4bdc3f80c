"""A door strike and a locker cabinet that are switched by web requests, as network relays and controllers are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import requests

from app.ports.device import DeviceError, DeviceFault


@dataclass(frozen=True, slots=True)
class Wire:
    """How a controller is spoken to: method, time it may take (seconds), headers such as its access token."""

    method: str = "POST"
    timeout_s: float = 3.0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def ask(self, method: str, url: str) -> requests.Response:
        """Send one request; DeviceError where it does not answer, or not with success."""
        try:
            # A controller has no business sending us elsewhere.
            answer = requests.request(
                method, url, timeout=self.timeout_s, headers=dict(self.headers), allow_redirects=False
            )
        except requests.RequestException as error:
            raise DeviceError(DeviceFault.UNREACHABLE, type(error).__name__) from error
        if not 200 <= answer.status_code < 300:
            raise DeviceError(DeviceFault.REFUSED, f"HTTP {answer.status_code}")
        return answer


class RelayDoor:
    """A Door behind a relay with a web address.

    `url` may hold `{hold_s}` (seconds) or `{hold_ms}`, for relays that take the time in the address, such as
    `http://10.0.0.9/relay/0?turn=on&timer={hold_s}`; with others the relay's own setting holds.
    """

    def __init__(self, url: str, wire: Wire | None = None) -> None:
        self._url = url
        self._wire = wire or Wire()

    def open(self, hold_s: float = 5.0) -> None:
        """Unlock; returns when the relay has accepted it."""
        url = self._url.replace("{hold_s}", f"{hold_s:g}").replace("{hold_ms}", f"{hold_s * 1000:.0f}")
        self._wire.ask(self._wire.method, url)


class RelayLocker:
    """A Locker behind a controller with two web addresses, each holding `{box}`.

    `open_url` is sent with the wire's method; `state_url` is read with GET and answers JSON with a boolean
    `closed`.
    """

    def __init__(self, boxes: Sequence[int], open_url: str, state_url: str, wire: Wire | None = None) -> None:
        self._boxes = tuple(sorted(set(boxes)))
        self._open_url = open_url
        self._state_url = state_url
        self._wire = wire or Wire()

    @property
    def boxes(self) -> tuple[int, ...]:
        """The numbers of its boxes."""
        return self._boxes

    def open(self, box: int) -> None:
        """Unlock one box."""
        self._wire.ask(self._wire.method, self._at(self._open_url, box))

    def is_closed(self, box: int) -> bool:
        """Whether its door is shut."""
        answer = self._wire.ask("GET", self._at(self._state_url, box))
        try:
            closed = answer.json()["closed"]
        except (ValueError, KeyError, TypeError) as error:
            raise DeviceError(DeviceFault.BAD_ANSWER, "no JSON with 'closed'") from error
        if not isinstance(closed, bool):
            raise DeviceError(DeviceFault.BAD_ANSWER, "'closed' is no boolean")
        return closed

    def _at(self, url: str, box: int) -> str:
        if box not in self._boxes:
            raise ValueError(f"there is no box {box}")
        return url.replace("{box}", str(box))
