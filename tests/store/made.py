"""Codings made by hand, with every field of every type used somewhere."""

from detente.model import (
    Actor,
    ActorMention,
    Article,
    Because,
    Block,
    Clause,
    Coding,
    Count,
    Party,
    Phrase,
    Place,
    PlaceMention,
    Report,
    Sentence,
    Stamp,
    TimeMention,
    Token,
    When,
    Where,
    id_of,
)

HEADLINE = "Norway, Chad agree to reopen embassies"
NORWAY = Party(id="NOR", name="Norway", country="NOR", code="NOR", words=(0, 6))
CHAD = Party(id="TCD", name="Chad", country="TCD", code="TCD", words=(8, 12))


def article(headline=HEADLINE, *, date="2019-05-04", origin="a.txt", record=None, body="Oslo said so."):
    text = f"{headline}\n{body}"
    stamp = date and Stamp(kind="published", value=date, basis="visible", words=(0, 3))
    return Article(
        id=id_of(text),
        record=record or id_of(text, "record"),
        origin=origin,
        key="k1",
        url="https://news.example/1",
        publisher="The Example",
        text=text,
        blocks=(Block("headline", 0, len(headline)), Block("paragraph", len(headline) + 1, len(text))),
        headline=headline,
        section=("WORLD", "Africa"),
        authors=("A. Writer",),
        agency="Examplenews",
        place="OSLO",
        published=stamp or None,
        dates=(stamp,) if stamp else (),
    )


def report(of, *, number=0, type="AGREE", source=(NORWAY, CHAD), target=(NORWAY, CHAD), **fields):
    if fields.get("speaker"):
        fields.setdefault("speakers", (fields["speaker"],))
    told = {
        "id": id_of(of.id, number),
        "article": of.id,
        "part": "headline",
        "sentence": (0, len(of.headline)),
        "text": of.headline,
        "type": type,
        "contexts": ("diplomatic",),
        "cameo": "0311",
        "quad": 1,
        "intensity": 5.2,
        "source": source,
        "target": target,
        "reciprocal": True,
        "standing": "happened",
        "time": When(start="2019-05-03", end="2019-05-04", basis="stated", words=(13, 18)),
        "place": Where(
            name="Oslo",
            precision="city",
            country="NOR",
            geonames=3143244,
            lat=59.9,
            lon=10.7,
            radius=8,
            basis="dateline",
            words=None,
        ),
        "counts": (
            Count(kind="killed", low=12, exact=False, words=(0, 6), because=(Because("counts/killed#kill", (13, 18)),)),
            Count(kind="protesters", low=24, high=99, exact=False, words=(8, 12)),
        ),
        "trigger": (13, 18),
        "because": (Because("events/agree#agree-to", (13, 18)), Because("when:headline")),
        "score": 0.93,
    }
    return Report(**{**told, **fields})


def sentence(of):
    token = Token(0, 6, "Norway", "Norway", "PROPN", "NNP", 1, "nsubj", "B-LOC")
    verb = Token(13, 18, "agree", "agree", "VERB", "VBP", -1, "root", "O")
    chad = Phrase((8, 12), 2, "Chad", modifiers=(("amod", Phrase((8, 9), 2, "c")),))
    subject = Phrase((0, 12), 0, "Norway", conjuncts=(chad,))
    clause = Clause(kind="verb", predicate=1, words=(13, 18), lemma="agree", subject=subject, modals=("will",))
    return Sentence(block=0, part="headline", start=0, end=len(of.headline), tokens=(token, verb), clauses=(clause,))


MENTIONS = (
    ActorMention(
        words=(0, 6),
        head=(0, 6),
        kind="name",
        actors=(Actor(id="NOR", name="Norway", country="NOR", sectors=("GOV",), code="NORGOV"),),
        because=(Because("actors/states#nor", (0, 6)),),
    ),
    PlaceMention(words=(8, 12), places=(Place(name="Chad", kind="country", country="TCD", lat=15.0, lon=19.0),)),
    TimeMention(words=(13, 18), type="DATE", value="2019-05", start="2019-05-01", end=None, exact=False),
)


def coding(headline=HEADLINE, *, origin="a.txt", reports=1, date="2019-05-04", body="Oslo said so.", **fields):
    made = article(headline, origin=origin, date=date, record=id_of(origin, headline), body=body)
    told = tuple(report(made, number=number, **fields) for number in range(reports))
    return Coding(
        record=made.record,
        origin=origin,
        state="coded" if told else "no events",
        reason="" if told else "nothing is told",
        article=made,
        sentences=(sentence(made),),
        mentions=MENTIONS,
        reports=told,
    )


def skipped(origin="b.bin", state="unreadable", reason="not text", record=""):
    return Coding(record=record, origin=origin, state=state, reason=reason)
