"""What a page says of itself out of sight: JSON-LD, `meta` elements, its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

import msgspec

from detente.articles.line import Page
from detente.articles.words import Words

ARTICLE_TYPES = frozenset(
    (
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting",
        "LiveBlogPosting", "BackgroundNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "Report",
        "SocialMediaPosting", "TechArticle", "ScholarlyArticle", "MedicalScholarlyArticle", "WebPage",
    )
)  # fmt: skip
"""Types of schema.org that describe the article of a page; the last only when no other does."""

# How deep a graph is searched for its article; ours and theirs are three deep.
MAX_NESTING = 6

_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish_date", "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "article.published", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "originalpublicationdate",
    "article:published", "date", "dc.date", "dcterms.date", "created", "timestamp", "displaydate", "search.date",
    "bt:pubdate", "article_date_original", "published_time", "published-date", "mediator_published_time",
    "citation_publication_date", "citation_date", "iso-8601-publish-date", "publisheddate", "datecreated",
    "weibo: article:create_at", "release_date", "date_published",
)  # fmt: skip
"""Names of `meta` elements, the most trusted first."""
_UPDATED = (
    "article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "dcterms.modified",
    "dc.date.modified", "article.updated", "revision_date", "rnews:datemodified", "article:modified", "modified_time",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "parsely-title", "sailthru.title")
_AUTHORS = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author_name",
    "cxenseparse:author",
)  # fmt: skip
_SECTIONS = ("article:section", "section", "parsely-section", "cxenseparse:section", "og:section")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")

_ASKED = frozenset((*_PUBLISHED, *_UPDATED, *_TITLES, *_AUTHORS, *_SECTIONS, *_SITES, "og:type"))


class Update(msgspec.Struct, frozen=True):
    """A post of a live blog as JSON-LD tells it."""

    headline: str | None
    published: str | None
    authors: tuple[str, ...]
    body: str | None


class Facts(msgspec.Struct):
    """What was found; each field None or empty when the page does not say."""

    headline: str | None = None
    """From JSON-LD."""
    title: str | None = None
    """From `og:title` and its like."""
    published: str | None = None
    updated: str | None = None
    meta_published: Sequence[str] = ()
    meta_updated: Sequence[str] = ()
    authors: tuple[str, ...] = ()
    meta_authors: tuple[str, ...] = ()
    agency: str | None = None
    section: tuple[str, ...] = ()
    publisher: str | None = None
    type: str | None = None
    """The JSON-LD type or `og:type`."""
    place: str | None = None
    body: str | None = None
    updates: tuple[Update, ...] = ()
    """The posts of a live blog."""
    free: bool = True
    """False where the page says that the article is for subscribers."""


def facts_of(page: Page, words: Words) -> Facts:
    """Gathers what JSON-LD and `meta` elements say."""
    facts = Facts()
    nodes = [node for script in page.jsonld for node in _nodes(_parse(script))]
    article = _article_node(nodes)
    if article is not None:
        _read_article(article, facts, words)
    crumbs = next((path for node in nodes if _is(node, "BreadcrumbList") and (path := _crumbs(node))), ())
    facts.section = _path(crumbs, facts.headline) or facts.section
    _read_metas(page, facts)
    return facts


def _parse(script: str) -> Any:
    """The JSON of a script; None for a broken one. Common faults are mended: comments around it, closing commas."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for attempt in (text, re.sub(r",(\s*[\]}])", r"\1", re.sub(r"[\x00-\x1f]", " ", text))):
        try:
            return msgspec.json.decode(attempt)
        except (msgspec.DecodeError, RecursionError):
            continue
    return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a graph, outer ones first."""
    level = [data]
    for _ in range(MAX_NESTING):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                yield item
                below.extend(item.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "about"))
            elif isinstance(item, list):
                below.extend(item)
        level = below


def _types(node: dict[str, Any]) -> tuple[str, ...]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return tuple(item.rsplit("/", 1)[-1] for item in kinds if isinstance(item, str))


def _is(node: dict[str, Any], kind: str) -> bool:
    return kind in _types(node)


def _article_node(nodes: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    found = [node for node in nodes if not ARTICLE_TYPES.isdisjoint(_types(node))]
    real = [node for node in found if "WebPage" not in _types(node)]
    # The fullest one: pages describe their article twice, once for each reader.
    wanted = ("headline", "datePublished", "author", "dateModified")
    return max(real or found, key=lambda node: sum(key in node for key in wanted), default=None)


def _read_article(node: dict[str, Any], facts: Facts, words: Words) -> None:
    facts.type = next(iter(_types(node)), None)
    if facts.type != "WebPage":
        facts.headline = clean(node.get("headline")) or clean(node.get("name"))
    facts.published = clean(node.get("datePublished")) or clean(node.get("dateCreated"))
    facts.updated = clean(node.get("dateModified"))
    facts.free = str(node.get("isAccessibleForFree", True)).lower() not in ("false", "no", "0")
    people: list[str] = []
    for author in _listed(node.get("author") or node.get("creator")):
        name = _name_of(author)
        if not name:
            continue
        if agency := words.agency_of(name):
            facts.agency = facts.agency or agency
        elif not (isinstance(author, dict) and {"Organization", "NewsMediaOrganization"} & set(_types(author))):
            people.append(name)
    facts.authors = tuple(dict.fromkeys(people))
    facts.section = _path(_listed_text(node.get("articleSection")), facts.headline)
    publisher = node.get("publisher")
    facts.publisher = clean(publisher.get("name")) if isinstance(publisher, dict) else clean(publisher)
    facts.place = clean(node.get("dateline"))
    facts.body = clean(node.get("articleBody"))
    facts.updates = tuple(_update(item) for item in _listed(node.get("liveBlogUpdate")) if isinstance(item, dict))


def _update(node: dict[str, Any]) -> Update:
    names = [_name_of(author) for author in _listed(node.get("author"))]
    return Update(
        clean(node.get("headline")),
        clean(node.get("datePublished")),
        tuple(name for name in names if name),
        clean(node.get("articleBody")),
    )


def _name_of(author: Any) -> str | None:
    return clean(author.get("name")) if isinstance(author, dict) else clean(author)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _listed_text(value: Any) -> tuple[str, ...]:
    items = [text for item in _listed(value) if (text := clean(item))]
    return tuple(part for item in items for part in re.split(r"\s*[>»›]\s*", item) if part)


def _crumbs(node: dict[str, Any]) -> tuple[str, ...]:
    found = []
    for element in _listed(node.get("itemListElement")):
        if isinstance(element, dict):
            item = element.get("item")
            name = clean(element.get("name")) or (clean(item.get("name")) if isinstance(item, dict) else None)
            if name:
                found.append(name)
    return tuple(found)


def _path(parts: Sequence[str], headline: str | None) -> tuple[str, ...]:
    """Without the front page, and without the article itself, which ends many such paths."""
    kept = [part for part in parts if part.lower() not in ("home", "homepage", "home page", "news home", "front page")]
    while kept and (kept[-1] == headline or kept[-1].count(" ") > 5):
        kept.pop()
    return tuple(kept[:5])


def _read_metas(page: Page, facts: Facts) -> None:
    metas: dict[str, list[str]] = {}
    for name, content in page.metas:
        if name in _ASKED:
            metas.setdefault(name, []).append(content)
    facts.title = _first(metas, _TITLES)
    facts.meta_published = [value for name in _PUBLISHED if name in metas for value in metas[name]]
    facts.meta_updated = [value for name in _UPDATED if name in metas for value in metas[name]]
    names = [text for name in _AUTHORS for value in metas.get(name, ()) if (text := clean(value))]
    facts.meta_authors = tuple(dict.fromkeys(name for name in names if "/" not in name and "@" not in name))
    if not facts.section and (section := _first(metas, _SECTIONS)):
        facts.section = _path(_listed_text(section), facts.headline)
    facts.publisher = _first(metas, _SITES) or facts.publisher
    facts.type = facts.type or _first(metas, ("og:type",))


def _first(metas: dict[str, list[str]], names: Sequence[str]) -> str | None:
    return next((text for name in names for value in metas.get(name, ()) if (text := clean(value))), None)


def clean(value: Any) -> str | None:
    """A text with its entities and spaces undone; None for what is no text or empty."""
    if not isinstance(value, str):
        return None
    return " ".join(unescape(unescape(value)).split()) or None
