"""`detente actors`: who is meant, and how somebody new is taught, found missing, or imported."""

import gzip
import json

import pytest
from click.testing import CliRunner

from detente.cli.main import cli
from detente.lexicon import Lexicon
from detente.mentions.names import ActorEntry
from detente.mentions.offices import TermEntry

STORY = (
    "Zorvan Telluk met Norway's foreign minister in Oslo on Monday. Telluk said the talks went well. "
    "The Ostrava Compact protested against Norway. The ventriloquists expelled two Norwegian envoys."
)


def detente(*arguments, input=None):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=input, prog_name="detente")


@pytest.fixture
def mine(tmp_path):
    return tmp_path / "mine"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("actors") / "events"
    rows = "".join(json.dumps({"text": text, "published": "2009-06-28"}) + "\n" for text in (STORY, f"Oslo. {STORY}"))
    result = detente("code", "-", "--store", path, "--format", "jsonl", input=rows)
    assert result.exit_code == 0, result.output
    return path


# -- who


def test_who_shows_the_codes_of_each_tradition_and_why():
    told = detente("actors", "who", "Afghan police").stdout
    assert all(one in told for one in ("AFG COP", "AFGCOP", "700", "Police (Afghanistan)", "roles/agents#police"))


def test_who_of_a_day():
    assert "DEU GOV" in detente("actors", "who", "Angela Merkel", "--on", "2017-04-01").stdout
    assert "DEU ELI" in detente("actors", "who", "Angela Merkel", "--on", "2023-01-01").stdout


def test_who_tells_several_together_from_ranked_readings():
    several = json.loads(detente("actors", "who", "the two Koreas", "--format", "json").stdout)
    assert several["together"] and [actor["cow"] for actor in several["actors"]] == [731, 732]
    ranked = json.loads(detente("actors", "who", "Congo", "--format", "json").stdout)
    assert not ranked["together"] and [actor["id"] for actor in ranked["actors"]] == ["COD", "COG"]


def test_nobody_is_told_with_the_next_step():
    result = detente("actors", "who", "Zorvan Telluk")
    assert result.exit_code == 1 and "actors add" in result.stdout


# -- add


def test_an_added_actor_is_found(mine):
    added = detente("actors", "add", mine, "River Militia", "--kind", "group", "--country", "COL", "--sector", "REB",
                    "--name", "Milicia del Rio", "--example", "The River Militia fired")  # fmt: skip
    assert added.exit_code == 0
    assert (mine / "actors" / "actors.tsv").read_text().splitlines()[0].startswith("id\tname\tkind\tcountry\t")
    told = detente("actors", "who", "River Militia gunmen", "--lexicon", mine).stdout
    assert "River Militia (RIVER-MILITIA)" in told and "COLREB" in told
    checked = detente("lexicon", "check", mine)
    assert checked.exit_code == 0 and "1 entries with examples tried, 0 wrong" in checked.stdout


def test_an_added_minister_holds_the_office(mine):
    detente(
        "actors", "add", mine, "Pol Ndong", "--office", "prime-minister", "--country", "GAB", "--since", "2010-01-01"
    )
    told = detente("actors", "who", "Pol Ndong", "--on", "2011-01-01", "--lexicon", mine).stdout
    assert "GAB GOV" in told and "offices/offices#gab-prime-minister-pol-ndong-2010" in told


