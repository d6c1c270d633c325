"""XML of others, element by element, without the doors that it opens: no doctype, so no entity to expand or to fetch.

Only one unit ("edge", "entry") is in memory at a time, so the size of a file does not matter; what a unit may hold is
bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import ExitStack
from pathlib import Path
from xml.parsers import expat

from detente.readers.exchange.files import UNREADABLE, open_file
from detente.readers.exchange.notes import Skipped
from detente.records.limits import HEAD
from detente.records.markup import BadMarkup, Node

MAX_DEPTH = 60
MAX_INSIDE = 100_000
"""Elements and stretches of text in one unit; an article marked up word by word has a tenth of it."""
MAX_TEXT = 16 << 20
"""Characters in one unit."""


def read_units(path: Path, units: Set[str]) -> Iterator[Node | Skipped]:
    """The elements of these names, each with all that is in it; `Node.start` is the number of its line.

    Names are without prefixes. A fault or a doctype ends the reading, which is told. Raises OSError when the file
    cannot be opened.
    """
    reading = _Reading(units)
    file = str(path)
    try:
        with ExitStack() as stack:
            source = open_file(path, stack)
            while part := source.take(HEAD):
                reading.feed(part)
                yield from reading.taken()
            reading.feed(b"", last=True)
            yield from reading.taken()
    except expat.ExpatError as fault:
        yield from reading.taken()
        yield Skipped(file, fault.lineno, f"faulty XML ({expat.ErrorString(fault.code)}); what follows was not read")
    except BadMarkup as fault:
        yield from reading.taken()
        yield Skipped(file, reading.line, f"{fault}; what follows was not read")
    except UNREADABLE as fault:
        yield Skipped(file, reading.line, f"cannot be unpacked from here on ({fault}); what follows was not read")


class _Reading:
    """Builds one unit after the other."""

    def __init__(self, units: Set[str]) -> None:
        self._units = units
        self._stack: list[Node] = []
        self._depth = 0
        self._inside = 0
        self._characters = 0
        self._done: list[Node] = []
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse

    @property
    def line(self) -> int:
        """Where reading stands."""
        return self._parser.CurrentLineNumber

    def feed(self, part: bytes, *, last: bool = False) -> None:
        """Read on. Raises `ExpatError`, or `BadMarkup` for what was made to do harm."""
        try:
            self._parser.Parse(part, last)
        except BadMarkup:
            raise
        except (LookupError, ValueError) as fault:  # an encoding that Python does not know, or of several bytes
            raise BadMarkup(f"an encoding that is not known ({fault})") from None

    def taken(self) -> Iterator[Node]:
        """The units that were finished since."""
        done, self._done = self._done, []
        yield from done

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadMarkup(f"over {MAX_DEPTH} nested elements")
        local = name.rpartition(":")[2]
        if not self._stack and local not in self._units:
            return
        node = Node(local, {key.rpartition(":")[2]: value for key, value in attributes.items()}, self.line)
        if self._stack:
            self._count(0)
            self._stack[-1].inside.append(node)
        else:
            self._inside = self._characters = 0
        self._stack.append(node)

    def _close(self, name: str) -> None:
        self._depth -= 1
        if self._stack:
            node = self._stack.pop()
            if not self._stack:
                self._done.append(node)

    def _say(self, text: str) -> None:
        if self._stack:
            self._count(len(text))
            self._stack[-1].inside.append(text)

    def _count(self, characters: int) -> None:
        self._inside += 1
        self._characters += characters
        if self._inside > MAX_INSIDE or self._characters > MAX_TEXT:
            raise BadMarkup("an element holds too much; made to do harm")


def _refuse(*_: object) -> None:
    raise BadMarkup("a doctype, which could hold anything, is refused; take it out")
