"""The client: asks for a URL as a well-mannered program does."""

from __future__ import annotations

import contextlib
from urllib.parse import urldefrag, urljoin

from msgspec import Struct

from detente import __version__
from detente.web.clock import Clock, SystemClock
from detente.web.guard import Guard, Refusal, Target, Unknown
from detente.web.outcomes import (
    Failed,
    Fetched,
    Gone,
    NotModified,
    Outcome,
    Refused,
    Validators,
    charset_of,
    fresh_for,
    media_type,
    retry_after,
    validators_of,
)
from detente.web.pace import NotNow, Pace, Stopped, site_of
from detente.web.robots import LIMIT as ROBOTS_LIMIT
from detente.web.robots import Robots
from detente.web.unpack import ACCEPTED
from detente.web.wire import Answer, Broken, Wire

AGENT = "Detente"
"""What a robots.txt calls us."""
MOST_REDIRECTS = 5
TOO_MANY = 60.0
"""Seconds that a site is left alone when it says "too many requests" and not for how long."""
MEGABYTE = 1 << 20
MAX_CONTENT = 10 * MEGABYTE
"""Of some 1,000 news pages of ten years the largest held 2.2 MB; feeds are smaller."""
PAGES = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"
FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.1"
)

_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


class _Walk(Struct, kw_only=True):
    """What is asked, and how far the redirects have led."""

    asked: str
    here: str
    validators: Validators | None
    accept: str
    limit: int
    obeys: bool
    """It asks robots.txt first; whoever asks for robots.txt itself does not, and is content with its beginning."""
    hops: int = 0
    lasting: bool = True
    """All redirects so far were permanent."""
    moved_to: str | None = None


