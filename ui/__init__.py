"""Windows in PySide6. Law: a window shows what a view let through and says what a person did, nothing else.

Downwards only: `seat`, `console`, `kiosk`, `board` are built from `widgets`, which paint `models` in the look of
`theme`. Widgets take plain data and emit one frozen dataclass; they know no server, link or evaluation.
"""
