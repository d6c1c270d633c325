"""Reports made by hand, as short as a question needs them."""

from detente.events import Told
from detente.model import Because, Count, Party, Report, When, Where, id_of

NAMED = {"NATO": None, "lavrov": "RUS", "putin": "RUS", "UN": None, "NATO-RUS-COUNCIL": None}
"""Actors by name, with their countries; all other ids are countries, or roles such as RUSMIL and COP."""
STATES = {"RUS", "USA", "GEO", "AFG", "KEN", "UGA", "SYR", "LBN", "FRA", "COL", "UKR", "EGY"}


def party(id):
    if id.istitle():  # a name that no lexicon knows
        return Party(id=id.lower(), name=id, words=(0, 1))
    if id in NAMED:
        country = NAMED[id]
        return Party(id=id, name=id, country=country, sectors=("GOV",) if country else (), code=f"{id}X", words=(0, 1))
    country = id[:3] if id[:3] in STATES else None
    sectors = (id[3:] if country else id,) if id not in STATES else ()
    return Party(id=id, name=id, country=country, sectors=sectors, code=id, words=(0, 1))


def report(source="", target="", type="CONSULT", *, quad=1, days=None, basis="stated", place=None, number=0, **fields):
    """A report of "RUS USA" doing something to "GEO" within `days` ("2009-06-27" or "2009-06-27 2009-06-30")."""
    made = {
        "article": "a1",
        "part": "body",
        "sentence": (0, 40),
        "text": f"{source} {type} {target}",
        "cameo": None,
        "standing": "happened",
        "trigger": (number, number + 5),
        "because": (Because("events/x#y"),),
        "score": 0.5,
    } | fields
    start, _, end = (days or "").partition(" ")
    when = When(start=start or None, end=end or start or None, basis=basis) if days else None
    sides = {"source": tuple(map(party, source.split())), "target": tuple(map(party, target.split()))}
    id = made.pop("id", None) or id_of(made["article"], source, target, type, number)
    return Report(id=id, type=type, quad=quad, time=when, place=place, **sides, **made)


def told(*args, day="2009-06-28", outlet="A", story="s1", copied=False, **fields):
    return Told(report=report(*args, **fields), day=day, outlet=outlet, story=story, copied=copied)


def where(name, country="GEO", lat=41.7, lon=44.8, *, precision="city", radius=None, basis="stated"):
    return Where(
        name=name, precision=precision, country=country, lat=lat, lon=lon, radius=radius, basis=basis,
        geonames=sum(map(ord, name)),
    )  # fmt: skip


def killed(low, high=None, *, exact=True, open=False):
    return Count(kind="killed", low=low, high=None if open else high or low, exact=exact, words=(0, 2))
