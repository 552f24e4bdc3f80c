"""Every colour, type size and distance of the interface, and the contrast they are held to."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum


class Contrast(Enum):
    """The two palettes."""

    NORMAL = "normal"
    HIGH = "high"


_PALETTES = (Contrast.NORMAL, Contrast.HIGH)
_WORN = [0]
"""The place of the palette that is worn."""


class Colour(StrEnum):
    """Colours by what they mean. The value is the sRGB code that is worn now: the normal one, or that of high contrast.

    A colour is asked thousands of times while a window is painted: which palette is worn stands here, where asking is
    cheapest, and is set by `Colour.wear` alone.
    """

    _codes: tuple[str, str]

    def __new__(cls, normal: str, high: str) -> Colour:
        """One colour in both palettes."""
        made = str.__new__(cls, normal)
        made._value_ = normal
        made._codes = (normal, high)
        return made

    BACKGROUND = "#F3F5F8", "#FFFFFF"
    SURFACE = "#FFFFFF", "#FFFFFF"
    SUNKEN = "#EEF1F6", "#F0F0F0"
    LINE = "#D5DCE5", "#000000"
    # Borders that alone tell where a control is must reach 3:1 (WCAG 1.4.11).
    EDGE = "#75839A", "#000000"
    INK = "#15202E", "#000000"
    INK_SOFT = "#3E4A5B", "#000000"
    BRAND = "#12488C", "#00204F"
    BRAND_DEEP = "#0D376C", "#000000"
    BRAND_GROUND = "#E8F0FA", "#DCE9FF"
    BRAND_TINT = "#F5F8FD", "#F0F5FF"
    HEADER = "#0F2A4D", "#000000"
    HEADER_INK = "#FFFFFF", "#FFFFFF"
    HEADER_SOFT = "#CCD8E8", "#FFFFFF"
    OK = "#0C5833", "#002E17"
    OK_GROUND = "#E7F5EC", "#E0FFEC"
    ATTENTION = "#744400", "#3A2000"
    ATTENTION_GROUND = "#FFF3DA", "#FFF0B8"
    ERROR = "#8E1A11", "#5A0000"
    ERROR_GROUND = "#FDE9E7", "#FFE4E0"
    REMOTE = "#5A3390", "#2C0060"
    REMOTE_GROUND = "#F2ECFA", "#F0E4FF"
    FOCUS = "#F0A500", "#FFA800"
    BADGE = "#F2B93B", "#FFD23C"
    SCREEN = "#16202E", "#000000"
    SEEN = "#7BE0A3", "#8CFFB9"
    MARKED = "#FFEFA8", "#FFE23C"

    @property
    def value(self) -> str:
        """The code that is worn."""
        return self._codes[_WORN[0]]

    def of(self, contrast: Contrast) -> str:
        """The code in one palette."""
        return self._codes[_PALETTES.index(contrast)]

    @staticmethod
    def wear(contrast: Contrast) -> None:
        """All colours are those of this palette from now on."""
        _WORN[0] = _PALETTES.index(contrast)

    def __str__(self) -> str:
        return self.value

    def __format__(self, spec: str) -> str:
        return self.value


class Tone(Enum):
    """How a state or a message is meant; each has an ink and a ground of its own, and always a word beside it."""

    QUIET = (Colour.INK_SOFT, Colour.SUNKEN)
    INFO = (Colour.BRAND, Colour.BRAND_GROUND)
    OK = (Colour.OK, Colour.OK_GROUND)
    ATTENTION = (Colour.ATTENTION, Colour.ATTENTION_GROUND)
    ERROR = (Colour.ERROR, Colour.ERROR_GROUND)
    REMOTE = (Colour.REMOTE, Colour.REMOTE_GROUND)

    @property
    def ink(self) -> Colour:
        """The colour of text, symbols and bars."""
        return self.value[0]

    @property
    def ground(self) -> Colour:
        """The colour laid behind that text."""
        return self.value[1]


class Role(Enum):
    """Type by its duty: size in px at scale 1.0, and whether it is set bold (there are two weights only)."""

    SMALL = (15, False)
    SMALL_STRONG = (15, True)
    BODY = (17, False)
    BODY_STRONG = (17, True)
    STRONG = (19, True)
    SECTION = (23, True)
    MARK = (22, True)
    PAGE = (30, True)
    SEAT = (34, True)
    INSTRUCTION = (40, True)
    DRAWN = (240, True)

    @property
    def size(self) -> int:
        """Height of the type in px at scale 1.0."""
        return self.value[0]

    @property
    def bold(self) -> bool:
        """Whether it is set in weight 700 (else 400)."""
        return self.value[1]


class Space(IntEnum):
    """Distances in px at scale 1.0."""

    HAIR = 4
    SMALL = 8
    GAP = 12
    WIDE = 16
    PAGE = 24
    RADIUS = 8
    FOCUS = 3
    BAR = 6
    BUTTON = 48
    ROW = 50


class Scale(Enum):
    """The three steps of type; everything grows with it."""

    NORMAL = 1.0
    LARGE = 1.25
    LARGEST = 1.5


# Every pair of ink and ground on which text is set. The test of this file holds each to 7:1 (WCAG AAA).
TEXT_PAIRS: tuple[tuple[Colour, Colour], ...] = (
    *((ink, ground) for ink in (Colour.INK, Colour.INK_SOFT) for ground in (Colour.BACKGROUND, Colour.SURFACE)),
    *((Colour.INK, tone.ground) for tone in Tone),
    *((tone.ink, Colour.SURFACE) for tone in Tone),
    *((tone.ink, tone.ground) for tone in Tone),
    (Colour.INK_SOFT, Colour.BRAND_GROUND),
    (Colour.INK_SOFT, Colour.ATTENTION_GROUND),
    (Colour.INK_SOFT, Colour.ERROR_GROUND),
    (Colour.SURFACE, Colour.BRAND),
    (Colour.SURFACE, Colour.BRAND_DEEP),
    (Colour.SURFACE, Colour.ERROR),
    (Colour.SURFACE, Colour.SCREEN),
    (Colour.HEADER_INK, Colour.HEADER),
    (Colour.HEADER_SOFT, Colour.HEADER),
    (Colour.HEADER_SOFT, Colour.SCREEN),
    (Colour.HEADER, Colour.BADGE),
)

# Lines and symbols that carry meaning, on their grounds: 3:1.
SHAPE_PAIRS: tuple[tuple[Colour, Colour], ...] = (
    (Colour.EDGE, Colour.SURFACE),
    (Colour.EDGE, Colour.BACKGROUND),
    (Colour.FOCUS, Colour.HEADER),
    (Colour.BADGE, Colour.HEADER),
    *((tone.ink, tone.ground) for tone in Tone),
)


def _luminance(code: str) -> float:
    """Relative luminance of an sRGB code as WCAG 2.2 defines it, 0 (black) to 1 (white)."""
    channels = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour, worn: Contrast = Contrast.NORMAL) -> float:
    """Contrast ratio of two colours of a palette as WCAG 2.2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(one.of(worn)), _luminance(other.of(worn))))
    return (light + 0.05) / (dark + 0.05)
