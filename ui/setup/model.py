"""What the assistant asks and what it hands its answers to; all words are in the language of the screen already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ui.theme import Tone


@dataclass(frozen=True)
class Asked:
    """One question. With `choices` one of them is chosen, else a line is filled in; `tried` has a button to try it."""

    key: str
    caption: str
    usual: str = ""
    choices: tuple[str, ...] = ()
    secret: bool = False
    tried: bool = False


@dataclass(frozen=True)
class Told:
    """A line of what was done or found, and how it is meant."""

    tone: Tone
    name: str
    text: str


@dataclass(frozen=True)
class Setup:
    """`kinds` of machine with their questions. `misfit` says at once what is wrong with an answer; `attempt` tries a
    device and `carry_out` does the work and looks the machine over, line by line, both beside the window. `carry_out`
    tells whether the machine is fit; what it raises is told by `sentence`, and it may be called again."""

    kinds: Mapping[str, tuple[str, tuple[Asked, ...]]]
    misfit: Callable[[str, str, str], str]
    attempt: Callable[[str, Mapping[str, str]], Told]
    carry_out: Callable[[str, Mapping[str, str], Callable[[Told], None]], bool]
    sentence: Callable[[Exception], str]
