"""Countries as formats write them: English names, FIPS 10-4 for GDELT's places, ISO 3166 alpha-3 for ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from detente.lexicon import Lexicon
from detente.mentions.names import ActorEntry, key_of
from detente.readers.exchange.cells import Bad, shown

_KINDS = frozenset({"state", "territory", "unrecognized"})


@lru_cache(maxsize=1)
def _entries() -> tuple[ActorEntry, ...]:
    return tuple(entry for entry in Lexicon().entries("actors", ActorEntry) if entry.kind in _KINDS)


@lru_cache(maxsize=1)
def names() -> Mapping[str, str]:
    """The English name of each country by its alpha-3 code."""
    return {entry.short: entry.name for entry in _entries()}


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Codes by name; the name that a country goes by wins over another's byname."""
    found = {key_of(name): entry.short for entry in _entries() for name in entry.names}
    return found | {key_of(entry.name): entry.short for entry in _entries()}


@lru_cache(maxsize=1)
def _fips() -> tuple[tuple[str, str], ...]:
    lines = (Path(__file__).parent / "fips.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((code, fips) for code, fips in pairs[1:])


@lru_cache(maxsize=1)
def fips_codes() -> Mapping[str, str]:
    """FIPS 10-4 by alpha-3 code; the first where there are several."""
    return dict(reversed(_fips()))


@lru_cache(maxsize=1)
def _by_fips() -> Mapping[str, str]:
    return {fips: code for code, fips in _fips()}


def from_fips(text: str) -> str | Bad:
    """ "RS" -> "RUS". The open sea ("OC") is no country."""
    return _by_fips().get(text.strip().upper()) or Bad(f"{shown(text)} is no country of FIPS 10-4")


def from_name(text: str) -> str | Bad:
    """ "Russia", "Russian Federation" -> "RUS"; alpha-3 codes stay."""
    code = text.strip()
    if code in names():
        return code
    return _codes().get(key_of(_turned(code))) or Bad(f"{shown(text)} is no country that we know")


def _turned(name: str) -> str:
    """ "Korea, Republic of" -> "Republic of Korea"; articles in brackets fall away."""
    name = name.partition(" (")[0]
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma else name
