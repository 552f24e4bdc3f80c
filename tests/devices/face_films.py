"""Films of heads and of pictures of heads, made from one portrait: what turns with depth, and what is paper.

A head is the portrait laid over the face mesh's own depth, the rest of the picture falling back behind it; paper is
the portrait as a sheet that is bent about any axis, turned, tilted, moved and shaken. Both are drawn by the same few
lines: vertices with texture, a pinhole camera, far triangles first.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ports.camera import Frame
from devices.face.engines import Engines
from devices.face.mesh import FaceMesh

Array = NDArray[np.float64]
LIPS_INNER_LOWER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
LIPS_LOWER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
CHIN = (152, 148, 377, 176, 400, 149, 378, 150, 379, 175, 199, 200, 18, 83, 313, 201, 421, 194, 418, 32, 262, 140, 369)
UPPER_LIDS = ((159, 145), (158, 153), (160, 144), (161, 163), (157, 154), (386, 374), (385, 380), (387, 373))


@dataclass(frozen=True)
class Pose:
    """How something is held: degrees, and a shift in widths of the picture."""

    yaw: float = 0.0  # positive: the nose moves to the right of the picture
    pitch: float = 0.0
    roll: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    bend: float = 0.0  # for paper: degrees that a face's width spans on the cylinder; negative bends away
    axis: float = 90.0  # for paper: the cylinder's direction, 90 is upright
    mouth: float = 0.0  # for heads: how far the jaw drops, in eye distances
    lids: float = 0.0  # for heads: 1 closes the eyes


class Scene:
    """One portrait, scaled so that its face stands in the middle of a picture of `width` x `height`."""

    def __init__(
        self, portrait: Frame, engines: Engines, mesh: FaceMesh, size: tuple[int, int] = (480, 480), share: float = 0.45
    ) -> None:
        face = engines.find(portrait)[0]
        scale = share * size[1] / face.height
        middle = np.array([face.left + face.width / 2, face.top + face.height / 2])
        into = np.array([[scale, 0, 0.0], [0, scale, 0.0]])
        into[:, 2] = np.array(size) / 2 - scale * middle
        rgb = np.frombuffer(portrait.rgb, np.uint8).reshape(portrait.height, portrait.width, 3)
        flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        self.picture = cv2.warpAffine(rgb, into, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        self.size = size
        frame = as_frame(self.picture)
        found = engines.find(frame)[0]
        laid = mesh.lay(frame, found)
        self.points = laid.points.astype(np.float64)
        self.depth = laid.depth.astype(np.float64)
        self.face_width = float(found.width)
        self.eyes = float(np.linalg.norm(self.points[[33, 133]].mean(0) - self.points[[263, 362]].mean(0)))
        self._head = self._head_vertices()
        self._sheet = _grid(size, 24)

    def head(self, pose: Pose) -> Frame:
        """A look at the living head."""
        flat, depth, triangles = self._head
        at = flat.copy()
        if pose.mouth:
            drop = pose.mouth * self.eyes
            at[list(LIPS_INNER_LOWER), 1] += drop * _arch(len(LIPS_INNER_LOWER))
            at[list(LIPS_LOWER), 1] += drop * _arch(len(LIPS_LOWER), 0.6)
            at[list(CHIN), 1] += drop
        for upper, lower in UPPER_LIDS:
            at[upper] += pose.lids * (at[lower] - at[upper])
        vertices = np.column_stack([at - np.array(self.size) / 2, depth])
        drawn = self._draw(vertices, flat, triangles, pose)
        return as_frame(self._open_mouth(drawn, vertices, pose) if pose.mouth else drawn)

    def paper(self, pose: Pose) -> Frame:
        """A look at a print or a tablet with the portrait on it."""
        flat, triangles = self._sheet
        vertices = np.column_stack([flat - np.array(self.size) / 2, np.zeros(len(flat))])
        if pose.bend:
            vertices = _bent(vertices, pose, self.face_width)
        return as_frame(self._draw(vertices, flat, triangles, pose))

    def _draw(self, vertices: Array, texture: Array, triangles: NDArray[np.int32], pose: Pose) -> NDArray[np.uint8]:
        seen, far = self._project(vertices, pose)
        order = np.argsort(-far[triangles].mean(1))
        index = np.full((self.size[1], self.size[0]), -1, np.int32)
        corners = np.round(seen * 16).astype(np.int32)
        for i in order:
            cv2.fillConvexPoly(index, corners[triangles[i]], int(i), cv2.LINE_8, 4)
        to = np.concatenate([seen[triangles], np.ones((len(triangles), 3, 1))], 2)
        usable = np.abs(np.linalg.det(to)) > 1e-6
        maps = np.zeros((len(triangles), 3, 2))
        maps[usable] = np.linalg.solve(to[usable], texture[triangles][usable])
        ys, xs = np.indices(index.shape)
        where = np.stack([xs, ys, np.ones_like(xs)], -1).astype(np.float64)
        source = np.einsum("hwc,hwcd->hwd", where, maps[np.maximum(index, 0)])
        source[index < 0] = -1000
        back = cv2.GaussianBlur(self.picture, (0, 0), 25) // 2 + 40
        drawn = cv2.remap(
            self.picture, source.astype(np.float32), None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.where(index[..., None] < 0, back, drawn).astype(np.uint8)

    def _open_mouth(self, drawn: NDArray[np.uint8], vertices: Array, pose: Pose) -> NDArray[np.uint8]:
        seen, _ = self._project(vertices, pose)
        upper = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
        ring = np.concatenate([seen[list(upper)], seen[list(LIPS_INNER_LOWER)][::-1]])
        dark = drawn.copy()
        cv2.fillPoly(dark, [np.round(ring).astype(np.int32)], (60, 25, 25))
        return cv2.GaussianBlur(dark, (3, 3), 0)

    def _project(self, vertices: Array, pose: Pose) -> tuple[Array, Array]:
        """Pixels and distance: a pinhole camera four face heights away, as at a door."""
        away = 4 * 1.3 * self.face_width
        turned = vertices @ _rotation(pose).T
        far = away + turned[:, 2]
        seen = turned[:, :2] * (pose.scale * away / far)[:, None]
        return seen + np.array(self.size) * (0.5 + np.array(pose.shift)), far

    def _head_vertices(self) -> tuple[Array, Array, NDArray[np.int32]]:
        ring = []
        middle, radius = self.points.mean(0), 1.05 * self.face_width
        for angle in np.linspace(0, 2 * np.pi, 28, endpoint=False):
            ring.append(middle + radius * np.array([np.cos(angle), 1.15 * np.sin(angle)]))
        sheet, _ = _grid(self.size, 8)
        outer = sheet[np.linalg.norm((sheet - middle) / [1, 1.15], axis=1) > 1.25 * radius]
        flat = np.concatenate([self.points, np.array(ring), outer])
        behind = float(self.depth.max())
        depth = np.concatenate([self.depth, np.full(len(ring), 0.6 * behind), np.full(len(outer), 0.6 * behind)])
        return flat, depth, _delaunay(flat)


def as_frame(rgb: NDArray[np.uint8], at_s: float = 0.0, seq: int = 0) -> Frame:
    """Rows of RGB as the ports want them."""
    return Frame(rgb.shape[1], rgb.shape[0], np.ascontiguousarray(rgb).tobytes(), at_s, seq)


def between(one: Pose, other: Pose, share: float) -> Pose:
    """A pose on the way from one to the other."""

    def mix(a: float, b: float) -> float:
        return a + share * (b - a)

    return replace(
        one,
        **{name: mix(getattr(one, name), getattr(other, name)) for name in NUMBERS},
        shift=(mix(one.shift[0], other.shift[0]), mix(one.shift[1], other.shift[1])),
    )


NUMBERS = ("yaw", "pitch", "roll", "scale", "bend", "axis", "mouth", "lids")


def way(*stops: Pose, frames: int = 8) -> list[Pose]:
    """The poses of a film that goes from stop to stop, `frames` frames each."""
    poses = [stops[0]]
    for one, other in itertools.pairwise(stops):
        poses += [between(one, other, (i + 1) / frames) for i in range(frames)]
    return poses


def _rotation(pose: Pose) -> Array:
    yaw, pitch, roll = np.radians([-pose.yaw, pose.pitch, pose.roll])
    about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    return about_z @ about_y @ about_x


def _bent(vertices: Array, pose: Pose, width: float) -> Array:
    """The sheet rolled on a cylinder whose axis lies at `axis` degrees in the sheet."""
    angle = np.radians(pose.axis)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    radius = width / np.radians(abs(pose.bend))
    u, v = vertices[:, :2] @ across / radius, vertices[:, :2] @ along
    # Beyond a quarter turn the sheet goes on straight: what is behind is not seen anyway.
    turn = np.clip(u, -np.pi / 2, np.pi / 2)
    beyond = u - turn
    x = radius * (np.sin(turn) + np.cos(turn) * beyond)
    z = radius * (1 - np.cos(turn) + np.abs(np.sin(turn) * beyond))
    flat = x[:, None] * across + v[:, None] * along
    return np.column_stack([flat, np.sign(pose.bend) * z])


def _grid(size: tuple[int, int], cells: int) -> tuple[Array, NDArray[np.int32]]:
    xs, ys = np.meshgrid(np.linspace(0, size[0], cells + 1), np.linspace(0, size[1], cells + 1))
    flat = np.column_stack([xs.ravel(), ys.ravel()])
    corner = (np.arange(cells)[:, None] * (cells + 1) + np.arange(cells)).ravel()
    one = np.column_stack([corner, corner + 1, corner + cells + 1])
    other = np.column_stack([corner + 1, corner + cells + 2, corner + cells + 1])
    return flat, np.concatenate([one, other]).astype(np.int32)


def _delaunay(flat: Array) -> NDArray[np.int32]:
    low = flat.min(0) - 1
    span = flat.max(0) - low + 2
    plan = cv2.Subdiv2D((0, 0, int(np.ceil(span[0])), int(np.ceil(span[1]))))
    numbered: dict[tuple[float, float], int] = {}
    for i, point in enumerate((flat - low).astype(np.float32)):
        numbered.setdefault((float(point[0]), float(point[1])), i)
        plan.insert((float(point[0]), float(point[1])))
    triangles = []
    for a, b, c, d, e, f in plan.getTriangleList().astype(np.float32):
        corners = [numbered.get((float(x), float(y))) for x, y in ((a, b), (c, d), (e, f))]
        if None not in corners:
            triangles.append(corners)
    return np.array(triangles, np.int32)


def _arch(count: int, least: float = 0.0) -> Array:
    return least + (1 - least) * np.sin(np.linspace(0, np.pi, count))
