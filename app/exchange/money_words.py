"""Amounts of money in Chinese capital numerals (大写), as bids state them."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")


def yuan_in_words(amount: str) -> str:
    """Return a decimal amount in yuan, below 10^12 and with at most two decimals, in capital numerals.

    `1566000` is 壹佰伍拾陆万陆仟元整, `1598400.05` is 壹佰伍拾玖万捌仟肆佰元零伍分.
    """
    cents = Decimal(amount) * 100
    if cents != cents.to_integral_value() or not 0 <= cents < 10**14:
        raise ValueError("an amount below 10^12 yuan with at most two decimals")
    yuan, rest = divmod(int(cents), 100)
    whole = f"{_whole(yuan)}元"
    if rest == 0:
        return f"{whole}整"
    jiao, fen = divmod(rest, 10)
    tenths = f"{_DIGITS[jiao]}角" if jiao else "零"
    return f"{whole}{tenths}{_DIGITS[fen]}分" if fen else f"{whole}{tenths}整"


def _whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    words, section, gap = "", 0, False
    while number:
        number, part = divmod(number, 10000)
        if part:
            zero = _DIGITS[0] if gap and words else ""
            words = f"{_section(part)}{_SECTIONS[section]}{zero}{words}"
            gap = part < 1000
        elif words:
            gap = True
        section += 1
    return words


def _section(part: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if digit:
            words += (_DIGITS[0] if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words
