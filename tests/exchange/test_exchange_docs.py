"""What the page on the import package says is true: its packing script packs, its examples read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from exchange_factory import parts, write_folder

from app.exchange.limits import Limits
from app.exchange.opening import _HEADINGS
from app.exchange.package import read_package
from app.exchange.play import read_play
from app.exchange.rulesets import read_rules, shipped
from app.rules import read_tender

PAGE = (Path(__file__).parents[2] / "docs" / "import-package.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_packing_script_makes_a_package(tmp_path: Path) -> None:
    (tmp_path / "pack.py").write_text(blocks("python")[0], "utf-8")
    folder = write_folder(tmp_path / "folder", parts())
    command = [sys.executable, str(tmp_path / "pack.py"), str(folder), str(tmp_path / "out.zip")]
    subprocess.run(command, check=True, timeout=60)
    assert read_package(tmp_path / "out.zip").tender.id == "T-1"


def test_the_examples_are_read() -> None:
    tender, play = blocks("json")
    filled = re.sub(r'"sha256": "[0-9a-f]+…"', f'"sha256": "{"0" * 64}"', tender)
    assert read_tender(json.loads(filled)).lots[0].bids[0].price == "1566000"
    example = json.loads(play)
    example["members"][0]["arrival"] = 1
    assert read_play(example).lots[0].dissents == {"m3": "理由……"}


def test_the_overlay_of_the_page_is_read() -> None:
    (example,) = blocks("jsonc")
    rules = read_rules(json.loads(example))
    assert (rules.id, rules.procedure.offer_rounds, rules.committee.large_from) == ("minle-negotiation", 2, "4000000")
    assert "204" not in rules.procedure.termination_codes
    assert all(f"`{name}`" in PAGE for name in shipped() if name.startswith("zc-"))


def test_the_page_names_every_heading_and_limit() -> None:
    for names in _HEADINGS.values():
        assert names[0] in PAGE
    limits = Limits()
    assert f"{limits.files:,} files" in PAGE
    assert f"{limits.one_file >> 30} GiB a file, {limits.total >> 30} GiB in all" in PAGE
    assert f"{limits.json >> 20} MiB a JSON or CSV file, {limits.portrait >> 20} MiB a portrait" in PAGE
    assert f"{limits.ratio} times" in PAGE
