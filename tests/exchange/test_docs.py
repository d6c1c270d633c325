"""docs/exchange.md names every format and every repair, and only those that exist."""

import re
from pathlib import Path

import pytest

from detente.readers.exchange import ROWS
from detente.readers.exchange import cells as cells_module
from detente.readers.exchange import lines as lines_module
from detente.readers.exchange.gdelt_events import NAMES as GDELT
from detente.writers.exchange import FORMATS
from detente.writers.exchange.dyads import EDGE, NODE

DOCS = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text()
SECTIONS = dict(re.findall(r"^### (\S+)\n(.+?)(?=^##|\Z)", DOCS, re.MULTILINE | re.DOTALL))


def test_every_format_has_a_section_and_every_section_a_format():
    assert set(SECTIONS) == set(FORMATS)


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if not format.writes])
def test_formats_that_are_read_alone_say_so_and_whose_terms(name):
    assert "Read alone" in SECTIONS[name]
    assert "terms" in SECTIONS[name]


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if format.layout and format.writes])
def test_the_number_of_columns_is_told(name):
    if name != "csv":
        assert f"{len(FORMATS[name].layout.names)} columns" in SECTIONS[name]


def test_every_field_of_a_row_is_told():
    told = DOCS.split("## A row")[1].split("\n## ")[0]
    parts = {re.sub(r"^(source|target)_", "", name) for name in ROWS.names}
    assert [name for name in sorted(parts) if f"`{name}`" not in told] == []


def test_every_repair_of_tables_is_told():
    # the literal beginnings of what notes say
    sources = "".join(Path(module.__file__).read_text() for module in (cells_module, lines_module))
    repairs = re.findall(r'(?:Fixed\([^"\n]+?|Repaired\(self\._file, 1, f?|return cells[^"\n]*, )"([^"{(]+)', sources)
    repairs += ["Latin-1 for UTF-8", "zero bytes", "a return within a line", "quotation marks around cells"]
    assert len(repairs) > 8
    told = DOCS.split("## What is mended")[1].split("\n## ")[0]
    missing = [what for what in repairs if what.strip().rstrip(";") not in told and "kept" not in what]
    assert missing == []


def test_columns_that_are_named_exist():
    named = set(re.findall(r"\b[A-Z][A-Za-z]*(?:ID|Date|Scale|Num\w+|Event|Class|Code)\b", SECTIONS["gdelt-events"]))
    assert {"GLOBALEVENTID", "QuadClass", "GoldsteinScale"} <= set(GDELT)
    assert [name for name in named if name not in GDELT and not any(name in column for column in GDELT)] == []


def test_what_graphs_tell_is_told():
    told = SECTIONS["graphml"]
    assert [name for name, _ in (*EDGE, *NODE) if f"`{name}`" not in told] == ["quad2", "quad3"]