def test_a_second_line_keeps_the_first_and_adds_its_columns(mine):
    detente("actors", "add", mine, "Blue Party", "--kind", "party", "--country", "GAB", "--sector", "PTY")
    detente("actors", "add", mine, "Red Party", "--kind", "party", "--country", "GAB", "--near", "Libreville")
    entries = [e for e in Lexicon(mine).entries("actors", ActorEntry) if e.id.startswith("actors/actors#")]
    assert [(e.name, e.near) for e in entries] == [("Blue Party", ()), ("Red Party", ("Libreville",))]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--kind", "group", "--country", "XXX"), "no country 'XXX'"),
        (("--kind", "group", "--sector", "ZZZ"), "no sector ZZZ"),
        (("--office", "boss"), "no office 'boss'"),
        (("--office", "president", "--of", "NOBODY"), "no body 'NOBODY'"),
        (("--kind", "group", "--id", "TWICE"), "'TWICE' stands there already"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told(mine, arguments, told):
    detente("actors", "add", mine, "First", "--kind", "group", "--id", "TWICE")
    result = detente("actors", "add", mine, "River Militia", *arguments)
    assert result.exit_code == 1 and told in result.stderr


def test_kind_or_office_must_be_given(mine):
    assert detente("actors", "add", mine, "River Militia").exit_code == 2


def test_namesakes_are_told(mine):
    result = detente("actors", "add", mine, "Labour Party", "--kind", "party", "--country", "GAB")
    assert result.exit_code == 0 and "actors/parties#LABOUR" in result.stderr


# -- unresolved


def test_unresolved_names_come_with_times_country_and_sentences(store):
    rows = [json.loads(line) for line in detente("actors", "unresolved", store, "--format", "json").stdout.splitlines()]
    found = {row["phrase"]: row for row in rows}
    person, body = found["Zorvan Telluk"], found["Ostrava Compact"]
    # "Telluk" counts under the full name
    assert (person["kind"], person["times"], person["articles"], person["country"]) == ("person", 4, 2, "NOR")
    assert body["kind"] == "body" and body["examples"][0].startswith("The Ostrava Compact protested")
    assert not {"Norway", "Oslo"} & set(found)


def test_what_has_an_entry_by_now_is_resolved(store, mine):
    detente("actors", "add", mine, "Ostrava Compact", "--kind", "organization", "--sector", "IGO")
    assert "Ostrava Compact" in detente("actors", "unresolved", store).stdout
    assert "Ostrava Compact" not in detente("actors", "unresolved", store, "--lexicon", mine).stdout


def test_unresolved_lines_are_entries_once_edited(store, mine):
    (mine / "actors").mkdir(parents=True)
    lines = detente("actors", "unresolved", store, "--format", "tsv").stdout
    (mine / "actors" / "new.tsv").write_text(lines)
    assert {"Ostrava Compact"} <= {e.name for e in Lexicon(mine).entries("actors", ActorEntry)}


def test_unresolved_nouns_are_those_that_do_what_rules_know(store):
    told = detente("actors", "unresolved", store, "--nouns").stdout
    assert "ventriloquists" in told and "envoys  (" not in told


def test_a_missing_store_is_told(tmp_path):
    assert detente("actors", "unresolved", tmp_path / "nowhere").exit_code == 1


# -- import


def test_a_dictionary_is_imported_and_coded_with(mine, tmp_path):
    file = tmp_path / "groups.actors.txt"
    file.write_text("RIVER_MILITIA_ [COLREB]\nPOL_ALWEN_\n  [GABGOV <050101]\n  [GABELI >050101]\nNOBODY_\n")
    result = detente("actors", "import", file, "--as", "petrarch", "--into", mine)
    assert result.exit_code == 1 and "groups.actors.txt:5: no code" in result.stderr
    assert "imported 1 actors, 2 offices" in result.stderr
    assert [t.person for t in Lexicon(mine).entries("offices", TermEntry)[-2:]] == ["Pol Alwen"] * 2
    assert "COLREB" in detente("actors", "who", "River Militia", "--lexicon", mine).stdout
    # a second time its ids stand there already
    assert "stands there already" in detente("actors", "import", file, "--as", "petrarch", "--into", mine).stderr


def test_a_packed_slice_of_wikidata_is_imported(mine, tmp_path):
    item = {"id": "Q9", "labels": {"en": {"value": "River Party"}},
            "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q7278"}}}, "rank": "normal"}]}}  # fmt: skip
    file = tmp_path / "slice.json.gz"
    file.write_bytes(gzip.compress(json.dumps(item).encode()))
    assert detente("actors", "import", file, "--as", "wikidata", "--into", mine).exit_code == 0
    assert (mine / "actors" / "slice.tsv").is_file()
