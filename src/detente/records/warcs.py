"""WARC, in which web archives and CC-NEWS keep pages, and WET, which holds their text.

fastwarc reads; where it stops at a fault, we look for the next record behind it and go on there, so that damage costs
the records it lies in and no other.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType

from detente.model import Record
from detente.records.addresses import web_address
from detente.records.encodings import unwrapped
from detente.records.kinds import page_kind
from detente.records.limits import MAX_PAGE, MEGABYTE, megabytes
from detente.records.moments import iso_of
from detente.records.opening import BOMB_RATIO, Bomb, Source
from detente.records.pages import too_long
from detente.records.reading import Found, Reading
from detente.records.unread import Unread
from detente.records.window import Window

_RESPONSE, _RESOURCE = int(WarcRecordType.response), int(WarcRecordType.resource)
_CONVERSION = int(WarcRecordType.conversion)
_ABOUT_OTHERS = {int(kind) for kind in (WarcRecordType.warcinfo, WarcRecordType.request, WarcRecordType.metadata)}
"""Records that hold no document of their own."""
_PASSED = {
    int(WarcRecordType.revisit): "revisit of a page kept elsewhere",
    int(WarcRecordType.continuation): "continuation",
}
_HTML = ("text/html", "application/xhtml+xml", "application/xhtml")
_NEXT = b"\r\n\r\nWARC/1."
# A film; nothing that long is a page, and to unpack it is a second's work.
MAX_UNPACKED = 64 * MEGABYTE
NAMED = 8
"""Reasons that a summary names."""


def read_warc(source: Source, origin: str, reading: Reading) -> Found:
    """Its pages: HTML that was answered with status 200, and texts. What else it holds is counted in one last line."""
    window = Window(source)
    passed: Counter[str] = Counter()
    pages = _Pages(window, origin, passed)
    start: int | None = 0
    while start is not None:
        yield from pages.read_from(start)
        start = None
        if pages.beyond is not None:
            start = window.next_record(pages.beyond + 1)
            if start is None and not pages.beyond:
                yield Unread(origin, f"{origin}: over {megabytes(MAX_UNPACKED)} in its first record and none behind it")
        elif pages.fault is not None:
            start, lost = _resumed(window, pages)
            if lost is not None and (pages.seen or start is not None):
                yield Unread(
                    f"{origin}@{lost}",
                    f"{origin}@{lost}: damaged record ({pages.fault}); fetch the file again, "
                    + ("its neighbours were read" if start is not None else "nothing behind it could be read"),
                )
    if passed:
        yield Unread(origin, f"{origin}: passed over {_told(passed)}", "not an article")
    elif not pages.seen:
        yield Unread(origin, f"{origin}: no WARC record in it; is it what its name says?")


def _resumed(window: Window, pages: _Pages) -> tuple[int | None, int | None]:
    """Where to go on after a fault, and the record that it cost if that is known by now.

    A fault while going on from one record to the next lies in either: in the first when that does not end as it must,
    else in the second, which is tried once more by itself, and then known.
    """
    if pages.damaged is not None:
        return window.next_record(pages.damaged + 1), pages.damaged
    end = window.end_of(pages.last)
    following = window.next_record(pages.last + 1)
    if end is None:
        return following, pages.last
    return following, (end if following is None or following > end else None)


class _Pages:
    """The pages from one place on, until the end or a fault."""

    def __init__(self, window: Window, origin: str, passed: Counter[str]) -> None:
        self.fault: Exception | None = None
        self.damaged: int | None = None
        """The record in which the fault lies, if that is known."""
        self.beyond: int | None = None
        """A record too long to be unpacked to its end: the next is to be looked for behind it."""
        self.last = -1
        self.seen = False
        self._unpacked = 0
        self._same = 0
        self._window = window
        self._origin = origin
        self._passed = passed

    def read_from(self, start: int) -> Found:
        """Whatever stops it is told in `fault`."""
        self.fault, self.damaged, self.beyond = None, start, None
        self._window.back_to(start)
        records = iter(ArchiveIterator(self._window, parse_http=False))  # type: ignore[arg-type]
        while True:
            try:
                record = next(records, None)
                if record is None:
                    self._look_behind()
                    return
                self.seen = True
                self._weigh(record)
                found = self._found(record)
            except Bomb:
                raise
            except (OSError, ValueError) as fault:
                self.fault = fault
                return
            if found is not None:
                yield found
            if self.beyond is not None:
                return

    def _look_behind(self) -> None:
        """A last record that was cut in its head is passed by without a word: something is left over then."""
        # What is packed as a whole would have to be unpacked once more.
        if self.seen and not self._same and (end := self._window.end_of(self.last)) and self._window.is_left(end):
            self.fault, self.damaged = EOFError("cut short"), end

    def _weigh(self, record: WarcRecord) -> None:
        """Decides whether the record is to be unpacked to its end.

        Raises `Bomb`.
        """
        if not self._window.packed:
            return
        if record.content_length > MAX_UNPACKED and record.stream_pos != self.last:
            self.beyond = record.stream_pos
            return
        self._unpacked += record.content_length
        if self._unpacked > max(MAX_UNPACKED, BOMB_RATIO * self._window.tell()):
            raise Bomb(f"unpacks to more than {BOMB_RATIO} times its size")

    def _found(self, record: WarcRecord) -> Record | Unread | None:
        position = record.stream_pos
        # In a file that is packed as a whole all records are said to begin where the file does.
        self._same = self._same + 1 if position == self.last else 0
        self.last, self.damaged = position, None
        self._window.forget(position)
        if record.headers.get("Content-Length") is None:
            self.damaged = position
            raise OSError("its head is cut short")
        kind = int(record.record_type)
        if kind in _ABOUT_OTHERS:
            return None
        if kind in _PASSED or kind not in (_RESPONSE, _RESOURCE, _CONVERSION):
            self._passed[_PASSED.get(kind, "record of unknown type")] += 1
            return None
        self.damaged = position
        place = f"{self._origin}@{position}" + (f"+{self._same}" if self._same else "")
        found = _document(record, place, self._passed)
        if isinstance(found, Record) and not self._window.packed and _NEXT in found.content:
            raise OSError("its length runs into the next record")
        self.damaged = None
        return found


def _document(record: WarcRecord, origin: str, passed: Counter[str]) -> Record | Unread | None:
    """The page or text of a record; None for what is neither, which is counted.

    Raises OSError for a damaged one.
    """
    address, archived = record.headers.get("WARC-Target-URI"), iso_of(record.headers.get("WARC-Date"))
    answer: HeaderMap | None = None
    if record.is_http:
        record.parse_http()
        answer = record.http_headers
        if answer.status_code != 200:
            passed[f"answer with status {answer.status_code}" if answer.status_code else "answer without a status"] += 1
            return None
    told = (answer.get("Content-Type") if answer else record.headers.get("Content-Type")) or ""
    type = told.partition(";")[0].strip().lower()
    if type and type not in _HTML and type != "text/plain":
        passed[type[:60]] += 1
        return None
    length = record.content_length
    body = record.reader.read(MAX_PAGE + 1)
    if len(body) < min(length, MAX_PAGE + 1):
        raise OSError(f"{len(body):,} of {length:,} bytes are there")
    if answer:
        body = unwrapped(
            body, transfer=answer.get("Transfer-Encoding"), content=answer.get("Content-Encoding"), limit=MAX_PAGE + 1
        )
    if len(body) > MAX_PAGE:
        return too_long(origin)
    format: Literal["html", "text"] = "html" if type in _HTML else page_kind(body)
    if not type and format == "text":
        passed["answer that names no type"] += 1
        return None
    return Record(
        origin=origin,
        content=body,
        format=format,
        charset=record.http_charset if answer else None,
        url=web_address((address or "").strip("<> ")),
        archived=archived,
    )


def _told(passed: Counter[str]) -> str:
    named = [f"{count:,} {what}" for what, count in passed.most_common(NAMED)]
    others = sum(passed.values()) - sum(count for _, count in passed.most_common(NAMED))
    total = sum(passed.values())
    return f"{total:,} record{'s' * (total != 1)} that {'are' if total != 1 else 'is'} no news page: " + ", ".join(
        (*named, f"{others:,} others") if others else named
    )
