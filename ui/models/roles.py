"""Item roles that Qt does not have."""

from __future__ import annotations

from PySide6.QtCore import Qt

# The second, softer line of a header: a factor's group and range, why a bid is closed, the note of a result.
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
