"""Letters, mailboxes, and pages saved as .mhtml."""

import time

import pytest

from detente.model import Record
from detente.records import read

PLAIN = b"""From: Desk <desk@news.example>
To: readers@news.example
Subject: =?utf-8?q?NATO=2C_Russia_agree_=E2=80=93_again?=
Date: Sun, 28 Jun 2009 10:57:00 +0800
Message-ID: <1@news.example>
Content-Type: text/plain; charset=iso-8859-1

Z\xfcrich talks.
>From the start they went well.
"""
BOTH = b"""From: a@b.example
Subject: S
Date: Sun, 28 Jun 2009 10:57:00 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=X

--X
Content-Type: multipart/alternative; boundary=Y

--Y
Content-Type: text/plain

plain
--Y
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+aHRtbDwvcD4=
--Y--
--X
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename="a.pdf"

x
--X--
"""


def read_bytes(tmp_path, content, name="a.eml"):
    path = tmp_path / name
    path.write_bytes(content)
    return list(read(path))


def test_a_letter(tmp_path):
    (record,) = read_bytes(tmp_path, PLAIN)
    assert record == Record(
        origin=f"{tmp_path}/a.eml", content=PLAIN.partition(b"\n\n")[2], format="text", charset="iso-8859-1",
        key="1@news.example", headline="NATO, Russia agree – again", published="2009-06-28T10:57:00+08:00",
    )  # fmt: skip


def test_html_is_taken_and_what_is_attached_is_named(tmp_path):
    record, attached = read_bytes(tmp_path, BOTH)
    assert (record.content, record.format, record.charset) == (b"<p>html</p>", "html", "utf-8")
    assert "1 attached file not read (a.pdf)" in attached.reason and attached.state == "not an article"


@pytest.mark.parametrize("content", [PLAIN, PLAIN.replace(b"\n", b"\r\n")])
def test_a_letter_without_a_suffix_is_known(tmp_path, content):
    (record,) = read_bytes(tmp_path, content, "letter")
    assert record.headline == "NATO, Russia agree – again"


def test_a_text_that_quotes_the_head_of_a_letter_is_a_text(tmp_path):
    (record,) = read_bytes(tmp_path, b"From: the desk\n\nNATO, Russia agree", "story")
    assert record.format == "text" and record.content.startswith(b"From: the desk")


@pytest.mark.parametrize("name", ["a.mbox", "box"])
def test_a_mailbox(tmp_path, name):
    box = b"From a@b Sun Jun 28 10:57:00 2009\n" + PLAIN + b"\nFrom c@d Sun Jun 28 10:57:00 2009\n" + BOTH
    first, second, _ = read_bytes(tmp_path, box, name)
    assert (first.origin, second.origin) == (f"{tmp_path}/{name}:1", f"{tmp_path}/{name}:2")
    assert b"\nFrom the start" in first.content and second.headline == "S"


def test_a_page_saved_by_a_browser(tmp_path):
    content = BOTH.replace(b"Subject: S", b"Subject: S\nSnapshot-Content-Location: https://a.example/1")
    (record,) = read_bytes(tmp_path, content, "a.mhtml")
    assert record.url == "https://a.example/1"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Content-Disposition: attachment; filename=" + b'"' * 300_000 + b"\n\nx", id="quotation marks"),
        pytest.param(b"Content-Type: text/plain" + b"; a=b" * 60_000 + b"\n\nx", id="parameters"),
        pytest.param(b"Content-Type: text/plain" + b"\n ; a=b" * 60_000 + b"\n\nx", id="parameters in lines"),
        pytest.param(b"Subject: " + b"a " * 500_000 + b"\n\nx", id="a subject"),
        pytest.param(b"Message-ID: <" + b"a." * 500_000 + b">\n\nx", id="an id"),
        pytest.param(b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 60_000, id="parts"),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: a/b\n\n" * 60_000, id="heads"
        ),
        pytest.param(
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(200))
            + b"x\n" * 500_000,
            id="nests",
        ),
        pytest.param(b"Subject: x\n\n" + b"\n" * 5_000_000, id="lines"),
    ],
)
def test_a_letter_made_to_do_harm_costs_seconds_at_most(tmp_path, content):
    before = time.process_time()
    assert read_bytes(tmp_path, content)
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"Subject: \xff\xfe\nDate: 99\n\nwords",
        b"Subject: =?x?q?=\nContent-Type: text/plain; charset=no-such\n\nwords",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
        b"From: " + b"(" * 50_000 + b"\nSubject: x\n\nwords",
        b"Content-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: message/rfc822\n\n" * 2000,
    ],
)
def test_broken_letters_end_in_something(tmp_path, content):
    found = read_bytes(tmp_path, content)
    assert found and all(isinstance(one, Record) or one.reason for one in found)
