"""Who is before the seat: one contract for both watches, and films of real faces through the real models."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from app.evaluation.matters.presence.records import LockKind
from app.ports.camera import Frame
from app.ports.face import Template
from app.ports.presence import NOTICED_S, Noticed, Presence, PresenceWatch
from devices.face.bodies import Bodies
from devices.face.engines import Engines
from devices.face.presence import Bounds, SFacePresence
from devices.face.scripted_presence import ScriptedPresence
from devices.face.sface import SFaceMatcher
from devices.pictures import read_picture

FACES = Path(__file__).parent.parent / "data" / "faces"
WIDTH, HEIGHT, LOOK_S = 640, 480, 0.5

Picture = np.ndarray


# --- films: a room, people in it, and what a sensor adds


def _room() -> Picture:
    """A wall with light from one side, and a chair."""
    room = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    room[:] = np.linspace(120, 190, WIDTH)[None, :, None]
    cv2.rectangle(room, (200, 200), (440, 480), (70, 65, 60), -1)
    cv2.rectangle(room, (230, 230), (410, 470), (110, 100, 90), 4)
    return room


def _portrait(name: str, height: int) -> Picture:
    frame = read_picture(next(FACES.glob(f"{name}.*")), 1600)
    whole = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    width = round(whole.shape[1] * height / whole.shape[0])
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)


def _put(room: Picture, person: Picture, middle: int) -> Picture:
    made = room.copy()
    height, width = min(person.shape[0], HEIGHT), person.shape[1]
    left = max(0, middle - width // 2)
    right = min(WIDTH, left + width)
    made[HEIGHT - height :, left:right] = person[:height, : right - left]
    return made


def _member() -> Picture:
    return _put(_room(), _portrait("astronaut_nasa", 480), 320)


def _down(picture: Picture) -> Picture:
    """The member bows the head: hair where the face was, the shoulders as before."""
    made = picture.copy()
    cv2.ellipse(made, (290, 105), (62, 88), 0, 0, 360, (72, 52, 40), -1)
    return cv2.GaussianBlur(made, (5, 5), 0)


class Film:
    """Gives frames two a second; the sensor's noise makes every one another."""

    def __init__(self) -> None:
        self._dice = np.random.default_rng(7)
        self.now_s, self._seq = 100.0, 0

    def of(self, picture: Picture, seconds: float, *, noise: bool = True) -> Iterator[Frame]:
        for _ in range(round(seconds / LOOK_S)):
            self.now_s += LOOK_S
            self._seq += 1
            shown = picture
            if noise:
                grain = self._dice.normal(0, 3, picture.shape[:2])[:, :, None]
                shown = np.clip(picture + grain, 0, 255).astype(np.uint8)
            yield Frame(WIDTH, HEIGHT, shown.tobytes(), self.now_s, self._seq)


@dataclass
class Rig:
    """A watch, and films of what is before it."""

    presence: Presence
    known: Template | None
    well: Picture
    unwell: dict[LockKind, Picture]
    film: Film = field(default_factory=Film)
    told: Callable[[Picture, LockKind], None] = lambda picture, kind: None
    noise: bool = True

    def begin(self, known: Template | None = None) -> PresenceWatch:
        return self.presence.watch(known or self.known, self.film.now_s)

    def show(
        self, watch: PresenceWatch, picture: Picture, seconds: float, *, noise: bool | None = None
    ) -> list[Noticed]:
        frames = self.film.of(picture, seconds, noise=self.noise if noise is None else noise)
        return [watch.take(frame) for frame in frames]

    def lose(self, watch: PresenceWatch, seconds: float) -> list[Noticed]:
        said = []
        for _ in range(round(seconds / LOOK_S)):
            self.film.now_s += LOOK_S
            said.append(watch.miss(self.film.now_s))
        return said


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


@pytest.fixture
def real(engines: Engines) -> Rig:
    member = _member()
    both = _put(_put(_room(), _portrait("person_b_1", 400), 150), _portrait("impostor_2", 400), 480)
    unwell = {
        LockKind.ABSENT: _room(),
        LockKind.SECOND_FACE: both,
        LockKind.OTHER_FACE: _put(_room(), _portrait("impostor_2", 480), 320),
        LockKind.COVERED: np.zeros((HEIGHT, WIDTH, 3), np.uint8),
    }
    known = SFaceMatcher(engines, second_opinion=False).enrol(Frame(WIDTH, HEIGHT, member.tobytes()))
    return Rig(SFacePresence(engines), known, member, unwell)


