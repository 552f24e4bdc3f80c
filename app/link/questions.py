"""Questions to the room, asked in the background one after another; each gets its answer or its failure once."""

from __future__ import annotations

import logging
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused
from app.link.messages import Answered, Failed, LinkMessage
from app.link.worker import Worker

log = logging.getLogger(__name__)

MOST_WAITING = 500

Question = Callable[[RoomClient], Any]


class Questions:
    """A queue of questions and the thread that puts them."""

    def __init__(self, name: str, client: RoomClient, tell: Callable[[LinkMessage], None], lang: str) -> None:
        self._client, self._tell, self._lang = client, tell, lang
        self._waiting: deque[tuple[str, str, Question]] = deque()
        self.worker = Worker(name, self._ask_next)

    def ask(self, kind: str, question: Question) -> str:
        """Ask when its turn comes; returns the request's id at once. Too many at a time fail with `too_many`."""
        request = str(uuid.uuid4())
        if len(self._waiting) >= MOST_WAITING:
            self._fail(request, kind, LinkFault("too_many", kind))
        else:
            self._waiting.append((request, kind, question))
            self.worker.ring()
        return request

    def _ask_next(self) -> float | None:
        if not self._waiting:
            return None
        request, kind, question = self._waiting.popleft()
        try:
            value = question(self._client)
        except (LinkFault, RoomRefused) as fault:
            self._fail(request, kind, fault)
        except Exception as bug:
            # Told all the same: whoever asked must not wait for ever. The text of a bug may hold an answer's content.
            log.error("a question of kind %s failed: %s", kind, type(bug).__name__)
            self._fail(request, kind, LinkFault("bad_answer", kind))
        else:
            self._tell(Answered(request, kind, value))
        return 0

    def _fail(self, request: str, kind: str, fault: LinkFault | RoomRefused) -> None:
        self._tell(Failed(request, kind, fault.code, fault.message(self._lang), fault.where))
