"""What comes of articles together: copies, stories and events, kept up to date as articles come, leave and change.

round    what is pending -> spans -> pieces -> work -> changes -> replacing
spans    which days are put together anew
pieces   the articles of these days with their reports
work     the groups that the fuser finds, with what they have on other days
identity which group is which of those before
changes  what became otherwise, and why
replacing   the rows that go and the rows that come
"""

from detente.store.fusing.replacing import CHANGES
from detente.store.fusing.round import Fusing, files_of, fuse_once

__all__ = ["CHANGES", "Fusing", "files_of", "fuse_once"]
