"""What keeps the room from writing, in words, with what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def writing_words(state: str) -> tuple[str, str]:
    """Title and what to do, for a state of the room's writing that is not `ok`."""
    if state == "disk_slow":
        return (
            translate("ConsoleWriting", "The room's disk is slow"),
            translate(
                "ConsoleWriting",
                "What is done is answered late, and only once it is safe. Nothing is lost; have the disk looked at.",
            ),
        )
    titles = {
        "disk_full": translate("ConsoleWriting", "The room's disk is full"),
        "database_read_only": translate("ConsoleWriting", "The room's disk can only be read"),
        "database_damaged": translate("ConsoleWriting", "The room's database is damaged"),
        "database_unreachable": translate("ConsoleWriting", "The room's database server cannot be reached"),
    }
    todo = {
        "disk_full": translate("ConsoleWriting", "Make room on the server's disk."),
        "database_read_only": translate("ConsoleWriting", "Check the server's disk and mount it for writing."),
        "database_damaged": translate(
            "ConsoleWriting", "Stop the room, keep its folder as it is, and restore the newest copy."
        ),
        "database_unreachable": translate("ConsoleWriting", "Check the database server and the line to it."),
    }
    kept = translate("ConsoleWriting", "Nothing can be entered; seats keep their work and send it afterwards.")
    what = todo.get(state, translate("ConsoleWriting", "Have the server's disk looked at."))
    return titles.get(state, translate("ConsoleWriting", "The room cannot write")), f"{what}\n{kept}"
