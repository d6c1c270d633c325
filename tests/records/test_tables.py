"""CSV, TSV, Parquet, and JSONL with other names: columns by map and by usual names."""

import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.model import Record
from detente.records import Unread, read
from detente.records.limits import MAX_LINE


def table(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


class TestCsv:
    def test_usual_names_are_known(self, tmp_path):
        path = table(
            tmp_path,
            'ID,Title,Body,Date,Link,Source,other\n7,H,"NATO,\nRussia ""agree""",2009-06-28,http://a.example,P,x\n',
        )
        (record,) = read(path)
        assert record == Record(
            origin=f"{path}:2", content=b'NATO,\nRussia "agree"', format="text", charset="utf-8", key="7", headline="H",
            published="2009-06-28", url="http://a.example", publisher="P",
        )  # fmt: skip

    def test_columns_are_named(self, tmp_path):
        path = table(tmp_path, "a,b,text\n<p>x</p>,2009-06-28,no\n")
        (record,) = read(path, columns={"html": "a", "published": "b"})
        assert (record.content, record.format, record.published) == (b"<p>x</p>", "html", "2009-06-28")

    @pytest.mark.parametrize("delimiter, name", [(";", "a.csv"), ("\t", "a.csv"), ("|", "a.csv"), ("\t", "a.tsv")])
    def test_the_sign_between_columns_is_told_by_the_head(self, tmp_path, delimiter, name):
        path = table(
            tmp_path,
            f"text{delimiter}date\nA, B{delimiter}2009\n",
            name,
        )
        (record,) = read(path)
        assert (record.content, record.published) == (b"A, B", "2009")

    @pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_charsets(self, tmp_path, charset):
        (record,) = read(table(tmp_path, "text\nZürich\n".encode(charset)))
        assert record.content == "Zürich".encode()

    def test_a_charset_that_changes_on_the_way(self, tmp_path):
        rows = b"text\n" + b"plain words\n" * 9000 + "Zürich\n".encode("cp1252")
        assert list(read(table(tmp_path, rows)))[-1].content == "Zürich".encode()

    def test_a_field_as_long_as_a_page(self, tmp_path):
        (record,) = read(table(tmp_path, "text\n" + "x" * 3_000_000 + "\n"))
        assert len(record.content) == 3_000_000

    def test_zero_bytes_and_empty_rows(self, tmp_path):
        first, second = read(table(tmp_path, b"text,date\na\0b,\n,\n\nc,\n"))
        assert (first.content, second.content, second.origin[-2:]) == (b"ab", b"c", ":5")

    def test_a_row_without_its_text_is_named_and_the_next_one_read(self, tmp_path):
        bad, good = read(table(tmp_path, "text,date\n,2009\ngood,2009\n"))
        assert bad.reason.endswith("a.csv:2: nothing in 'text'") and good.content == b"good"

    @pytest.mark.parametrize(
        "content, columns, reason",
        [
            ("a,b\nx,y\n", {}, "say which, as in --columns text=a; it has a, b"),
            ("a,b\nx,y\n", {"text": "c"}, "no column 'c' for text; it has a, b"),
            ("", {}, "empty; its first row should name the columns"),
            ("text\n", {}, "only a head"),
        ],
    )
    def test_columns_that_are_not_there(self, tmp_path, content, columns, reason):
        (only,) = read(table(tmp_path, content), columns=columns)
        assert reason in only.reason

    def test_a_quotation_mark_that_is_never_closed(self, tmp_path):
        content = b'text\ngood\n"open' + b" words\n" * (MAX_LINE // 6)
        good, bad = read(table(tmp_path, content))
        assert good.content == b"good" and "never closed" in bad.reason and bad.origin.endswith(":3")


class TestParquet:
    def write(self, tmp_path, **columns):
        pq.write_table(pa.table(columns), tmp_path / "a.parquet")
        return tmp_path / "a.parquet"

    def test_rows(self, tmp_path):
        path = self.write(
            tmp_path,
            body=["A", None, "B"],
            date=[datetime.date(2009, 6, 28), None, None],
            id=[1, 2, 3],
            rest=[[1], [], []],
        )
        first, bad, last = read(path)
        assert (first.origin, first.content, first.published, first.key) == (f"{path}:1", b"A", "2009-06-28", "1")
        assert isinstance(bad, Unread) and last.published is None

    def test_columns_are_named(self, tmp_path):
        path = self.write(tmp_path, w=["A"], v=[datetime.datetime(2009, 6, 28, 10, 57)])
        (record,) = read(path, columns={"text": "w", "published": "v"})
        assert (record.content, record.published) == (b"A", "2009-06-28T10:57:00")

    def test_from_standard_input(self, tmp_path, monkeypatch):
        path = self.write(tmp_path, text=["A"])
        with path.open("rb") as stream:
            monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream}))
            (record,) = read("-")
        assert record.origin == "-:1"

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"nonsense", b"PAR1" + b"\0" * 100 + b"\xff\xff\xff\x7fPAR1"])
    def test_damaged(self, tmp_path, content):
        (only,) = read(table(tmp_path, content, "a.parquet"))
        assert "no Parquet file, damaged or cut short" in only.reason

    def test_a_bomb(self, tmp_path, monkeypatch):
        monkeypatch.setattr("detente.records.parquet.BOMB_FLOOR", 1 << 20)
        found = list(read(self.write(tmp_path, text=["x" * 100_000] * 500)))
        assert "unpacks to more than 250 times its size" in found[-1].reason and len(found) < 450

    def test_a_column_of_another_kind(self, tmp_path):
        (only,) = read(self.write(tmp_path, text=[[1, 2]]))
        assert "holds no text but list" in only.reason


class TestJsonlWithOtherNames:
    def test_fields_are_named_and_the_others_keep_ours(self, tmp_path):
        path = table(tmp_path, '{"body": "A", "date": "2009-06-28", "url": "u", "text": "not this"}\n', "a.jsonl")
        (record,) = read(path, columns={"text": "body", "published": "date"})
        assert (record.content, record.published, record.url) == (b"A", "2009-06-28", "u")

    @pytest.mark.parametrize("line", ["[1]", "nonsense", "{}", '{"body": {"a": 1}}'])
    def test_a_bad_line_is_named_and_the_next_one_read(self, tmp_path, line):
        bad, good = read(table(tmp_path, f'{line}\n{{"body": "A"}}\n', "a.jsonl"), columns={"text": "body"})
        assert bad.origin.endswith(":1") and good.content == b"A"
