"""Drivers of the room's hardware, each with its scripted stand-in beside it.

Law of this package: a driver answers a Protocol of `app.ports` and knows nothing else of the program; both
halves of a port pass the same contract test. A driver's thread never makes its caller wait, a fault of the
world is told as a `DeviceFault`, a crash in its thread becomes FAILED and goes to the log. No Qt: windows
listen through `ui.bridge`.
"""
