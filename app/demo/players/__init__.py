"""Scripted people: each sits before one window, looks at the page that it shows, and uses its widgets.

Law: a player knows its window by object names and page names alone, acts through real key presses and clicks, and
learns of other people's doings only as a person would, by being told.
"""
