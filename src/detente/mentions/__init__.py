"""Mentions: who, when and where, found in the sentences of an article."""

from detente.mentions.actors import Actors, carrying
from detente.mentions.places import Places
from detente.mentions.times import Times

__all__ = ["Actors", "Places", "Times", "carrying"]
