"""From a record to its article: the page or text taken apart, every block of it labelled.

article = article_of(record)
article.headline, article.published, [block.kind for block in article.blocks]
"""

from detente.articles.article import article_of, body_of, read_article
from detente.articles.dates import iso_stamp

__all__ = ["article_of", "body_of", "iso_stamp", "read_article"]
