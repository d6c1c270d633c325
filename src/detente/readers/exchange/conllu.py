"""CoNLL-U: the sentences of articles with their words, tags and trees (Universal Dependencies, v2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from detente.model import Part, Sentence, Token
from detente.readers.exchange.files import UNREADABLE, open_file
from detente.readers.exchange.notes import Note, Skipped
from detente.records.limits import MAX_LINE, megabytes
from detente.records.opening import Source

MOST_WORDS = 10_000
"""In a sentence; the longest of the treebanks has some 400."""


class Parsed(Struct, frozen=True):
    """A sentence of an article. Offsets of words count from the beginning of the article where the file tells them,
    else from that of the sentence.
    """

    id: str
    article: str | None
    text: str
    sentence: Sentence
    """Without clauses: they are made of the tree."""


def read_conllu(path: Path) -> Iterator[Parsed | Note]:
    """The sentences of a file. Words that stand for several ("1-2") and empty ones ("1.1") are passed over.

    Raises OSError when the file cannot be opened.
    """
    file, number = str(path), 0
    block: list[str] = []
    begin = 1
    try:
        with ExitStack() as stack:
            for number, line in enumerate(_lines(open_file(path, stack)), 1):
                if line is None:
                    yield Skipped(file, number, f"a line over {megabytes(MAX_LINE)}")
                elif line.strip():
                    begin = begin if block else number
                    block.append(line)
                    if len(block) > MOST_WORDS:
                        yield Skipped(file, begin, f"a sentence of over {MOST_WORDS:,} words; the rest was not read")
                        return
                elif block:
                    yield _parsed(block, file, begin)
                    block = []
            if block:
                yield _parsed(block, file, begin)
    except UNREADABLE as fault:
        yield Skipped(file, number, f"cannot be unpacked from here on ({fault}); what follows was not read")


def _lines(source: Source) -> Iterator[str | None]:
    for number, line in enumerate(source.lines(MAX_LINE)):
        text = None if line is None else line.decode("utf-8", "replace")
        yield text.removeprefix("\ufeff") if text and not number else text


def _parsed(block: list[str], file: str, begin: int) -> Parsed | Skipped:
    told = dict(_comments(block))
    words: list[list[str]] = []
    for number, line in enumerate(block, begin):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 10:
            return Skipped(file, number, f"{len(cells)} columns where 10 are expected; the sentence is left out")
        if cells[0].isdigit():
            words.append(cells)
    text = told.get("text", "")
    try:
        tokens = _tokens(words, text)
    except ValueError as fault:
        return Skipped(file, begin, f"{fault}; the sentence is left out")
    part = told.get("part")
    sentence = Sentence(
        block=int(told["block"]) if told.get("block", "").isdigit() else 0,
        part=part if part in get_args(Part) else "body",  # type: ignore[arg-type]  # one of them
        start=int(told["start_char"]) if told.get("start_char", "").isdigit() else 0,
        end=int(told["end_char"]) if told.get("end_char", "").isdigit() else len(text),
        tokens=tokens,
    )
    return Parsed(told.get("sent_id", ""), told.get("article"), text, sentence)


def _comments(block: list[str]) -> Iterator[tuple[str, str]]:
    for line in block:
        name, sign, value = line[1:].partition(" = ")
        if line.startswith("#") and sign:
            yield name.strip(), value


def _tokens(words: list[list[str]], text: str) -> tuple[Token, ...]:
    """Raises `ValueError` for numbers that are none and heads outside the sentence."""
    if [cells[0] for cells in words] != [str(number) for number in range(1, len(words) + 1)]:
        raise ValueError("words that are not numbered from 1")
    tokens, position = [], 0
    for cells in words:
        _, form, lemma, upos, xpos, _, head, relation, _, misc = cells
        more = dict(one.partition("=")[::2] for one in misc.split("|"))
        if not head.isdigit() or int(head) > len(words):
            raise ValueError(f"'{head[:20]}' is no head of a word")
        start, end = _span(more, form, text, position)
        position = end
        name = more.get("NER", "O")
        lemma = "" if lemma == "_" and form != "_" else lemma
        tokens.append(Token(start, end, form, lemma, _said(upos), _said(xpos), int(head) - 1, _said(relation), name))
    return tuple(tokens)


def _span(more: Mapping[str, Any], form: str, text: str, position: int) -> tuple[int, int]:
    start, end = more.get("start_char", ""), more.get("end_char", "")
    if start.isdigit() and end.isdigit():
        return int(start), int(end)
    found = text.find(form, position)
    begin = found if found >= 0 else position
    return begin, begin + len(form)


def _said(cell: str) -> str:
    return "" if cell == "_" else cell
