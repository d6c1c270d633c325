"""Mentions: who, when and where, found in the sentences of an article."""

from detente.mentions.times import Times

__all__ = ["Times"]
