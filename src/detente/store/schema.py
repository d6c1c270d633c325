"""The tables, one per noun, as Arrow schemas.

Each row holds the whole value, nested as in the JSON of a report (`source` is a list of structs, a span is a list of
two offsets), so nothing is lost on the way in or out. Beside the nested columns stand flat ones (`source_id`,
`time_start` as a date) for those who only want to count; they are derived and never read back. `number` is the place
of a row in its article, from 0.
"""

from __future__ import annotations

import pyarrow as pa

_TEXT: pa.DataType = pa.string()
_TEXTS: pa.DataType = pa.list_(_TEXT)
_SPAN: pa.DataType = pa.list_(pa.int32())
_INT: pa.DataType = pa.int32()
_REAL: pa.DataType = pa.float64()
_FLAG: pa.DataType = pa.bool_()
_DAY: pa.DataType = pa.date32()


def _struct(**fields: pa.DataType) -> pa.DataType:
    return pa.struct([pa.field(name, type) for name, type in fields.items()])


BECAUSE = pa.list_(_struct(rule=_TEXT, words=_SPAN))
STAMP = _struct(kind=_TEXT, value=_TEXT, basis=_TEXT, words=_SPAN)
BLOCK = _struct(kind=_TEXT, start=_INT, end=_INT)
TOKEN = _struct(
    start=_INT, end=_INT, form=_TEXT, lemma=_TEXT, upos=_TEXT, xpos=_TEXT, head=_INT, relation=_TEXT, name=_TEXT
)
ACTOR = _struct(id=_TEXT, name=_TEXT, country=_TEXT, sectors=_TEXTS, code=_TEXT)
PARTY = _struct(id=_TEXT, name=_TEXT, country=_TEXT, sectors=_TEXTS, code=_TEXT, words=_SPAN)
PLACE = _struct(
    name=_TEXT, kind=_TEXT, country=_TEXT, geonames=pa.int64(), lat=_REAL, lon=_REAL, radius=_INT, held_by=_TEXTS,
    claimed_by=_TEXTS,
)  # fmt: skip
WHEN = _struct(start=_TEXT, end=_TEXT, basis=_TEXT, words=_SPAN)
COUNT = _struct(kind=_TEXT, low=pa.int64(), high=pa.int64(), exact=_FLAG, words=_SPAN, because=BECAUSE)
WHERE = _struct(
    name=_TEXT, precision=_TEXT, country=_TEXT, geonames=pa.int64(), lat=_REAL, lon=_REAL, radius=_INT,
    held_by=_TEXTS, claimed_by=_TEXTS, basis=_TEXT, words=_SPAN,
)  # fmt: skip

ARTICLES = pa.schema(
    {
        "id": _TEXT, "record": _TEXT, "origin": _TEXT, "key": _TEXT, "url": _TEXT, "publisher": _TEXT,
        "language": _TEXT, "text": _TEXT, "blocks": pa.list_(BLOCK), "kind": _TEXT, "kind_because": _TEXT,
        "headline": _TEXT, "section": _TEXTS,
        "authors": _TEXTS, "agency": _TEXT, "place": _TEXT, "published": STAMP, "updated": STAMP,
        "dates": pa.list_(STAMP), "related": pa.list_(_struct(words=_SPAN, url=_TEXT)),
        "posts": pa.list_(_struct(words=_SPAN, published=_TEXT, headline=_TEXT, authors=_TEXTS)),
        "date": _DAY, "month": _TEXT,
    }
)  # fmt: skip
"""`date` is the day against which the article's "yesterday" is read, `month` its first seven letters or "undated"."""

SENTENCES = pa.schema(
    {
        "article": _TEXT, "number": _INT, "block": _INT, "part": _TEXT, "words": _SPAN, "text": _TEXT,
        "tokens": pa.list_(TOKEN), "clauses": _TEXT,
        "month": _TEXT,
    }
)  # fmt: skip
"""`clauses` is JSON: phrases stand inside phrases to any depth, which Arrow types cannot say."""

MENTIONS = pa.schema(
    {
        "article": _TEXT, "number": _INT, "noun": _TEXT, "words": _SPAN, "text": _TEXT,
        "actor": _struct(head=_SPAN, kind=_TEXT, actors=pa.list_(ACTOR)),
        "time": _struct(
            type=_TEXT, value=_TEXT, mod=_TEXT, start=_TEXT, end=_TEXT, granularity=_TEXT, exact=_FLAG
        ),
        "place": _struct(places=pa.list_(PLACE)),
        "because": BECAUSE,
        "actor_id": _TEXT, "country": _TEXT, "time_start": _DAY, "time_end": _DAY, "place_name": _TEXT,
        "month": _TEXT,
    }
)  # fmt: skip
"""`noun` is actor, time or place; the column of that name holds the mention. Flat columns show the best reading."""

