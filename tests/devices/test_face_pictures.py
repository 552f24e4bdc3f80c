"""Masks are seen, small chip photos are mended, and rates have exact bounds."""

from __future__ import annotations

import io
import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.ports.camera import Frame
from app.ports.face import FaceAdvice, FaceVerdict, Reference
from devices.face.chip import read_portrait
from devices.face.engines import Engines, Feature
from devices.face.mask import covered
from devices.face.mesh import FaceMesh
from devices.face.rates import Rate, Roc
from devices.face.sface import SFaceMatcher
from devices.pictures import BadPicture, PictureFault, read_picture

FACES = Path(__file__).parent.parent / "data" / "faces"
BARE = sorted(file for file in FACES.iterdir() if file.suffix in (".jpg", ".png"))
# Where a mask lies: along the cheeks and under the chin, over the bridge of the nose.
MASK = (195, 122, 231, 227, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148)
MASK += (152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 447, 451, 351)


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


def _array(frame: Frame) -> np.ndarray:
    return np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)


def _frame(rgb: np.ndarray) -> Frame:
    return Frame(rgb.shape[1], rgb.shape[0], np.ascontiguousarray(rgb, np.uint8).tobytes())


def _masked(frame: Frame, engines: Engines, colour: tuple[int, int, int]) -> Frame:
    """The portrait with a mask painted over the lower face, as light and dark as the face under it."""
    picture = _array(frame)
    points = FaceMesh().lay(frame, engines.find(frame)[0]).points
    over = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(over, [np.round(points[list(MASK)]).astype(np.int32)], 255)
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), 8)
    light = np.clip(grey / np.median(grey[over > 0]), 0.75, 1.15)[..., None]
    share = cv2.GaussianBlur(over.astype(np.float32) / 255, (0, 0), 1)[..., None]
    return _frame(np.clip(picture * (1 - share) + share * np.array(colour) * light, 0, 255))


class TestMasks:
    """Advice to take the mask off."""

    @pytest.mark.parametrize("file", BARE, ids=lambda file: file.stem)
    def test_a_bare_face_wears_none(self, engines: Engines, file: Path) -> None:
        frame = read_picture(file, 640)
        assert covered(frame, engines.find(frame)[0]) < 9.0

    @pytest.mark.parametrize("colour", [(150, 190, 225), (30, 30, 32), (120, 170, 150)], ids=["blue", "black", "green"])
    @pytest.mark.parametrize("name", ["person_a_2.jpg", "person_c_1.jpg"])
    def test_a_mask_is_seen(self, engines: Engines, name: str, colour: tuple[int, int, int]) -> None:
        frame = _masked(read_picture(FACES / name, 640), engines, colour)
        assert covered(frame, engines.find(frame)[0]) >= 9.0
        assert FaceAdvice.MASK in SFaceMatcher(engines).advise(frame)

    def test_a_face_at_the_border_is_no_mask(self, engines: Engines) -> None:
        frame = read_picture(FACES / "person_a_2.jpg", 640)
        face = engines.find(frame)[0]
        cut = _frame(_array(frame)[: int(face.landmarks[3][1]) + 2])
        assert covered(cut, face) == 0.0


def _chip(frame: Frame, engines: Engines) -> Image.Image:
    """The portrait as an ID card's chip holds it: 102 x 126 pixels, the face well in the middle."""
    face = engines.find(frame)[0]
    height = face.height / 0.58
    middle = (face.left + face.width / 2, face.top + face.height / 2)
    scale = 126 / height
    into = np.array([[scale, 0, 51 - scale * middle[0]], [0, scale, 63 - scale * middle[1]]])
    smooth = cv2.GaussianBlur(_array(frame), (0, 0), max(0.1, 0.4 / scale))
    return Image.fromarray(cv2.warpAffine(smooth, into, (102, 126), borderMode=cv2.BORDER_REPLICATE))


def _jpeg(picture: Image.Image, most: int) -> bytes:
    for quality in range(95, 3, -1):
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=quality, optimize=True)
        if len(packed.getvalue()) <= most:
            return packed.getvalue()
    raise AssertionError("no quality is that small")


def _png(picture: Image.Image) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, "PNG")
    return packed.getvalue()


