"""Faces: is this the person whom the card names? The program measures, a person confirms what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from app.ports.camera import Frame


class FaceVerdict(Enum):
    """What a comparison says."""

    SAME = "same"
    CONFIRM = "confirm"  # alike, but by rule a person looks (ID chip photo)
    GREY = "grey"  # in doubt: two people admit, or not
    DIFFERENT = "different"
    NO_FACE = "no_face"
    MANY_FACES = "many_faces"


class FaceEngine(Enum):
    """Whose score decided."""

    SFACE = "sface"
    DLIB = "dlib"
    FUSED = "fused"


class FaceAdvice(Enum):
    """One thing the person before the camera can do so that the picture serves."""

    COME_INTO_VIEW = "come_into_view"
    ONE_PERSON = "one_person"
    CLOSER = "closer"
    FARTHER = "farther"
    LOOK_STRAIGHT = "look_straight"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    HOLD_STILL = "hold_still"
    MASK = "mask"  # mouth and nose are covered


class Reference(Enum):
    """What the live face is compared with; each has a threshold of its own."""

    PORTRAIT = "portrait"  # an enrolled picture
    CHIP = "chip"  # the small picture in an ID card's chip


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a frame: box in pixels, five landmarks (eyes, nose, mouth corners), and how sure (0-1)."""

    left: float
    top: float
    width: float
    height: float
    landmarks: tuple[tuple[float, float], ...]
    confidence: float

    @property
    def area(self) -> float:
        """Square pixels of the box; negative sides count as none."""
        return max(self.width, 0.0) * max(self.height, 0.0)


@dataclass(frozen=True, slots=True)
class Template:
    """A face as numbers that only its own model understands; biometric data, so never shown in a log."""

    model: str
    version: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TemplateKind:
    """Which templates a matcher understands."""

    model: str
    version: int


@dataclass(frozen=True, slots=True)
class FaceDecision:
    """The outcome of one comparison.

    `score` is on the scale of `engine`, higher is more alike, None where no face was compared. `detail`
    holds every single score and threshold used, by name, so that the decision can be followed later; `thresholds`
    is the short hash of the set in force.
    """

    verdict: FaceVerdict
    score: float | None = None
    engine: FaceEngine = FaceEngine.SFACE
    detail: Mapping[str, float] = field(default_factory=dict)
    thresholds: str = ""

    def evidence(self) -> dict[str, str]:
        """The same as text for the journal, which takes no floats: four decimals. `engine` names the thresholds behind
        a stroke, so that every face that decided says by which ones."""
        told = {name: f"{value:.4f}" for name, value in sorted(self.detail.items())}
        if self.score is not None:
            told["score"] = f"{self.score:.4f}"
        engine = f"{self.engine.value}/{self.thresholds}" if self.thresholds else self.engine.value
        return told | {"engine": engine, "verdict": self.verdict.value}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the people a face was looked up among."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Identification:
    """The outcome of a 1:N look-up: candidates by falling score, and the first one's lead (`margin`)."""

    verdict: FaceVerdict
    candidates: tuple[Candidate, ...] = ()
    margin: float | None = None


class EnrolmentFault(Enum):
    """Why a picture gives no template."""

    BAD_PICTURE = "bad_picture"
    NO_FACE = "no_face"
    MANY_FACES = "many_faces"


class EnrolmentError(Exception):
    """A picture from which no template can be made."""

    def __init__(self, fault: EnrolmentFault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault = fault
        self.detail = detail


class FaceMatcher(Protocol):
    """Finds and compares faces. Calls take tens of milliseconds and may come from any thread."""

    def find(self, frame: Frame) -> tuple[Face, ...]:
        """The faces in a frame, the largest first."""
        ...

    def advise(self, frame: Frame) -> tuple[FaceAdvice, ...]:
        """What would make this frame serve; empty when it does."""
        ...

    @property
    def reads(self) -> TemplateKind:
        """The templates that it makes and compares with; those of another kind are of no use to it."""
        ...

    def enrol(self, picture: bytes | Frame) -> Template:
        """A template of the one person in a picture (JPEG, PNG bytes or a frame), else EnrolmentError."""
        ...

    def compare(self, live: Frame, with_: Template, kind: Reference = Reference.PORTRAIT) -> FaceDecision:
        """Compare the face before the camera with one reference (1:1)."""
        ...

    def identify(self, live: Frame, among: Mapping[str, Template], top: int = 3) -> Identification:
        """Look a face up among few invited people (1:N), never among all that are known."""
        ...


@dataclass(frozen=True, slots=True)
class Search:
    """How a search among those expected ended; `compared` leaves out whose reference shows no one face, `engine` names
    engine and thresholds."""

    outcome: Identification
    compared: int
    engine: str


class FaceFinder(Protocol):
    """Looks a face up among few people who are expected (1:N). A call may take seconds; it keeps nothing."""

    @property
    def reads(self) -> TemplateKind:
        """The templates that it compares with."""
        ...

    def find(self, live: bytes, among: Mapping[str, Template | bytes]) -> Search:
        """Who of these, by template or picture, stands in the picture `live` (JPEG, PNG, BMP)."""
        ...


class TemplateVault(Protocol):
    """Keeps templates so that one moved to another person's row, or read by a thief, is worth nothing."""

    def seal(self, expert_id: str, template: Template) -> bytes:
        """The template encrypted for this person only."""
        ...

    def open(self, expert_id: str, model: str, version: int, sealed: bytes) -> Template:
        """The template again; ValueError where key, person, model, version or a single bit is not the one."""
        ...
