"""Captions and who is credited for the picture."""

import pytest
from tests.articles.made import STORY

from detente.articles import read_article
from detente.articles.pictures import credit_name, credits_of
from detente.articles.words import words_of
from detente.model import Record

CREDITS = credits_of(words_of())


@pytest.mark.parametrize(
    "text, caption, credit",
    [
        # behind the sentence, without a label
        ("The two ministers in Basra on Monday. Ana Ruiz", "The two ministers in Basra on Monday.", "Ana Ruiz"),
        ("Los ministros, el 3 de junio. Ana Ruiz (REUTERS)", "Los ministros, el 3 de junio.", "Ana Ruiz (REUTERS)"),
        ("The two ministers wait in Basra. AP", "The two ministers wait in Basra.", "AP"),
        ("Los ministros en Basora.EFE", "Los ministros en Basora.", "EFE"),
        ("두 장관이 월요일 바스라에서 만났다. 연합뉴스", "두 장관이 월요일 바스라에서 만났다.", "연합뉴스"),
        # without a point, by its agency
        ("The ministers at the bridge AP Photo/Omar H. Karam", "The ministers at the bridge", "AP Photo/Omar H. Karam"),
        # in brackets
        ("The bridge to be widened. (Basra Port Authority)", "The bridge to be widened.", "Basra Port Authority"),
        ("橋に立つ両大臣（山田太郎撮影）", "橋に立つ両大臣", "山田太郎"),
        # behind a mark
        ("Die Minister in Basra © dpa | Ana Ruiz", "Die Minister in Basra", "dpa | Ana Ruiz"),
        ("Die Minister in Basra (Archivbild) © AFP", "Die Minister in Basra (Archivbild)", "AFP"),
        ("Die Minister in Basra | Bildquelle: Außenamt", "Die Minister in Basra", "Außenamt"),
        ("The old bridge.Credit: Omar Karam/Getty", "The old bridge.", "Omar Karam/Getty"),
        ("Hai bộ trưởng gặp nhau. Ảnh: Ana Ruiz", "Hai bộ trưởng gặp nhau.", "Ana Ruiz"),
        ("Los ministros en el puente / Ana Ruiz", "Los ministros en el puente", "Ana Ruiz"),
    ],
)
def test_credits_of_captions(text, caption, credit):
    found = CREDITS.of_caption(text)
    assert (text[: found.caption_end], credit_name(text[found.start :])) == (caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers meet in Basra.",
        # an abbreviation ends no sentence
        "The cathedral in St. Petersburg",
        "Ana Ruiz waits for Gen. Omar Karam",
        "Die Brücke am 3. Juli",
        # two sentences
        "The bridge was built in 1932. It leads to Basra.",
        "Shirts by Loden. Shoes by Pilar.",
        # what the picture is, and who stands where
        "Die Minister in Basra. (Archivbild)",
        "The ministers, Ana Ruiz (left) and Omar Karam (right)",
        "The bridge in Basra (Iraq)",
    ],
)
def test_captions_without_credit(text):
    assert CREDITS.of_caption(text) is None


@pytest.mark.parametrize(
    "text",
    [
        # a line of the text is no caption for its last words
        "The ministry put the cost at nine million. Source: Basra Port Authority",
        "He said so in Basra. Ana Ruiz",
        "The ministers met on either side of the river and/or the bridge",
        "The meter is of the first class (IEC/EN 62053)",
        "It reads quickly enough for the press (up to 100 MB/s).",
        "What the two ministers agreed on in Basra [VIDEO]",
        "Swing the ball to the front as it comes up (rechtes Bild).",
        "He had one answer for those who asked about the photo: no",
    ],
)
def test_lines_of_the_text_without_credit(text):
    assert CREDITS.of_line(text) is None


@pytest.mark.parametrize(
    "text, name",
    [
        ("Image Credits: Omar Karam", "Omar Karam"),
        ("(Image: Omar Karam/Getty)", "Omar Karam/Getty"),
        ("Photo by Omar Karam", "Omar Karam"),
        ("Isithombe: Omar Karam", "Omar Karam"),
        ("Omar Karam/Copyright 2026 The Agency. All rights reserved.", "Omar Karam"),
        ("© Omar Karam | Omar Karam", "Omar Karam"),
        ("Photodesk", "Photodesk"),
    ],
)
def test_names_in_credits(text, name):
    assert credit_name(text) == name


def pictures(figure):
    page = f"<h1>Iran, Iraq sign pact on trade</h1><div>{STORY}{figure}{STORY}</div>"
    article = read_article(Record(origin="a", content=page.encode(), format="html"), words_of())
    return [
        (block.kind, article.text[block.start : block.end])
        for block in article.blocks
        if block.kind in ("caption", "credit")
    ]


CAPTION = "The two ministers at the bridge"


@pytest.mark.parametrize(
    "inside, credit",
    [
        # one element behind the other
        (f"<span class=caption>{CAPTION}</span> <span class=credit>Ana Ruiz</span>", "Ana Ruiz"),
        # nothing names the second
        (f"<p>{CAPTION}</p><small class=caption>Ana Ruiz</small>", "Ana Ruiz"),
        # the credit above its caption, in an element that is named for the foot of a page
        (f"<div class=copyright>Ana Ruiz/AFP</div><div class=caption>{CAPTION}</div>", "Ana Ruiz/AFP"),
        # the label in an element of its own
        (
            f"<span class=caption>{CAPTION}</span><span class=credit>(<div>Image:</div>PA)</span>",
            "(Image: PA)",
        ),
        # marked as a person
        (f"{CAPTION} <span class=author>Collection of the port</span>", "Collection of the port"),
    ],
)
def test_pictures_of_figures(inside, credit):
    assert pictures(f"<figure><figcaption>{inside}</figcaption></figure>") == [("caption", CAPTION), ("credit", credit)]


@pytest.mark.parametrize(
    "figure, credit",
    [
        (f"<figure><figcaption>{CAPTION}</figcaption><footer>Screenshots</footer></figure>", "Screenshots"),
        # the figure in a box named for something else
        (
            f"<div class=widget><figure><figcaption class=typography>{CAPTION} (Foto: AFP)</figcaption></figure></div>",
            "(Foto: AFP)",
        ),
        # no figure at all: the agency alone below
        (f"<div><div>{CAPTION}</div><div>REUTERS</div></div>", "REUTERS"),
    ],
)
def test_pictures_of_pages(figure, credit):
    assert pictures(figure) == [("caption", CAPTION), ("credit", credit)]


def test_a_short_caption_counts_when_it_is_credited():
    assert pictures("<figure><figcaption>3/8</figcaption></figure>") == []
    assert len(pictures("<figure><figcaption>Basra.<span class=credit>Ana Ruiz</span></figcaption></figure>")) == 2


def test_an_agency_below_the_story_makes_no_caption_of_its_last_line():
    assert pictures("<p>The pact comes into force in June, the two ministers told the press.</p><p>Reuters</p>") == []


def test_an_agency_s_signature_behind_the_story_makes_no_caption_of_it():
    assert pictures("<p>The pact comes into force in June, the two ministers told the press. (GN with AFP)</p>") == []