class TestChipPhotos:
    """102 x 126 pixels, 2 KB."""

    def _feature(self, engines: Engines, data: bytes) -> Feature:
        frame = read_portrait(data)
        return engines.sface(frame, engines.find(frame)[0])

    @pytest.mark.parametrize("file", BARE, ids=lambda file: file.stem)
    def test_compressed_it_is_found_and_still_the_same_face(self, engines: Engines, file: Path) -> None:
        chip = _chip(read_picture(file, 640), engines)
        whole = self._feature(engines, _png(chip))
        assert float(self._feature(engines, _jpeg(chip, 2048)) @ whole) > 0.8
        assert float(self._feature(engines, _jpeg(chip, 1024)) @ whole) > 0.5

    @pytest.mark.parametrize("who", "abc")
    def test_the_person_is_for_a_person_to_confirm(self, engines: Engines, who: str) -> None:
        matcher = SFaceMatcher(engines)
        chip = _jpeg(_chip(read_picture(FACES / f"person_{who}_1.jpg", 640), engines), 2048)
        live = read_picture(FACES / f"person_{who}_2.jpg", 640)
        assert matcher.compare(live, matcher.enrol(chip), Reference.CHIP).verdict is FaceVerdict.CONFIRM

    def test_blocks_are_averaged_away(self, engines: Engines) -> None:
        chip = _chip(read_picture(FACES / "person_b_2.jpg", 640), engines)
        truth = np.asarray(chip).astype(np.float64)
        hard = io.BytesIO()
        chip.save(hard, "JPEG", quality=12)
        before = np.asarray(Image.open(hard)).astype(np.float64)
        large = _array(read_portrait(hard.getvalue()))[30:-30, 30:-30]
        after = cv2.resize(large, (102, 126), interpolation=cv2.INTER_AREA).astype(np.float64)
        assert ((after - truth) ** 2).mean() < 0.95 * ((before - truth) ** 2).mean()

    def test_large_pictures_are_left_alone(self) -> None:
        file = FACES / "person_a_1.jpg"
        assert read_portrait(file) == read_picture(file)

    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    def test_any_small_picture_is_enlarged(self, tmp_path: Path, mode: str) -> None:
        file = tmp_path / "small.jpg"
        Image.new(mode, (40, 50)).save(file, "JPEG")
        frame = read_portrait(file)
        assert (frame.width, frame.height) == (180, 210)

    def test_one_on_its_side_is_set_upright(self) -> None:
        packed = io.BytesIO()
        lying = Image.Exif()
        lying[0x0112] = 6
        Image.new("RGB", (40, 50)).save(packed, "JPEG", exif=lying)
        assert read_portrait(packed.getvalue()).width == 3 * (50 + 20)

    def test_what_is_no_picture(self) -> None:
        with pytest.raises(BadPicture) as raised:
            read_portrait(b"no picture")
        assert raised.value.fault is PictureFault.NOT_A_PICTURE


class TestRates:
    """Clopper and Pearson, and the operating points of scores."""

    @pytest.mark.parametrize(
        ("hits", "of", "low", "high"),
        [
            (0, 10, 0.0, 0.308497),
            (5, 10, 0.187086, 0.812914),
            (10, 10, 0.691503, 1.0),
            (1, 3000, 0.000008, 0.001856),
            (0, 0, 0.0, 1.0),
        ],
    )
    def test_published_bounds(self, hits: int, of: int, low: float, high: float) -> None:
        told = Rate(hits, of).told()
        assert (told["low"], told["high"]) == (pytest.approx(low, abs=2e-6), pytest.approx(high, abs=2e-6))
        assert told["rate"] == (None if of == 0 else pytest.approx(hits / of, abs=1e-6))

    @given(st.integers(1, 400), st.data())
    def test_the_bounds_leave_a_fortieth_on_either_side(self, of: int, data: st.DataObject) -> None:
        hits = data.draw(st.integers(1, of))
        low, high = Rate(hits, of).bounds
        assert low < hits / of <= high

        def at_least(rate: float) -> float:
            return math.fsum(math.comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(hits, of + 1))

        assert at_least(low) == pytest.approx(0.025, rel=1e-4)
        if hits < of:
            assert 1 - at_least(high) + math.comb(of, hits) * high**hits * (1 - high) ** (of - hits) == pytest.approx(
                0.025, rel=1e-3
            )

    def test_operating_points(self) -> None:
        roc = Roc([0.9, 0.8, 0.35, None], [0.1, 0.2, 0.3, 0.4, None, 0.0, 0.05, 0.15, 0.25, 0.28])
        at = roc.at(0.4)
        assert (at.far.hits, at.far.of, at.tar.hits, at.tar.of) == (1, 10, 2, 4)
        point = roc.for_far(0.1)
        assert point is not None
        assert (point.far.hits, point.tar.hits) == (1, 3)
        assert 0.3 < point.threshold <= 0.35
        assert roc.for_far(0.01) is None
        everybody = roc.for_far(1.0)
        assert everybody is not None
        assert everybody.far.hits == 9  # the pair in which no face was found is never let in
        assert roc.equal_error() == pytest.approx((0.2 + 0.25) / 2)
        assert Roc([], [0.1]).equal_error() is None
        shares = [(point.far.share, point.tar.share) for point in roc.curve()]
        assert shares == sorted(shares)
        assert len(roc.curve(3)) <= 4
