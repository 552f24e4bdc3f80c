"""Liveness: one contract for both halves, heads that turn and papers that do not pass, cues, and films on disk."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from face_films import Pose, Scene, as_frame, way

from app.ports.camera import Frame
from app.ports.liveness import Challenge, Liveness, LivenessAttempt, LivenessReason, LivenessVerdict
from devices.face import cues, shape
from devices.face.challenges import draw_challenges
from devices.face.clips import BadClip, ClipFault, frames
from devices.face.engines import Engines
from devices.face.liveness import MeshLiveness
from devices.face.mesh import FaceMesh
from devices.face.parallax import Parallax
from devices.face.scripted_liveness import ScriptedLiveness
from devices.pictures import read_picture

FACES = Path(__file__).parent.parent / "data" / "faces"
LEFT, RIGHT, MOUTH, BLINK = Challenge.LEFT, Challenge.RIGHT, Challenge.MOUTH, Challenge.BLINK
STRAIGHT = Pose()
FPS = 12


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


@pytest.fixture(scope="module")
def mesh() -> FaceMesh:
    return FaceMesh()


def _scene(name: str, engines: Engines, mesh: FaceMesh) -> Scene:
    return Scene(read_picture(FACES / name, 1000), engines, mesh, (288, 288))


@pytest.fixture(scope="module")
def scene(engines: Engines, mesh: FaceMesh) -> Scene:
    return _scene("person_c_1.jpg", engines, mesh)


@pytest.fixture(scope="module")
def other(engines: Engines, mesh: FaceMesh) -> Scene:
    return _scene("person_b_2.jpg", engines, mesh)


@pytest.fixture(scope="module")
def turned_both_ways(scene: Scene) -> list[Frame]:
    """A head that turns to its left and then to its right."""
    return _heads(scene, STRAIGHT, Pose(yaw=34, pitch=3), Pose(yaw=36), STRAIGHT, Pose(yaw=-34, roll=3), Pose(yaw=-36))


def _heads(scene: Scene, *stops: Pose) -> list[Frame]:
    return [scene.head(pose) for pose in way(*stops, frames=4)]


def _papers(scene: Scene, *stops: Pose) -> list[Frame]:
    return [scene.paper(pose) for pose in way(*stops, frames=4)]


def _timed(film: Sequence[Frame], fps: float = FPS) -> list[Frame]:
    return [replace(frame, at_s=100 + number / fps, seq=number + 1) for number, frame in enumerate(film)]


def _shown(attempt: LivenessAttempt, film: Sequence[Frame]) -> LivenessVerdict | None:
    for frame in _timed(film):
        verdict = attempt.take(frame).verdict
        if verdict is not None:
            return verdict
    return None


@dataclass
class Rig:
    """A liveness, and a film that does as left and right ask."""

    liveness: Liveness
    film: list[Frame]


@pytest.fixture(params=["real", "scripted"])
def rig(request: pytest.FixtureRequest, engines: Engines, mesh: FaceMesh) -> Rig:
    if request.param == "scripted":
        return Rig(ScriptedLiveness(), [Frame(4, 4, bytes(48))] * 8)
    film: list[Frame] = request.getfixturevalue("turned_both_ways")
    return Rig(MeshLiveness(engines, mesh), film)


class TestEveryLiveness:
    """The contract of app.ports.liveness."""

    @pytest.mark.parametrize("asked", [(), (BLINK,), (BLINK, BLINK)])
    def test_nothing_or_a_blink_alone_is_not_asked_for(self, rig: Rig, asked: tuple[Challenge, ...]) -> None:
        with pytest.raises(ValueError, match="nothing to ask for"):
            rig.liveness.begin(asked)

    def test_what_is_asked_is_done_in_order_and_the_end_stays(self, rig: Rig) -> None:
        attempt = rig.liveness.begin((LEFT, RIGHT))
        steps = [attempt.take(frame) for frame in _timed(rig.film)]
        asked = [step.challenge for step in steps]
        assert list(dict.fromkeys(asked)) == [LEFT, RIGHT, None]
        assert [step.done for step in steps] == sorted(step.done for step in steps)
        assert {step.total for step in steps} == {2}
        assert [step.verdict is None for step in steps] == [step.challenge is not None for step in steps]
        last = steps[-1]
        assert last.verdict is not None
        assert (last.verdict.passed, last.verdict.reason, last.done) == (True, LivenessReason.PASSED, 2)
        assert last.verdict.evidence
        assert attempt.take(_timed(rig.film)[-1]).verdict == last.verdict

    def test_attempts_know_nothing_of_each_other(self, rig: Rig) -> None:
        one, other = rig.liveness.begin((LEFT, RIGHT)), rig.liveness.begin((LEFT, RIGHT))
        one.take(_timed(rig.film)[0])
        assert _shown(one, rig.film) is not None
        assert other.take(_timed(rig.film)[0]).done == 0


@pytest.fixture
def real(engines: Engines, mesh: FaceMesh) -> MeshLiveness:
    return MeshLiveness(engines, mesh)


class TestRealLiveness:
    """Films through the nets."""

    def test_the_other_side_first_does_not_count(self, real: MeshLiveness, turned_both_ways: list[Frame]) -> None:
        half = turned_both_ways[: len(turned_both_ways) // 2]
        assert _shown(real.begin((RIGHT,)), half) is None

    def test_an_open_mouth(self, real: MeshLiveness, engines: Engines, mesh: FaceMesh) -> None:
        film = _heads(_scene("person_a_2.jpg", engines, mesh), STRAIGHT, Pose(mouth=0.4), Pose(mouth=0.42))
        verdict = _shown(real.begin((MOUTH,)), film)
        assert verdict is not None
        assert verdict.passed
        assert verdict.evidence["1_mouth_more"] >= verdict.evidence["mouth_more_from"]

    def test_time_is_that_of_the_frames(self, real: MeshLiveness, scene: Scene) -> None:
        attempt = real.begin((LEFT,))
        look = scene.head(STRAIGHT)
        assert attempt.take(replace(look, at_s=50.0)).verdict is None
        assert attempt.take(replace(look, at_s=57.9)).verdict is None
        verdict = attempt.take(replace(look, at_s=58.0)).verdict
        assert verdict is not None
        assert (verdict.passed, verdict.reason) == (False, LivenessReason.TIMEOUT)
        assert verdict.evidence["took_s"] == pytest.approx(8.0)

    def test_a_face_that_goes_ends_it_after_two_seconds(self, real: MeshLiveness, scene: Scene) -> None:
        nobody = as_frame(np.full((288, 288, 3), 90, np.uint8))
        attempt = real.begin((LEFT,))
        attempt.take(replace(scene.head(STRAIGHT), at_s=0.0))
        assert attempt.take(replace(nobody, at_s=1.9)).verdict is None
        verdict = attempt.take(replace(nobody, at_s=2.0)).verdict
        assert verdict is not None
        assert verdict.reason is LivenessReason.NO_FACE

    def test_a_second_face_ends_it(self, real: MeshLiveness, scene: Scene, other: Scene) -> None:
        both = as_frame(np.hstack([_rgb(scene.head(STRAIGHT)), _rgb(other.head(STRAIGHT))]))
        verdict = _shown(real.begin((LEFT,)), [both, both])
        assert verdict is not None
        assert verdict.reason is LivenessReason.MANY_FACES

    def test_another_face_ends_it(self, real: MeshLiveness, scene: Scene, other: Scene) -> None:
        film = [scene.head(STRAIGHT)] * 2 + [other.head(Pose(roll=turn)) for turn in range(20)]
        verdict = _shown(real.begin((LEFT,)), film)
        assert verdict is not None
        assert verdict.reason is LivenessReason.FACE_CHANGED
        assert verdict.evidence["least_alike"] < verdict.evidence["alike_from"]

    def test_another_face_cannot_do_the_turn(self, real: MeshLiveness, scene: Scene, other: Scene) -> None:
        film = [scene.head(STRAIGHT)] * 3 + [other.head(Pose(yaw=34 + i, pitch=i)) for i in range(5)]
        assert _shown(real.begin((LEFT,)), film) is None

    def test_the_strips(self, real: MeshLiveness) -> None:
        """One photo animated by a face mesh: turned 30 degrees it passes, as it would on a tablet; the flat photo
        turned 40 degrees does not."""
        for strip in sorted((Path(__file__).parent.parent / "data" / "strips").glob("*.jpg")):
            sheet = np.asarray(cv2.cvtColor(cv2.imread(str(strip)), cv2.COLOR_BGR2RGB), np.uint8)
            looks = [as_frame(sheet[:, 360 * i : 360 * (i + 1)]) for i in range(6)]
            straight, to_right, to_left, flat = looks[0], looks[2], looks[3], looks[5]
            verdict = _shown(real.begin((RIGHT, LEFT)), [straight] * 2 + [to_right] * 3 + [straight] + [to_left] * 3)
            assert verdict is not None, strip.name
            assert verdict.passed, strip.name
            for asked in (LEFT, RIGHT):
                assert _shown(real.begin((asked,)), [straight] * 2 + [flat] * 6) is None


def _rgb(frame: Frame) -> np.ndarray:
    return np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)


def _attacks(rng: random.Random) -> Iterator[tuple[str, list[Pose], Challenge]]:
    """Ways to hold a print or a tablet up: turned, tilted, rolled, bent about any axis, moved, shaken, nearer."""
    for bend in (0.0, 0.0, rng.uniform(15, 60), rng.uniform(60, 150)):
        side = rng.choice((1, -1))
        axis = rng.choice((90.0, rng.uniform(60, 120), 0.0, rng.uniform(0, 180)))
        held = Pose(bend=rng.choice((0.0, bend)), axis=axis)
        turned = Pose(
            yaw=side * rng.uniform(20, 60),
            pitch=rng.gauss(0, 15),
            roll=rng.gauss(0, 8),
            shift=(rng.gauss(0, 0.03), rng.gauss(0, 0.03)),
            scale=rng.uniform(0.9, 1.15),
            bend=bend,
            axis=axis,
        )
        shaken = replace(turned, yaw=turned.yaw + rng.gauss(0, 5), pitch=turned.pitch + rng.gauss(0, 5))
        yield f"bend {bend:.0f}", way(held, turned, shaken, turned, held, frames=4), LEFT if side > 0 else RIGHT


class TestPapers:
    """A printed or displayed still photo does not pass, however it is held."""

    @pytest.mark.parametrize("name", ["person_c_1.jpg", "person_b_2.jpg"])
    def test_a_paper_does_not_turn_its_head(
        self, real: MeshLiveness, engines: Engines, mesh: FaceMesh, name: str
    ) -> None:
        self._sweep(real, _scene(name, engines, mesh), random.Random(name))

    @pytest.mark.slow
    @pytest.mark.parametrize("name", sorted(file.name for file in FACES.iterdir() if file.suffix in (".jpg", ".png")))
    def test_many_papers(self, real: MeshLiveness, engines: Engines, mesh: FaceMesh, name: str) -> None:
        scene = _scene(name, engines, mesh)
        rng = random.Random(f"many {name}")
        for _ in range(2):
            self._sweep(real, scene, rng)

    def _sweep(self, real: MeshLiveness, scene: Scene, rng: random.Random) -> None:
        for words, poses, side in _attacks(rng):
            verdict = _shown(real.begin((side,)), [scene.paper(pose) for pose in poses])
            assert verdict is None or not verdict.passed, (words, poses, verdict)

    @pytest.mark.parametrize("turned", [Pose(pitch=35), Pose(yaw=55), Pose(bend=90, axis=0, pitch=15), Pose(roll=25)])
    def test_a_paper_does_not_open_its_mouth(self, real: MeshLiveness, other: Scene, turned: Pose) -> None:
        verdict = _shown(real.begin((MOUTH,)), _papers(other, STRAIGHT, turned, turned))
        assert verdict is None or not verdict.passed

    def test_a_paper_half_covered_does_not_pass(self, real: MeshLiveness, scene: Scene) -> None:
        film = []
        for step, pose in enumerate(way(STRAIGHT, Pose(yaw=35), Pose(yaw=40), frames=5)):
            picture = _rgb(scene.paper(pose)).copy()
            picture[:, : 60 + 8 * step] = 120  # a hand that comes in from the side
            film.append(as_frame(picture))
        assert _shown(real.begin((LEFT,)), film) is None

    def test_what_turned_as_paper_turns_is_called_so(self, real: MeshLiveness, scene: Scene) -> None:
        attempt = real.measure((LEFT,))
        assert _shown(attempt, _papers(scene, STRAIGHT, Pose(yaw=45), Pose(yaw=48))) is None
        verdict = attempt.give_up(200.0)
        assert (verdict.passed, verdict.reason) == (False, LivenessReason.FLAT)
        assert attempt.give_up(300.0) == verdict

    def test_a_film_that_ends_early_did_not_do_it(self, real: MeshLiveness, scene: Scene) -> None:
        attempt = real.measure((BLINK,))
        attempt.take(scene.head(STRAIGHT))
        assert attempt.give_up(1.0).reason is LivenessReason.TIMEOUT


class TestShape:
    """What tells depth from paper."""

    def test_a_head_has_relief_and_paper_has_none(self, engines: Engines, mesh: FaceMesh, scene: Scene) -> None:
        def look(frame: Frame) -> tuple[Frame, np.ndarray]:
            return frame, mesh.lay(frame, engines.find(frame)[0]).points

        first, straight = look(scene.head(STRAIGHT))
        parallax = Parallax(first, straight)
        head, paper = look(scene.head(Pose(yaw=32))), look(scene.paper(Pose(yaw=32)))
        assert shape.relief(straight, head[1]) > 0.18 > 0.1 > shape.relief(straight, paper[1])
        assert shape.bump(straight, head[1]) > 0.08 > 0.06 > shape.bump(straight, paper[1])
        assert parallax.relief(*head) > 0.06 > 0.02 > parallax.relief(*paper)

    def test_exactly_flat_is_exactly_nothing(self) -> None:
        rng = np.random.default_rng(3)
        points = rng.normal(0, 40, (468, 2)).astype(np.float32)
        moved = (points @ np.array([[0.7, 0.1], [-0.05, 1.0]]) + 5).astype(np.float32)
        assert shape.bump(points, moved) < 1e-3
        assert shape.relief(points, moved) < 1e-3

    def test_points_in_one_line_show_nothing(self, scene: Scene) -> None:
        line = np.column_stack([np.arange(468), np.zeros(468)]).astype(np.float32)
        assert shape.bump(line, line) == pytest.approx(0.0, abs=1e-3)
        assert shape.relief(np.zeros((468, 2), np.float32), line) == 0.0
        frame = scene.head(STRAIGHT)
        assert Parallax(frame, scene.points.astype(np.float32)).relief(frame, np.zeros((468, 2), np.float32)) == 0.0

    def test_without_the_model(self, tmp_path: Path, engines: Engines, scene: Scene) -> None:
        frame = scene.head(STRAIGHT)
        with pytest.raises(FileNotFoundError, match="make setup"):
            MeshLiveness(engines, FaceMesh(tmp_path)).begin((LEFT,)).take(frame)


class TestCues:
    """Signals for a person, each by what makes it."""

    def _cues(self, engines: Engines, film: Sequence[Frame]) -> tuple[str, ...]:
        gathered = cues.Cues()
        for frame in _timed(film):
            face = engines.find_quickly(frame)[0]
            gathered.take(frame, face)
            gathered.look_closely(frame, face)
        return gathered.names()

    def test_a_living_head_gives_none(self, engines: Engines, turned_both_ways: list[Frame]) -> None:
        rng = np.random.default_rng(1)
        noisy = [
            as_frame(np.clip(_rgb(f) + rng.normal(0, 3, (288, 288, 3)), 0, 255).astype(np.uint8))
            for f in turned_both_ways[:8]
        ]
        assert set(self._cues(engines, noisy)) <= {cues.EDGE}

    def test_a_film_that_stands_still(self, engines: Engines, scene: Scene) -> None:
        assert cues.FROZEN in self._cues(engines, [scene.head(STRAIGHT)] * 9)

    def test_a_screen_that_flickers(self, engines: Engines, scene: Scene) -> None:
        film = []
        for number in range(8):
            picture = _rgb(scene.head(Pose(roll=number))).astype(np.int32)
            picture[60:230, 60:230] += 14 if number % 2 else 0
            film.append(as_frame(np.clip(picture, 0, 255).astype(np.uint8)))
        assert cues.FLICKER in self._cues(engines, film)

    def test_a_screen_whose_grid_shows(self, engines: Engines, scene: Scene) -> None:
        rows, columns = np.indices((288, 288))
        grid = 14 * (np.sin(rows * 2.1) + np.sin(columns * 2.1))[..., None]
        film = [as_frame(np.clip(_rgb(scene.head(Pose(roll=i))) + grid, 0, 255).astype(np.uint8)) for i in range(4)]
        assert cues.GRID in self._cues(engines, film)

    def test_a_rim_around_the_face(self, engines: Engines, scene: Scene) -> None:
        film = []
        for number in range(4):
            wall = np.full((480, 480, 3), 205, np.uint8)
            wall[90 + number : 378 + number, 100:388] = _rgb(scene.head(STRAIGHT)) // 2
            film.append(as_frame(wall))
        assert cues.EDGE in self._cues(engines, film)


class TestChallenges:
    """What is asked."""

    def test_two_or_three_and_a_turn_among_them(self) -> None:
        class Chance:
            def __init__(self) -> None:
                self._rng = random.Random(5)

            def token_bytes(self, count: int) -> bytes:
                return self._rng.randbytes(count)

        chance = Chance()
        drawn = [draw_challenges(chance) for _ in range(300)]
        assert {len(one) for one in drawn} == {2, 3}
        assert all({LEFT, RIGHT} & set(one) for one in drawn)
        assert all(len(set(one)) == len(one) for one in drawn)
        assert {one[0] for one in drawn} == {LEFT, RIGHT, MOUTH}


class TestClips:
    """Films on disk."""

    def _film(self, path: Path, pictures: Sequence[Frame], fps: float = 10.0) -> Path:
        size = (pictures[0].width, pictures[0].height)
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
        for picture in pictures:
            writer.write(np.ascontiguousarray(_rgb(picture)[:, :, ::-1]))
        writer.release()
        return path

    def test_frames_have_the_time_of_the_film(self, tmp_path: Path, scene: Scene) -> None:
        film = list(frames(self._film(tmp_path / "film.mp4", [scene.head(STRAIGHT)] * 5)))
        assert [frame.at_s for frame in film] == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])
        assert [frame.seq for frame in film] == [1, 2, 3, 4, 5]
        assert {(frame.width, frame.height) for frame in film} == {(288, 288)}

    @pytest.mark.parametrize(
        ("make", "fault"),
        [
            (lambda path: None, ClipFault.MISSING),
            (lambda path: path.mkdir(), ClipFault.IS_FOLDER),
            (lambda path: path.write_bytes(b""), ClipFault.EMPTY),
            (lambda path: path.write_bytes(b"no film at all" * 99), ClipFault.NOT_A_FILM),
        ],
    )
    def test_what_is_no_film(self, tmp_path: Path, make: object, fault: ClipFault) -> None:
        path = tmp_path / "clip.mp4"
        make(path)  # type: ignore[operator]
        with pytest.raises(BadClip) as raised:
            list(frames(path))
        assert raised.value.fault is fault
