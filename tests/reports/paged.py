"""Pages made by hand, and the reports that they tell."""

from detente.api import default_coder
from detente.model import Article, Block, Part, Report, Stamp
from detente.sentences import sentences_of

TUESDAY = "2012-11-20"
"""The day of the pages: Friday was the 16th, Sunday the 18th."""
PUBLISHED = Stamp(kind="published", value=TUESDAY, basis="given")


def page(*blocks: tuple[str, str], stamp: Stamp | None = PUBLISHED) -> Article:
    """An article of blocks: ("headline", "Peru expels Chilean envoy"), ("dateline", "LIMA"), ("paragraph", "...")."""
    made, start = [], 0
    for kind, text in blocks:
        made.append(Block(kind, start, start + len(text)))
        start += len(text) + 2
    of_kind = dict(reversed(blocks))
    return Article(
        id="a", record="r", origin="made by hand", text="\n\n".join(text for _, text in blocks), blocks=tuple(made),
        headline=of_kind.get("headline"), place=of_kind.get("dateline"), dates=(stamp,) if stamp else (),
        published=stamp if stamp and stamp.kind == "published" else None,
        updated=stamp if stamp and stamp.kind == "updated" else None,
    )  # fmt: skip


def news(body: str, *, stamp: Stamp | None = PUBLISHED) -> Article:
    """An article of one paragraph."""
    return page(("paragraph", body), stamp=stamp)


def report_of(article: Article, trigger: str, part: Part | None = None) -> Report:
    """The one report that these words of the article, or of a part of it, tell."""
    coder = default_coder()
    (sentences,) = sentences_of([article], coder.language)
    reports = coder.coding_of(article, sentences).reports
    found = [one for one in reports if article.words(one.trigger) == trigger and part in (None, one.part)]
    assert len(found) == 1, [(article.words(one.trigger), one.type) for one in reports]
    return found[0]


def rule_of(report: Report, stage: str) -> str | None:
    """The rule of a stage ("when", "where") that the report names."""
    return next((one.rule for one in report.because if one.rule.startswith(f"{stage}:")), None)
