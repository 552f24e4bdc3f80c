"""Recordings (录音录像) as they lie on a disk: encrypted files, a list in which each line is bound to the line before.

Written by machines, collected by the room, carried beside an evidence package, read by whoever holds the room's key.
"""
