"""The one style sheet, written from the tokens."""

from __future__ import annotations

from collections.abc import Callable

from ui.theme.tokens import Colour as Hue
from ui.theme.tokens import Role, Space, Tone

Px = Callable[[float], int]


def sheet(px: Px) -> str:
    """QSS for the whole application; `px` scales a length of scale 1.0."""
    return "\n".join((_ground(px), _text(px), _surfaces(px), _buttons(px), _inputs(px), _tables(px), _bars(px)))


def _type(role: Role, px: Px) -> str:
    return f"font-size: {px(role.size)}px; font-weight: {700 if role.bold else 400};"


def _ground(px: Px) -> str:
    return f"""
QWidget {{ color: {Hue.INK}; {_type(Role.BODY, px)} outline: none; }}
QMainWindow, QDialog, QWidget[kind="page"] {{ background: {Hue.BACKGROUND}; }}
QToolTip {{ background: {Hue.SURFACE}; color: {Hue.INK}; border: 1px solid {Hue.EDGE}; padding: {px(6)}px; }}
"""


def _text(px: Px) -> str:
    roles = "\n".join(f'QLabel[role="{r.name.lower()}"] {{ {_type(r, px)} }}' for r in Role)
    tones = "\n".join(f'QLabel[tone="{t.name.lower()}"] {{ color: {t.ink}; }}' for t in Tone)
    return f'QLabel {{ background: transparent; }}\n{roles}\n{tones}\nQLabel[tone="soft"] {{ color: {Hue.INK_SOFT}; }}'


def _surfaces(px: Px) -> str:
    return f"""
QFrame[kind="card"] {{ background: {Hue.SURFACE}; border: 1px solid {Hue.LINE}; border-radius: {px(Space.RADIUS)}px; }}
QFrame[kind="rule"] {{ background: {Hue.LINE}; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
"""


def _buttons(px: Px) -> str:
    # The focus ring is painted by the button itself in a margin kept free for it, so nothing moves.
    base = (
        f"min-height: {px(Space.BUTTON) - 2 - 2 * px(Space.FOCUS)}px; margin: {px(Space.FOCUS)}px;"
        f" padding: 0 {px(18)}px; border-radius: {px(Space.RADIUS)}px; {_type(Role.BODY_STRONG, px)}"
    )
    return f"""
QPushButton {{ {base} background: {Hue.SURFACE}; color: {Hue.BRAND}; border: 1px solid {Hue.EDGE}; }}
QPushButton:hover {{ background: {Hue.BRAND_TINT}; border-color: {Hue.BRAND}; }}
QPushButton:pressed {{ background: {Hue.BRAND_GROUND}; }}
QPushButton:checked {{ background: {Hue.BRAND_GROUND}; border-color: {Hue.BRAND}; color: {Hue.BRAND}; }}
QPushButton[kind="primary"] {{ background: {Hue.BRAND}; color: {Hue.SURFACE}; border-color: {Hue.BRAND}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {Hue.BRAND_DEEP}; }}
QPushButton[kind="danger"] {{ background: {Hue.SURFACE}; color: {Hue.ERROR}; border-color: {Hue.ERROR}; }}
QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed {{ background: {Hue.ERROR_GROUND}; }}
QPushButton[kind="attention"] {{ background: {Hue.ATTENTION_GROUND}; color: {Hue.ATTENTION};
    border-color: {Hue.ATTENTION}; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; padding: 0 {px(10)}px; }}
QPushButton[kind="quiet"]:hover {{ background: {Hue.BRAND_GROUND}; }}
QPushButton[kind="quiet"]:checked {{ background: {Hue.BRAND_GROUND}; border-color: {Hue.BRAND}; }}
QPushButton[weight="large"] {{ min-height: {px(72) - 2 - 2 * px(Space.FOCUS)}px; {_type(Role.SECTION, px)} }}
QPushButton[kind="header"] {{ background: transparent; border-color: transparent; padding: 0; }}
QPushButton[kind="header"]:hover, QPushButton[kind="header"]:checked {{ border-color: {Hue.HEADER_SOFT}; }}
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled,
QPushButton[kind="attention"]:disabled {{ background: {Hue.SUNKEN}; color: {Hue.INK_SOFT};
    border: 1px dashed {Hue.EDGE}; }}
QPushButton[kind="quiet"]:disabled {{ background: transparent; border-color: transparent; }}
"""


