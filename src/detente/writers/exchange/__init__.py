"""Events in the formats of others, and back: one file per format here, and its reader of the same name in `readers`.

    from detente.writers.exchange import FORMATS

    with open("events.tsv", "wb") as out:
        written = FORMATS["gdelt-events"].write(events, out)
    for row in FORMATS["icews"].read(Path("events.2018.tab")):
        ...  # a Row, or Skipped or Repaired

Writers take events of ours or rows that a reader made, so one format becomes another. Formats of articles (CoNLL-U,
TimeML, annotations) take codings. `docs/exchange.md` says what each format holds and loses.
"""

from __future__ import annotations

from detente.writers.exchange.formats import FORMATS, Format, format_of
from detente.writers.exchange.options import Options, Written, number_of

__all__ = ["FORMATS", "Format", "Options", "Written", "format_of", "number_of"]
