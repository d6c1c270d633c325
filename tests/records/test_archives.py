"""Zip and tar: their news files, in their order; hostile and damaged ones."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile

import pytest
from fastwarc.stream_io import ZstdWriter

from detente.model import Record
from detente.records import Unread, read

PAGE = b"<html><body><p>Iran and Iraq signed a pact.</p></body></html>"


def zipped(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, **options)
    return path


def tarred(members):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def zstd(content):
    stream = io.BytesIO()
    # The writer closes what it writes to.
    stream.close = lambda: None
    with ZstdWriter(stream) as writer:
        writer.write(content)
    return stream.getvalue()


def told(found, path):
    """What came of each: the member's name, or the reason."""
    return [one.origin.removeprefix(f"{path}") if isinstance(one, Record) else one.reason for one in found]


MEMBERS = {
    "b/page.html": PAGE, "a.txt": b"NATO, Russia agree", "noname": PAGE, "x.jsonl": b'{"text": "a"}\n{"text": "b"}',
    "p.png": b"\x89PNG", ".hidden.html": PAGE, "__MACOSX/b/._page.html": b"\0\5", "q.css": b"p {}",
}  # fmt: skip
ORIGINS = ["!b/page.html", "!a.txt", "!noname", "!x.jsonl:1", "!x.jsonl:2"]


class TestMembers:
    def test_of_a_zip(self, tmp_path):
        path = zipped(tmp_path / "a.zip", MEMBERS)
        *members, last = told(read(path), path)
        assert members == ORIGINS
        assert last == f"{path}: passed over 2 members that are no news (1 .png, 1 .css)"

    @pytest.mark.parametrize(
        "suffix, pack",
        [
            (".tar", bytes), (".tar.gz", gzip.compress), (".tgz", gzip.compress), (".tar.xz", lzma.compress),
            (".txz", lzma.compress), (".tar.bz2", bz2.compress), (".tar.zst", zstd),
        ],
    )  # fmt: skip
    def test_of_a_tar(self, tmp_path, suffix, pack):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(pack(tarred(MEMBERS)))
        *members, last = told(read(path), path)
        assert members == ORIGINS and "passed over 2 members" in last

    @pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
    def test_of_a_tar_on_standard_input(self, monkeypatch, pack):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(pack(tarred(MEMBERS)))))
        assert told(read("-"), "-")[:-1] == ORIGINS

    def test_of_a_zip_on_standard_input(self, tmp_path, monkeypatch):
        stream = io.BytesIO(zipped(tmp_path / "a.zip", MEMBERS).read_bytes())
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))
        assert told(read("-"), "-")[:-1] == ORIGINS

    def test_a_folder_finds_archives_and_all_that_may_be_news(self, tmp_path):
        for name in (
            "a.zip",
            "b.tar.gz",
            "c.tgz",
            "d.warc.gz",
            "e.wacz",
            "f.csv",
            "g.eml",
            "h.parquet",
            "i.pdf",
            "j.rss",
        ):
            (tmp_path / name).write_bytes(b"")
        (tmp_path / "k.png").write_bytes(b"")
        found = {one.origin.removeprefix(f"{tmp_path}/") for one in read(tmp_path)}
        assert {name[0] for name in found} == set("abcdefghij")

    def test_an_empty_one(self, tmp_path):
        (only,) = read(zipped(tmp_path / "a.zip", {}))
        assert "nothing in this archive" in only.reason


