"""Files, folders, patterns, standard input and JSONL become records; what cannot be read says why."""

import bz2
import gzip
import io
import json
import lzma
import os
import sys

import pytest

from detente.model import Record
from detente.records import Unread, read
from detente.records.read import MAX_LINE, MAX_PAGE

PAGE = b"<html><body><p>Iran and Iraq signed a pact.</p></body></html>"


def one(source, **options):
    (found,) = read(source, **options)
    return found


@pytest.mark.parametrize(
    "name, content, format",
    [
        ("page.html", PAGE, "html"),
        ("PAGE.HTM", PAGE, "html"),
        ("story.txt", b"NATO, Russia agree", "text"),
        # no suffix: told by the first bytes
        ("page", b"\n<!DOCTYPE html><html>", "html"),
        ("story", b"A < B in the ranking", "text"),
        # a suffix that means nothing here
        ("page.php", PAGE, "html"),
        # UTF-16 is seen through
        ("wide", "<html><body>x".encode("utf-16"), "html"),
    ],
)
def test_tells_the_format_by_name_then_by_content(tmp_path, name, content, format):
    (tmp_path / name).write_bytes(content)
    record = one(tmp_path / name)
    assert (record.format, record.content, record.origin) == (format, content, str(tmp_path / name))


def test_a_named_format_wins(tmp_path):
    (tmp_path / "page.html").write_bytes(b"plain words")
    assert one(tmp_path / "page.html", format="text").format == "text"


@pytest.mark.parametrize("suffix, pack", [(".gz", gzip.compress), (".xz", lzma.compress), (".bz2", bz2.compress)])
def test_unpacks(tmp_path, suffix, pack):
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(pack(PAGE))
    assert (one(path).content, one(path).format) == (PAGE, "html")


def test_a_folder_is_its_news_files_by_name(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.html", "b/c.htm.gz", "picture.png", ".hidden.txt"):
        (tmp_path / name).write_bytes(gzip.compress(PAGE) if name.endswith("gz") else PAGE)
    assert [record.origin[len(str(tmp_path)) + 1 :] for record in read(tmp_path)] == ["a.html", "z.txt", "b/c.htm.gz"]


def test_a_pattern_is_its_matches(tmp_path):
    for name in ("a.html", "b.html", "c.txt"):
        (tmp_path / name).write_bytes(PAGE)
    assert len(list(read(f"{tmp_path}/*.html"))) == 2


def test_a_file_whose_name_looks_like_a_pattern_is_read(tmp_path):
    (tmp_path / "a[1].html").write_bytes(PAGE)
    assert one(f"{tmp_path}/a[1].html").content == PAGE


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "NATO, Russia agree"}\n')))
    assert one("-").content == b"NATO, Russia agree"


