"""Exact numbers: read from decimal strings, rounded only as a rule says, written without loss."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

SIGNIFICANT_DIGITS: Final = 28  # of values that no rule rounds and that do not end, and of powers
MOST_PLACES: Final = 28
LONGEST_NUMBER: Final = 100  # characters; keeps hostile input from costing more than it is worth

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")
_WRITING: Final = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
# 52 guard digits: exponents stay under 1000, so the error of quotient and power stays far below digit 28.
_GUARDED: Final = Context(prec=80, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
_STR_LIMIT_BITS: Final = 13_000  # below 4,000 digits; Python refuses to write longer integers itself


class Rounding(StrEnum):
    """How a rule rounds, always on the magnitude."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


def read(text: object) -> tuple[int, int] | None:
    """The units and the decimals as written of a decimal string (`8.50` is 850, 2), or None if it is none."""
    if not isinstance(text, str) or len(text) > LONGEST_NUMBER:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    decimals = match[1]
    return (int(text), 0) if decimals is None else (int(text.replace(".", "", 1)), len(decimals))


def read_fraction(text: object) -> Fraction | None:
    """The exact value of a decimal string, or None if it is none."""
    parts = read(text)
    return None if parts is None else Fraction(parts[0], 10 ** parts[1])


def divide(numerator: int, denominator: int, rounding: Rounding) -> int:
    """`numerator` / `denominator` (above zero) rounded to a whole number, on the magnitude."""
    quotient, rest = divmod(abs(numerator), denominator)
    if rest:
        if rounding is Rounding.HALF_UP:
            away = 2 * rest >= denominator
        elif rounding is Rounding.HALF_EVEN:
            away = 2 * rest + (quotient & 1) > denominator
        else:
            away = rounding is Rounding.UP
        quotient += away
    return -quotient if numerator < 0 else quotient


def round_units(value: Fraction, places: int, rounding: Rounding) -> int:
    """`value` rounded to `places` decimals, in units of the last one."""
    return divide(value.numerator * 10**places, value.denominator, rounding)


def round_value(value: Fraction, places: int, rounding: Rounding) -> Fraction:
    """`value` rounded to `places` decimals."""
    return Fraction(round_units(value, places, rounding), 10**places)


def write_units(units: int, places: int) -> str:
    """A number given in units of 10^-places, with all its decimals: 850, 2 is `8.50`."""
    digits = str(abs(units)) if units.bit_length() < _STR_LIMIT_BITS else f"{Decimal(abs(units)):f}"
    if places:
        digits = digits.rjust(places + 1, "0")
        digits = f"{digits[:-places]}.{digits[-places:]}"
    return f"-{digits}" if units < 0 else digits


def exact(value: Fraction) -> str:
    """`value` written where it ends, without trailing zeros; else to 28 significant digits, half even."""
    rest = value.denominator
    if rest == 1:
        return write_units(value.numerator, 0)
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    if rest == 1:
        places = max(twos, fives)
        return write_units(value.numerator * 10**places // value.denominator, places)
    return f"{_WRITING.divide(Decimal(value.numerator), Decimal(value.denominator)):f}"


def shown(numerator: int, denominator: int, places: int) -> str:
    """A quotient (denominator above zero) for a person to check: cut after `places` with `...` if it goes on."""
    quotient, rest = divmod(abs(numerator) * 10**places, denominator)
    text = write_units(-quotient if numerator < 0 else quotient, places)
    if rest:
        return f"{text}..."
    return text.rstrip("0").rstrip(".") if places else text


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """`base` (above zero) to `exponent`: exact for whole exponents, else to 28 significant digits."""
    if exponent.denominator == 1:
        return base ** int(exponent)
    quotient = _GUARDED.divide(Decimal(base.numerator), Decimal(base.denominator))
    raised = _GUARDED.power(quotient, _GUARDED.divide(Decimal(exponent.numerator), Decimal(exponent.denominator)))
    return Fraction(_WRITING.plus(raised))
