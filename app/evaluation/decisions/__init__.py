"""What each command means: guards first, then the events it makes. One file a part of the way.

Law: pure; a function here gets state, command and actor and returns events or raises `Refused`.
"""