@pytest.fixture
def scripted() -> Rig:
    presence = ScriptedPresence()
    shades = {kind: np.full((HEIGHT, WIDTH, 3), 10 + 10 * place, np.uint8) for place, kind in enumerate(LockKind)}
    for kind, picture in shades.items():
        presence.shows(Frame(WIDTH, HEIGHT, picture.tobytes()), kind)
    return Rig(presence, None, np.full((HEIGHT, WIDTH, 3), 200, np.uint8), shades, noise=False)


@pytest.fixture(params=["real", "scripted"])
def rig(request: pytest.FixtureRequest) -> Rig:
    made: Rig = request.getfixturevalue(request.param)
    return made


SEEN = (LockKind.ABSENT, LockKind.SECOND_FACE, LockKind.OTHER_FACE, LockKind.COVERED)


class TestEveryWatch:
    """The contract of app.ports.presence."""

    def test_a_member_who_is_there_is_well(self, rig: Rig) -> None:
        said = rig.show(rig.begin(), rig.well, 10)
        assert {one.kind for one in said} == {None}
        assert {one.since_s for one in said} == {100.0}

    @pytest.mark.parametrize("kind", SEEN, ids=lambda kind: kind.value)
    def test_each_is_noticed_within_three_seconds_and_over_when_it_is_over(self, rig: Rig, kind: LockKind) -> None:
        watch = rig.begin()
        rig.show(watch, rig.well, 4.5)
        begun = rig.film.now_s
        said = rig.show(watch, rig.unwell[kind], 6)
        told = next(place for place, one in enumerate(said, 1) if one.kind is kind)
        assert told * LOOK_S <= NOTICED_S
        assert {one.kind for one in said[told - 1 :]} == {kind}
        assert begun < said[-1].since_s <= begun + NOTICED_S
        assert rig.show(watch, rig.well, 3)[-1].kind is None

    def test_a_camera_that_gives_nothing_is_lost_and_used_again_when_it_returns(self, rig: Rig) -> None:
        watch = rig.begin()
        rig.show(watch, rig.well, 2)
        gone_s = rig.film.now_s
        said = rig.lose(watch, NOTICED_S)
        assert said[0].kind is None
        assert said[-1] == Noticed(LockKind.CAMERA_LOST, gone_s)
        assert rig.show(watch, rig.well, 1)[-1].kind is None

    def test_one_kind_after_another_is_one_time_away(self, rig: Rig) -> None:
        watch = rig.begin()
        rig.show(watch, rig.well, 2)
        first = rig.show(watch, rig.unwell[LockKind.ABSENT], 4)[-1]
        then = rig.show(watch, rig.unwell[LockKind.OTHER_FACE], 4)[-1]
        assert (then.kind, then.since_s) == (LockKind.OTHER_FACE, first.since_s)


