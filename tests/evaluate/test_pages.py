"""Sets of pages: how rows and pages are read, what is right, and the figures by hand."""

import io
import json
import lzma
import tarfile

import pytest
from click.testing import CliRunner

from detente.articles.words import words_of
from detente.cli.main import cli
from detente.errors import DetenteError
from detente.evaluate.masking import masked
from detente.evaluate.pages import (
    PageRow,
    Picture,
    body_figures,
    is_title_of,
    page_rows,
    page_tables,
    pictures_of,
    taken,
    wrong_pages,
)

BODY = [
    "Peru and Chile signed a treaty on fishing in the waters off Arica, after talks that had lasted for three years.",
    "The ministers of both states met in Lima and said that boats from either port may now land their catch in both.",
    "Fishermen in Arica welcomed the treaty, which the parliaments have to ratify before the season begins in March.",
]
PAGE = f"""<!doctype html><html lang="en"><head><title>Peru, Chile sign treaty on fishing - The Lima Post</title>
<meta property="article:published_time" content="2014-03-03T10:00:00-05:00">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Peru, Chile sign treaty on fishing",
"author": {{"@type": "Person", "name": "Ana Ruiz"}}, "datePublished": "2014-03-03T10:00:00-05:00"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Peru, Chile sign treaty on fishing</h1>
<p class="byline">By Ana Ruiz</p><p class="date">March 3, 2014</p>
<figure><img src="a.jpg"><figcaption>Boats lie in the port of Arica.
<span class="credit">Photo: Juan Soto/Andes Wire</span></figcaption></figure>
{"".join(f"<p>{text}</p>" for text in BODY)}</article>
<aside class="related"><h3>Related</h3><a href="/1">Chile opens a new port for trawlers</a></aside></body></html>"""
GOLD = {
    "page_id": "mine/1", "html": "one.html", "url": "https://post.example/world/treaty", "body": "\n".join(BODY),
    "title": "Peru, Chile  sign treaty on fishing", "authors": ["Ana Ruiz"], "date": "2014-03-03 15:00:00+00:00",
    "must_contain": ["signed a treaty on fishing"], "must_not_contain": ["new port for trawlers", "By Ana Ruiz"],
    "images": [{"caption": "Boats lie in the port of Arica.", "authors": ["Juan Soto/Andes Wire"]}],
}  # fmt: skip


@pytest.fixture
def set_of(tmp_path):
    def write(*rows, pages=None, packed=True):
        pages = {"one.html": PAGE} if pages is None else pages
        text = "".join(json.dumps(row) + "\n" for row in rows).encode()
        path = tmp_path / ("mine.gold.jsonl.xz" if packed else "mine.gold.jsonl")
        path.write_bytes(lzma.compress(text) if packed else text)
        with tarfile.open(tmp_path / "mine.html.tar", "w") as archive:
            for name, page in pages.items():
                info = tarfile.TarInfo(name)
                info.size = len(page.encode())
                archive.addfile(info, io.BytesIO(page.encode()))
        return path

    return write


def figures(path):
    tables = page_tables([taken(row, words_of()) for row in page_rows(path)])
    return {f"{table.title}: {one.name}": one.value for table in tables for one in table.figures}


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_that_is_read_right_is_right_in_every_figure(set_of, packed):
    told = figures(set_of(GOLD, packed=packed))
    wrong = {name: value for name, value in told.items() if value != 1.0 and "baseline" not in name}
    assert wrong == {"date: another day": 0.0}
    # all text has the short menu, the caption and the related story in it
    assert told["baseline: all text but menus: precision"] < 0.9
    assert told["baseline: all text but menus: recall"] == 1.0


def test_what_is_not_as_in_the_gold_is_wrong_and_listed(set_of):
    gold = {
        **GOLD, "title": "Peru signs", "authors": ["Ana Ruiz", "Juan Soto"], "date": "2014-03-04",
        "must_contain": ["no such words"], "must_not_contain": ["signed a treaty on fishing"],
        "images": [{"caption": "Boats lie in the port of Arica.", "authors": ["Somebody Else"]}],
        "body": "Other words than those that stand on the page, so many that nothing is shared between the two.",
    }  # fmt: skip
    path = set_of(gold)
    told = figures(path)
    assert told["body: F1"] == told["title: exact"] == told["authors: the same set"] == told["date: same day"] == 0.0
    assert told["date: another day"] == 1.0
    assert told["segments of the body: F1"] == told["captions with credit: recall"] == 0.0
    listed = "\n".join(wrong_pages([taken(row, words_of()) for row in page_rows(path)]))
    for word in ("body: 0 of", "missed: no such words", "added: signed a treaty", "title: ", "authors: ", "date: ",
                 "picture: "):  # fmt: skip
        assert word in listed


