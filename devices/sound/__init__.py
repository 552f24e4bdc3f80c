"""Microphone and loudspeaker: PyAudio, the mixing and cleaning around it, and the scripted stand-in.

Law of this package: only `hardware` loads PyAudio, in the process of `child` alone; a machine that lacks PyAudio, the
cleaner or a device is silent, says so, and runs.
"""
