"""Input that is no article: each has a message that names it, and costs seconds at most."""

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from detente.articles import article_of, body_of
from detente.errors import InputError, NotAnArticle, NotEnglish, Unreadable
from detente.model import Record

PAGES = Path(__file__).parent / "pages"
STORY = "<p>Iran and Iraq signed a pact on trade in Baghdad on Monday, and the two ministers shook hands.</p>"


def refusal(content, format="html", **told):
    with pytest.raises(InputError) as error:
        article_of(Record(origin="in/a.html", content=content, format=format, **told))
    assert str(error.value).startswith("in/a.html: ")
    return error.value


def page(body, head=""):
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "content, error, reason",
    [
        # nothing in it
        (b"", NotAnArticle, "empty"),
        (b" \n\t\n", NotAnArticle, "empty"),
        (b"\xef\xbb\xbf", NotAnArticle, "empty"),
        # an image under the name of a page
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, Unreadable, "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, Unreadable, "a JPEG image"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 9, Unreadable, "a PDF"),
        # noise
        (bytes(range(256)) * 40, Unreadable, "binary"),
        # scripts alone
        (page("<script>write('x')</script>"), NotAnArticle, "no text on the page"),
        # a menu and no story
        (page("<nav><a href='/'>Home</a></nav><p>Please wait</p>"), NotAnArticle, "hardly any running text"),
        # an error page, told by its title
        (
            page(
                "<h1>Oops</h1><p>The page that you asked for is not here any more.</p>", "<title>404 Not Found</title>"
            ),
            NotAnArticle,
            "error page",
        ),
        # a front page: titles of stories with their teasers
        (
            page(
                "<div>"
                + "".join(
                    f"<div><h3><a href='/{i}'>Minister {i} arrives in the capital for talks</a></h3>"
                    f"<p>The minister is to meet his counterpart number {i} on Tuesday.</p></div>"
                    for i in range(40)
                )
                + "</div>"
            ),
            NotAnArticle,
            "a list of 40 other stories",
        ),
    ],
)
def test_says_what_it_is_instead(content, error, reason):
    refused = refusal(content)
    assert type(refused) is error and reason in str(refused)


@pytest.mark.parametrize(
    "text, language",
    [
        # a headline alone
        ("Bogotá y Caracas reabren la frontera tras siete años", "Spanish"),
        # two sentences
        ("Die Außenminister der beiden Länder haben sich in Wien getroffen. Sie sprachen über den Abzug.", "German"),
        # another script
        ("Россия и НАТО договорились возобновить военные контакты.", "another script"),
        ("北约和俄罗斯同意恢复军事接触。", "another script"),
    ],
)
def test_other_languages(text, language):
    refused = refusal(text.encode(), "text")
    assert type(refused) is NotEnglish and language in str(refused)


@pytest.mark.parametrize(
    "text",
    [
        # no function word at all
        "Russia expels two NATO officials",
        # many names from abroad
        "La Paz, El Alto hail Evo Morales",
        # short and foreign words of two letters
        "De Gaulle, Adenauer sign Elysée treaty in Paris",
        # "s" and "a" are words of Czech
        "Togo's president visited a zoo.",
        "NATO",
    ],
)
def test_short_english_is_not_mistaken(text):
    assert article_of(Record(origin="a", content=text.encode(), format="text")).text == text


class TestBombs:
    """At most ten seconds of processor each; most take a tenth of one."""

    @pytest.fixture(autouse=True)
    def limited(self):
        start = time.process_time()
        yield
        assert time.process_time() - start < 10

    @pytest.mark.parametrize("tag", ["div", "b", "x-y", "table><tr><td"])
    def test_a_hundred_thousand_nested_tags(self, tag):
        assert "tags nested" in str(refusal(page(f"<{tag}>" * 100_000 + STORY)))

    def test_nested_and_closed_again(self):
        assert "tags nested" in str(refusal(page("<div>" * 100_000 + STORY + "</div>" * 100_000)))

    def test_two_hundred_thousand_attributes(self):
        attributes = " ".join(f"a{number}" for number in range(200_000))
        assert "attributes in one tag" in str(refusal(page(f"<div {attributes}>{STORY}")))

    def test_attributes_behind_quoted_ends_of_tags(self):
        attributes = " ".join(f'a{number}=">"' if number % 50 == 0 else f"a{number}" for number in range(200_000))
        assert "attributes in one tag" in str(refusal(page(f"<div {attributes}>{STORY}")))

    def test_a_long_quoted_value_is_no_bomb(self):
        article = article_of(Record(origin="a", content=page(f"<img src='{'x ' * 99999}'>{STORY}"), format="html"))
        assert article.text.startswith("Iran and Iraq")

    @pytest.mark.parametrize(
        "content",
        [
            # as many as the parser may see
            page("<div>" * 4_900 + STORY),
            # ends that never come
            page("<!-- " * 100_000 + STORY),
            page("<script>" * 50_000 + STORY),
            page("<a " * 200_000 + STORY),
            page("<p class='" * 100_000 + STORY),
            # tables that are never closed
            page("<table>" * 3_000 + STORY),
            # one endless line
            b"word " * 1_000_000,
            page("<p>" + "word, " * 500_000 + "</p>"),
            # a hundred thousand lines
            page("<br>x" * 100_000),
            page("<p>x" * 2_000_000),
            page("<p></p>" * 1_000_000),
            # lines that all go on in the next
            page("<br>x" * 1_000_000),
            b"and so it went on and on without an end to it, word by word,\n" * 100_000,
            b"A - B > C (D) [E]\n" * 200_000,
            # shapes that the patterns look for, over and over
            page("<p>" + "By A and " * 100_000 + "</p>"),
            page("<p>" + "Jan 1, 20" * 100_000 + "</p>"),
            page("<p>" + "(" * 500_000 + "</p>"),
            b"[" * 1_000_000,
            b"MOSCOW, " * 200_000,
        ],
    )
    def test_hostile_pages_end_in_time(self, content):
        for format in ("html", "text"):
            try:
                article_of(Record(origin="a", content=content, format=format))
            except InputError as refused:
                assert str(refused).startswith("a: ")