class Client:
    """Reads the web: guard, robots.txt, pace, redirects, limits. Threads may share it."""

    def __init__(
        self,
        *,
        guard: Guard | None = None,
        pace: Pace | None = None,
        contact: str | None = None,
        deadline: float = 60.0,
        ca_certs: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`contact` is a mail address or page that tells publishers who reads; `deadline` is in seconds a request."""
        self._clock = clock or SystemClock()
        self._guard = guard or Guard()
        self.pace = pace or Pace(clock=self._clock)
        self._wire = Wire(deadline=deadline, ca_certs=ca_certs)
        self._robots = Robots(self._robots_txt, AGENT, self._clock)
        self.agent = f"{AGENT}/{__version__} (reads news feeds; {f'contact: {contact}' if contact else 'no contact'})"

    def stop(self) -> None:
        """End what is under way; whatever is asked from now on fails."""
        self.pace.stop()
        self._wire.stop()

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        accept: str = PAGES,
        limit: int = MAX_CONTENT,
    ) -> Outcome:
        """Ask for a URL and follow its redirects; with validators only what has changed since comes whole."""
        walk = _Walk(asked=url, here=urldefrag(url)[0], validators=validators, accept=accept, limit=limit, obeys=True)
        return self._walked(walk)

    def _robots_txt(self, url: str, validators: Validators | None) -> Outcome:
        accept = "text/plain, */*;q=0.1"
        walk = _Walk(asked=url, here=url, validators=validators, accept=accept, limit=ROBOTS_LIMIT, obeys=False)
        return self._walked(walk)

    def _walked(self, walk: _Walk) -> Outcome:
        while True:
            found = self._asked(walk)
            if not isinstance(found, Answer):
                return found
            if found.status not in _REDIRECTS or not found.headers.get("location"):
                return self._outcome(found, walk)
            if (fault := _follow(walk, found)) is not None:
                return fault

    def _asked(self, walk: _Walk) -> Answer | Outcome:
        """One hop."""
        url = walk.asked
        through = "" if walk.here == url else f" (led there by {url})"
        try:
            target = self._guard.admit(walk.here)
            walk.here = target.url
            if walk.obeys and (stopped := self._forbidden(target, url)) is not None:
                return stopped
            headers = {"User-Agent": self.agent, "Accept": walk.accept, "Accept-Encoding": ACCEPTED}
            headers |= _conditions(walk.validators, target.url)
            with self.pace.turn(site_of(target.url)):
                return self._wire.exchange(target, headers, limit=walk.limit)
        except Refusal as error:
            return Refused(url=url, reason=f"{error}{through}")
        except Unknown as error:
            return Failed(url=url, reason=f"{error}{through}")
        except NotNow as error:
            return Failed(url=url, reason=f"{walk.here}: {error}{through}", retry_after=error.seconds)
        except Stopped:
            return Failed(url=url, reason=f"{walk.here}: stopped")
        except Broken as error:
            return Failed(url=url, reason=f"{walk.here}: {error}{through}")

    def _forbidden(self, target: Target, url: str) -> Outcome | None:
        """Why the site's robots.txt keeps us out; None when it does not."""
        verdict = self._robots.verdict(target.url)
        if verdict.gap:
            self.pace.slow_down(site_of(target.url), verdict.gap)
        if verdict.answer == "no":
            return Refused(url=url, reason=f"{target.url}: {verdict.reason}")
        if verdict.answer == "later":
            return Failed(url=url, reason=f"{target.url}: {verdict.reason}")
        return None

    def _outcome(self, answer: Answer, walk: _Walk) -> Outcome:
        url, here, headers = walk.asked, walk.here, answer.headers
        moved = walk.moved_to if walk.moved_to != url else None
        if answer.status == 304 and _conditions(walk.validators, here):
            return NotModified(url=url, moved_to=moved, fresh_for=fresh_for(headers))
        if answer.status == 410:
            return Gone(url=url, reason=f"{here}: 410 Gone, the server says for good")
        if answer.status not in (200, 203):
            return self._failed(answer, walk)
        if answer.cut and walk.obeys:
            reason = f"{here}: longer than {walk.limit // MEGABYTE} MB, which no feed or article is"
            return Failed(url=url, reason=reason, status=answer.status)
        return Fetched(
            url=url,
            final=here,
            content=answer.content,
            type=media_type(headers),
            charset=charset_of(headers),
            validators=validators_of(here, headers),
            moved_to=moved,
            fresh_for=fresh_for(headers),
            cut=answer.cut,
        )

    def _failed(self, answer: Answer, walk: _Walk) -> Failed:
        wait = retry_after(answer.headers, self._clock.now())
        if answer.status == 429 and wait is None:
            wait = TOO_MANY
        if answer.status in (429, 503) and wait:
            self.pace.hold(site_of(walk.here), wait)
        return Failed(
            url=walk.asked, reason=f"{walk.here}: answers {answer.said}", status=answer.status, retry_after=wait
        )


def _conditions(validators: Validators | None, url: str) -> dict[str, str]:
    """The headers that ask for what has changed alone; a validator of another URL would be misunderstood."""
    if validators is None or validators.url != url:
        return {}
    told = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
    return {name: value for name, value in told.items() if value}


def _follow(walk: _Walk, answer: Answer) -> Failed | None:
    """Go where the answer points; gives back what is wrong with that."""
    walk.hops += 1
    if walk.hops > MOST_REDIRECTS:
        return Failed(
            url=walk.asked, reason=f"{walk.asked}: redirected more than {MOST_REDIRECTS} times, last to {walk.here}",
            status=answer.status,
        )  # fmt: skip
    # Some servers send raw UTF-8, which http.client reads as Latin-1.
    place = answer.headers["location"].strip()
    with contextlib.suppress(UnicodeError):
        place = place.encode("latin-1").decode("utf-8")
    try:
        there = urldefrag(urljoin(walk.here, place.replace(" ", "%20")))[0]
    except ValueError:
        return Failed(
            url=walk.asked, reason=f"{walk.here}: redirects to '{place[:100]}', which is no URL", status=answer.status
        )
    walk.lasting = walk.lasting and answer.status in _PERMANENT
    # Who came by https is not sent back to http for good: on a foreign network anybody could do that.
    if walk.lasting and not (walk.here.startswith("https:") and not there.startswith("https:")):
        walk.moved_to = there
    else:
        walk.lasting = False
    walk.here = there
    return None