def _inputs(px: Px) -> str:
    ring, pad = px(Space.FOCUS), px(10)
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{ background: {Hue.SURFACE}; color: {Hue.INK};
    border: 1px solid {Hue.EDGE}; border-radius: {px(Space.RADIUS)}px; padding: {ring - 1}px {pad}px;
    selection-background-color: {Hue.BRAND}; selection-color: {Hue.SURFACE};
    placeholder-text-color: {Hue.INK_SOFT}; {_type(Role.BODY, px)} }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {px(Space.BUTTON) - 2 * ring - 4}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
    border: {ring}px solid {Hue.FOCUS}; padding: 0 {pad - ring + 1}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {Hue.SUNKEN}; color: {Hue.INK_SOFT}; }}
QLineEdit[kind="large"] {{ min-height: {px(56)}px; {_type(Role.PAGE, px)} }}
QTextBrowser[kind="reading"] {{ {_type(Role.STRONG, px)} font-weight: 400; padding: {px(Space.WIDE)}px; }}
QRadioButton, QCheckBox {{ min-height: {px(Space.BUTTON) - 2 * ring}px; spacing: {px(12)}px; padding: 0 {pad}px;
    border: {ring}px solid transparent; border-radius: {px(Space.RADIUS)}px; }}
QRadioButton:focus, QCheckBox:focus {{ border-color: {Hue.FOCUS}; }}
QRadioButton:disabled, QCheckBox:disabled {{ color: {Hue.INK_SOFT}; }}
QRadioButton::indicator, QCheckBox::indicator {{ width: {px(22)}px; height: {px(22)}px; }}
"""


def _tables(px: Px) -> str:
    return f"""
QTableView, QListView {{ background: {Hue.SURFACE}; border: 1px solid {Hue.LINE}; gridline-color: {Hue.LINE};
    border-radius: 0; }}
QListView[kind="plain"], QTableView[kind="plain"] {{ border: none; }}
QTableView::item {{ padding: 0; border: none; }}
QListView::item {{ min-height: {px(40)}px; padding: 0 {px(10)}px; border: none; }}
QListView::item:selected {{ background: {Hue.BRAND_GROUND}; color: {Hue.BRAND}; }}
QListView:focus {{ border: {px(Space.FOCUS)}px solid {Hue.FOCUS}; }}
QHeaderView {{ background: {Hue.SURFACE}; border: none; }}
QTableCornerButton::section {{ background: {Hue.BRAND_GROUND}; border: none;
    border-right: 1px solid {Hue.LINE}; border-bottom: 1px solid {Hue.LINE}; }}
"""


def _bars(px: Px) -> str:
    thick, round_ = px(14), px(4)
    return f"""
QScrollBar:vertical {{ width: {thick}px; background: {Hue.SUNKEN}; margin: 0; }}
QScrollBar:horizontal {{ height: {thick}px; background: {Hue.SUNKEN}; margin: 0; }}
QScrollBar::handle {{ background: {Hue.EDGE}; border-radius: {round_}px; margin: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(40)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(40)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTabBar::tab {{ min-height: {px(Space.BUTTON) - 4}px; padding: 0 {px(18)}px; color: {Hue.INK_SOFT};
    border: none; border-bottom: {px(3)}px solid transparent; background: transparent; }}
QTabBar::tab:selected {{ color: {Hue.BRAND}; font-weight: 700; border-bottom-color: {Hue.BRAND}; }}
QTabBar::tab:focus {{ border: {px(Space.FOCUS)}px solid {Hue.FOCUS}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {Hue.LINE}; }}
"""
