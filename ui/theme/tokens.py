"""Every colour, type size and distance of the interface, and the contrast they are held to."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum


class Colour(StrEnum):
    """Colours by what they mean; the value is the sRGB code."""

    BACKGROUND = "#F3F5F8"
    SURFACE = "#FFFFFF"
    SUNKEN = "#EEF1F6"
    LINE = "#D5DCE5"
    # Borders that alone tell where a control is must reach 3:1 (WCAG 1.4.11).
    EDGE = "#75839A"
    INK = "#15202E"
    INK_SOFT = "#3E4A5B"
    BRAND = "#12488C"
    BRAND_DEEP = "#0D376C"
    BRAND_GROUND = "#E8F0FA"
    BRAND_TINT = "#F5F8FD"
    HEADER = "#0F2A4D"
    HEADER_INK = "#FFFFFF"
    HEADER_SOFT = "#CCD8E8"
    OK = "#0C5833"
    OK_GROUND = "#E7F5EC"
    ATTENTION = "#744400"
    ATTENTION_GROUND = "#FFF3DA"
    ERROR = "#8E1A11"
    ERROR_GROUND = "#FDE9E7"
    REMOTE = "#5A3390"
    REMOTE_GROUND = "#F2ECFA"
    FOCUS = "#F0A500"
    BADGE = "#F2B93B"
    SCREEN = "#16202E"
    SEEN = "#7BE0A3"
    MARKED = "#FFEFA8"


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


def _luminance(colour: Colour) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 (black) to 1 (white)."""
    channels = (int(colour.value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours as WCAG 2.2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
