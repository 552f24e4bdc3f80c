"""The assistant that sets a machine up: one window, a page for each handful of questions, the work, the self-test."""

from ui.setup.model import Asked, Setup, Told
from ui.setup.window import SetupWindow

__all__ = ["Asked", "Setup", "SetupWindow", "Told"]
