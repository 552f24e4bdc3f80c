"""Every page of every gallery as a window to be measured, in either language and at any size.

`python tests/ui/every_window.py [NAME ...]` walks all of them (or those whose name holds one of the words) at all
sizes and in both languages, and prints what lacks room; with FOLDER= in the environment it paints those pages too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent / "kiosk"))
sys.path.insert(0, str(Path(__file__).parent / "console"))
sys.path.insert(0, str(Path(__file__).parent / "seat"))
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))  # before tests/, whose folder ui is not the package

import console_ground
from cut_text import cuts
from fake_room import FakeBridge
from kiosk_ground import make_door, room_view
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from told import by_colour_alone, out_of_order, untold

from devices.ambient import SystemClock
from tests.ui.console import gallery as console
from tests.ui.kiosk import gallery as kiosk
from tests.ui.seat import gallery as seat
from ui.board.window import BoardWindow
from ui.theme import Language, Scale, apply, install

# The hardest first: a window opens at the size at which it has the least room.
SIZES = ((QSize(1366, 768), Scale.LARGEST), (QSize(1366, 768), Scale.NORMAL), (QSize(1920, 1080), Scale.NORMAL))
# Type grows where a person sits: at a seat and a console. A kiosk and a board are read standing, in one size.
ONE_TYPE = ("kiosk/", "board/")
_CASES = TemporaryDirectory(prefix="kawei-cases-")
_cases: dict[str, seat.Case] = {}


@contextmanager
def _closed(window: QWidget) -> Iterator[QWidget]:
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _shown(window: QWidget, size: QSize) -> None:
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(size)
    window.show()


@contextmanager
def _seat(name: str, language: Language, size: QSize, scale: Scale) -> Iterator[QWidget]:
    track, _, page = name.partition(":")
    if track not in _cases:
        _cases[track] = seat.Case(track, Path(_CASES.name))
    case = _cases[track]
    case.lang = language.value
    made = seat.SCENES[page](case)
    with _closed(made.window) as window:
        _shown(window, size)
        made.bridge.tell(1, "SlotTaken", at="2026-03-02T10:42:08.000000+08:00")
        seat.settle(made, case, 120)
        yield window


@contextmanager
def _console(name: str, language: Language, size: QSize, scale: Scale) -> Iterator[QWidget]:
    role, act = console.SCENES[name]
    with TemporaryDirectory() as place:
        made, bridge = console_ground.make_console(
            role, SystemClock(), Path(place), console.desk(), console.calls(), console.watch()
        )
        with _closed(made) as window:
            _shown(window, size)
            act(made, bridge)
            QTest.qWait(20)
            yield window


@contextmanager
def _kiosk(name: str, language: Language, size: QSize, scale: Scale) -> Iterator[QWidget]:
    door = make_door(SystemClock())
    with _closed(door.window) as window:
        _shown(window, size)
        door.bridge.show(room_view())
        kiosk.SCENES[name](door)
        QTest.qWait(20)
        yield window


@contextmanager
def _board(name: str, language: Language, size: QSize, scale: Scale) -> Iterator[QWidget]:
    bridge = FakeBridge()
    with _closed(BoardWindow(bridge, SystemClock())) as window:  # type: ignore[arg-type]
        _shown(window, size)
        seen = console_ground.empty_room(None) if name == "free" else console_ground.seen(console_ground.marking, None)
        bridge.show(seen | {"at": "2026-03-02T09:41:00.000000+08:00"})
        QTest.qWait(10)
        yield window


Opening = Callable[[str, Language, QSize, Scale], "Iterator[QWidget]"]
_HOUSES = {
    "seat": (_seat, (*(f"zc:{name}" for name in seat.SCENES), *(f"gc:{name}" for name in seat.WORKS))),
    "console": (_console, tuple(console.SCENES)),
    "kiosk": (_kiosk, tuple(kiosk.SCENES)),
    "board": (_board, ("free", "in-use")),
}
EVERY = tuple(f"{house}/{name}" for house, (_, names) in _HOUSES.items() for name in names)


@contextmanager
def opened(full: str, language: Language, size: QSize, scale: Scale) -> Iterator[QWidget]:
    """The page `full` ('seat/zc:marks') on the (virtual) screen."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install(app, language)
    apply(app, scale)
    house, _, name = full.partition("/")
    with _HOUSES[house][0](name, language, size, scale) as window:
        for _ in range(3):  # a folded layout asks for another height, which moves what is around it
            QCoreApplication.processEvents()
        yield window


def sizes(full: str) -> tuple[tuple[QSize, Scale], ...]:
    """The sizes that the page `full` can have, the hardest first."""
    return SIZES[1:] if full.startswith(ONE_TYPE) else SIZES


def faults(window: QWidget, size: QSize) -> list[str]:
    """What is wrong with `window` at `size`: it wants more screen than there is, its texts lack room, or a screen
    reader, the Tab key or an eye that tells no colours apart is not served."""
    told = [str(cut) for cut in cuts(window)]
    told += [*untold(window), *out_of_order(window), *by_colour_alone(window)]
    if window.size() != size:
        told.insert(0, f"wants {window.width()}x{window.height()}")
    return told


def main(words: list[str]) -> None:
    """Walk and print."""
    for full in EVERY:
        if words and not any(word in full for word in words):
            continue
        for language in Language:
            for size, scale in sizes(full)[: int(os.environ.get("SIZES", 3))]:
                where = f"{full} {language.value} {size.width()}x{scale.value}"
                with opened(full, language, size, scale) as window:
                    for fault in faults(window, size):
                        print(f"{where}: {fault}", flush=True)
                    if folder := os.environ.get("FOLDER"):
                        name = where.replace("/", "-").replace(":", "-").replace(" ", "-")
                        window.grab().save(f"{folder}/{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
