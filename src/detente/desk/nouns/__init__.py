"""One file per noun: what its page and its JSON hold, and under which addresses."""

from detente.desk.nouns import (
    actors,
    articles,
    corrections,
    events,
    live,
    maps,
    questions,
    relations,
    searches,
    stories,
)

ROUTERS = tuple(
    noun.router for noun in (live, searches, articles, events, stories, relations, actors, maps, corrections, questions)
)
"""The addresses of all nouns, in the order of the API."""
