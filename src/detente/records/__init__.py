"""Reading: files, folders, patterns and standard input become records; nothing is understood yet.

    for record in read("news/"):
        ...

What cannot be read comes out as `Unread` with the reason, in its place among the others.
"""

from detente.records.read import Format, Unread, read

__all__ = ["Format", "Unread", "read"]
