"""WARC, WET and WACZ: the pages in them, where they stand, and what damage costs."""

import gzip
import io
import random
import tarfile
import zipfile
import zlib

import brotli
import pytest

from detente.model import Record
from detente.records import read
from detente.records.limits import MAX_PAGE

PAGE = "<html><body><p>Iran and Iraq signed pact number {}.</p></body></html>"


def warc_record(
    body=b"", *, kind="response", url="https://a.example/1", http="200 OK", type="text/html", length=None, **headers
):
    """A record as it stands in a file; `http` None leaves the HTTP head out."""
    answer = b""
    if http is not None:
        told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        answer = f"HTTP/1.1 {http}\r\nContent-Type: {type}\r\n{told}\r\n".encode()
    outer = "application/http; msgtype=response" if http is not None else type
    block = answer + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-06-28T10:57:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: {outer}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(number):
    # Letters without an order, so that a flipped bit is no harmless one.
    noise = random.Random(number).randbytes(3000).hex()
    return PAGE.format(number).encode() + f"<!-- {noise} -->".encode()


def pages(count):
    return [warc_record(page(number), url=f"https://a.example/{number}") for number in range(count)]


def read_warc(tmp_path, content, name="a.warc.gz"):
    path = tmp_path / name
    path.write_bytes(content)
    found = list(read(path))
    records = [one for one in found if isinstance(one, Record)]
    lost = [one for one in found if not isinstance(one, Record) and one.state == "unreadable"]
    passed = [one for one in found if not isinstance(one, Record) and one.state == "not an article"]
    return records, lost, passed


def numbers(records):
    return [int(record.url.rpartition("/")[2]) for record in records]