class TestJsonl:
    def test_a_line_brings_what_is_known_from_outside(self, tmp_path):
        line = {
            "id": 7, "text": "Русь", "headline": "H", "published": "2009-06-28", "url": "http://a.example/1",
            "publisher": "P", "other": [1],
        }  # fmt: skip
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps(line) + "\n\n", encoding="utf-8")
        record = one(path)
        assert record == Record(
            origin=f"{path}:1", content="Русь".encode(), format="text", charset="utf-8", key="7",
            url="http://a.example/1", headline="H", published="2009-06-28", publisher="P",
        )  # fmt: skip

    @pytest.mark.parametrize(
        "line, reason",
        [
            ("nonsense", "not JSON"),
            ("[1, 2]", "wrong type"),
            ('{"body": "x"}', 'neither "text" nor "html"'),
            ('{"text": 5}', "wrong type"),
            # cut in the middle of a character
            (b'{"text": "\xd0"}', "not JSON"),
        ],
    )
    def test_a_bad_line_is_named_and_the_next_one_read(self, tmp_path, line, reason):
        path = tmp_path / "a.jsonl"
        path.write_bytes((line.encode() if isinstance(line, str) else line) + b'\n{"text": "good"}')
        bad, good = read(path)
        assert bad.origin == f"{path}:1" and reason in bad.reason and bad.reason.startswith(f"{path}:1: ")
        assert good.content == b"good"

    @pytest.mark.parametrize(
        "escaped, text",
        [
            # half a character, alone or in the wrong order
            (r"Chad\ud83d votes", "Chad\ufffd votes"),
            (r"\ude00\ud83d", "\ufffd\ufffd"),
            # a whole one, and a backslash that escapes itself
            (r"\ud83d\ude00 \udc00", "\U0001f600 \ufffd"),
            (r"\\ud83d \ud83d", r"\ud83d" + " \ufffd"),
        ],
    )
    def test_half_a_character_does_not_lose_the_line(self, tmp_path, escaped, text):
        path = tmp_path / "a.jsonl"
        path.write_text(f'{{"text": "{escaped}", "headline": "{escaped}"}}\n')
        record = one(path)
        assert (record.content.decode(), record.headline) == (text, text)

    def test_a_line_over_the_limit_costs_one_line(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_bytes(b'{"text": "a"}\n' + b"x" * (2 * MAX_LINE + 5) + b'\n{"text": "b"}\n')
        first, long, last = read(path)
        assert (first.content, last.content) == (b"a", b"b")
        assert "line over 16 MB" in long.reason

    def test_a_stream_longer_than_a_page_is_read_to_its_end(self, tmp_path):
        path = tmp_path / "unnamed"
        line = json.dumps({"text": "x" * 1000}) + "\n"
        path.write_text(line * (MAX_PAGE // 1000 + 50))
        assert sum(isinstance(record, Record) for record in read(path)) == MAX_PAGE // 1000 + 50


class TestRefusals:
    def test_a_missing_path(self, tmp_path):
        assert one(tmp_path / "no.html") == Unread(
            f"{tmp_path}/no.html",
            f"{tmp_path}/no.html: no such file or folder; check the spelling and the folder you are in",
        )

    def test_a_folder_without_news_says_what_it_holds(self, tmp_path):
        (tmp_path / "a.png").write_bytes(b"x")
        assert "(it holds 1 .png)" in one(tmp_path).reason

    def test_a_pattern_without_matches(self, tmp_path):
        assert "no file matches" in one(f"{tmp_path}/*.html").reason

    def test_an_address_is_not_fetched(self):
        assert "not fetched here" in one("https://news.example/a.html").reason

    def test_a_page_of_20_megabytes_in_one_line(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(b"word " * (4 << 20))
        assert "over 10 MB" in one(tmp_path / "a.txt").reason

    def test_a_bomb(self, tmp_path):
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress(b"0" * (100 << 20)))
        assert "unpacks to more than" in list(read(path))[-1].reason

    def test_a_packed_file_cut_short(self, tmp_path):
        path = tmp_path / "a.html.gz"
        path.write_bytes(gzip.compress(os.urandom(9000))[:5000])
        assert "damaged or cut short" in one(path).reason

    def test_a_file_that_is_not_packed_as_its_name_says(self, tmp_path):
        path = tmp_path / "a.html.gz"
        path.write_bytes(PAGE)
        assert "damaged" in one(path).reason

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
    def test_a_file_closed_to_the_user(self, tmp_path):
        path = tmp_path / "a.html"
        path.write_bytes(PAGE)
        path.chmod(0)
        assert "may not read" in one(path).reason

    def test_a_file_closed_to_the_user_whoever_runs_this(self, tmp_path, monkeypatch):
        def closed(*_):
            raise PermissionError

        monkeypatch.setattr("pathlib.Path.open", closed)
        assert "may not read" in one(tmp_path / "a.html").reason

    def test_the_rest_of_the_batch_goes_on(self, tmp_path):
        (tmp_path / "a.html.gz").write_bytes(b"junk")
        (tmp_path / "b.html").write_bytes(PAGE)
        bad, good = read(tmp_path)
        assert isinstance(bad, Unread) and isinstance(good, Record)
