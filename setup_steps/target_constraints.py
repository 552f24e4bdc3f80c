"""Prints constraints.txt with what another kind of machine needs in its place: `... TARGET`, a file of
packaging/targets/."""

from __future__ import annotations

import sys

from packaging.utils import canonicalize_name

from setup_steps.paths import ROOT

TARGETS = ROOT / "packaging" / "targets"


def merged(target: str) -> str:
    """The lines of constraints.txt, those of the target in place of the same package's; exits for an unknown one."""
    file = TARGETS / f"{target}.txt"
    if not file.is_file():
        raise SystemExit(
            f"no such target: {target}; there are {', '.join(sorted(one.stem for one in TARGETS.glob('*')))}"
        )
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    instead = {canonicalize_name(line.partition("==")[0]): line for line in lines}
    usual = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return "".join(f"{instead.get(canonicalize_name(line.partition('==')[0]), line)}\n" for line in usual)


if __name__ == "__main__":
    sys.stdout.write(merged(*sys.argv[1:2]))
