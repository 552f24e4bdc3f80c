"""Faces: one contract for both matchers, the rule of the verdict, and real portraits through the real models."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ports.camera import Frame
from app.ports.face import (
    Candidate,
    EnrolmentError,
    EnrolmentFault,
    FaceAdvice,
    FaceDecision,
    FaceEngine,
    FaceMatcher,
    FaceVerdict,
    Reference,
    Template,
    TemplateKind,
)
from devices.face import decision, quality
from devices.face.engines import Engines
from devices.face.finder import SFaceFinder
from devices.face.scripted import ScriptedFaceMatcher
from devices.face.settings import thresholds_hash
from devices.face.sface import SFaceMatcher
from devices.pictures import read_picture

FACES = Path(__file__).parent.parent / "data" / "faces"
PAIRS = [("person_a_1", "person_a_2"), ("person_b_1", "person_b_2"), ("person_c_1", "person_c_2")]
SINGLES = ["impostor_2", "impostor_3", "astronaut_nasa"]
AT = decision.Thresholds()


def _bytes(name: str) -> bytes:
    return next(FACES.glob(f"{name}.*")).read_bytes()


def _frame(name: str, max_side: int = 640) -> Frame:
    return read_picture(_bytes(name), max_side)


def _beside(left: Frame, right: Frame) -> Frame:
    """Two pictures side by side, cut to the lower height."""
    height = min(left.height, right.height)
    rows = [_array(frame)[:height] for frame in (left, right)]
    both = np.concatenate(rows, axis=1)
    return Frame(both.shape[1], height, both.tobytes())


def _array(frame: Frame) -> np.ndarray:
    return np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)


def _plain(width: int = 320, height: int = 240) -> Frame:
    return Frame(width, height, bytes([90]) * 3 * width * height)


@dataclass
class Rig:
    """A matcher with pictures it understands: two of one person, one of another, of two people, of nobody."""

    matcher: FaceMatcher
    one: Frame
    again: Frame
    other: Frame
    both: Frame
    nobody: Frame
    one_as_file: bytes


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


@pytest.fixture(scope="module")
def real(engines: Engines) -> Rig:
    one, again, other = _frame("person_b_1"), _frame("person_b_2"), _frame("impostor_2")
    both = _beside(one, other)
    return Rig(SFaceMatcher(engines), one, again, other, both, _plain(), _bytes("person_b_1"))


@pytest.fixture
def scripted() -> Rig:
    one, again, other, both, nobody = (Frame(4, 4, bytes([shade]) * 48) for shade in range(5))
    matcher = ScriptedFaceMatcher()
    for picture, people in ((one, ["A"]), (again, ["A"]), (other, ["B"]), (both, ["A", "B"]), (b"A", ["A"])):
        matcher.knows(picture, *people)
    return Rig(matcher, one, again, other, both, nobody, b"A")


@pytest.fixture(params=["real", "scripted"])
def rig(request: pytest.FixtureRequest) -> Rig:
    made: Rig = request.getfixturevalue(request.param)
    return made


class TestEveryMatcher:
    """The contract of app.ports.face."""

    def test_it_finds_each_face_once(self, rig: Rig) -> None:
        assert [len(rig.matcher.find(f)) for f in (rig.one, rig.both, rig.nobody)] == [1, 2, 0]
        face = rig.matcher.find(rig.one)[0]
        assert 0 < face.width <= rig.one.width
        assert 0 < face.height <= rig.one.height
        assert len(face.landmarks) == 5

    def test_it_says_which_templates_it_reads(self, rig: Rig) -> None:
        made = rig.matcher.enrol(rig.one)
        assert rig.matcher.reads == TemplateKind(made.model, made.version)

    def test_the_same_person_is_the_same(self, rig: Rig) -> None:
        decided = rig.matcher.compare(rig.again, rig.matcher.enrol(rig.one))
        assert decided.verdict is FaceVerdict.SAME
        assert decided.score is not None
        assert decided.score >= AT.grey_high

    def test_another_person_is_different(self, rig: Rig) -> None:
        decided = rig.matcher.compare(rig.other, rig.matcher.enrol(rig.one))
        assert decided.verdict is FaceVerdict.DIFFERENT
        assert decided.evidence()["verdict"] == "different"
        assert all(isinstance(value, str) for value in decided.evidence().values())

    def test_nobody_and_two_people_are_told(self, rig: Rig) -> None:
        template = rig.matcher.enrol(rig.one)
        assert rig.matcher.compare(rig.nobody, template) == FaceDecision(FaceVerdict.NO_FACE)
        assert rig.matcher.compare(rig.both, template) == FaceDecision(FaceVerdict.MANY_FACES)

    def test_a_chip_photo_is_never_more_than_to_be_confirmed(self, rig: Rig) -> None:
        template = rig.matcher.enrol(rig.one)
        assert rig.matcher.compare(rig.again, template, Reference.CHIP).verdict is FaceVerdict.CONFIRM
        assert rig.matcher.compare(rig.other, template, Reference.CHIP).verdict is FaceVerdict.DIFFERENT

    def test_a_file_enrols_as_a_frame_does(self, rig: Rig) -> None:
        template = rig.matcher.enrol(rig.one_as_file)
        assert rig.matcher.compare(rig.again, template).verdict is FaceVerdict.SAME
        assert "data" not in repr(template)

    def test_what_cannot_be_enrolled_says_why(self, rig: Rig) -> None:
        for picture, fault in (
            (rig.nobody, EnrolmentFault.NO_FACE),
            (rig.both, EnrolmentFault.MANY_FACES),
            (b"", EnrolmentFault.BAD_PICTURE),
        ):
            with pytest.raises(EnrolmentError) as refused:
                rig.matcher.enrol(picture)
            assert refused.value.fault is fault

    def test_a_template_of_another_model_is_refused(self, rig: Rig) -> None:
        with pytest.raises(ValueError, match="not ours"):
            rig.matcher.compare(rig.one, Template("other", 1, b"\0" * 512))

    def test_one_among_few(self, rig: Rig) -> None:
        among = {"x": rig.matcher.enrol(rig.one), "y": rig.matcher.enrol(rig.other)}
        found = rig.matcher.identify(rig.again, among)
        assert found.verdict is FaceVerdict.SAME
        assert [candidate.id for candidate in found.candidates] == ["x", "y"]
        assert found.margin == pytest.approx(found.candidates[0].score - found.candidates[1].score)
        assert rig.matcher.identify(rig.nobody, among).verdict is FaceVerdict.NO_FACE
        assert rig.matcher.identify(rig.both, among).verdict is FaceVerdict.MANY_FACES
        assert rig.matcher.identify(rig.again, {}).verdict is FaceVerdict.DIFFERENT

    def test_advice(self, rig: Rig) -> None:
        assert rig.matcher.advise(rig.one) == ()
        assert rig.matcher.advise(rig.nobody) == (FaceAdvice.COME_INTO_VIEW,)
        assert rig.matcher.advise(rig.both) == (FaceAdvice.ONE_PERSON,)


def test_the_finder_compares_one_picture_with_templates_and_portraits_alike(engines: Engines) -> None:
    finder = SFaceFinder(engines)
    template = SFaceMatcher(engines).enrol(_bytes("person_a_1"))
    among = {"a": template, "b": _bytes("person_b_1"), "blank": b"no picture"}
    found = finder.find(_bytes("person_a_2"), among)
    assert (found.outcome.verdict, found.outcome.candidates[0].id, found.compared) == (FaceVerdict.SAME, "a", 2)
    assert finder.find(_bytes("person_b_2"), among).outcome.candidates[0].id == "b"
    assert finder.find(_bytes("person_c_2"), among).outcome.verdict is FaceVerdict.DIFFERENT
    assert finder.find(b"no picture", among).outcome.verdict is FaceVerdict.NO_FACE
    assert finder.reads == template_kind(template)
    told = SFaceMatcher(engines).compare(_frame("person_a_2"), template).evidence()["engine"]
    assert told == found.engine == f"sface/{thresholds_hash(AT)}", "both say by which thresholds"


def template_kind(template: Template) -> TemplateKind:
    return TemplateKind(template.model, template.version)


@pytest.fixture(scope="module")
def scores(engines: Engines) -> dict[tuple[str, str], FaceDecision]:
    names = [name for pair in PAIRS for name in pair] + SINGLES
    features = {}
    for name in names:
        frame = _frame(name, 1600)
        face = engines.find(frame)[0]
        features[name] = (engines.sface(frame, face), engines.dlib(frame, face))
    measured = {}
    for a, b in itertools.combinations(names, 2):
        sface = float(features[a][0] @ features[b][0])
        dlib = 1 - float(np.linalg.norm(features[a][1] - features[b][1]))
        measured[a, b] = decision.measure(FaceEngine.FUSED, sface, dlib, AT)
    return measured


class TestRealFaces:
    """The portraits of tests/data/faces through YuNet, SFace and face_recognition."""

    def test_pairs_are_the_same(self, scores: dict[tuple[str, str], FaceDecision]) -> None:
        assert {pair: scores[pair].verdict for pair in PAIRS} == dict.fromkeys(PAIRS, FaceVerdict.SAME)
        assert min(scores[pair].score or 0 for pair in PAIRS) > 0.5

    def test_all_33_cross_pairs_are_different(self, scores: dict[tuple[str, str], FaceDecision]) -> None:
        cross = {pair: decided for pair, decided in scores.items() if pair not in PAIRS}
        assert len(cross) == 33
        assert {decided.verdict for decided in cross.values()} == {FaceVerdict.DIFFERENT}

    def test_dlib_is_asked_in_the_grey_zone_only(self) -> None:
        asked = []

        class Counting(Engines):
            def dlib(self, frame: Frame, face: object) -> np.ndarray:
                asked.append(face)
                return np.ones(128, np.float32)

        clear = SFaceMatcher(Counting())
        template = clear.enrol(_frame("person_b_1"))
        asked.clear()  # enrolment takes both, since nobody waits
        assert clear.compare(_frame("person_b_2"), template).engine is FaceEngine.SFACE
        assert clear.compare(_frame("impostor_2"), template).engine is FaceEngine.SFACE
        assert asked == []
        wide = SFaceMatcher(Counting(), decision.Thresholds(grey_low=-1.0, grey_high=1.0))
        decided = wide.compare(_frame("person_b_2"), template)
        assert decided.engine is FaceEngine.FUSED
        assert decided.detail["dlib"] == pytest.approx(1.0)
        assert len(asked) == 1

    def test_without_a_second_opinion_the_zone_stays_grey(self, engines: Engines) -> None:
        alone = SFaceMatcher(engines, decision.Thresholds(grey_low=-1.0, grey_high=1.0), second_opinion=False)
        template = alone.enrol(_frame("person_b_1"))
        assert len(template.data) == 512
        assert alone.compare(_frame("person_b_2"), template).verdict is FaceVerdict.GREY

    def test_a_chip_photo_is_found_and_can_be_confirmed(self, real: Rig) -> None:
        small = read_picture(_bytes("person_b_1"), max_side=126)  # about 102 x 126 pixels, a tight crop
        face = real.matcher.find(_frame("person_b_1"))[0]
        top, left = int(face.top) - 20, int(face.left) - 20
        bottom, right = int(face.top + face.height) + 20, int(face.left + face.width) + 20
        cut = _array(_frame("person_b_1"))[top:bottom, left:right]
        tight = Frame(cut.shape[1], cut.shape[0], np.ascontiguousarray(cut).tobytes())
        for chip in (small, tight):
            decided = real.matcher.compare(real.again, real.matcher.enrol(chip), Reference.CHIP)
            assert decided.verdict is FaceVerdict.CONFIRM

    def test_a_person_far_behind_does_not_count(self, real: Rig) -> None:
        canvas = np.zeros((640, 900, 3), np.uint8)
        near, far = _array(_frame("person_b_1")), _array(_frame("impostor_2", 160))
        canvas[: near.shape[0], : near.shape[1]] = near
        canvas[: far.shape[0], -far.shape[1] :] = far
        live = Frame(900, 640, canvas.tobytes())
        assert len(real.matcher.find(live)) == 2
        decided = real.matcher.compare(live, real.matcher.enrol(_frame("person_b_2")))
        assert decided.verdict is FaceVerdict.SAME
        assert real.matcher.advise(live) == ()

    def test_missing_models_are_named(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError) as missing:
            Engines(tmp_path).find(_plain())
        assert missing.value.filename == str(tmp_path / "yunet.onnx")


class TestAdvice:
    """Each word has a picture that calls for it."""

    @pytest.fixture
    def advise(self, real: Rig) -> Callable[[np.ndarray], tuple[FaceAdvice, ...]]:
        return lambda rgb: real.matcher.advise(Frame(rgb.shape[1], rgb.shape[0], rgb.astype(np.uint8).tobytes()))

    @pytest.fixture
    def face(self) -> np.ndarray:
        return _array(_frame("person_b_1"))

    def test_too_far(self, advise: Callable[[np.ndarray], object], face: np.ndarray) -> None:
        small = _array(_frame("person_b_1", 160))
        canvas = np.full((480, 640, 3), 128)
        canvas[100 : 100 + small.shape[0], 200 : 200 + small.shape[1]] = small
        assert advise(canvas) == (FaceAdvice.CLOSER,)

    def test_too_near(self, advise: Callable[[np.ndarray], object], real: Rig, face: np.ndarray) -> None:
        found = real.matcher.find(_frame("person_b_1"))[0]
        top, left = int(found.top) - 10, int(found.left) - 30
        assert advise(face[top : top + int(found.height) + 20, left : left + int(found.width) + 60]) == (
            FaceAdvice.FARTHER,
        )

    def test_too_dark_and_too_bright(self, advise: Callable[[np.ndarray], object], face: np.ndarray) -> None:
        assert advise(face * 0.2) == (FaceAdvice.MORE_LIGHT,)
        assert advise(255 - (255 - face) * 0.15) == (FaceAdvice.LESS_LIGHT,)

    def test_blurred(self, advise: Callable[[np.ndarray], object], face: np.ndarray) -> None:
        import cv2

        assert advise(cv2.GaussianBlur(face, (0, 0), 9)) == (FaceAdvice.HOLD_STILL,)

    def test_turned(self, real: Rig) -> None:
        found = real.matcher.find(real.one)[0]
        (rx, ry), (lx, ly), (_, ny), *mouth = found.landmarks
        from dataclasses import replace

        turned = replace(found, landmarks=((rx, ry), (lx, ly), (lx, ny), *mouth))
        assert quality.turn(found) == pytest.approx(0, abs=0.2)
        assert quality.turn(turned) == pytest.approx(0.5, abs=0.05)
        assert FaceAdvice.LOOK_STRAIGHT in quality.advise(real.one, [turned], quality.Quality())


class TestRule:
    """devices.face.decision, without any picture."""

    @pytest.mark.parametrize(
        ("sface", "dlib", "verdict", "engine"),
        [
            (0.43, -1.0, FaceVerdict.SAME, FaceEngine.SFACE),
            (0.42, -1.0, FaceVerdict.SAME, FaceEngine.SFACE),
            (0.2999, 1.0, FaceVerdict.DIFFERENT, FaceEngine.SFACE),
            (0.41, 0.50, FaceVerdict.SAME, FaceEngine.FUSED),
            (0.31, 0.65, FaceVerdict.SAME, FaceEngine.FUSED),
            (0.36, 0.35, FaceVerdict.GREY, FaceEngine.FUSED),
            (0.31, 0.20, FaceVerdict.DIFFERENT, FaceEngine.FUSED),
            (0.36, None, FaceVerdict.GREY, FaceEngine.SFACE),
        ],
    )
    def test_the_room(self, sface: float, dlib: float | None, verdict: FaceVerdict, engine: FaceEngine) -> None:
        decided = decision.decide(sface, lambda: dlib, AT)
        assert (decided.verdict, decided.engine) == (verdict, engine)

    @given(st.floats(-1, 1), st.floats(-0.6, 1))
    def test_what_is_measured_is_what_the_room_decides(self, sface: float, dlib: float) -> None:
        measured = decision.measure(FaceEngine.FUSED, sface, dlib, AT)
        assert measured.verdict is decision.decide(sface, lambda: dlib, AT).verdict
        assert measured.score == decision.fused(sface, dlib)

    @given(st.floats(-1, 0.9), st.floats(-0.6, 0.9), st.floats(0.001, 0.1))
    def test_more_alike_is_a_higher_score(self, sface: float, dlib: float, more: float) -> None:
        assert decision.fused(sface + more, dlib) > decision.fused(sface, dlib)
        assert decision.fused(sface, dlib + more) > decision.fused(sface, dlib)

    def test_the_fused_scale_is_sfaces_own(self) -> None:
        """Two engines equally many deviations above strangers give SFace's own number."""
        dlib = decision.DLIB_MEAN + 3 * decision.DLIB_SD
        sface = decision.SFACE_MEAN + 3 * decision.SFACE_SD
        assert math.isclose(decision.fused(sface, dlib), sface)

    def test_one_engine_alone(self) -> None:
        cases = [(FaceEngine.SFACE, 0.40), (FaceEngine.DLIB, 0.40)]
        for engine, edge in cases:
            scores = {"sface": edge, "dlib": edge}
            assert decision.measure(engine, **scores, at=AT).verdict is FaceVerdict.SAME
            scores = {"sface": edge - 0.01, "dlib": edge - 0.01}
            assert decision.measure(engine, **scores, at=AT).verdict is FaceVerdict.GREY
            with pytest.raises(ValueError, match="needs its scores"):
                decision.measure(engine, None, None, AT)

    def test_one_among_few_needs_a_lead(self) -> None:
        def verdict(*scores: float) -> FaceVerdict:
            return decision.decide_among([Candidate(str(s), s) for s in scores], AT, 3).verdict

        assert verdict(0.45) is FaceVerdict.SAME
        assert verdict(0.60, 0.53) is FaceVerdict.SAME
        assert verdict(0.60, 0.55) is FaceVerdict.GREY
        assert verdict(0.44, 0.10) is FaceVerdict.GREY
        assert verdict(0.29, 0.10) is FaceVerdict.DIFFERENT

    def test_thresholds_must_rise(self) -> None:
        with pytest.raises(ValueError, match="must rise"):
            decision.Thresholds(grey_low=0.5)
