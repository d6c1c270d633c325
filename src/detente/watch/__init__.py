"""Live reading: feeds and sitemaps are asked in turn, the pages of what is new are fetched, coded and published.

    with Store("events") as store, State(store.path) as state:
        watch = Watch(store=store, state=state, client=Client(), code=coder.code, version=coder.version)
        watch.follow(feeds_of(["feeds.opml"]))
        watch.run()

Everything that is known stands in the state: after a kill the same command goes on, loses nothing and doubles nothing.
"""

from detente.watch.health import FeedHealth, health_of
from detente.watch.loop import Tally, Watch
from detente.watch.schedule import Plan
from detente.watch.sources import BadSource, feeds_of
from detente.watch.state import FILE, State

__all__ = ["FILE", "BadSource", "FeedHealth", "Plan", "State", "Tally", "Watch", "feeds_of", "health_of"]
