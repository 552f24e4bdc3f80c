"""The play: a whole evaluation rehearsed on one machine, as separate processes, with real windows.

Law: nothing of it exists elsewhere. It drives the windows of its own child processes through their widgets, feeds
scripted devices, and never calls the room behind a window's back.
"""
