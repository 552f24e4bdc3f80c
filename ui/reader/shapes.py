"""What both ends of the wire have in common."""

from __future__ import annotations

from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left of a page as it is shown."""
Hit = tuple[int, tuple[Box, ...], str]
"""A place of the searched words: its page (counted from 0), its boxes, and the words around it."""
Header = dict[str, Any]
"""The JSON part of a message; what it carries besides is raw bytes."""
