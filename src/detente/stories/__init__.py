"""Stories: which articles are copies of which, and which are on one matter.

copies, stories = Copies(), Stories()
if copies.add(id, text, "2010-06-03") is None:
    stories.add(id, terms_of(title, text, function_words), date(2010, 6, 3))
"""

from detente.stories.copies import Copies, Copy, Relation
from detente.stories.grouping import Placed, Stories
from detente.stories.merge import Filed, story_of
from detente.stories.profiles import Profiles
from detente.stories.terms import terms_of

__all__ = ["Copies", "Copy", "Filed", "Placed", "Profiles", "Relation", "Stories", "story_of", "terms_of"]
