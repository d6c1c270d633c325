"""Events and codings made by hand: names, sentences and addresses are our own."""

import io
from pathlib import Path

import detente
from detente.model import (
    Actor,
    Article,
    Because,
    Block,
    Coding,
    Count,
    Event,
    Party,
    Report,
    Sentence,
    Size,
    Stamp,
    Telling,
    TimeMention,
    Token,
    When,
    Where,
    id_of,
)
from detente.writers.exchange import FORMATS, Options

NORWAY = Actor(id="NOR", name="Norway", country="NOR", code="NOR")
CHAD = Actor(id="TCDGOV", name="Government of Chad", country="TCD", sectors=("GOV",), code="TCDGOV")
NATO = Actor(id="NATO", name="NATO", sectors=("IGO", "MIL"), code="IGONAT")
ARMY = Actor(id="USAMIL", name="Military of the United States", country="USA", sectors=("MIL",), code="USAMIL")
OSLO = Where(name="Oslo", precision="city", country="NOR", geonames=3143244, lat=59.91, lon=10.75, basis="stated")
TEXAS = Where(
    name="Texas", precision="province", country="USA", geonames=4736286, lat=31.25, lon=-99.25, basis="stated"
)
URLS = {"a1": "https://news.example/1", "a3": "https://other.example/?a=1&b=2"}


def telling(article="a1", outlet="The Example", date="2019-05-04", **fields):
    told = {"report": id_of(article, "report"), "standing": "happened"} | fields
    return Telling(article=article, at=13, outlet=outlet, date=date, **told)


def event(number=1, **fields):
    """Chad and Norway agree in Oslo, unless `fields` say otherwise."""
    made = {
        "id": id_of("event", number),
        "story": "s1",
        "type": "AGREE",
        "mode": None,
        "contexts": ("diplomatic", "economic"),
        "cameo": "0311",
        "quad": 1,
        "intensity": 2.5,
        "source": (NORWAY,),
        "target": (CHAD,),
        "standing": "happened",
        "start": "2019-05-03",
        "end": "2019-05-04",
        "basis": "stated",
        "place": OSLO,
        "tellings": (telling(),),
        "articles": 1,
        "outlets": 1,
        "text": "Norway and Chad agreed in Oslo to trade more.",
        "report": id_of("a1", "report"),
    }
    return Event(**{**made, **fields})


EVENTS = (
    event(1, reciprocal=True),
    # no target, no CAMEO code
    event(2, type="PROTEST", mode="riot", cameo=None, quad=4, intensity=-7.5, source=(CHAD,), target=(), place=None),
    # both in one bloc, deaths, a place in the United States, a text for spreadsheets to run
    event(
        3, type="ASSAULT", mode="firearms", contexts=("military",), cameo="190", quad=4, intensity=-9.0,
        source=(NATO, ARMY), target=(CHAD,), place=TEXAS, start="2019-12-31", end="2019-12-31", articles=3, outlets=2,
        counts=(Size(kind="killed", low=12, exact=False, report="r"),),
        tellings=(telling("a3", "Другая, «газета»"), telling("a4", "", None, copied=True)),
        text='=1+1 "quoted", with\ttab & <marks> — and 🙂',
    ),
    # told as a plan, denied
    event(4, type="CONSULT", mode="visit", cameo="042", intensity=4.0, standing="planned", start=None, end=None),
    event(5, type="THREATEN", cameo="130", quad=3, intensity=-4.4, standing="denied", place=None),
)  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------------
# An article with what was coded of it

TEXT = '🙂 Norway met Chad in Oslo on Monday.\nNorway denied it; "no talks" & <nothing> was said.'


def words(of, text=TEXT):
    start = text.index(of)
    return (start, start + len(of))


def token(form, head, relation, upos="NOUN", name="O"):
    start, end = words(form)
    return Token(start, end, form, form.lower(), upos, "X", head, relation, name)


def coding():
    article = Article(
        id="article1", record="r1", origin="a.txt", text=TEXT, url="https://news.example/1?a=1&b=2",
        blocks=(Block("lead", 0, TEXT.index("\n")), Block("paragraph", TEXT.index("\n") + 1, len(TEXT))),
        headline="Norway met Chad", published=Stamp(kind="published", value="2019-05-07", basis="given"),
    )  # fmt: skip
    norway = Party(id="NOR", name="Norway", country="NOR", code="NOR", words=words("Norway"))
    chad = Party(id="TCD", name="Chad", country="TCD", code="TCD", words=words("Chad"))
    made = {
        "article": article.id, "part": "body", "sentence": (0, TEXT.index("\n")), "text": TEXT[: TEXT.index("\n")],
        "type": "CONSULT", "quad": 1, "source": (norway,), "target": (chad,), "standing": "happened",
        "trigger": words("met"), "because": (Because("events/consult#meet", words("met")),), "score": 0.9,
        "time": When(start="2019-05-06", end="2019-05-06", basis="stated", words=words("Monday")),
        "place": OSLO.__class__(name="Oslo", precision="city", country="NOR", basis="stated", words=words("Oslo")),
        "counts": (Count(kind="troops", low=2, exact=True, words=words("Chad")),),
    }  # fmt: skip
    reports = (
        Report(id="report1", **made),
        Report(id="report2", **made | {"type": "REJECT", "quad": 3, "standing": "denied", "trigger": words("denied"),
                                       "time": None, "speaker": norway, "speakers": (norway,)}),
    )  # fmt: skip
    sentence = Sentence(
        block=0, part="body", start=0, end=TEXT.index("\n"),
        tokens=(token("🙂", 2, "discourse", "SYM"), token("Norway", 2, "nsubj", "PROPN", "B-LOC"),
                token("met", -1, "root", "VERB"), token("Chad", 2, "obj", "PROPN", "B-LOC"),
                token("in", 5, "case", "ADP"), token("Oslo", 2, "obl", "PROPN", "B-LOC"), token(".", 2, "punct")),
    )  # fmt: skip
    monday = TimeMention(words=words("Monday"), type="DATE", value="2019-05-06", start="2019-05-06", end="2019-05-06")
    return Coding(record="r1", origin="a.txt", state="coded", article=article, sentences=(sentence,),
                  mentions=(monday,), reports=reports)  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------------
# Golden files: `python tests/exchange/made.py` writes them anew, to be looked at before they are committed


def written(format):
    """What a format makes of the events or the coding, without the version of Detente."""
    out = io.BytesIO()
    told = format.write([coding()], out) if format.of == "codings" else format.write(EVENTS, out, Options(urls=URLS))
    return out.getvalue().replace(f"detente {detente.__version__}".encode(), b"detente VERSION"), told


def golden(format):
    return Path(__file__).parent / "golden" / f"{format.name}{format.suffixes[-1]}"


if __name__ == "__main__":
    for one in FORMATS.values():
        if one.writes and one.name != "parquet":
            golden(one).write_bytes(written(one)[0])
