"""Whether a living person does what is asked: turns of the head, an open mouth, told from a picture of a face.

A turn counts only where two nets that know nothing of each other see it (YuNet's five landmarks and the mesh), where
the face has depth, by the mesh (`shape.bump`, `shape.relief`) and by the pixels (`parallax`), and where it is still
the same person's; it must be seen in several frames, and one that turned as paper turns takes those before it away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.ports.camera import Frame
from app.ports.face import Face, FaceAdvice
from app.ports.liveness import Challenge, LivenessReason, LivenessStep, LivenessVerdict
from devices.face import shape
from devices.face.cues import CueBounds, Cues
from devices.face.engines import Engines, Feature, alike_sface
from devices.face.mesh import FaceMesh, Mesh
from devices.face.parallax import Parallax


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where each judgement begins: measured on films of heads and papers made from portraits, and on published
    pictures of real turned heads; to be refitted on a centre's own clips."""

    seconds: float = 8.0
    """The time for everything that is asked."""
    lost_s: float = 2.0
    """Seconds without a face that end an attempt."""
    bystander: float = 0.25
    """A second face counts from this share of the first one's area on."""
    least_px: float = 48.0
    """Width of a face that can be judged."""
    mesh: float = 0.9
    """How sure the mesh must be."""
    straight: float = 0.25
    """Nose from the middle of the eyes (eye distances) in the look that all others are measured against."""
    tilt: float = 25.0
    """Degrees by which the head may be tilted."""
    turn: float = 0.075
    """How far the nose must move against the eyes (eye distances) by YuNet's landmarks: 30 degrees."""
    mesh_turn: float = 0.2
    """The same by the mesh."""
    bump: float = 0.07
    """What no flat picture explains (eye distances, root mean square); flat papers stay under 0.05 at such turns."""
    relief: float = 0.16
    """How far the nose leaves every straight line through it (eye distances)."""
    parallax: float = 0.04
    """The same by the pixels alone; papers, however bent, mostly stay under 0.02."""
    slim: float = 0.75
    """Eye distance over height of face, against the first look: a paper held edge-on gets slimmer."""
    paper_slim: float = 0.85
    """A look slimmer than this share of the first, in which no depth shows (`paper_bump`), is a paper's."""
    paper_bump: float = 0.07
    hits: int = 3
    """Frames in which a challenge must be seen done."""
    mouth: float = 0.4
    """Gap of the lips over what of the face stays still; and how much more than at the first look."""
    mouth_more: float = 0.25
    blink: float = 0.6
    """A blink: lids closer than this share of the widest."""
    alike: float = 0.5
    """Cosine to the first look from which on it is the same face."""
    compare_s: float = 0.6
    """Seconds between comparisons."""
    look_closely_s: float = 0.5
    """Seconds between looks at texture and rim."""


@dataclass(frozen=True, slots=True)
class Look:
    """One face in one frame, measured."""

    face: Face
    mesh: Mesh
    nose: float
    turned: float
    slim: float
    mouth: float
    eyes: float
    roll: float


@dataclass(frozen=True, slots=True)
class First:
    """The straight look that all others are measured against, and whose face it is."""

    look: Look
    feature: Feature
    parallax: Parallax


class MeshLiveness:
    """A Liveness by YuNet, the face mesh and SFace. 15 ms a frame on one core, 20 more where a face is compared.

    FileNotFoundError from `take` where a model is not laid out.
    """

    def __init__(
        self,
        engines: Engines | None = None,
        mesh: FaceMesh | None = None,
        bounds: Bounds | None = None,
        cues: CueBounds | None = None,
    ) -> None:
        self._engines, self._mesh = engines or Engines(), mesh or FaceMesh()
        self._at, self._cues = bounds or Bounds(), cues or CueBounds()

    def begin(self, challenges: Sequence[Challenge]) -> MeshAttempt:
        """Ask for these in this order; ValueError for none, or for a blink alone, which is too weak."""
        if not challenges or set(challenges) == {Challenge.BLINK}:
            raise ValueError("nothing to ask for")
        return self.measure(challenges)

    def measure(self, challenges: Sequence[Challenge]) -> MeshAttempt:
        """The same for measuring on clips, where a blink alone may be looked at too."""
        return MeshAttempt(self._engines, self._mesh, self._at, Cues(self._cues), tuple(challenges))


