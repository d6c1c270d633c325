"""Stories: which articles are copies of which.

copies = Copies()
copies.add("a", text, "2010-06-03")
"""

from detente.stories.copies import Copies, Copy, Relation

__all__ = ["Copies", "Copy", "Relation"]
