"""Bytes of text files made good: one encoding, one kind of line end; what was mended is told."""

from __future__ import annotations

from detente.readers.exchange.notes import Note, Repaired


def clean(data: bytes, file: str, line: int) -> tuple[bytes, list[Note]]:
    """UTF-8 without zero bytes, its lines ended by "\\n" alone."""
    notes: list[Note] = []
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\n" not in data.rstrip(b"\n"):
            data = data.replace(b"\r", b"\n")  # as old Macs ended lines
        elif b"\r" in data:
            at = _line_at(data, data.find(b"\r"), line)
            notes.append(Repaired(file, at, "a return within a line", data.count(b"\r")))
            data = data.replace(b"\r", b" ")
    if b"\0" in data:
        notes.append(Repaired(file, _line_at(data, data.find(b"\0"), line), "zero bytes", data.count(b"\0")))
        data = data.replace(b"\0", b"")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _as_utf8(data, file, line, notes)
    return data, notes


def _line_at(data: bytes, position: int, line: int) -> int:
    return line + data.count(b"\n", 0, position)


def _as_utf8(data: bytes, file: str, line: int, notes: list[Note]) -> tuple[bytes, list[Note]]:
    """Lines that are no UTF-8, in a file whose others are, are Latin-1, which files of that age mean by cp1252."""
    lines = data.split(b"\n")
    odd = []
    for number, part in enumerate(lines):
        try:
            part.decode("utf-8")
        except UnicodeDecodeError:
            odd.append(number)
            lines[number] = part.decode("cp1252", "replace").encode()
    notes.append(Repaired(file, line + odd[0], "Latin-1 for UTF-8", len(odd)))
    return b"\n".join(lines), notes
