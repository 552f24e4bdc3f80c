"""The parts that windows are built from. Law: plain data in, one frozen dataclass out; nothing else is known.

No part knows a server, a link, an evaluation or a rule; none opens a modal dialog, blinks or takes the focus by
itself; every control has an accessible name; sizes and colours come from `ui.theme` alone. A window imports each
part from its own module: `from ui.widgets.marking import MarkingMatrix`.
"""
