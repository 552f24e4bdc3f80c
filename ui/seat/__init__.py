"""The expert's seat: one window, one page for the one next step, from the empty chair to the wiped desk.

Law: the window shows what the view let through and says what the person did; it decides nothing. `steps` and
`result_words` are plain Python and can be tested without a window; every page is one class in `ui.seat.pages`;
what goes to the room goes through `Desk` and nothing else does. Documents live in memory (`Shelf`, four at once),
marks in the link's encrypted outbox, and `wipe` forgets both. Every control that a person uses has the object name
that `ui.seat.names.Name` gives it, so that a scripted person can find it; `SeatWindow.page_name` says which page is
shown, and `page_changed` tells when another one is.
"""

from ui.seat.names import Name, part
from ui.seat.steps import PageCode
from ui.seat.window import SeatWindow

__all__ = ["Name", "PageCode", "SeatWindow", "part"]
