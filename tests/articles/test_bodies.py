"""Where on a page the text of its article is: each page shows one trouble of real ones."""

import pytest

from detente.articles import article_of, body_of
from detente.errors import NotAnArticle
from detente.model import PART_OF_BLOCK, Record

HEADLINE = "Iran, Iraq sign pact on border trade"
STORY = [
    "Iran and Iraq signed a pact on border trade in Baghdad on Monday, the two foreign ministries said in a statement.",
    "The ministers also spoke of the river that forms the border, and agreed to meet again before the end of the year.",
    "Turkey welcomed the pact and offered to build a second bridge for the lorries that wait for days at the crossing.",
    "The opposition in Baghdad criticized the government, saying that it gave too much away for too small a price.",
]
OTHER = [
    "Peru recalled its ambassador from Quito on Sunday after a week of angry words about the fishing grounds.",
    "Ecuador said that it regretted the step, and that its own ambassador would stay in Lima as long as he may stay.",
    "Chile offered to mediate between the two governments, as it had done with success some ten years ago.",
    "Fishermen on both sides of the border went out as on any other day, and came back with full nets in the evening.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)
OTHERS = "".join(f"<p>{text}</p>" for text in OTHER)
H1 = f"<h1>{HEADLINE}</h1>"


def read(body, head=""):
    page = f"<html><head><title>{HEADLINE}</title>{head}</head><body>{body}</body></html>"
    return article_of(Record(origin="a.html", content=page.encode(), format="html"))


def story_of(article):
    kinds = ("lead", "paragraph", "list", "quotation", "table")
    return [article.text[block.start : block.end] for block in article.blocks if block.kind in kinds]


@pytest.mark.parametrize(
    "body",
    [
        # plain
        H1 + PARAGRAPHS,
        # a page named for what stands beside the text
        f"<div class='has-sidebar comments-open'>{H1}{PARAGRAPHS}</div>",
        # paragraphs behind a paywall, one by one
        f"<div class='article-body'>{H1}" + PARAGRAPHS.replace("<p>", "<p class='hide'>") + "</div>",
        # a paywall around most of them
        f"<article>{H1}<p>{STORY[0]}</p><div class='subscribe-wall'>{PARAGRAPHS[len(STORY[0]) + 7 :]}</div></article>",
        # the lead in a box of its own above the text
        f"{H1}<div class='x'><p>{STORY[0]}</p></div><div class='article-body'>{PARAGRAPHS[len(STORY[0]) + 7 :]}</div>",
        # the text in two boxes with an advertisement between
        f"{H1}<div class='story-body'><p>{STORY[0]}</p><p>{STORY[1]}</p></div><div class='ad-slot'>Buy now</div>"
        f"<div class='story-body'><p>{STORY[2]}</p><p>{STORY[3]}</p></div>",
        # lines parted by breaks alone
        f"{H1}<div>" + "<br><br>".join(STORY) + "</div>",
        # cells of tables
        f"{H1}<table>" + "".join(f"<tr><td>{text}</td></tr>" for text in STORY) + "</table>",
        # a whole other article behind
        f"<article>{H1}{PARAGRAPHS}</article><article><h1>Peru recalls envoy from Quito</h1>{OTHERS}</article>",
        # readers' comments, longer than the text
        f"{H1}<div class='text'>{PARAGRAPHS}</div><div id='comments'>{OTHERS}{OTHERS}</div>",
        # a list of other stories, each with its beginning
        f"{H1}<div>{PARAGRAPHS}<ul>"
        + "".join(f"<li><h4><a href='/x'>Peru and Quito quarrel again</a></h4><p>{text}</p></li>" for text in OTHER)
        + "</ul></div>",
        # the headline in a box that is named for a menu
        f"<div class='masthead'>{H1}</div>{PARAGRAPHS}",
        # a notice on cookies before all else
        "<div><p>We use cookies and like techniques to show you offers that fit, to count readers and so on.</p></div>"
        + H1
        + PARAGRAPHS,
        # buttons, offers and links to others between the paragraphs
        f"{H1}<p>{STORY[0]}</p><p>Sign up to our newsletter</p><p>{STORY[1]}</p>"
        "<p>Read more: <a href='/x'>Peru recalls envoy from Quito</a></p>"
        f"<p>{STORY[2]}</p><p>Advertisement</p><div class='social-share'><p>Share this</p></div><p>{STORY[3]}</p>",
        # a menu and a foot
        f"<nav><ul><li><a href='/'>Home</a></li></ul></nav>{H1}{PARAGRAPHS}<footer><p>{OTHER[0]}</p></footer>",
        # scripts and styles that hold markup
        f"<script>a = '<p>{OTHER[0]}</p>';</script><style>p {{ }}</style><!-- <p>{OTHER[1]}</p> -->{H1}{PARAGRAPHS}",
    ],
)  # fmt: skip
def test_finds_the_story_and_nothing_else(body):
    article = read(body)
    assert story_of(article) == STORY
    assert article.headline == HEADLINE


@pytest.mark.parametrize(
    "body",
    [
        # the lead is called a teaser
        f"<article>{H1}<p class='teaser'>{STORY[0]} {STORY[1]} {STORY[2]}</p><p>{STORY[3]}</p></article>",
        # a style for captions around the whole article
        f"<article class='media-caption'>{H1}{PARAGRAPHS}</article>",
        # nothing but what is called the lead
        f"<div>{H1}<div class='subtitle'>{PARAGRAPHS}</div></div>",
    ],
)
def test_names_of_boxes_do_not_hide_the_text(body):
    article = read(body)
    assert all(sentence in article.text for sentence in STORY)


def test_short_teasers_beside_the_text_stay_outside():
    teasers = "".join(f"<p class='teaser'>{text}</p>" for text in OTHER)
    assert story_of(read(f"{H1}<div>{PARAGRAPHS}</div><div>{teasers}</div>")) == STORY


def test_items_of_the_text_that_begin_with_links_are_text():
    items = "".join(f"<li><a href='/{n}'>Iran and Iraq sign pact</a> {text}</li>" for n, text in enumerate(STORY))
    assert len(story_of(read(f"{H1}<div class='article-body'><p>{OTHER[0]}</p><ol>{items}</ol></div>"))) == 5


def test_headings_behind_the_text_are_left_out():
    article = read(f"{H1}<div><h2>How it began</h2>{PARAGRAPHS}<h2>What others wrote</h2></div>")
    kinds = [block.kind for block in article.blocks]
    assert kinds.count("subheading") == 1


def test_a_note_on_the_author_is_no_text():
    head = '<meta name="author" content="Ana Ruiz">'
    article = read(
        f"{H1}<div>{PARAGRAPHS}<p>Ana Ruiz covers the Gulf and has lived in Basra for nine years.</p></div>", head
    )
    assert story_of(article) == STORY
    assert article.authors == ("Ana Ruiz",)


def test_images_give_no_text():
    article = read(f"{H1}<img alt='{HEADLINE}'><a href='/'><img title='{OTHER[0]}' alt='x'></a>{PARAGRAPHS}")
    assert article.text == "\n\n".join((HEADLINE, *STORY))


@pytest.mark.parametrize(
    "head, value, basis",
    [
        # for machines, with a zone
        ("<meta property='article:published_time' content='2010-06-03T10:00:00Z'>", "2010-06-03T10:00:00Z", "meta"),
        # in a script, when nothing else tells
        ("<script>var page = {\"publishDate\": \"2010-06-03T10:00:00Z\"};</script>", "2010-06-03T10:00:00Z", "meta"),
        # JSON-LD wins over meta
        (
            "<meta name='date' content='2011-01-01'><script type='application/ld+json'>"
            '{"@graph": [{"@type": "NewsArticle", "datePublished": "2010-06-03"}]}</script>',
            "2010-06-03",
            "jsonld",
        ),
        # JSON-LD with a comma too many
        (
            "<script type='application/ld+json'>"
            '{"@type": ["NewsArticle"], "datePublished": "2010-06-03",}</script>',
            "2010-06-03",
            "jsonld",
        ),
        # the most exact of one day
        (
            "<meta name='date' content='2010-06-03T10:00'><script type='application/ld+json'>"
            '{"@type": "NewsArticle", "datePublished": "2010-06-03"}</script>',
            "2010-06-03T10:00",
            "meta",
        ),
    ],
)  # fmt: skip
def test_declared_dates(head, value, basis):
    article = read(H1 + PARAGRAPHS, head)
    assert (article.published.value, article.published.basis) == (value, basis)


@pytest.mark.parametrize(
    "line",
    [
        "<p class='caption'>The ministers in Baghdad, June 3, 2010.</p>",
        "<div class='related'><a href='/2010/06/03/x'>Iran and Iraq met on June 3, 2010</a></div>",
        "<p>The two had met on June 3, 2010, in Basra, and parted without any result.</p>",
        "<div class='comments'><p>June 3, 2010</p></div>",
    ],
)
def test_dates_of_the_world_do_not_date_the_page(line):
    assert read(f"{H1}<div>{PARAGRAPHS}{line}</div>").dates == ()


def test_a_date_above_the_headline_yields_to_one_below():
    article = read(f"<span class='date'>Tue, 14 Jan 2020</span>{H1}<p class='date'>13 Jan 2020, 22:11</p>{PARAGRAPHS}")
    assert article.published.value == "2020-01-13T22:11"


def test_every_part_is_a_block_of_the_text():
    article = read(f"{H1}<div>{PARAGRAPHS}</div>")
    assert {PART_OF_BLOCK[block.kind] for block in article.blocks} == {"headline", "body"}


MENU = "<nav>" + "".join(
    f"<a href='/{name}'>{name}</a>" for name in ["world", "sports", "money", "arts", "style", "food", "travel", "life"]
)


@pytest.mark.parametrize(
    "between, told",
    [
        ("Ana <!-- -->Ruiz", "Ana Ruiz"),
        ("An<!-- -->a Ruiz", "Ana Ruiz"),
        ("Ana Ruiz<!-- a > b -->: Reuters", "Ana Ruiz: Reuters"),
        ("<i>Ana Ruiz</i><style>.a{}</style><i>10 people</i>", "Ana Ruiz 10 people"),
        ("Ana Ruiz<svg><title>icon</title><path d='M0 0'/></svg>, a minister", "Ana Ruiz, a minister"),
        ("Ana Ruiz<svg><svg></svg><text>1</text></svg> spoke", "Ana Ruiz spoke"),
        ("Ana &amp; Ruiz &lt;b&gt; &amp;lt; &quot;x&quot; &eacute;&nbsp;!", 'Ana & Ruiz <b> &lt; "x" é !'),
        ("Ana <button>Follow <b>her</b></button>Ruiz", "Ana Ruiz"),
        ("<noscript><div>Turn on scripts</noscript>Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_text_is_parted_where_readers_see_it_parted(between, told):
    said = "and agreed with all that the others had said of the border and its bridges on the day before."
    assert story_of(read(f"{H1}<p>{between} {said}</p>{PARAGRAPHS}"))[0] == f"{told} {said}"


def test_a_noscript_that_nothing_ends_inside_a_box_hides_no_page():
    assert story_of(read(f"<noscript><div><p>Turn on scripts.</p></noscript>{H1}{PARAGRAPHS}")) == STORY


@pytest.mark.parametrize("name", ["nav", "footer"])
def test_long_menus_say_nothing(name):
    menu = MENU.replace("nav", name)
    article = read(f"{menu}<a href='/'>Saturday</a></{name}>{H1}{PARAGRAPHS}{menu}</{name}>")
    assert (story_of(article), article.section) == (STORY, ())


@pytest.mark.parametrize(
    "inside",
    ["<ul class='breadcrumbs'><li><a href='/'>World</a></li></ul>", f"{H1}{PARAGRAPHS}"],
)
def test_menus_that_hold_more_are_kept(inside):
    article = read(f"{MENU}{inside}</nav>{'' if H1 in inside else H1 + PARAGRAPHS}")
    assert (story_of(article), article.headline) == (STORY, HEADLINE)
    assert "World" in article.section or H1 in inside


def test_what_a_page_says_of_itself_in_its_body():
    article = read(f"{H1}{PARAGRAPHS}<meta itemprop='datePublished' content='2010-06-03'>")
    assert (article.published.value, article.published.basis) == ("2010-06-03", "meta")


def body(page):
    return body_of(Record(origin="a.html", content=page.encode(), format="html"))


def test_the_body_alone():
    aside = f"<nav>{OTHERS}</nav><aside><h2>Related</h2><a href='/1'>Peru recalls its envoy from Quito</a></aside>"
    told = (
        "<p class='byline'>By Ana Ruiz</p><figure><img><figcaption>The two ministers in Baghdad</figcaption></figure>"
    )
    assert body(f"{aside}{H1}{told}{PARAGRAPHS}<footer>{OTHERS}</footer>") == "\n\n".join(STORY)


def test_the_body_alone_of_a_page_that_stands_in_its_own_menu():
    assert body(f"<nav>{H1}{PARAGRAPHS}</nav>") == "\n\n".join(STORY)


def test_the_body_alone_of_a_text():
    record = Record(origin="a.txt", content=f"{HEADLINE}\n\n{STORY[0]}\n\n{STORY[1]}".encode(), format="text")
    assert body_of(record) == "\n\n".join(STORY[:2])


def test_no_body():
    with pytest.raises(NotAnArticle, match="no text on the page"):
        body("<p></p>")
