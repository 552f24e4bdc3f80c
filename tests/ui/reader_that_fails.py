"""The reader's process with faults planted: page 3 kills it when it is painted, page 4 hangs, page 6 kills a search."""

from __future__ import annotations

import os
import time
from typing import Any

from ui.reader import child
from ui.reader.document import Document


class Failing(Document):
    def __init__(self, file: int) -> None:
        super().__init__(file)
        if len(self) == 1:
            os.abort()

    def paint(self, number: int, scale: float, turned: int) -> Any:
        if number == 2:
            os.abort()
        if number == 3:
            time.sleep(60)  # ended by its owner long before
        return super().paint(number, scale, turned)

    def find(self, number: int, folded: str) -> Any:
        if number == 5:
            os.abort()
        return super().find(number, folded)


child.Document = Failing  # type: ignore[misc]
child.main()