class TestPages:
    @pytest.mark.parametrize("packed", [True, False])
    def test_a_page_brings_its_address_date_and_offset(self, tmp_path, packed):
        raw = [warc_record(b"", kind="warcinfo", http=None), warc_record(page(1), type="text/html; charset=koi8-r")]
        parts = [gzip.compress(part) if packed else part for part in raw]
        name = "a.warc.gz" if packed else "a.warc"
        (record,), lost, passed = read_warc(tmp_path, b"".join(parts), name)
        assert record == Record(
            origin=f"{tmp_path}/{name}@{len(parts[0])}", content=page(1), format="html", charset="koi8-r",
            url="https://a.example/1", archived="2019-06-28T10:57:00+00:00",
        )  # fmt: skip
        assert not lost and not passed

    def test_what_is_no_page_is_counted_in_one_line(self, tmp_path):
        raw = [
            warc_record(http="301 Moved"), warc_record(http="301 Moved"), warc_record(type="image/png"),
            warc_record(kind="request", http="GET / HTTP/1.1"), warc_record(kind="metadata", http=None),
            warc_record(kind="revisit"), warc_record(page(7), url="https://a.example/7"),
        ]  # fmt: skip
        records, lost, (told,) = read_warc(tmp_path, b"".join(map(gzip.compress, raw)))
        assert numbers(records) == [7] and not lost
        assert "passed over 4 records that are no news page" in told.reason
        assert all(part in told.reason for part in ("2 answer with status 301", "1 image/png", "1 revisit"))

    def test_texts_of_common_crawl(self, tmp_path):
        content = gzip.compress(warc_record(b"NATO, Russia agree", kind="conversion", http=None, type="text/plain"))
        (record,), _, _ = read_warc(tmp_path, content, "a.warc.wet.gz")
        assert (record.format, record.content) == ("text", b"NATO, Russia agree")

    @pytest.mark.parametrize(
        "wrap, headers",
        [
            (gzip.compress, {"Content_Encoding": "gzip"}),
            (zlib.compress, {"Content_Encoding": "deflate"}),
            (brotli.compress, {"Content_Encoding": "br"}),
            (lambda body: b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n", {"Transfer_Encoding": "chunked"}),
            # the header was kept, the wrapping was taken off
            (bytes, {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}),
            (bytes, {"Content_Encoding": "br"}),
            (bytes, {"Content_Encoding": "nonsense"}),
        ],
    )
    def test_wrapped_for_the_way(self, tmp_path, wrap, headers):
        content = warc_record(wrap(page(1)), **headers)
        (record,), _, _ = read_warc(tmp_path, gzip.compress(content))
        assert record.content == page(1)

    def test_a_page_over_the_limit_costs_itself(self, tmp_path):
        raw = [warc_record(b"<html>" + b"x" * MAX_PAGE), *pages(2)]
        records, (lost,), _ = read_warc(tmp_path, b"".join(map(gzip.compress, raw)))
        assert numbers(records) == [0, 1] and "over 10 MB" in lost.reason

    def test_a_bomb_in_a_page_costs_itself(self, tmp_path):
        bomb = warc_record(gzip.compress(b"0" * (60 << 20)), Content_Encoding="gzip")
        records, (lost,), _ = read_warc(tmp_path, b"".join(map(gzip.compress, [bomb, *pages(1)])))
        assert numbers(records) == [0] and "over 10 MB" in lost.reason

    def test_a_film_is_passed_by_without_being_unpacked(self, tmp_path, monkeypatch):
        monkeypatch.setattr("detente.records.warcs.MAX_UNPACKED", 1 << 20)
        film = gzip.compress(warc_record(b"\0" * (40 << 20), type="video/mp4"))
        # Were it unpacked to its end, the fault there would be seen.
        parts = [*map(gzip.compress, pages(1)), film[:-9] + b"\xff" + film[-8:], *map(gzip.compress, pages(2))]
        records, lost, (told,) = read_warc(tmp_path, b"".join(parts))
        assert numbers(records) == [0, 0, 1] and not lost and "1 video/mp4" in told.reason

    def test_a_bomb_of_many_records(self, tmp_path, monkeypatch):
        monkeypatch.setattr("detente.records.warcs.MAX_UNPACKED", 2 << 20)
        part = gzip.compress(warc_record(b"\0" * (1 << 20), type="image/png"))
        records, (lost,), _ = read_warc(tmp_path, part * 40)
        assert not records and "unpacks to more than 250 times its size" in lost.reason

    def test_packed_as_a_whole_each_has_a_name_of_its_own(self, tmp_path):
        records, _, _ = read_warc(tmp_path, gzip.compress(b"".join(pages(3))))
        assert numbers(records) == [0, 1, 2] and len({record.origin for record in records}) == 3

    def test_from_standard_input(self, tmp_path, monkeypatch):
        stream = io.BytesIO(b"".join(map(gzip.compress, pages(3))))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))
        assert numbers(read("-")) == [0, 1, 2]

    def test_wacz_and_archives_of_archives(self, tmp_path):
        packed = b"".join(map(gzip.compress, pages(2)))
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as wacz:
            wacz.writestr("archive/data.warc.gz", packed)
            wacz.writestr("indexes/index.cdx", "x")
            wacz.writestr("datapackage.json", "{}")
        with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
            tar.add(tmp_path / "a.wacz", "a.wacz")
        records = [record for record in read(tmp_path / "b.tar.gz") if isinstance(record, Record)]
        assert numbers(records) == [0, 1]
        assert records[0].origin == f"{tmp_path}/b.tar.gz!a.wacz!archive/data.warc.gz@0"


