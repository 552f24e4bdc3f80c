"""The public wall display: which seats are free, which are in use, by their number; the room's name and time.

Law: nothing else. Whatever a view may hold beyond that is not even looked at.
"""
