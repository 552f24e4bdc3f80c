"""What `kawei doctor` looks at of microphone and loudspeaker; a tone is played only when it is asked for."""

from __future__ import annotations

from app.cli.finding import Finding, Level
from app.cli.machine import Machine
from app.ports.device import DeviceError
from app.ports.sound import SoundChoice, SoundDevices

MOST_NAMES = 6


def devices(machine: Machine) -> tuple[Finding, Finding]:
    """Microphone and loudspeaker that calls would use, opened for a moment; nothing is heard or played."""
    from importlib.util import find_spec

    from devices.sound.process import ChildLines

    if find_spec("pyaudio") is None:
        lacking = Finding(
            Level.WARNING,
            "没有安装 PyAudio，通话没有声音；请以管理员身份运行 make system，再运行 make setup。",
            "PyAudio is not installed: no sound in calls; run make system as root, then make setup.",
        )
        return lacking, lacking
    choice = choice_of(machine)
    try:
        with ChildLines(choice) as lines:
            there, ear, mouth = lines.devices, lines.microphone is not None, lines.speaker is not None
    except DeviceError:
        there, ear, mouth = SoundDevices(), False, False
    return (
        _one("麦克风", "microphone", choice.microphone, there.microphones, found=ear),
        _one("扬声器", "loudspeaker", choice.speaker, there.speakers, found=mouth),
    )


def choice_of(machine: Machine) -> SoundChoice:
    """What the settings name."""
    return SoundChoice(machine.sound.microphone, machine.sound.speaker)


def _one(zh: str, en: str, wanted: str | None, names: tuple[str, ...], *, found: bool) -> Finding:
    listed = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    if found:
        return Finding(
            Level.OK,
            wanted or f"系统默认（{listed}）",
            wanted or f"the system's own ({listed})",
        )
    if wanted is not None:
        return Finding(
            Level.FAILED,
            f"没有找到设置中的{zh} {wanted}；请接好，或在 devices.json 中改为：{listed or '（无）'}。",
            f"The {en} of the settings, {wanted}, is not there; plug it in or choose in devices.json: {listed or '-'}.",
        )
    return Finding(
        Level.WARNING,
        f"没有找到{zh}；需要通话时请接上耳麦。",
        f"No {en} was found; plug in a headset where calls are wanted.",
    )


def heard_itself(choice: SoundChoice) -> Finding:
    """Play a tone of about a second and listen for it: both devices work, and the volume is up."""
    from devices.sound.cleaning import NoCleaner
    from devices.sound.pyaudio_sound import PyAudioSound
    from devices.sound.selftest import hear_oneself

    told = hear_oneself(PyAudioSound(choice, clean=lambda _delay_ms: NoCleaner()))
    if told.over_db is None:
        return Finding(
            Level.FAILED,
            "无法试音：麦克风和扬声器须同时可用，请接好耳麦后重试。",
            "Nothing to try: microphone and loudspeaker must both be there; plug in a headset and retry.",
        )
    if not told.heard:
        return Finding(
            Level.FAILED,
            f"放了测试音，但麦克风没有听到（音量 {told.level:.0%}）；请调高音量、取消静音，耳麦请把耳机贴近话筒。",
            f"The tone was played but not heard (level {told.level:.0%}); turn the volume up, unmute; with a headset "
            "hold the earpiece to the microphone.",
        )
    return Finding(
        Level.OK,
        f"听到了自己的测试音（高出环境 {told.over_db:.0f} dB，音量 {told.level:.0%}）",
        f"heard its own tone, {told.over_db:.0f} dB over the room, level {told.level:.0%}",
    )
