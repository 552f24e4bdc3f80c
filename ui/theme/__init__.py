"""How everything looks and which language it speaks. Law: every colour and size stands in `tokens`, once.

`apply(app, scale)` dresses an application (again, for larger type or high contrast); `look()` is what is worn now,
for widgets that paint themselves; `install(app, Language.ZH)` chooses the words.
"""

from ui.theme.language import Language, LanguageFault, install
from ui.theme.look import Look, apply, look
from ui.theme.tokens import Colour, Contrast, Role, Scale, Space, Tone, contrast

__all__ = [
    "Colour",
    "Contrast",
    "Language",
    "LanguageFault",
    "Look",
    "Role",
    "Scale",
    "Space",
    "Tone",
    "apply",
    "contrast",
    "install",
    "look",
]