class MeshAttempt:
    """One person's attempt."""

    def __init__(
        self, engines: Engines, mesh: FaceMesh, at: Bounds, cues: Cues, challenges: tuple[Challenge, ...]
    ) -> None:
        self._engines, self._mesh, self._at, self._cues, self._challenges = engines, mesh, at, cues, challenges
        self._begun: float | None = None
        self._face_at = self._compared_at = self._close_at = 0.0
        self._first: First | None = None
        self._widest = 0.0
        self._closed = False
        self._blinks = self._done = self._hits = self._papers = self._frames = self._many = self._strange = 0
        self._figures: dict[str, float] = {}
        self._verdict: LivenessVerdict | None = None

    def take(self, frame: Frame) -> LivenessStep:
        """Judge one more frame."""
        if self._verdict is None:
            advice = self._judge(frame)
            if self._verdict is None:
                return LivenessStep(self._challenges[self._done], self._done, len(self._challenges), advice)
        return LivenessStep(None, self._done, len(self._challenges), (), self._verdict)

    def give_up(self, now_s: float) -> LivenessVerdict:
        """No frame will follow (a film is over): the verdict, in which what was not done counts as not done."""
        return self._verdict or self._too_late(now_s)

    def _too_late(self, now: float) -> LivenessVerdict:
        return self._end(LivenessReason.FLAT if self._papers >= self._at.hits else LivenessReason.TIMEOUT, now)

    def _judge(self, frame: Frame) -> tuple[FaceAdvice, ...]:
        now = frame.at_s
        if self._begun is None:
            self._begun = self._face_at = now
            self._compared_at = self._close_at = -np.inf
        if now - self._begun >= self._at.seconds:
            self._too_late(now)
            return ()
        self._frames += 1
        faces = self._engines.find_quickly(frame)
        if not faces:
            if now - self._face_at >= self._at.lost_s:
                self._end(LivenessReason.NO_FACE, now)
            return (FaceAdvice.COME_INTO_VIEW,)
        self._face_at = now
        if len(faces) > 1 and faces[1].area >= self._at.bystander * faces[0].area:
            self._many += 1
            if self._many > 1:  # a single such frame may be a trick of the light
                self._end(LivenessReason.MANY_FACES, now)
            return (FaceAdvice.ONE_PERSON,)
        self._many = 0
        self._cues.take(frame, faces[0])
        if now - self._close_at >= self._at.look_closely_s:
            self._close_at = now
            self._cues.look_closely(frame, faces[0])
        return self._look(frame, faces[0], now)

    def _look(self, frame: Frame, face: Face, now: float) -> tuple[FaceAdvice, ...]:
        if face.width < self._at.least_px:
            return (FaceAdvice.CLOSER,)
        look = _measured(face, self._mesh.lay(frame, face))
        if look.mesh.confidence < self._at.mesh or abs(look.roll) > self._at.tilt:
            return (FaceAdvice.LOOK_STRAIGHT,)
        if self._first is None:
            if abs(look.nose) > self._at.straight or abs(look.turned) > self._at.straight:
                return (FaceAdvice.LOOK_STRAIGHT,)
            self._first = First(look, self._engines.sface(frame, face), Parallax(frame, look.mesh.points))
            self._compared_at = now
        self._blink(look)
        self._paper(look, self._first.look)
        if self._changed(frame, look, self._first, now):
            self._end(LivenessReason.FACE_CHANGED, now)
        elif self._seen(frame, look, self._first):
            self._done, self._hits = self._done + 1, 0
            if self._done == len(self._challenges):
                self._end(LivenessReason.PASSED, now)
        return ()

    def _changed(self, frame: Frame, look: Look, first: First, now: float) -> bool:
        """Whether two comparisons in a row saw somebody else; only straight looks can be compared fairly."""
        if now - self._compared_at < self._at.compare_s or abs(look.nose) > self._at.straight:
            return False
        self._compared_at = now
        self._strange = 0 if self._same(frame, look, first) else self._strange + 1
        return self._strange > 1

    def _same(self, frame: Frame, look: Look, first: First) -> bool:
        alike = alike_sface(self._engines.sface(frame, look.face), first.feature)
        self._keep("least_alike", alike, min)
        return alike >= self._at.alike

    def _seen(self, frame: Frame, look: Look, first: First) -> bool:
        """Whether the challenge that is asked now is done with this frame."""
        match self._challenges[self._done]:
            case Challenge.MOUTH:
                hit = self._mouth_open(look, first.look) and self._same(frame, look, first)
            case Challenge.BLINK:
                return self._blinks > 0
            case side:
                hit = self._turned(frame, look, first, 1 if side is Challenge.LEFT else -1)
        self._hits += hit
        return self._hits >= self._at.hits

    def _turned(self, frame: Frame, look: Look, first: First, sign: int) -> bool:
        """Whether this frame shows the turn; one that shows the turn of a paper takes away what was counted."""
        straight = first.look
        nose, turned = sign * (look.nose - straight.nose), sign * (look.turned - straight.turned)
        if nose < self._at.turn or look.slim < self._at.slim * straight.slim:
            return False
        bump = shape.bump(straight.mesh.points, look.mesh.points)
        relief = shape.relief(straight.mesh.points, look.mesh.points)
        solid = bump >= self._at.bump and relief >= self._at.relief
        name = f"{self._done + 1}_{self._challenges[self._done].value}"
        for what, figure in (("nose", nose), ("mesh", turned), ("bump", bump), ("relief", relief)):
            self._keep(f"{name}_{what}", figure, max)
        if not solid:
            # A head on its way to the side has little depth yet; what shows a full turn without it is none.
            if turned >= self._at.mesh_turn:
                self._hits = 0
            return False
        if turned < self._at.mesh_turn:
            return False
        parallax = first.parallax.relief(frame, look.mesh.points)
        self._keep(f"{name}_parallax", parallax, max)
        return parallax >= self._at.parallax and self._same(frame, look, first)

    def _paper(self, look: Look, first: Look) -> None:
        """Count looks of a picture held edge-on, which gets slim and shows no depth: they name the reason."""
        if look.slim < self._at.paper_slim * first.slim:
            bump = shape.bump(first.mesh.points, look.mesh.points)
            self._papers += bump < self._at.paper_bump

    def _mouth_open(self, look: Look, first: Look) -> bool:
        more = look.mouth - first.mouth
        name = f"{self._done + 1}_mouth"
        self._keep(f"{name}_gap", look.mouth, max)
        self._keep(f"{name}_more", more, max)
        straight = abs(look.nose - first.nose) <= self._at.turn and look.slim >= self._at.slim * first.slim
        return straight and look.mouth >= self._at.mouth and more >= self._at.mouth_more

    def _blink(self, look: Look) -> None:
        """Count blinks, for the evidence: lids that closed and opened again."""
        self._widest = max(self._widest, look.eyes)
        if look.eyes < self._at.blink * self._widest:
            self._closed = True
        elif self._closed and look.eyes > (1 + self._at.blink) / 2 * self._widest:
            self._closed, self._blinks = False, self._blinks + 1

    def _keep(self, name: str, figure: float, better: Callable[[float, float], float]) -> None:
        """Remember the best figure of a name."""
        self._figures[name] = better(self._figures.get(name, figure), figure)

    def _end(self, reason: LivenessReason, now: float) -> LivenessVerdict:
        at = self._at
        bounds = {
            "turn": at.turn,
            "mesh_turn": at.mesh_turn,
            "bump": at.bump,
            "relief": at.relief,
            "parallax": at.parallax,
            "mouth": at.mouth,
            "mouth_more": at.mouth_more,
            "alike": at.alike,
            "hits": float(at.hits),
            "seconds": at.seconds,
        }
        evidence = {
            **self._figures,
            **{f"{name}_from": bound for name, bound in bounds.items()},
            **self._cues.figures(),
            "frames": float(self._frames),
            "as_paper": float(self._papers),
            "blinks": float(self._blinks),
            "took_s": now - (self._begun or 0.0),
        }
        self._verdict = LivenessVerdict(reason is LivenessReason.PASSED, reason, evidence, self._cues.names())
        return self._verdict


def _measured(face: Face, mesh: Mesh) -> Look:
    points = mesh.points
    return Look(
        face,
        mesh,
        shape.nose_ratio(face.landmarks),
        shape.turned(points),
        shape.slimness(face.landmarks),
        shape.mouth(points),
        shape.eyes(points),
        shape.roll(points),
    )
