"""Written and read again, an event is what it was, up to what the format loses, which is told here and in the docs."""

import io
import re
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exchange.made import ARMY, CHAD, NATO, NORWAY, OSLO, TEXAS, coding, event, telling

from detente.model import FACTS, Actor, Size, id_of
from detente.readers.exchange import Row, rows_of
from detente.readers.exchange.cells import quad_of_cameo
from detente.readers.exchange.icews import NOTHING
from detente.readers.exchange.jsonl import read_events
from detente.readers.exchange.plover import STANDINGS
from detente.writers.auxiliary import BY_STANDING
from detente.writers.exchange import format_of, number_of
from detente.writers.exchange.dyads import graph_of
from detente.writers.exchange.icews import _labels
from detente.writers.exchange.options import Options
from detente.writers.exchange.parties import icews_name
from detente.writers.exchange.xml import legal

# ---------------------------------------------------------------------------------------------------------------------
# Any events

# Zero bytes and halves of characters are in no text that was read; the rest may be anything.
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=30)
DAYS = st.dates().map(lambda day: day.isoformat())
NUMBERS = st.floats(-10, 10, allow_nan=False).map(lambda value: round(value, 2) + 0.0)


@st.composite
def actors(draw):
    if draw(st.booleans()):
        return draw(st.sampled_from([NORWAY, CHAD, NATO, ARMY]))
    return Actor(
        id=draw(st.sampled_from(["x", "y", "z-1"])), name=draw(TEXT), country=draw(st.sampled_from([None, "FRA"]))
    )


@st.composite
def events(draw, number):
    kinds = [("AGREE", "0311", 1), ("PROTEST", "145", 4), ("REQUEST", "020", 3), ("AID", None, 2)]
    type, cameo, quad = draw(st.sampled_from(kinds))
    start = draw(st.none() | DAYS)
    tellings = draw(st.lists(st.builds(telling, st.sampled_from(["a1", "a2"]), TEXT, st.none() | DAYS), min_size=1,
                             max_size=2))  # fmt: skip
    sizes = st.integers(0, 1 << 40).map(lambda low: Size(kind="killed", low=low, high=low, exact=True, report="r"))
    return event(
        number, id=id_of("any", number), type=type, cameo=cameo, quad=quad, mode=draw(st.none() | st.just("visit")),
        intensity=draw(st.none() | NUMBERS), source=tuple(draw(st.lists(actors(), max_size=2))),
        target=tuple(draw(st.lists(actors(), max_size=2))), reciprocal=draw(st.booleans()),
        standing=draw(st.sampled_from(["happened", "ongoing", "planned", "denied", "demanded"])), start=start,
        end=draw(st.sampled_from([None, start])), place=draw(st.sampled_from([None, OSLO, TEXAS])),
        counts=tuple(draw(st.lists(sizes, max_size=1))), tellings=tuple(tellings), text=draw(TEXT),
    )  # fmt: skip


@st.composite
def many(draw):
    return [draw(events(number)) for number in range(draw(st.integers(1, 4)))]


def again(name, made, tmp_path, **options):
    """What is read of what was written."""
    out = io.BytesIO()
    format_of(name).write(made, out, **options)
    path = tmp_path / "file"
    path.write_bytes(out.getvalue())
    return list(format_of(name).read(path))


# ---------------------------------------------------------------------------------------------------------------------
# What each format keeps


def cell(text):
    """Text in a cell of a format that parts by tabs."""
    if text is None:
        return None
    for sign in "\r\n\x1f":
        text = text.replace(sign, "\t")
    text = " ".join(part for part in _runs(text))
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"')
    return text or None


def _runs(text):
    return re.split("\t+", text)


def said(text):
    """Text in a cell of ICEWS and POLECAT, where some words are ways to say nothing."""
    return None if cell(text) in NOTHING else cell(text)


