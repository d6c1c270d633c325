"""Lengths of time for people: "15 min", and back."""

from __future__ import annotations

import re

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def seconds_of(text: str) -> float:
    """The seconds of "90s", "15m", "1h30m", "2d"; a bare number is of minutes.

    Raises ValueError.
    """
    told = text.strip().lower()
    if told.isdecimal():
        told += "m"
    if not re.fullmatch(r"(?:\d{1,6}[smhd])+", told):
        raise ValueError(f"'{text}' is no length of time; write 90s, 15m, 2h or 1d")
    return sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)([smhd])", told))


def told(seconds: float) -> str:
    """About how long: "40 s", "15 min", "2 h 30 min", "3 days"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest} min" if rest and hours < 10 else f"{round(minutes / 60)} h"
    return f"{round(minutes / 1440)} days"
