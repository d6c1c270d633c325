"""Texts without a page around them."""

from pathlib import Path

import pytest

from detente.articles import article_of
from detente.errors import Unreadable
from detente.lexicon import Lexicon
from detente.model import Record, id_of


def read(text, **told):
    return article_of(Record(origin="a.txt", content=text.encode(), format="text", **told))


def labels(article):
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


@pytest.mark.parametrize(
    "text, expected",
    [
        # one line without an end is a headline
        ("NATO, Russia agree to resume contacts", [("headline", "NATO, Russia agree to resume contacts")]),
        # a sentence is text
        ("Russia expelled two NATO officials on Monday.", [("lead", "Russia expelled two NATO officials on Monday.")]),
        # paragraphs
        (
            "Iran signed a pact with Iraq on Monday.\n\nIraq thanked Iran for it on Tuesday.",
            [
                ("lead", "Iran signed a pact with Iraq on Monday."),
                ("paragraph", "Iraq thanked Iran for it on Tuesday."),
            ],
        ),
        # a line under another, each whole
        (
            "Iran, Iraq sign pact\nIran signed a pact with Iraq on Monday.",
            [("headline", "Iran, Iraq sign pact"), ("lead", "Iran signed a pact with Iraq on Monday.")],
        ),
        # wrapped at 60
        (
            "Iran, Iraq sign pact\n\nIran signed a pact with Iraq on Monday, the two foreign\n"
            "ministries said, and it is to last for ten years as both of\nthem have agreed.",
            [
                ("headline", "Iran, Iraq sign pact"),
                (
                    "lead",
                    "Iran signed a pact with Iraq on Monday, the two foreign ministries said, "
                    "and it is to last for ten years as both of them have agreed.",
                ),
            ],
        ),
        # a section above, a byline and a date below
        (
            "WORLD\nIran, Iraq sign pact\nBy Ana Ruiz\nJune 3, 2010\n"
            "TEHRAN (AFP) - Iran signed a pact with Iraq on Monday.",
            [
                ("section", "WORLD"),
                ("headline", "Iran, Iraq sign pact"),
                ("byline", "By Ana Ruiz"),
                ("published", "June 3, 2010"),
                ("dateline", "TEHRAN (AFP) -"),
                ("lead", "Iran signed a pact with Iraq on Monday."),
            ],
        ),
    ],
)
def test_labels(text, expected):
    assert labels(read(text)) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines_of_all_systems(end):
    lines = ["Iran, Iraq sign pact", "By Ana Ruiz", "", "Iran signed a pact with Iraq on Monday."]
    assert [kind for kind, _ in labels(read(end.join(lines)))] == ["headline", "byline", "lead"]


def test_fields_of_a_dump():
    article = read(
        "WORLD\nIran, Iraq sign pact\nBy Ana Ruiz\nJune 3, 2010\nTEHRAN (AFP) - Iran signed a pact on Monday."
    )
    assert (article.section, article.authors, article.agency) == (("WORLD",), ("Ana Ruiz",), "Agence France-Presse")
    assert (article.published.value, article.published.basis) == ("2010-06-03", "visible")
    assert (article.headline, article.place) == ("Iran, Iraq sign pact", "TEHRAN")


def test_a_given_headline_stands_first_and_once():
    article = read("Iran, Iraq sign pact\n\nIran signed a pact on Monday.", headline="Iran, Iraq sign pact")
    assert [kind for kind, _ in labels(article)] == ["headline", "lead"]
    article = read("Iran signed a pact with Iraq on Monday.", headline="Iran, Iraq sign pact")
    assert labels(article)[0] == ("headline", "Iran, Iraq sign pact")


def test_a_given_date_wins():
    article = read("Iran, Iraq sign pact\nUpdated: 2010-06-04\nIran signed a pact on Monday.", published="2010-06-03")
    assert (article.published.value, article.published.basis) == ("2010-06-03", "given")
    assert article.updated.value == "2010-06-04"
    assert [stamp.basis for stamp in article.dates] == ["given", "visible"]


@pytest.mark.parametrize(
    "told, value",
    [("June 28, 2009", "2009-06-28"), ("2009-06-28 10:57:00", "2009-06-28T10:57:00"), ("28.6.2009", "2009-06-28")],
)
def test_a_given_date_may_be_written_in_words(told, value):
    assert read("Iran, Iraq sign pact", published=told).published.value == value


@pytest.mark.parametrize("told", ["soon", "03/04/2009", "2009-02-30"])
def test_a_given_date_that_is_none_is_refused(told):
    with pytest.raises(Unreadable, match=r"a\.txt: published is"):
        read("Iran, Iraq sign pact", published=told)


def test_a_lexicon_of_the_user_adds_its_agencies(tmp_path):
    (tmp_path / "articles" / "agencies").mkdir(parents=True)
    (tmp_path / "articles" / "agencies" / "own.tsv").write_text("id\tname\tnames|\nx\tExample Wire\tEXW\n")
    record = Record(origin="a", content=b"Iran, Iraq sign pact\n(EXW)\nIran signed a pact on Monday.", format="text")
    assert article_of(record, lexicon=Lexicon(tmp_path)).agency == "Example Wire"


def test_the_same_text_of_the_same_day_is_the_same_article():
    one = read("Iran, Iraq sign pact", published="2010-06-03")
    other = article_of(
        Record(origin="b.html", content=b"Iran,  Iraq\tsign pact\n", format="text", published="2010-06-03", key="7")
    )
    assert one.id == other.id == id_of("Iran, Iraq sign pact", "2010-06-03", "")
    assert one.id != read("Iran, Iraq sign pact", published="2010-06-04").id


DUMPS = Path(__file__).parent / "dumps"


@pytest.mark.parametrize(
    "name, kinds",
    [
        # a row of buttons, a caption with brackets, related titles under the headline, other matter at the end
        (
            "gas.txt",
            "section headline agency updated caption credit dateline lead related related related paragraph paragraph",
        ),
        # a byline, a place before the date, the agency before the story, who else reported
        ("island.txt", "section headline byline published dateline lead paragraph paragraph byline"),
        # a caption without a credit, told by the repeated headline above it and its date; related titles at the end
        ("border.txt", "section headline agency published caption lead paragraph related related"),
    ],
)
def test_pages_saved_as_text(name, kinds):
    article = read((DUMPS / name).read_text(encoding="utf-8"))
    assert " ".join(block.kind for block in article.blocks) == kinds


@pytest.mark.parametrize(
    "name, section, agency, date",
    [
        ("gas.txt", ("World", "Middle East"), "China Daily/Agencies", "2010-07-24T09:12"),
        ("island.txt", ("Asia-Pacific",), "Reuters", "2010-11-01T08:05-04:00"),
        ("border.txt", ("WORLD", "Europe"), "Associated Press", "2011-12-03T08:20"),
    ],
)
def test_fields_of_pages_saved_as_text(name, section, agency, date):
    article = read((DUMPS / name).read_text(encoding="utf-8"))
    assert (article.section, article.agency, article.anchor.value) == (section, agency, date)


def test_related_titles_of_a_dump_are_whole():
    article = read((DUMPS / "gas.txt").read_text(encoding="utf-8"))
    assert [text for kind, text in labels(article) if kind == "related"] == [
        "US slaps sanctions on Iranian banks",
        "Turkey votes against UN sanctions",
        "Will Tehran talk?",
    ]