class TestHarm:
    def test_names_that_climb_are_names_and_no_more(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        names = ("../../up.html", "/etc/rooted.html", "C:\\dos.html", "a/\x1b[31m.html")
        before = set(tmp_path.rglob("*"))
        for path, content in (("a.zip", None), ("a.tar", tarred(dict.fromkeys(names, PAGE)))):
            if content is None:
                zipped(tmp_path / path, dict.fromkeys(names, PAGE))
            else:
                (tmp_path / path).write_bytes(content)
            assert [record.origin for record in read(path)] == [f"{path}!{name}" for name in names]
        assert set(tmp_path.rglob("*")) - before == {tmp_path / "a.zip", tmp_path / "a.tar"}

    def test_links_and_devices_are_not_followed(self, tmp_path):
        (tmp_path / "secret.txt").write_text("the secret")
        with tarfile.open(tmp_path / "a.tar", "w") as archive:
            for name, kind in (("l.txt", tarfile.SYMTYPE), ("h.txt", tarfile.LNKTYPE), ("d.txt", tarfile.CHRTYPE)):
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, str(tmp_path / "secret.txt")
                archive.addfile(info)
        (only,) = read(tmp_path / "a.tar")
        assert "3 links and devices" in only.reason

    @pytest.mark.parametrize("name", ["bomb.html", "bomb.jsonl", "bomb.csv", "bomb.html.gz"])
    def test_a_bomb_costs_itself(self, tmp_path, name):
        bomb = b"0" * (40 << 20)
        members = {"a.html": PAGE, name: gzip.compress(bomb) if name.endswith("gz") else bomb, "b.html": PAGE}
        path = zipped(tmp_path / "a.zip", members)
        first, *middle, last = told(read(path), path)
        assert (first, last) == ("!a.html", "!b.html")
        assert any(part in middle[-1] for part in ("over 10 MB", "unpacks to more than", "no row can be made"))

    def test_bombs_in_bombs(self, tmp_path):
        inner = gzip.compress(gzip.compress(b"0" * (80 << 20)))
        path = zipped(tmp_path / "a.zip", {"x.html.gz": inner, "b.html": PAGE})
        assert told(read(path), path)[-1] == "!b.html"

    def test_archives_nested_too_deep(self, tmp_path):
        content = PAGE
        for level in range(6):
            name = "page.html" if level == 0 else "inner.zip"
            content = zipped(tmp_path / "a.zip", {name: content}).read_bytes()
        (only,) = read(tmp_path / "a.zip")
        assert "nested over 2 deep" in only.reason and only.origin.count("!") == 3

    def test_a_million_files_in_one_place(self, tmp_path):
        """Members that lie over each other, as in the bombs that unpack to petabytes."""
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE, "b.html": PAGE})
        content = bytearray(path.read_bytes())
        second = content.rindex(b"PK\1\2")
        content[second + 42 : second + 46] = struct.pack("<I", 0)
        path.write_bytes(content)
        found = list(read(path))
        assert len(found) == 2 and isinstance(found[1], Unread) and "damaged" in found[1].reason


class TestDamage:
    def test_an_encrypted_member(self, tmp_path):
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE, "b.html": PAGE})
        content = bytearray(path.read_bytes())
        content[content.index(b"PK\1\2") + 8] |= 1
        path.write_bytes(content)
        first, second = told(read(path), path)
        assert "encrypted; unpack it with its password" in first and second == "!b.html"

    def test_a_flipped_bit_in_a_zip(self, tmp_path):
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE, "b.html": PAGE * 50, "c.html": PAGE})
        content = bytearray(path.read_bytes())
        content[content.index(b"b.html") + 30] ^= 16
        path.write_bytes(content)
        first, second, third = told(read(path), path)
        assert (first, third) == ("!a.html", "!c.html") and "damaged" in second

    def test_a_zip_without_its_end(self, tmp_path):
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE, "b.html": PAGE})
        path.write_bytes(path.read_bytes()[:-40])
        (only,) = read(path)
        assert "no zip archive, damaged or cut short" in only.reason

    def test_a_damaged_head_in_a_tar_costs_its_member(self, tmp_path):
        content = bytearray(tarred(dict.fromkeys(("a.html", "b.html", "c.html"), PAGE)))
        content[1024 + 148] ^= 1
        (tmp_path / "a.tar").write_bytes(content)
        first, lost, last = told(read(tmp_path / "a.tar"), tmp_path / "a.tar")
        assert (first, last) == ("!a.html", "!c.html")
        assert lost.startswith(f"{tmp_path}/a.tar@1024: damaged head of a member")

    @pytest.mark.parametrize("at, lost", [(0, 0), (2048, 2048)])
    def test_the_first_and_the_last_head(self, tmp_path, at, lost):
        content = bytearray(tarred(dict.fromkeys(("a.html", "b.html", "c.html"), PAGE)))
        content[at + 148] ^= 1
        (tmp_path / "a.tar").write_bytes(content)
        found = told(read(tmp_path / "a.tar", format="tar"), tmp_path / "a.tar")
        assert sum("damaged head" in one for one in found) == 1 and len(found) == 3

    def test_two_tars_put_together(self, tmp_path):
        (tmp_path / "a.tar").write_bytes(tarred({"a.html": PAGE}) + tarred({"b.html": PAGE}))
        assert told(read(tmp_path / "a.tar"), tmp_path / "a.tar") == ["!a.html", "!b.html"]

    @pytest.mark.parametrize("suffix, pack", [(".tar", bytes), (".tar.gz", gzip.compress), (".tar.xz", lzma.compress)])
    def test_a_tar_cut_short(self, tmp_path, suffix, pack):
        noise = b"<html>" + bytes(range(256)) * 200
        content = pack(tarred({"a.html": PAGE, "b.html": noise}))
        path = tmp_path / f"a{suffix}"
        path.write_bytes(content[: 10_000 if suffix == ".tar" else -60])
        found = told(read(path), path)
        assert "cut short" in found[-1]
        assert not any(isinstance(one, Record) and b"</html>" not in one.content for one in read(path))