@dataclass
class Kept:
    """What a format keeps of a row: fields as they are, and fields changed."""

    fields: str
    changed: dict = field(default_factory=dict)
    takes: object = lambda row: True
    texts: object = cell

    def of(self, row):
        told = {name: getattr(row, name) for name in self.fields.split()}
        told = {name: self.texts(value) if isinstance(value, str) else value for name, value in told.items()}
        return Row(**told | {name: change(row) for name, change in self.changed.items()})


def is_fact(row):
    return row.standing in FACTS and row.day is not None


def has_code(row):
    return is_fact(row) and row.cameo is not None


def upper(name):
    return lambda row: cell(getattr(row, name).upper()) if getattr(row, name) else None


def code(role):
    return lambda row: getattr(row, f"{role}_code") or getattr(row, f"{role}_country")


def country(role):
    """What the CAMEO string tells of it."""
    return lambda row: getattr(row, f"{role}_country")


def roles(role):
    wanted = {"NOR": (), "TCDGOV": ("GOV",), "IGONAT": ("IGO",), "USAMIL": ("MIL",)}
    return lambda row: wanted.get(getattr(row, f"{role}_code"), ())


def phoenix_roles(role):
    wanted = {"TCDGOV": ("GOV",), "USAMIL": ("MIL",)}
    return lambda row: wanted.get(getattr(row, f"{role}_code"), ())


def labels(role):
    return lambda row: (
        tuple(_labels(";".join(sectors)).split(",")) if (sectors := getattr(row, f"{role}_sectors")) else ()
    )


def called(role):
    def name(row):
        told = {part: getattr(row, f"{role}_{part}") for part in ("id", "name", "country", "sectors")}
        if not told["id"]:
            return None
        told["name"] = " ".join(_runs_plain(told["name"]))
        return said(icews_name(Actor(**told, code=getattr(row, f"{role}_code") or "")))

    return name


def _runs_plain(text):
    for sign in "\r\n\x1f":
        text = text.replace(sign, "\t")
    return _runs(text)


def both(changes):
    return {f"{role}_{name}": change(role) for role in ("source", "target") for name, change in changes.items()}


WHERE = "place_name place_country place_precision lat lon"
KEPT = {
    "parquet": Kept(" ".join(Row.__struct_fields__), texts=lambda text: text),
    "csv": Kept(" ".join(Row.__struct_fields__), texts=lambda text: text.replace("\r\n", "\n").replace("\r", "\n")),
    "gdelt-events": Kept(
        f"day cameo intensity {WHERE} reports articles outlets told",
        {"id": lambda row: str(number_of(row.id)), "source_name": upper("source_name"),
         "target_name": upper("target_name"), **both({"code": code, "country": country, "sectors": roles}),
         "quad": lambda row: quad_of_cameo(row.cameo)},
        has_code,
    ),
    "icews": Kept(
        f"day cameo intensity {WHERE} publisher",
        {"id": lambda row: f"{number_of(row.id)}@{row.day}",
         **both({"name": called, "sectors": labels, "country": country}),
         "quad": lambda row: quad_of_cameo(row.cameo), "text": lambda row: None},
        has_code,
        said,
    ),
    "polecat": Kept(
        "id day type mode contexts quad intensity source_name source_country source_sectors target_name target_country "
        f"target_sectors {WHERE} geonames told publisher",
        takes=is_fact,
        texts=said,
    ),
    "phoenix": Kept(
        "id day cameo intensity place_name place_country lat lon",
        {**both({"code": code, "country": country, "sectors": phoenix_roles}),
         "quad": lambda row: quad_of_cameo(row.cameo)},
        has_code,
    ),
    "geojson": Kept(" ".join(Row.__struct_fields__), texts=lambda text: text),
}  # fmt: skip
FREE = ("text", "url", "publisher", "reports", "outlets")