def test_dates_are_asked_for_again_without_what_machines_are_told(set_of):
    told = figures(set_of(GOLD))
    assert told["date, with what is meant for machines taken out: same day"] == 1.0
    hidden = PAGE.replace("March 3, 2014", "")
    assert figures(set_of(GOLD, pages={"one.html": hidden}))[
        "date, with what is meant for machines taken out: same day"
    ] == 0.0  # fmt: skip
    # where machines say another day than people, readers are not asked
    other = {**GOLD, "date": "2014-05-05"}
    assert "date, with what is meant for machines taken out: same day" not in figures(set_of(other))


def test_doubtful_dates_are_left_out(set_of):
    assert not any(name.startswith("date") for name in figures(set_of({**GOLD, "date_suspect": True})))


def test_sections_are_a_body(set_of):
    sections = {"summary": BODY[:1], "sections": [{"headline": [], "paragraphs": BODY[1:]}]}
    row = {key: value for key, value in GOLD.items() if key != "body"}
    assert figures(set_of({**row, "body_sections": sections}))["body: F1"] == 1.0


def test_shingles_by_hand():
    # gold: abcd bcde; told: abcd bcdx; one of two is shared
    assert body_figures([("a b c d e", "a b c d x")]) == (0.5, 0.5, 0.5)
    # each page alike, however long; nothing told of something is precise nowhere
    assert body_figures([("a b c d", "a b c d"), ("a b c d", "")]) == (0.5, 0.5, 0.5)
    # fewer words than a shingle are one
    assert body_figures([("a b", "a b"), ("", "")]) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("told, gold, same", [
    ("“Peace” now", '"Peace"  now', True), ("Peace now", "Peace Now", False), (None, "Peace", False),
])  # fmt: skip
def test_titles(told, gold, same):
    assert is_title_of(told, gold) is same


def test_pictures_have_the_credit_behind_them():
    article = taken(PageRow(id="1", content=PAGE.encode()), words_of()).article
    assert pictures_of(article) == [Picture("Boats lie in the port of Arica.", "Juan Soto/Andes Wire")]


def test_a_masked_page_tells_machines_nothing():
    page = masked(
        b'<html><head><meta name="date" content="2014-03-03"><script>var date = "2014-03-03"</script></head>'
        b'<body><a href="/2014/03/03/x">x</a><time datetime=2014-03-03 data-day="2014-03-03">Monday</time></body>'
    ).decode()
    assert "2014" not in page
    assert "Monday" in page


def test_a_page_without_an_article_counts_as_one(set_of):
    path = set_of(GOLD, pages={"one.html": "<html><body><p>404 Not Found</p></body></html>"})
    told = figures(path)
    assert told["pages: taken for an article"] == told["body: F1"] == told["title: exact"] == 0.0
    assert "no article: " in next(wrong_pages([taken(row, words_of()) for row in page_rows(path)]))


@pytest.mark.parametrize("write, says", [
    (lambda folder: (folder / "a.gold.jsonl").write_text("{}"), r"a\.html\.tar\.xz: no such file"),
    (lambda folder: ((folder / "a.html").mkdir(), (folder / "a.gold.jsonl").write_text('{"html"')),
     r"a\.gold\.jsonl:1: no row of a set .* it needs an object with html"),
    (lambda folder: ((folder / "a.html").mkdir(), (folder / "a.gold.jsonl").write_text('\n{"body": "x"}\n')),
     r"a\.gold\.jsonl:2: no row of a set \(KeyError"),
    (lambda folder: ((folder / "a.html").mkdir(), (folder / "a.gold.jsonl").write_text('{"html": "b.html"}')),
     r"b\.html: no such page"),
    (lambda folder: ((folder / "a.html").mkdir(), (folder / "a.gold.jsonl").write_text("")), "no page; each line"),
])  # fmt: skip
def test_sets_that_cannot_be_read(tmp_path, write, says):
    write(tmp_path)
    with pytest.raises(DetenteError, match=says):
        page_rows(tmp_path / "a.gold.jsonl")


def test_sets_are_called_gold(tmp_path):
    (tmp_path / "a.jsonl").write_text("{}")
    with pytest.raises(DetenteError, match=r"NAME\.gold\.jsonl"):
        page_rows(tmp_path / "a.jsonl")


def test_the_command_prints_tables_and_what_is_wrong(set_of):
    path = set_of({**GOLD, "title": "Another"})
    printed = CliRunner().invoke(cli, ["evaluate", "pages", str(path), "--errors"])
    assert printed.exit_code == 0, printed.output
    for words in (
        "body",
        "baseline: all text but menus",
        "captions with credit",
        "pages per CPU-second",
        "mine/1: title",
    ):
        assert words in printed.output
    tables = json.loads(CliRunner().invoke(cli, ["evaluate", "pages", str(path), "--format", "json"]).output)
    assert tables[0]["title"] == "body"
