"""Events in the formats of others, read as rows: one file per format.

    from detente.readers.exchange import Repaired, Row, Skipped
    from detente.readers.exchange.icews import read_icews

    for found in read_icews(Path("events.2018.tab")):
        match found:
            case Row(): ...
            case Skipped(): ...   # a line that was left out, and why
            case Repaired(): ...  # what was taken otherwise than it stood, and how often

`read_whole` gives a table of Arrow instead, which is several times as fast.
"""

from detente.readers.exchange.lines import Read, read_whole
from detente.readers.exchange.notes import Note, Repaired, Skipped
from detente.readers.exchange.row import ROWS, Row, rows_of, table_of

__all__ = ["ROWS", "Note", "Read", "Repaired", "Row", "Skipped", "read_whole", "rows_of", "table_of"]
