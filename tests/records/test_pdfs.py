"""The text of PDFs, made by hand here; and those that have none."""

import sys

import pytest

from detente.model import Record
from detente.records import read
from detente.records.pdfs import paragraphs

pytest.importorskip("pypdfium2")


def pdf(*pages, extra=b""):
    """A PDF whose pages hold these lines."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        drawn = b"BT /F 12 Tf 14 TL 50 750 Td " + b"".join(b"(%s) Tj T* " % line.encode() for line in lines) + b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    start = len(content)
    return (
        content + table + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, start)
    )


ENCRYPTED = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)


def one(tmp_path, content, name="a.pdf"):
    (tmp_path / name).write_bytes(content)
    (found,) = read(tmp_path / name)
    return found


@pytest.mark.parametrize("name", ["a.pdf", "unnamed"])
def test_the_text_of_a_page(tmp_path, name):
    record = one(tmp_path, pdf(["NATO and Russia agreed on Sunday to resume their con-", "tacts over Georgia."]), name)
    assert isinstance(record, Record)
    assert (record.content, record.format) == (
        b"NATO and Russia agreed on Sunday to resume their contacts over Georgia.",
        "text",
    )


def test_running_heads_and_numbers_are_left_out():
    body = ["NATO and Russia agreed on Sunday to", "resume contacts.", "A second paragraph begins here and is", "long."]
    other = ["Something else stands on the pages that", "follow.", "It goes on for quite a while and ends", "here."]
    bodies = (body, other, [line.upper() for line in other])
    pages = [["Meridian, 28 June 2009", *lines, f"Page {number} of 3"] for number, lines in enumerate(bodies, 1)]
    text = paragraphs(pages)
    assert "Meridian" not in text and "Page" not in text
    assert text.split("\n\n")[:2] == [
        "NATO and Russia agreed on Sunday to resume contacts.", "A second paragraph begins here and is long.",
    ]  # fmt: skip


def test_a_headline_stands_by_itself():
    pages = [["Truce signed", "Iran and Iraq signed a truce on Sunday in", "the city of Geneva after long talks."]]
    assert paragraphs(pages).split("\n\n")[0] == "Truce signed"


@pytest.mark.parametrize(
    "content, reason",
    [
        (pdf([]), "pictures of pages without text, a scan; run OCR"),
        (b"%PDF-1.4\nnonsense", "damaged or no PDF"),
        (b"", "damaged or no PDF"),
        (pdf(["x"], extra=ENCRYPTED),
         "encrypted; save it without its password"),
        (pdf(*[["A line of text that is long enough"]] * 201), "201 pages, over 200"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_so(tmp_path, content, reason):
    assert reason in one(tmp_path, content).reason


def test_without_the_library(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install 'detente[pdf]'" in one(tmp_path, pdf(["x"])).reason
