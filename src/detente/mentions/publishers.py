"""Where a paper is at home, by its address: what it writes speaks for places there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from msgspec import Struct

# Britain has a code of its own on the net.
_COUNTRY_OF_ENDING = {"uk": "gb"}


class Home(Struct, frozen=True):
    """The country, and where it is a paper of one province, the province."""

    country: str
    """ISO 3166 alpha-3."""
    province: str = ""
    """GeoNames code: "US.GA"."""


class Publishers:
    """The homes of hosts."""

    def __init__(self, homes: Mapping[str, Home], everybody: Iterable[str], alpha3: Mapping[str, str]) -> None:
        """`homes` by the end of a host; `everybody` are endings of countries that everybody uses."""
        self._homes = homes
        self._everybody = frozenset(everybody)
        self._alpha3 = alpha3

    def home_of(self, url: str | None) -> Home | None:
        """The home of who published an address.

        "https://www.ajc.com/news/1"      the USA, Georgia
        "https://www.bbc.co.uk/news/1"    Britain
        "https://example.com/1"           None
        """
        host = _host_of(url)
        labels = host.split(".")
        for first in range(len(labels) - 1):
            home = self._homes.get(".".join(labels[first:]))
            if home is not None:
                return home
        ending = _COUNTRY_OF_ENDING.get(labels[-1], labels[-1])
        country = None if self._everybody & {ending, host} else self._alpha3.get(ending.upper())
        return Home(country) if country else None


def _host_of(url: str | None) -> str:
    if not url:
        return ""
    try:
        return (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        return ""  # "http://[half an address": some pages give such
