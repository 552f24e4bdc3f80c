"""Making a machine what it was said to be: enrolled, its devices and settings written, each step done once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.cli.errors import Fault
from app.cli.settings_text import Value, with_keys
from app.cli.setup_answers import QUESTIONS, Answers, Word

KEYS_FOLDER = "keys"


@dataclass(frozen=True)
class Step:
    """One thing to do: its name, and what does it and tells what came of it."""

    title: Word
    do: Callable[[], Word]


def steps(answers: Answers, config: Path, lang: str) -> Iterator[Step]:
    """What is to be done, in its order; a step raises what is wrong (`Fault`, `LinkFault`, `RoomRefused`, OSError), and
    may be done again then: nothing that was done before it is undone or done twice."""
    if answers.kind != "room":
        yield Step(("登记", "enrolment"), lambda: _enrol(answers, lang))
        yield Step(("设备", "devices"), lambda: _devices(answers))
    yield Step(("设置", "settings"), lambda: _settings(answers, config))
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Step(("归属", "ownership"), lambda: _ownership(answers.state))


def looked_at(answers: Answers) -> list[str]:
    """The arguments with which `kawei doctor` looks at this machine."""
    if answers.kind == "room":
        return ["--data", str(answers.state), "--keys", str(_keys(answers))]
    return ["--state", str(answers.state), "--data", str(answers.state), "--room", answers["room"]]


def _enrol(answers: Answers, lang: str) -> Word:
    from app.link import LinkFault, enrol, load, save

    try:
        known = load(answers.state)
    except LinkFault as fault:
        if fault.code != "not_enrolled":
            raise
    else:
        return _known(answers, known.device, known.kind, known.url)
    if not answers["code"]:
        raise Fault(
            "not_enrolled",
            answers["name"],
            "本机尚未登记，请在管理台领取登记码后重试。",
            "This machine is not enrolled; get a one-time code at a console and retry.",
        )
    made = enrol(answers["room"].rstrip("/"), answers["code"], answers["name"], lang)
    if made.kind != answers.kind:
        raise Fault(
            "wrong_kind",
            answers["name"],
            f"登记码是 {made.kind} 的，本机是 {answers.kind}；请领取正确的登记码。",
            f"The code is a {made.kind}'s, this machine is a {answers.kind}; get the right code.",
        )
    save(made, answers.state)
    place = f" {made.seat}" if made.seat else ""
    return f"已登记：{made.device}{place}", f"enrolled: {made.device}{place}"


def _known(answers: Answers, device: str, kind: str, url: str) -> Word:
    if (device, kind) != (answers["name"], answers.kind):
        raise Fault(
            "enrolled_otherwise",
            str(answers.state),
            f"本机已登记为 {kind} {device}；如要改变，请先在管理台撤销它，再清空 {answers.state}。",
            f"This machine is enrolled as {kind} {device}; to change it, revoke that at a console and empty "
            f"{answers.state}.",
        )
    if url != answers["room"].rstrip("/"):
        from app.link import load, save

        save(replace(load(answers.state), url=answers["room"].rstrip("/")), answers.state)
    return f"早已登记：{device}", f"enrolled before: {device}"


def _devices(answers: Answers) -> Word:
    from app.cli.machine import CameraSettings, SoundSettings, enrol_camera, read_machine, with_options, write_machine

    asked = {question.key for question in QUESTIONS[answers.kind] if question.device}
    machine = read_machine(answers.state)
    if {"microphone", "speaker"} & asked:
        machine = replace(machine, sound=SoundSettings(answers["microphone"] or None, answers["speaker"] or None))
    machine = with_options(
        machine,
        boxes=int(answers["boxes"]) if "boxes" in asked else None,
        door=(answers["door"] or None) if "door" in asked else None,
        printer=(answers["printer"] or None) if "printer" in asked else None,
    )
    told: Word = ("已写入 devices.json", "devices.json is written")
    if "camera" in asked:
        machine = replace(machine, camera=CameraSettings(answers["camera"], machine.camera.enrolled))
        try:
            machine, name = enrol_camera(machine, answers["camera"])
            told = f"已登记摄像头：{name}", f"camera enrolled: {name}"
        except Fault as fault:  # a machine without its camera is set up none the less: two people admit there
            told = fault.message("zh"), fault.message("en")
    write_machine(machine, answers.state)
    return told


def _settings(answers: Answers, config: Path) -> Word:
    import resources
    from app.cli.config import KEYS, check

    text = config.read_text("utf-8") if config.exists() else resources.path("config", "kawei.toml").read_text("utf-8")
    written = with_keys(text, answers.kind, _values(answers, KEYS[answers.kind]))
    tried = config.with_name(f".{config.name}.new")
    config.parent.mkdir(parents=True, exist_ok=True)
    try:
        tried.write_text(written, "utf-8")
        check(tried)
        tried.chmod(0o644)
        tried.replace(config)
    finally:
        tried.unlink(missing_ok=True)
    return f"已写入 {config}", f"{config} is written"


def _values(answers: Answers, keys: tuple[str, ...]) -> dict[str, Value]:
    devices = {question.key for question in QUESTIONS[answers.kind] if question.device}
    values: dict[str, Value] = {}
    for question in QUESTIONS[answers.kind]:
        text = answers[question.key]
        if question.key in keys and question.key not in devices and text:
            values[question.key] = int(text) if question.key == "port" else text
    if answers.kind == "room":
        return values | {"data": str(answers.state), "keys": str(_keys(answers))}
    return values | {"state": str(answers.state)}


def _keys(answers: Answers) -> Path:
    """Beside the data, not within: what copies the one does not copy the other."""
    return answers.state.with_name(KEYS_FOLDER)


def _ownership(state: Path) -> Word:
    """What root has written belongs to whoever owns the folder: the user of the session."""
    owner = state.stat() if state.exists() else None
    if owner is None:
        return "没有要改的", "nothing to change"
    count = 0
    for file in state.rglob("*"):
        if not file.is_symlink() and (file.stat().st_uid, file.stat().st_gid) != (owner.st_uid, owner.st_gid):
            os.chown(file, owner.st_uid, owner.st_gid)
            count += 1
    return f"{count} 个文件", f"{count} files"
