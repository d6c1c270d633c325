"""The turns of a relation as an Atom feed (RFC 4287)."""

from __future__ import annotations

from xml.etree import ElementTree

from detente.model import id_of
from detente.relations.looks import Look

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100
"""Entries of a feed, the latest."""


def feed_of(title: str, look: Look) -> bytes:
    """The feed of all turns that were told, the latest first; the id of an entry never changes."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", f"urn:detente:relation:{id_of(title)}")
    _add(feed, "title", f"{title}: thaw and freeze")
    _add(feed, "updated", look.moment)
    _add(_add(feed, "author", ""), "name", "Detente")
    entries = [
        (turn.moment, f"{turn.label} {turn.size:+.1f} on {turn.day}", "\n".join(turn.sentences), str(turn.day))
        for turn in look.turns
    ]
    entries += [(one.moment, f"stated {one.label}, {one.day or 'no date'}", one.text, one.event) for one in look.stated]
    for moment, told, words, key in sorted(entries, reverse=True)[:MOST]:
        entry = _add(feed, "entry", "")
        _add(entry, "id", f"urn:detente:turn:{id_of(title, told, key, moment)}")
        _add(entry, "title", told)
        _add(entry, "updated", moment)
        _add(entry, "content", words).set("type", "text")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ElementTree.Element, name: str, words: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    # Characters that XML has no place for would make the feed unreadable.
    child.text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in words)
    return child
