"""What the watch over a seat costs while someone sits still: CPU time of all threads, as a share of one core."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from app.ports.camera import Frame
from app.ports.face import Template
from devices.camera.opencv import OpenCvCamera
from devices.face.engines import Engines, bgr
from devices.face.presence import SFacePresence
from devices.face.sface import SFaceMatcher
from devices.pictures import read_picture

SECONDS, RATE = 60, 2
PORTRAIT = Path(__file__).resolve().parents[1] / "tests" / "data" / "faces" / "person_b_1.jpg"


def _film() -> list[Frame]:
    """A minute of a member who sits still, two frames a second, each with the noise of a sensor."""
    found = read_picture(PORTRAIT, 480)
    person = np.frombuffer(found.rgb, np.uint8).reshape(found.height, found.width, 3)
    room = np.empty((480, 640, 3), np.uint8)
    room[:] = np.linspace(120, 190, 640)[None, :, None]
    room[480 - found.height :, 160 : 160 + found.width] = person
    dice = np.random.default_rng(1)
    noise = [dice.normal(0, 3, room.shape[:2])[:, :, None] for _ in range(8)]
    pictures = [np.clip(room + grain, 0, 255).astype(np.uint8).tobytes() for grain in noise]
    return [Frame(640, 480, pictures[n % 8], (n + 1) / RATE, n + 1) for n in range(SECONDS * RATE)]


def _with_camera(film: list[Frame], engines: Engines, known: Template, looks: int = 20) -> float:
    """The share of a core that camera and watch take together, over ten seconds of a film of 25 pictures a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "film.avi")
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 480))
        for frame in film[:50]:
            writer.write(bgr(frame))
        writer.release()
        camera = OpenCvCamera(path, repeat=True)
        watch = SFacePresence(engines).watch(known, time.monotonic())
        camera.start()
        time.sleep(1.0)
        begun = time.process_time()
        for _ in range(looks):
            time.sleep(1 / RATE)
            newest = camera.latest
            if newest is not None:
                watch.take(newest)
        spent = time.process_time() - begun
        camera.stop()
        camera.join(5.0)
    return spent / looks * RATE


def run() -> dict[str, Any]:
    """CPU seconds a minute of watching takes; `of_a_core` is that over 60, `with_camera` the share when a film of 25
    JPEG pictures a second is read as well; `limit` is what they may be.

    The reference, measured in the same run, is the matcher of the opening page, which judges six pictures a second:
    `ratio` is the watch's share over that of the same minute looked at so.
    """
    engines = Engines()
    matcher = SFaceMatcher(engines, second_opinion=False)
    film = _film()
    known = matcher.enrol(film[0])
    SFacePresence(engines).watch(known, 0.0).take(film[0])  # the models are read once
    watch = SFacePresence(engines).watch(known, 0.0)
    begun = time.process_time()
    kinds = {watch.take(frame).kind for frame in film}
    spent = time.process_time() - begun
    begun = time.process_time()
    for frame in film[:12]:
        matcher.compare(frame, known)
    every = (time.process_time() - begun) / 12 * 6 * SECONDS
    return {
        "watched_s": SECONDS,
        "all_well": kinds == {None},
        "cpu_s": round(spent, 3),
        "of_a_core": round(spent / SECONDS, 4),
        "with_camera": round(_with_camera(film, engines, known), 4),
        "limit": 0.05,
        "six_a_second_cpu_s": round(every, 3),
        "ratio": round(spent / every, 3),
        "opencv": cv2.__version__,
    }
