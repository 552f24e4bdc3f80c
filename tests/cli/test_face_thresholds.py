"""A centre's own thresholds: read strictly, never looser than the floors, told by the doctor, kept with each face."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from app.cli.doctor import face_thresholds
from app.cli.errors import Fault
from app.cli.finding import Level
from app.cli.thresholds import thresholds_in, thresholds_of
from app.ports.face import FaceDecision, FaceEngine, FaceVerdict
from devices.face.decision import Thresholds
from devices.face.settings import FLOORS, thresholds_hash

STRICT = {"live": 0.42, "grey_high": 0.45, "one_to_many": 0.5, "margin": 0.08}


def write(folder: Path, content: Any, **more: Any) -> Path:
    file = folder / "face.json"
    told = content if isinstance(content, str) else json.dumps({"format": "kawei-face/1", **content, **more})
    file.write_text(told, "utf-8")
    return file


def test_without_a_file_the_programs_own_are_in_force(tmp_path: Path) -> None:
    assert thresholds_in(tmp_path) == Thresholds()
    told = face_thresholds(tmp_path)
    assert told.level is Level.OK
    assert "程序自带" in told.zh
    assert thresholds_hash(Thresholds()) in told.zh


def test_a_centre_may_be_stricter_and_what_it_leaves_out_stays(tmp_path: Path) -> None:
    write(tmp_path, STRICT)
    at = thresholds_in(tmp_path)
    assert asdict(at) == asdict(Thresholds()) | STRICT
    told = face_thresholds(tmp_path)
    assert "face.json" in told.en
    assert thresholds_hash(at) in told.en
    assert thresholds_hash(at) != thresholds_hash(Thresholds())


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{", "$"),
        ("[]", "$"),
        ('{"format": "kawei-face/1", "live": 0.4, "live": 0.4}', "$"),
        ({"format": "kawei-face/2"}, "$.format"),
        ({"alive": 0.4}, "$.alive"),
        ({"live": "0.4"}, "$.live"),
        ({"live": True}, "$.live"),
        ({"live": float("nan")}, "$.live"),
        ({"live": 0.96, "grey_high": 0.96}, "$.live"),
        ({"bystander": 0.6}, "$.bystander"),
        ({"grey_low": 0.41}, "$"),
        *(({name: value - 0.001}, f"$.{name}") for name, value in asdict(FLOORS).items() if name != "bystander"),
    ],
)
def test_what_is_wrong_or_looser_than_the_floor_is_refused_with_its_place(
    tmp_path: Path, content: Any, place: str
) -> None:
    file = write(tmp_path, content)
    with pytest.raises(Fault) as refused:
        thresholds_of(file)
    assert (refused.value.code, refused.value.where) == ("bad_thresholds", f"{file}:{place}")
    assert face_thresholds(tmp_path).level is Level.FAILED


def test_each_decision_says_by_which_thresholds() -> None:
    decided = FaceDecision(FaceVerdict.SAME, 0.61, FaceEngine.SFACE, {}, thresholds_hash(Thresholds()))
    assert decided.evidence()["engine"] == f"sface/{thresholds_hash(Thresholds())}"