class TestRealFaces:
    """YuNet, SFace and the net for bodies over films."""

    def test_who_looks_down_for_a_minute_is_not_absent(self, real: Rig) -> None:
        watch = real.begin()
        real.show(watch, real.well, 3)
        assert {one.kind for one in real.show(watch, _down(real.well), 60)} == {None}

    def test_a_body_without_a_face_counts_for_five_minutes(self, engines: Engines, real: Rig) -> None:
        real.presence = SFacePresence(engines, bounds=Bounds(faceless_s=10.0))
        watch = real.begin()
        real.show(watch, real.well, 3)
        said = real.show(watch, _down(real.well), 15)
        assert [one.kind for one in said[:19]] == [None] * 19
        assert said[-1].kind is LockKind.ABSENT

    def test_who_comes_with_the_head_down_has_to_show_the_face_first(self, real: Rig) -> None:
        watch = real.begin()
        real.show(watch, real.well, 2)
        real.show(watch, real.unwell[LockKind.ABSENT], 3)
        assert real.show(watch, _down(real.well), 3)[-1].kind is LockKind.ABSENT
        assert real.show(watch, real.well, 1)[-1].kind is None

    def test_where_people_let_someone_in_no_faces_are_compared(self, real: Rig, engines: Engines) -> None:
        asked: list[Frame] = []

        class Counting(Engines):
            def sface(self, frame: Frame, face: object) -> object:
                asked.append(frame)
                raise AssertionError("compared")

        real.presence, real.known = SFacePresence(Counting()), None
        watch = real.begin()
        assert {one.kind for one in real.show(watch, real.unwell[LockKind.OTHER_FACE], 4)} == {None}
        assert asked == []

    def test_a_blank_lens_and_one_picture_for_ever_are_covered(self, real: Rig) -> None:
        watch = real.begin()
        real.show(watch, real.well, 2)
        paper = np.empty((HEIGHT, WIDTH, 3), np.uint8)
        paper[:] = np.linspace(90, 130, WIDTH)[None, :, None]
        assert real.show(watch, paper, NOTICED_S)[-1].kind is LockKind.COVERED
        assert real.show(watch, real.well, 2)[-1].kind is None
        assert real.show(watch, real.well, NOTICED_S, noise=False)[-1].kind is LockKind.COVERED

    def test_somebody_far_behind_is_no_second_person(self, real: Rig, engines: Engines) -> None:
        alone = _put(_room(), _portrait("person_b_1", 440), 250)
        behind = alone.copy()
        far = _portrait("impostor_2", 160)
        behind[20:180, 500 : 500 + far.shape[1]] = far
        known = SFaceMatcher(engines, second_opinion=False).enrol(Frame(WIDTH, HEIGHT, alone.tobytes()))
        assert len(engines.find_quickly(Frame(WIDTH, HEIGHT, behind.tobytes()))) == 2
        assert {one.kind for one in real.show(real.begin(known), behind, 4)} == {None}

    def test_without_the_model_for_bodies_only_the_face_counts(
        self, engines: Engines, real: Rig, tmp_path: Path, expects_log: Callable[..., Any]
    ) -> None:
        real.presence = SFacePresence(engines, Bodies(tmp_path))
        watch = real.begin()
        real.show(watch, real.well, 2)
        with expects_log("no model for bodies", reason="the model is not laid out") as said:
            assert real.show(watch, _down(real.well), NOTICED_S)[-1].kind is LockKind.ABSENT
        assert len(said) == 1

    def test_pairs_years_apart_stay_the_same_person(self, real: Rig, engines: Engines) -> None:
        matcher = SFaceMatcher(engines, second_opinion=False)
        for one, again in (("person_a_1", "person_a_2"), ("person_b_1", "person_b_2"), ("person_c_1", "person_c_2")):
            known = matcher.enrol(read_picture(next(FACES.glob(f"{one}.*")), 1600))
            seen = _put(_room(), _portrait(again, 480), 320)
            assert {said.kind for said in real.show(real.begin(known), seen, 6)} == {None}


def test_no_picture_leaves_the_watch(real: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """It opens no file for writing and no socket, logs nothing, and what it tells has no room for a picture."""
    opened: list[str] = []
    on = [True]

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if on[0] and (writes or event.startswith("socket.")):
            opened.append(f"{event} {arguments[0]}")

    sys.addaudithook(audit)
    try:
        watch = real.begin()
        said = [one for picture in (real.well, *real.unwell.values()) for one in real.show(watch, picture, 3)]
    finally:
        on[0] = False
    assert opened == []
    assert caplog.records == []
    assert {type(one) for one in said} == {Noticed}
    assert Noticed.__annotations__ == {
        "kind": "LockKind | None",
        "since_s": "float",
    }


def test_comparisons_are_seldom_while_nothing_is_amiss(engines: Engines, real: Rig) -> None:
    count = 0

    class Counting(Engines):
        def sface(self, frame: Frame, face: object) -> object:
            nonlocal count
            count += 1
            return engines.sface(frame, face)  # type: ignore[arg-type]

    real.presence = SFacePresence(Counting())
    real.show(real.begin(), real.well, 20)
    assert count == 10
