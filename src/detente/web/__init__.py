"""The network, and the only room that touches it: every request is guarded, paced, capped and cut off in time.

    client = Client(contact="me@university.example")
    match client.get("https://news.example/feed"):
        case Fetched(content=content): ...
        case Failed(reason=reason): ...

Nothing is raised for what the network does: each request ends in one of five outcomes.
"""

from detente.web.client import Client
from detente.web.clock import Clock, Steady, SystemClock
from detente.web.guard import Guard, Refusal
from detente.web.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Refused, Validators
from detente.web.pace import Pace, site_of

__all__ = [
    "Client",
    "Clock",
    "Failed",
    "Fetched",
    "Gone",
    "Guard",
    "NotModified",
    "Outcome",
    "Pace",
    "Refusal",
    "Refused",
    "Steady",
    "SystemClock",
    "Validators",
    "site_of",
]
