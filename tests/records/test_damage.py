"""Whatever is done to a file of any format, reading it raises nothing and ends."""

import gzip
import random
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.records.test_archives import PAGE, tarred
from tests.records.test_feedfiles import RSS
from tests.records.test_mail import BOTH, PLAIN
from tests.records.test_warcs import pages

from detente.model import Record
from detente.records import Unread, read


def samples(folder):
    """One good file of each format."""
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", PAGE)
        archive.writestr("b.csv", "text\nA\n")
        archive.writestr("c.warc.gz", gzip.compress(pages(1)[0]))
    pq.write_table(pa.table({"text": ["A", "B"], "date": ["2009", None]}), folder / "a.parquet")
    made = {name: (folder / name).read_bytes() for name in ("a.zip", "a.parquet")}
    return made | {
        "a.tar": tarred({"a.html": PAGE, "b.txt": b"A", "c.eml": PLAIN}),
        "a.tar.gz": gzip.compress(tarred({"a.html": PAGE, "b.txt": b"A"})),
        "a.warc.gz": b"".join(map(gzip.compress, pages(3))),
        "a.warc": b"".join(pages(3)),
        "a.csv": b'text,date\n"A ""b""",2009\nB,\n',
        "a.jsonl": b'{"text": "A"}\n{"html": "<p>B</p>", "id": 1}\n',
        "a.rss": RSS.encode(),
        "a.eml": BOTH,
        "a.mbox": b"From a@b\n" + PLAIN + b"\nFrom c@d\n" + BOTH,
        "a.opml": b'<opml><body><outline xmlUrl="http://a.example/f"/></body></opml>',
    }


# Run with 1,500 once, on each of these; few are enough to see that it still holds.
ROUNDS = 15

NAMES = (
    "a.zip", "a.parquet", "a.tar", "a.tar.gz", "a.warc.gz", "a.warc", "a.csv", "a.jsonl", "a.rss", "a.eml", "a.mbox",
    "a.opml",
)  # fmt: skip


def damaged(content, chance):
    """The content with bits flipped, parts cut out, doubled, or put elsewhere."""
    content = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, size = chance.randrange(len(content) + 1), chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(6):
            case 0:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del content[at : at + size]
            case 2:
                content[at:at] = content[at : at + size]
            case 3:
                content[at : at + size] = b"\0" * size
            case 4:
                content[at:at] = chance.randbytes(size)
            case 5:
                del content[at:]
    return bytes(content)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rename", [False, True], ids=["by name", "by content"])
def test_damage_ends_in_records_and_reasons(tmp_path, name, rename):
    good = samples(tmp_path)[name]
    path = tmp_path / ("unnamed" if rename else name)
    chance = random.Random(name)
    for _ in range(ROUNDS):
        path.write_bytes(damaged(good, chance))
        for found in read(path):
            assert isinstance(found, Record) or (isinstance(found, Unread) and found.reason.startswith(str(tmp_path)))