class TestDamage:
    """What cannot be read is named, and its neighbours are read."""

    def test_a_flipped_bit_costs_one_record(self, tmp_path):
        parts = [gzip.compress(part) for part in pages(12)]
        whole = b"".join(parts)
        start = sum(map(len, parts[:5]))
        for seed in range(40):
            at = random.Random(seed).randrange(start, start + len(parts[5]))
            content = bytearray(whole)
            content[at] ^= 1 << (seed % 8)
            records, lost, _ = read_warc(tmp_path, bytes(content))
            others = [number for number in numbers(records) if number != 5]
            assert others == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11], f"byte {at - start}"
            # Some bits of gzip's head mean nothing; then the page is there and whole.
            if 5 in numbers(records):
                assert not lost and records[5].content == page(5), f"byte {at - start}"
            else:
                assert len(lost) == 1 and lost[0].origin == f"{tmp_path}/a.warc.gz@{start}", f"byte {at - start}"
                assert "its neighbours were read" in lost[0].reason

    def test_damage_in_several_places(self, tmp_path):
        parts = [gzip.compress(part) for part in pages(9)]
        for number in (0, 3, 4, 8):
            parts[number] = parts[number][:200] + b"\0" * 300 + parts[number][500:]
        records, lost, _ = read_warc(tmp_path, b"".join(parts))
        assert numbers(records) == [1, 2, 5, 6, 7] and len(lost) == 4

    def test_a_damaged_request_costs_no_page(self, tmp_path):
        request = gzip.compress(warc_record(random.Random(1).randbytes(900), kind="request", http="GET / HTTP/1.1"))
        request = request[:400] + b"\0\0\0\0" + request[404:]
        parts = [gzip.compress(part) for part in pages(4)]
        records, lost, _ = read_warc(tmp_path, b"".join((*parts[:2], request, *parts[2:])))
        assert numbers(records) == [0, 1, 2, 3] and len(lost) == 1

    @pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
    def test_cut_short(self, tmp_path, name):
        parts = [gzip.compress(part) if name.endswith("gz") else part for part in pages(4)]
        content = b"".join(parts)[: -len(parts[3]) // 2]
        records, (lost,), _ = read_warc(tmp_path, content, name)
        assert numbers(records) == [0, 1, 2]
        assert lost.origin == f"{tmp_path}/{name}@{sum(map(len, parts[:3]))}"
        assert "nothing behind it could be read" in lost.reason

    @pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
    def test_cut_in_a_head(self, tmp_path, name):
        parts = [gzip.compress(part) if name.endswith("gz") else part for part in pages(3)]
        records, lost, _ = read_warc(tmp_path, b"".join(parts)[: len(parts[0]) + len(parts[1]) + 60], name)
        assert numbers(records) == [0, 1]
        assert [one.origin for one in lost] == [f"{tmp_path}/{name}@{len(parts[0]) + len(parts[1])}"]

    def test_filth_between_records(self, tmp_path):
        parts = [gzip.compress(part) for part in pages(4)]
        content = b"".join((*parts[:2], b"\0" * 700, *parts[2:]))
        records, lost, _ = read_warc(tmp_path, content)
        assert numbers(records) == [0, 1, 2, 3] and len(lost) == 1

    @pytest.mark.parametrize(
        "length, left",
        [
            # longer than it is: it would swallow its neighbour
            (9000, [0, 2, 3]),
            (10**12, [0, 2, 3]),
            # no number
            ("x", [0, 2, 3]),
        ],
    )
    def test_a_wrong_length_in_a_plain_file(self, tmp_path, length, left):
        parts = pages(4)
        parts[1] = warc_record(page(1), url="https://a.example/1", length=length)
        records, lost, _ = read_warc(tmp_path, b"".join(parts), "a.warc")
        assert [number for number in numbers(records) if number != 1] == left
        assert 1 in numbers(records) or len(lost) == 1

    def test_a_file_that_holds_no_record(self, tmp_path):
        for content in (b"", b"nonsense" * 100, gzip.compress(b"nonsense" * 100), b"\x1f\x8b\x08\0"):
            records, lost, _ = read_warc(tmp_path, content)
            assert not records and len(lost) == 1

    def test_noise_is_read_to_its_end(self, tmp_path):
        records, lost, _ = read_warc(tmp_path, b"\x1f\x8b\x08\0" * 20_000 + random.Random(1).randbytes(300_000))
        assert not records and len(lost) == 1


class TestLists:
    def test_a_list_of_archives_is_no_news(self, tmp_path):
        path = tmp_path / "warc.paths.gz"
        path.write_bytes(gzip.compress(b"crawl-data/CC-NEWS/2019/06/CC-NEWS-1.warc.gz\n/etc/x.warc.gz\n../x.warc\n"))
        (told,) = read(path)
        assert "a list of 3 archives that are not here" in told.reason and "put them beside the list" in told.reason

    @pytest.mark.parametrize("place", ["crawl-data/CC-NEWS", "."])
    def test_archives_beside_the_list_are_read(self, tmp_path, place):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "1.warc.gz").write_bytes(gzip.compress(pages(1)[0]))
        (tmp_path / "warc.paths").write_text("crawl-data/CC-NEWS/1.warc.gz\n")
        assert numbers(read(tmp_path / "warc.paths")) == [0]