REPORTS = pa.schema(
    {
        "id": _TEXT, "article": _TEXT, "part": _TEXT, "sentence": _SPAN, "text": _TEXT, "type": _TEXT,
        "deed": _TEXT, "mode": _TEXT, "contexts": _TEXTS, "cameo": _TEXT, "quad": pa.int8(), "intensity": _REAL,
        "source": pa.list_(PARTY),
        "target": pa.list_(PARTY), "reciprocal": _FLAG, "standing": _TEXT, "speaker": PARTY,
        "speakers": pa.list_(PARTY), "time": WHEN,
        "place": WHERE, "counts": pa.list_(COUNT), "trigger": _SPAN, "because": BECAUSE, "score": _REAL,
        "source_id": _TEXT, "source_country": _TEXT, "source_sector": _TEXT, "source_code": _TEXT,
        "target_id": _TEXT, "target_country": _TEXT, "target_sector": _TEXT, "target_code": _TEXT,
        "speaker_id": _TEXT, "time_start": _DAY, "time_end": _DAY, "place_name": _TEXT, "place_country": _TEXT,
        "killed_low": pa.int64(), "killed_high": pa.int64(), "injured_low": pa.int64(), "injured_high": pa.int64(),
        "protesters_low": pa.int64(), "protesters_high": pa.int64(),
        "origin": _TEXT, "url": _TEXT, "headline": _TEXT, "date": _DAY, "month": _TEXT, "number": _INT,
    }
)  # fmt: skip
"""One row per report. `source_id` is the first source and `target_id` the first target that is another actor, so that
"NATO, Russia agree" counts NATO with Russia; the view `dyads` has a row for every pair."""

PLACEMENTS = pa.schema(
    {
        "article": _TEXT, "story": _TEXT, "nearness": _REAL, "outlet": _TEXT, "headline": _TEXT, "copy_of": _TEXT,
        "relation": _TEXT, "share": _REAL, "terms": _TEXTS, "date": _DAY, "month": _TEXT,
    }
)  # fmt: skip
"""One row per article: its story, and what it copies."""

STORIES = pa.schema(
    {
        "id": _TEXT, "headline": _TEXT, "articles": _TEXTS, "originals": _INT, "outlets": _INT, "first": _TEXT,
        "last": _TEXT, "terms": _TEXTS, "actors": _TEXTS, "places": _TEXTS,
        "first_date": _DAY, "last_date": _DAY, "month": _TEXT,
    }
)  # fmt: skip

TELLING = _struct(
    report=_TEXT,
    article=_TEXT,
    at=_INT,
    outlet=_TEXT,
    date=_TEXT,
    standing=_TEXT,
    speaker=_TEXT,
    copied=_FLAG,
    because=_TEXTS,
)
SIZE = _struct(kind=_TEXT, low=pa.int64(), high=pa.int64(), exact=_FLAG, report=_TEXT)
VERSION = _struct(told=_TEXT, reports=_TEXTS, speakers=_TEXTS, outlets=_TEXTS)

EVENTS = pa.schema(
    {
        "id": _TEXT, "story": _TEXT, "type": _TEXT, "deed": _TEXT, "mode": _TEXT, "contexts": _TEXTS, "cameo": _TEXT,
        "quad": pa.int8(), "intensity": _REAL, "source": pa.list_(ACTOR), "target": pa.list_(ACTOR),
        "reciprocal": _FLAG, "standing": _TEXT, "disputed": _FLAG, "start": _TEXT, "end": _TEXT, "basis": _TEXT,
        "place": WHERE, "counts": pa.list_(SIZE), "tellings": pa.list_(TELLING), "articles": _INT, "outlets": _INT,
        "disagreements": pa.list_(_struct(about=_TEXT, versions=pa.list_(VERSION))), "corrected": _TEXTS,
        "text": _TEXT, "report": _TEXT,
        "source_id": _TEXT, "source_country": _TEXT, "source_sector": _TEXT, "source_code": _TEXT,
        "target_id": _TEXT, "target_country": _TEXT, "target_sector": _TEXT, "target_code": _TEXT,
        "time_start": _DAY, "time_end": _DAY, "place_name": _TEXT, "place_country": _TEXT,
        "killed_low": pa.int64(), "killed_high": pa.int64(), "injured_low": pa.int64(), "injured_high": pa.int64(),
        "protesters_low": pa.int64(), "protesters_high": pa.int64(),
        "first_date": _DAY, "last_date": _DAY, "month": _TEXT,
    }
)  # fmt: skip
"""One row per event. `first_date` and `last_date` are the days of the first and the last article that tells it, `month`
is that of the first."""

CHANGES = pa.schema(
    {
        "number": pa.int64(), "moment": _TEXT, "noun": _TEXT, "id": _TEXT, "change": _TEXT, "into": _TEXT, "why": _TEXT,
        "month": _TEXT,
    }
)  # fmt: skip
"""One row for each story or event that was added, changed, renamed or withdrawn, numbered as it happened."""

CODED: dict[str, pa.Schema] = {
    "articles": ARTICLES,
    "sentences": SENTENCES,
    "mentions": MENTIONS,
    "reports": REPORTS,
}
"""What comes of an article alone."""

FUSED: dict[str, pa.Schema] = {
    "placements": PLACEMENTS,
    "stories": STORIES,
    "events": EVENTS,
    "changes": CHANGES,
}
"""What comes of articles together; it is made anew when they change."""

SCHEMAS: dict[str, pa.Schema] = CODED | FUSED

ARTICLE_COLUMN = {"articles": "id", "sentences": "article", "mentions": "article", "reports": "article"}
"""Where each table of `CODED` names the article of a row."""

ID_COLUMN = {"placements": "article", "stories": "id", "events": "id"}
"""What rows of `FUSED` are replaced by."""

# What is asked for most comes first: rows that are asked for together lie together, and the reader skips the rest.
SORTED_BY = {
    "articles": ("month", "date", "id"),
    "sentences": ("month", "article", "number"),
    "mentions": ("month", "actor_id", "article"),
    "reports": ("month", "source_id", "target_id", "time_start", "id"),
    "placements": ("month", "date", "article"),
    "stories": ("month", "first_date", "id"),
    "events": ("month", "source_id", "target_id", "time_start", "id"),
    "changes": ("number",),
}
