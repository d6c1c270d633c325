"""GDELT 2.0 Mentions: 16 columns parted by tabs, no header, one line for each time that an article tells an event.

The id is that of an event, so it stands as often as the event is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from msgspec import Struct

from detente.readers.exchange.cells import Column, Raw, decimal, whole
from detente.readers.exchange.lines import Layout, read_rows
from detente.readers.exchange.notes import Note

NAMES = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
"""All columns, in order."""


class Mentioned(Struct, frozen=True, gc=False):
    """One telling of an event. Times are GDELT's numbers, YYYYMMDDHHMMSS in UTC."""

    event: str
    """The id of the event in the file of events."""
    event_time: int | None = None
    """When the event was first taken up."""
    time: int | None = None
    """When this telling was taken up."""
    kind: int | None = None
    """1 web, 2 a citation alone, 3 CORE, 4 DTIC, 5 JSTOR, 6 no text."""
    outlet: str | None = None
    identifier: str | None = None
    """An address, a citation or a DOI, by the kind."""
    sentence: int | None = None
    """Its number in the article, from 1."""
    source_at: int | None = None
    """Characters into the article; None where GDELT has -1."""
    target_at: int | None = None
    action_at: int | None = None
    raw: int | None = None
    """1 when it was found in the text as it stands, 0 after rewriting."""
    confidence: int | None = None
    """Percent."""
    length: int | None = None
    """Of the article, in characters."""
    tone: float | None = None
    """-100 to 100."""
    translation: str | None = None
    """ "srclc:fra;eng:..." of machine translation."""


_WHOLE = (
    "event_time", "time", "kind", "sentence", "source_at", "target_at", "action_at", "raw", "confidence", "length",
)  # fmt: skip
MENTIONS = pa.schema(
    [
        pa.field(name, pa.int64() if name in _WHOLE else pa.float64() if name == "tone" else pa.string())
        for name in Mentioned.__struct_fields__
    ]
)
"""The columns of a table of mentions."""


def _offset(text: str) -> object:
    return None if text == "-1" else whole(text)


def _columns(raw: Raw) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for field, name in zip(MENTIONS, NAMES, strict=False):
        if field.name.endswith("_at"):
            found[field.name] = raw.map(name, _offset, pa.int64())
        elif field.type == pa.int64():
            found[field.name] = raw.map(name, whole, pa.int64())
        elif field.type == pa.float64():
            found[field.name] = raw.map(name, decimal, pa.float64())
        else:
            found[field.name] = raw[name]
    return found


LAYOUT = Layout(
    names=NAMES, columns=_columns, schema=MENTIONS, headed=False, unique=None,
    required=(("event",), ("outlet", "identifier")),
)  # fmt: skip


def read_gdelt_mentions(path: Path) -> Iterator[Mentioned | Note]:
    """The mentions of a file of GDELT 2.0; what was left out and mended stands between them.

    Raises OSError when the file cannot be opened.
    """
    return read_rows(path, LAYOUT, Mentioned)
