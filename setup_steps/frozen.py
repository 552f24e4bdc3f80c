"""What a frozen build runs: the command `kawei`, or with `-m` one of the program's own processes.

`build.spec` makes it the program. It says nothing of its own: a build behaves as the source tree does.
"""

from __future__ import annotations

import runpy
import sys
from multiprocessing import freeze_support

from app.own import CHILDREN


def main() -> int:
    """Become what the command line asks for; returns the exit code."""
    if sys.argv[1:2] == ["-m"] and sys.argv[2:3] and sys.argv[2] in CHILDREN:
        module = sys.argv[2]
        del sys.argv[1:3]
        runpy.run_module(module, run_name="__main__")
        return 0
    from app.cli import main as kawei

    return kawei()


if __name__ == "__main__":
    freeze_support()  # a process of a pool starts here as well
    sys.exit(main())
