"""A camera: one owner starts it, any number subscribe to its pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from app.ports.device import Device, Unsubscribe


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: `rgb` holds rows from the top, three bytes a pixel, without padding.

    `at_s` is the monotonic second at which it was taken (0 for a picture from a file), `seq` its number
    since the camera's start, from 1 (0 for a picture from a file). ValueError where the bytes do not fit
    the size.
    """

    width: int
    height: int
    rgb: bytes = field(repr=False)
    at_s: float = 0.0
    seq: int = 0

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1 or len(self.rgb) != 3 * self.width * self.height:
            raise ValueError(f"{len(self.rgb)} bytes are no {self.width} x {self.height} picture")


class Camera(Device, Protocol):
    """A source of frames with a thread of its own; it never makes its caller wait."""

    @property
    def latest(self) -> Frame | None:
        """The newest frame since the last start; None before the first. While nobody subscribes it may be renewed
        only a few times a second."""
        ...

    def subscribe(self, on_frame: Callable[[Frame], None]) -> Unsubscribe:
        """Get every frame, in the camera's thread: be quick, or hand it on."""
        ...
