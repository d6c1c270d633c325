"""How much of an input is looked at before it is called something else than news."""

from __future__ import annotations

MEGABYTE = 1 << 20

# The largest of some 1,000 news pages of ten years held 2.2 MB. A bigger one is a dump of something else.
MAX_PAGE = 10 * MEGABYTE
MAX_LINE = 16 * MEGABYTE
"""A line of JSONL holds one page with its metadata."""
MAX_MAIL = 32 * MEGABYTE
"""Mail with its attachments; providers take 25 MB."""
MAX_PDF = 64 * MEGABYTE
MAX_SPOOL = 4096 * MEGABYTE
"""Zip and Parquet have their table of contents at the end, so a stream of them must be put aside first."""
MAX_DEPTH = 2
"""Archives in archives: a WARC in a WACZ in a tar is as deep as people pack."""
HEAD = 1 << 16
"""First bytes, by which the format is told."""


def megabytes(size: int) -> str:
    """ "10 MB"."""
    return f"{size // MEGABYTE:,} MB"
