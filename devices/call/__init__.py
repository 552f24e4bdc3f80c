"""Calls: the engine in a process of its own, its owner, and the scripted stand-in.

Law of this package: libwebrtc is loaded in the engine's process alone.
"""
