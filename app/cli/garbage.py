"""What lives as long as the program is left out of the search for garbage."""

from __future__ import annotations

import gc

_EVERY = 10_000
"""So many objects more than were dropped begin a search among the newest: a request makes hundreds that go with it."""


def leave_out_what_stays() -> None:
    """From now on garbage is sought among what is made later; called when a program has all that it begins with.

    Looking through the whole of it again and again would hold up a frame for 60 ms, and every answer of a room for
    150."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_EVERY)
