"""How two sides freeze and thaw: events on a named scale, series by pair, and where they turn.

scale  -> how friendly or hostile each event is, by a table that is named
series -> what one side did to another, by day, week or month
turns  -> where the level changes, how surely, and by which events
stated -> turns that the news itself states
course -> all of it together, and as a picture
"""

from detente.relations.course import Course, course_of, rows_of
from detente.relations.scale import Scale
from detente.relations.series import Bin, Relation, Row, Series, Side, between, relation_of, scored, series_of
from detente.relations.stated import Stated, StatedTurn, stated_turns
from detente.relations.turns import Level, Turn, levels_of, strongest, turns_of, turns_of_totals

__all__ = [
    "Bin", "Course", "Level", "Relation", "Row", "Scale", "Series", "Side", "Stated", "StatedTurn", "Turn", "between",
    "course_of", "levels_of", "relation_of", "rows_of", "scored", "series_of", "stated_turns", "strongest", "turns_of",
    "turns_of_totals",
]  # fmt: skip
