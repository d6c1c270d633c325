"""From reports to events: what is the same event, and what its reports tell of it together."""

from detente.events.facts import Told
from detente.events.fusion import NEW, Fusion, Joined
from detente.events.merge import event_of
from detente.events.same import Knowledge
from detente.events.sectors import Sectors

__all__ = ["NEW", "Fusion", "Joined", "Knowledge", "Sectors", "Told", "event_of"]
