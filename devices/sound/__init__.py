"""Microphone and loudspeaker: PyAudio, the mixing and cleaning around it, and the scripted stand-in.

Law of this package: only `hardware` loads PyAudio and only one thread at a time is inside it; a machine that lacks
PyAudio, the cleaner or a device is silent, says so, and runs.
"""
