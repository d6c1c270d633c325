"""Reading: files, folders, archives, tables and standard input become records; nothing is understood yet.

    for record in read("news/"):
        ...

What cannot be read comes out as `Unread` with the reason, in its place among the others.
"""

from detente.records.columns import FIELDS
from detente.records.kinds import INPUTS, Format
from detente.records.read import read
from detente.records.unread import Unread

__all__ = ["FIELDS", "INPUTS", "Format", "Unread", "read"]
