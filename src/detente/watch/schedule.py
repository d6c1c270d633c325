"""When a feed or a page is asked again: pure arithmetic, in seconds."""

from __future__ import annotations

from msgspec import Struct

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

# A feed that seldom has news is asked more and more seldom, one that has some more often, between `every` and:
SLOWEST = 16
"""times `every`..."""
LONGEST = DAY
"""...but at least once a day."""

HINTED = 6 * HOUR
"""A feed's own wish (ttl, max-age) is heeded up to here; some say a year."""

DEAD_FAILURES = 8
DEAD_AFTER = 7 * DAY
"""A feed is called dead when it has failed so often and for so long..."""
RECHECK = 7 * DAY
"""...and is then asked once a week: some come back."""

PAGE_TRIES = 8
MISSING_TRIES = 3
"""A page that is not there (404) may still be on its way to all of the publisher's servers."""
FIRST_RETRY, LAST_RETRY = MINUTE, 12 * HOUR

UNFINISHED = 5
"""A page whose coding was begun so often without coming to its end most likely ends the program itself."""
ALONE = 2
"""From here on it is coded alone, so that it harms no other."""

RECENT = 3 * DAY
"""Of a plain sitemap, which lists all that a site ever had, what changed within this time is news."""


class Plan(Struct, frozen=True):
    """How often the user wants feeds asked."""

    every: float = 15 * MINUTE
    """The shortest pause between two readings of a feed."""

    @property
    def slowest(self) -> float:
        """The longest pause between two readings of a feed that is well."""
        return max(self.every, min(self.every * SLOWEST, LONGEST))

    def after_reading(self, interval: float, *, news: bool, hint: float) -> float:
        """The pause after a reading, given the pause before it; `hint` is what the feed or its server wishes."""
        wished = interval / 2 if news else interval * 1.5
        floor = max(self.every, min(hint, HINTED))
        return min(max(wished, floor), max(self.slowest, floor))

    def after_failure(self, failures: int, asked: float | None, chance: float) -> float:
        """The pause after so many failures in a row; `asked` is what the server wants, `chance` is from 0 to 1.

        It doubles each time. Chance moves it by a fifth, so that feeds which failed together do not come back together.
        """
        doubled = min(self.every * 2.0 ** min(failures - 1, 20), LONGEST)
        return max(doubled * (0.8 + 0.4 * chance), min(asked or 0.0, LONGEST))

    def after_change(self, changes: int) -> float:
        """How long after its last fetching a page is fetched again because its feed says something new of it."""
        return min(self.every * 2.0 ** min(changes, 20), LAST_RETRY)


def is_dead(failures: int, since: float, now: float) -> bool:
    """Whether a feed that failed so often, and last came at `since`, is given up."""
    return failures >= DEAD_FAILURES and now - since >= DEAD_AFTER


def page_retry(failures: int, asked: float | None, chance: float, *, missing: bool) -> float | None:
    """The pause before a page is tried again; None when it is given up."""
    if failures >= (MISSING_TRIES if missing else PAGE_TRIES):
        return None
    fourfold = min(FIRST_RETRY * 4.0 ** (failures - 1), LAST_RETRY)
    return max(fourfold * (0.8 + 0.4 * chance), min(asked or 0.0, LONGEST))


def sensible_due(due: float, now: float, longest: float) -> float:
    """A time that was planned by another run, brought back to earth: the clock may have been years ahead then."""
    return min(due, now + longest)
