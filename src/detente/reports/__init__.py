"""From sentences with their mentions to reports: who did what to whom, when, where and on whose word.

clause -> match (patterns, rules), nouns -> parties (roles) -> standing, speakers, when, where, contexts -> Report
"""

from detente.reports.reporter import Reporter
from detente.reports.rules import Rules

__all__ = ["Reporter", "Rules"]