def test_broken_metadata_does_no_harm():
    head = (
        '<script type=\'application/ld+json\'>{"@type": "NewsArticle", </script>'
        "<script type='application/ld+json'>" + "[" * 90_000 + "</script>"
        '<script type=\'application/ld+json\'>{"@type": [5, null], "author": 7, "datePublished": {}}</script>'
        "<meta property='article:published_time' content='yesterday'>"
    )
    article = article_of(Record(origin="a", content=page("<h1>Iran, Iraq sign pact</h1>" + STORY, head), format="html"))
    assert (article.published, article.authors) == (None, ())


def test_no_date_anywhere():
    article = article_of(Record(origin="a", content=page("<h1>Iran, Iraq sign pact</h1>" + STORY), format="html"))
    assert (article.published, article.updated, article.dates, article.anchor) == (None, None, (), None)


def test_attributes_with_stray_quotes_and_brackets_close_nothing():
    title = '<h1 class="a" "tabindex="0">Iran and Iraq sign pact</h1>'
    odd = page(f"<article>{title}<div a<b='x>y'>{STORY}</div>{STORY * 3}</article>")
    article = article_of(Record(origin="odd", content=odd, format="html"))
    assert article.headline == "Iran and Iraq sign pact"
    assert article.text.count("signed a pact on trade") == 4


FRAMES = "<html><frameset cols='20%,80%'><frame src='a'><frame src='b'></frameset>Iran said so.<p>It did.</html>"
BITS = (
    "<", ">", '"', "<iframe>", "<xmp>", "<plaintext>", "</body>", "<svg>", "</div>", "<noscript>", "<!--", "-->",
    "<table>",
    "<a ", "<nav>", "</nav>", "<footer>", "<select>", "<template>", "<math><style>a>b", "\0", "<frameset>",
    "<textarea>",
    "<a<b c>", "</html>x > y", "<title>", "<li>", "<blockquote>", "<time datetime=x>", "<body>", "</frameset>",
)  # fmt: skip


def read_or_refused(content):
    """Anything but a refusal by name fails the test."""
    record = Record(origin="in/a.html", content=content, format="html")
    for read in (article_of, body_of):
        with suppress(InputError):
            read(record)


def test_the_end_of_a_menu_in_a_comment_ends_no_menu():
    """The parser closes the comment, and writes it out inside of the menu."""
    links = "<a href='/1'>World</a>" * 9
    read_or_refused(f"<body><nav>{links}<li><a a><!--i</nav></a></li></nav></div></body>".encode())
    read_or_refused(f"<body><nav>{links}</nav>{STORY}<nav>{links}<li><!-- </nav>".encode())
    read_or_refused(f"<body><nav>{links}<iframe></nav></iframe><ul><li>a</ul></nav>b</body>".encode())


def test_frames_have_no_body():
    assert isinstance(refusal(FRAMES.encode()), NotAnArticle)


def test_frames_that_begin_in_the_middle():
    read_or_refused(f"<html><head><title>x</title></head><frameset><p>{STORY}<li>a</frameset>{STORY}</html>".encode())
    read_or_refused(f"<frameset>a > b{STORY}<blockquote>{STORY}".encode())


@pytest.mark.parametrize("seed", range(6))
def test_damaged_pages_are_read_or_refused_by_name(seed):
    draw = random.Random(seed)
    for path in sorted(PAGES.glob("*.html")):
        for _ in range(25):
            content = bytearray(path.read_bytes())
            for _ in range(draw.randint(1, 20)):
                at = draw.randrange(len(content))
                cut = draw.choice((0, 0, 1, 200))
                content[at : at + cut] = draw.choice(BITS).encode() if cut < 2 else b""
            read_or_refused(bytes(content))
