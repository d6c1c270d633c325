"""Readers of what others wrote: dictionaries of actors and slices of Wikidata, into entries of our lexicons."""

from detente.readers.petrarch import petrarch
from detente.readers.wikidata import wikidata

__all__ = ["petrarch", "wikidata"]
