"""`kawei bench [NAME]`: the benchmarks of the source tree's `benches/`, as JSON."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any, Final

import app
from app.cli.errors import Fault, Parser

# Beside the package in a source tree; an installed program carries no benchmarks.
BENCHES: Final = Path(app.__file__).resolve().parents[1] / "benches"


def run(argv: list[str]) -> int:
    """Run one benchmark, or all of them, and print `{name: figures}`; returns 0.

    A benchmark is a file of `benches/` with `run() -> dict`; its docstring says what its figures mean.
    """
    parser = Parser("kawei bench", "性能基准 / the benchmarks")
    parser.add_argument("name", nargs="?", metavar="NAME", help="只运行一项 / run this one alone")
    chosen = parser.parse_args(argv).name
    found = names(BENCHES)
    if not found:
        raise Fault(
            "no_benches",
            str(BENCHES),
            "安装版不含性能基准, 请在源码目录中运行。",
            "An installed program comes without benchmarks; run them in a source tree.",
        )
    if chosen is not None and chosen not in found:
        listed = ", ".join(found)
        raise Fault(
            "unknown_bench",
            chosen,
            f"没有这项性能基准, 可选: {listed}。",
            f"There is no such benchmark; choose from: {listed}.",
        )
    figures = {name: measure(BENCHES / f"{name}.py") for name in ([chosen] if chosen else found)}
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    return 0


def names(folder: Path) -> list[str]:
    """The benchmarks that lie in `folder`, in order of their names."""
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


def measure(path: Path) -> dict[str, Any]:
    """The figures that the benchmark in the file `path` finds on this machine."""
    spec = importlib.util.spec_from_file_location(f"benches.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise Fault("not_a_bench", str(path), "这不是性能基准文件。", "This file is no benchmark.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    figures: dict[str, Any] = module.run()
    return figures
