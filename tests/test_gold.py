"""Pages coded from end to end against what a person reads in them. Floors are pinned: raised, never lowered."""

import html
import os
from pathlib import Path

import pytest

import detente
from detente.evaluate.gold import gold_of
from detente.evaluate.page import page_score

ROOT = Path(__file__).parent.parent
FOUNDING = Path(os.environ.get("DETENTE_FOUNDING", ROOT.parent / "shared" / "founding")) / "article.txt"
needs_founding = pytest.mark.skipif(not FOUNDING.is_file(), reason="the founding page is not beside the checkout")


def coding_of(path):
    (coding,) = detente.code_records(detente.read(path))
    return coding


def founding_page(folder):
    """The founding text as the page that it was: the repeated headline as the text of each thumbnail."""
    lines = [line for line in FOUNDING.read_text(encoding="utf-8").split("\n") if line.strip()]
    headline, related = lines[1], lines.index("Related readings:")
    page = [f"<title>{headline}</title><div>{html.escape(lines[0])}</div><h1>{headline}</h1>"]
    page += [f"<div>{line}</div>" for line in lines[2:4]]
    page += [f"<p>{html.escape(line)}</p>" for line in lines[5:related]]
    stories = [line for line in lines[related + 1 :] if line.startswith(headline)]
    page.append("<div><b>Related readings:</b><ul>")
    page += [
        f"<li><a href='/a{n}'><img src='t{n}.jpg' alt='{headline}'>{html.escape(line.removeprefix(headline))}</a></li>"
        for n, line in enumerate(stories)
    ]
    page.append("</ul></div>")
    page += [f"<p>{html.escape(line)}</p>" for line in lines[related + 1 + len(stories) :]]
    path = folder / "founding.html"
    path.write_text(f"<html><body>{''.join(page)}</body></html>", encoding="utf-8")
    return path


@needs_founding
@pytest.mark.parametrize("as_page", [False, True], ids=["text", "page"])
def test_the_founding_page(as_page, tmp_path):
    coding = coding_of(founding_page(tmp_path) if as_page else FOUNDING)
    score = page_score(coding, gold_of("founding"))
    wrong = [(outcome.row.id, outcome.faults) for outcome in score.outcomes if not outcome.right]
    assert score.happened[0] >= 14, wrong
    assert [report.text for report in score.added] == []


@needs_founding
def test_georgia_is_the_country_throughout():
    coding = coding_of(FOUNDING)
    assert coding.article is not None
    named = [
        mention
        for mention in coding.mentions
        if coding.article.words(mention.words) == "Georgia" and not hasattr(mention, "value")
    ]
    countries = {(m.actors if hasattr(m, "actors") else m.places)[0].country for m in named}
    assert len(named) > 5 and countries == {"GEO"}


def test_the_example_page():
    page = ROOT / "examples" / "temple-border.txt"
    score = page_score(coding_of(page), gold_of(page.with_suffix(".gold.toml")))
    wrong = [(outcome.row.id, outcome.faults) for outcome in score.outcomes if not outcome.right]
    assert score.happened[0] >= 16, wrong
    assert len(score.added) <= 1, [report.text for report in score.added]
