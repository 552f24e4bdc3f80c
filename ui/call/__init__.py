"""Calls as a person meets them, the same at a seat and at a console.

Law of this package: the room's view alone says who is in which call; a window that was started again is back in its
calls by itself, and one that the view does not list is in none.
"""
