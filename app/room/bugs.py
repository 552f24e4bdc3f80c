"""How a mistake of the program itself is logged: its type and its places, never its words, which may hold a mark."""

from __future__ import annotations

import logging

_DEEPEST = 6


def log_bug(log: logging.Logger, what: str, bug: BaseException) -> None:
    """Log a bug without anything that a person typed."""
    places, trace = [], bug.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', maxsplit=1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("bug in %s: %s at %s", what, type(bug).__name__, " > ".join(places[-_DEEPEST:]))