@pytest.mark.parametrize("name", KEPT)
@given(made=many())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_come_back(name, made, tmp_path):
    kept = KEPT[name]
    rows = [row for one in made for row in rows_of(one)]
    found = [row for row in again(name, made, tmp_path) if isinstance(row, Row)]
    wanted = [kept.of(row) for row in rows if kept.takes(row)]
    if name == "icews":  # the label of the code stands there
        found = [msgspec.structs.replace(row, text=None) for row in found]
    if name == "phoenix":  # one of several reports, addresses and outlets
        found = [Row(**{n: getattr(row, n) for n in Row.__struct_fields__ if n not in FREE}) for row in found]
    assert found == wanted


ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(made=many())
@ANY
def test_our_own_events_come_back_whole(made, tmp_path):
    out = io.BytesIO()
    format_of("jsonl").write(made, out)
    (tmp_path / "events.jsonl").write_bytes(out.getvalue())
    assert list(read_events(tmp_path / "events.jsonl")) == made


@given(made=many())
@ANY
def test_plover_comes_back_but_for_what_it_has_no_field_for(made, tmp_path):
    # that both did it to each other, CAMEO codes, how often it is told; one of several standings
    made = [msgspec.structs.replace(one, reciprocal=False) for one in made]
    found = again("plover", made, tmp_path)
    lost = dict.fromkeys(("cameo", "killed_low", "killed_high", "reports", "articles", "outlets", "told"))
    wanted = []
    for row in (row for one in made for row in rows_of(one) if row.day):
        mode = BY_STANDING.get(row.standing)
        countries = {f"{role}_country": getattr(row, f"{role}_country") if getattr(row, f"{role}_code") else None
                     for role in ("source", "target")}  # fmt: skip
        wanted.append(msgspec.structs.replace(row, standing=STANDINGS.get(mode, "happened"), **countries, **lost))
    assert found == wanted


def xml(text):
    """The words of a text as XML 1.0 can hold it."""
    return legal(text).split()


@given(made=many())
@ANY
def test_graphs_come_back(made, tmp_path):
    for name in ("graphml", "gexf"):
        graph = graph_of(made, Options())
        assert [seen(dyad) for dyad in again(name, made, tmp_path)] == [seen(dyad) for dyad in graph.edges]


def seen(dyad):
    """Names apart, which XML trims."""
    ends = (dyad.source, dyad.target)
    actors = [(node.id, node.country, node.sectors, node.code) for node in ends]
    return actors, dyad.events, dyad.intensity, dyad.quads, dyad.first, dyad.last


@pytest.mark.parametrize("name, kept", [
    ("atom", "id type mode cameo quad intensity standing source_id source_country target_id target_country"),
    ("ninjs", "id day end type mode cameo quad intensity standing source_id source_country target_id target_name"),
])  # fmt: skip
@given(made=many())
@ANY
def test_entries_come_back_in_what_they_keep(name, kept, made, tmp_path):
    rows = [row for one in made for row in rows_of(one)]
    found = [row for row in again(name, made, tmp_path) if isinstance(row, Row)]
    assert [[getattr(row, field) for field in kept.split()] for row in found] == [
        [getattr(row, field) for field in kept.split()] for row in rows
    ]
    if name == "atom":
        said_twice = [(row.text.split(), xml(one.text)) for row, one in zip(found, rows, strict=True) if xml(one.text)]
        assert [there for there, _ in said_twice] == [here for _, here in said_twice]


def test_sentences_come_back(tmp_path):
    (parsed,) = again("conllu", [coding()], tmp_path)
    assert parsed.sentence == coding().sentences[0]
    assert parsed.text == "🙂 Norway met Chad in Oslo on Monday."


def test_marked_texts_come_back(tmp_path):
    (document,) = again("timeml", [coding()], tmp_path)
    text = coding().article.text
    assert document.text == text
    assert [(tag.kind, text[tag.start : tag.end]) for tag in document.tags] == [
        ("EVENT", "met"), ("TIMEX3", "Monday"), ("EVENT", "denied"),
    ]  # fmt: skip


def test_mentions_have_the_ids_of_the_events(tmp_path):
    made = [event(1), event(2)]
    ids = [row.id for row in again("gdelt-events", made, tmp_path)]
    assert [mention.event for mention in again("gdelt-mentions", made, tmp_path)] == ids
