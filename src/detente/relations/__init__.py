"""How two sides freeze and thaw: events on a named scale, series by pair, and where they turn.

scale    -> how friendly or hostile each event is, by a table that is named
sides    -> who is meant by "NATO", "RUS MIL", "*"
dealings -> who did what to whom, as columns
series   -> what one side did to another, in bins of days, weeks or months
turns    -> where the level changes, how surely, and by which events
stated   -> turns that the news itself states
course   -> all of it together, and as a picture
"""

from detente.relations.bins import Bin
from detente.relations.course import Course, course_of
from detente.relations.dealings import Dealings, Deed, Doer, Row, rows_of
from detente.relations.scale import Scale
from detente.relations.series import Relation, Series, Ways, relation_of, series_of, ways_of
from detente.relations.sides import Side
from detente.relations.stated import Stated, StatedTurn, stated_turns
from detente.relations.turns import Level, Turn, levels_of, strongest, turns_of, turns_of_totals

__all__ = [
    "Bin", "Course", "Dealings", "Deed", "Doer", "Level", "Relation", "Row", "Scale", "Series", "Side", "Stated",
    "StatedTurn", "Turn", "Ways", "course_of", "levels_of", "relation_of", "rows_of", "series_of", "stated_turns",
    "strongest", "turns_of", "turns_of_totals", "ways_of",
]  # fmt: skip
