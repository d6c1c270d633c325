"""Which characters the bytes mean."""

import pytest

from detente.articles.charset import text_of
from detente.errors import Unreadable

MOSCOW = "Москва и НАТО договорились"


@pytest.mark.parametrize(
    "content, told, text",
    [
        # marks of byte order
        ("naïve".encode("utf-8-sig"), None, "naïve"),
        ("naïve".encode("utf-16"), None, "naïve"),
        # UTF-16 without its mark
        ("A plain sentence, wide.".encode("utf-16-le"), None, "A plain sentence, wide."),
        # the header lies: the bytes are UTF-8
        (MOSCOW.encode(), "iso-8859-1", MOSCOW),
        # the page lies: the bytes are UTF-8
        (b"<meta charset=gb2312>" + MOSCOW.encode(), None, "<meta charset=gb2312>" + MOSCOW),
        # the header is right
        (MOSCOW.encode("cp1251"), "windows-1251", MOSCOW),
        # the page is right
        (b'<meta charset="windows-1251">' + MOSCOW.encode("cp1251"), None, '<meta charset="windows-1251">' + MOSCOW),
        # quotes of Windows under the name of Latin-1
        (b"\x93No\x94, he said", "iso-8859-1", "“No”, he said"),
        # nothing declared
        (b"caf\xe9 \x96 closed", None, "café – closed"),
        # a charset that does not exist
        (b"caf\xe9", "klingon-8", "café"),
        # Python's codecs that are no charsets
        (b"caf\xe9", "base64", "café"),
        # one bad byte in UTF-8
        ("Côté, ".encode() * 50 + b"\xff", None, "Côté, " * 50 + "\ufffd"),
        # zero bytes that an editor left
        (b"NATO\0 agrees", None, "NATO agrees"),
    ],
)
def test_reads(content, told, text):
    assert text_of(content, "a", told=told) == text


def test_refuses_noise():
    with pytest.raises(Unreadable, match="a: binary"):
        text_of(bytes(range(32)) * 99, "a")
