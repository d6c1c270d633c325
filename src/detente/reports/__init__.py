"""From sentences with their mentions to reports: who did what to whom, when, where and on whose word.

clause -> match (patterns, rules), nouns -> parties (roles) -> standing, speakers, when, where, contexts -> Report

`route` retells the way with the reasons (`detente explain`).
"""

from detente.reports.reporter import Reporter
from detente.reports.route import Explanation, explanation_of
from detente.reports.rules import Rules

__all__ = ["Explanation", "Reporter", "Rules", "explanation_of"]
