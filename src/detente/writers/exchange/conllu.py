"""CoNLL-U: the sentences of articles with their words, tags and trees (Universal Dependencies, v2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from detente.model import Article, Coding, Sentence, Token
from detente.writers.exchange.options import Written


def write_conllu(codings: Iterable[Coding], out: IO[bytes]) -> Written:
    """Write the sentences of articles; features and enhanced dependencies are not known. `rows` are sentences.

    MISC tells where a word stands in the article (`start_char`, `end_char`: code points), the name that it is part of
    (`NER`) and whether the next follows without a space.
    """
    count = 0
    for coding in codings:
        if coding.article is None:
            continue
        for number, sentence in enumerate(coding.sentences):
            out.write(sentence_lines(sentence, coding.article, number).encode("utf-8", "replace"))
            count += 1
    return Written(count, {})


def sentence_lines(sentence: Sentence, article: Article, number: int) -> str:
    """A sentence with its comments and the empty line behind it."""
    text = _one_line(article.text[sentence.start : sentence.end])
    comments = {
        "sent_id": f"{article.id}-{number}", "article": article.id, "part": sentence.part, "block": sentence.block,
        "start_char": sentence.start, "end_char": sentence.end, "text": text,
    }  # fmt: skip
    lines = [f"# {name} = {value}" for name, value in comments.items()]
    following = [token.start for token in sentence.tokens[1:]]
    for at, token in enumerate(sentence.tokens, 1):
        lines.append(_line(at, token, following[at - 1] if at <= len(following) else None))
    return "\n".join(lines) + "\n\n"


def _line(number: int, token: Token, following: int | None) -> str:
    misc = [f"start_char={token.start}", f"end_char={token.end}"]
    if token.name != "O":
        misc.append(f"NER={token.name}")
    if following == token.end:
        misc.append("SpaceAfter=No")
    cells = (str(number), token.form, token.lemma, token.upos, token.xpos, "", str(token.head + 1), token.relation, "")
    return "\t".join([*(_one_line(cell) or "_" for cell in cells), "|".join(misc)])


def _one_line(text: str) -> str:
    """Tabs and line breaks end columns and rows: each becomes a space, so that places stay what they are."""
    return text.translate(_SPACES)


_SPACES = dict.fromkeys(map(ord, "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
