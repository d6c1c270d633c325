"""The loader of lexicons: what an editor of entries is told, and that user folders are read after ours."""

import pytest

from detente.errors import LexiconError
from detente.lexicon import Entry, Lexicon, unfold


class Word(Entry, frozen=True, kw_only=True):
    words: tuple[str, ...] = ()
    type: str = "plain"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "colours").mkdir()
    return tmp_path


def write(folder, name, text):
    (folder / "colours" / name).write_text(text, encoding="utf-8")
    return Lexicon(folder)


def test_reads_toml_with_the_defaults_of_its_file(folder):
    lexicon = write(folder, "warm.toml", 'type = "warm"\n[[rule]]\nid = "red"\n[[rule]]\nid = "tan"\ntype = "dull"\n')
    assert [(e.id, e.type) for e in lexicon.entries("colours", Word)] == [
        ("colours/warm#red", "warm"),
        ("colours/warm#tan", "dull"),
    ]


def test_reads_tsv_with_lists_and_empty_cells(folder):
    lexicon = write(folder, "cold.tsv", "# comment\nid\twords|\ttype\nblue\tblue|azure\t\nteal\t\todd\n")
    assert [(e.id, e.words, e.type) for e in lexicon.entries("colours", Word)] == [
        ("colours/cold#blue", ("blue", "azure"), "plain"),
        ("colours/cold#teal", (), "odd"),
    ]


def test_a_tsv_file_may_say_what_its_empty_cells_hold(folder):
    lexicon = write(folder, "cold.tsv", "#: type = cool\nid\ttype\nblue\nteal\todd\n")
    assert [e.type for e in lexicon.entries("colours", Word)] == ["cool", "odd"]


@pytest.mark.parametrize(
    "name, text, told",
    [
        # no id
        ("a.toml", '[[rule]]\nwords = ["x"]\n', "rule 1: the entry has no id"),
        # the same id twice
        ("a.tsv", "id\ttype\nx\ta\nx\tb\n", "a.tsv:3: id 'x' stands twice"),
        # ids that no address can hold
        ("a.tsv", "id\ttype\nx/y\ta\n", "a.tsv:2: id 'x/y': no blanks and none of / ? # %"),
        ("a.toml", '[[rule]]\nid = ".."\n', "rule 1: id '..': no blanks"),
        # a field that does not exist
        ("a.toml", '[[rule]]\nid = "x"\nword = ["x"]\n', "unknown field `word`"),
        # a tab too many
        ("a.tsv", "id\ttype\nx\ta\tb\n", "3 cells under 2 columns"),
        # not TOML
        ("a.toml", "[[rule]\n", "not TOML"),
    ],
)
def test_names_the_place_of_a_fault(folder, name, text, told):
    with pytest.raises(LexiconError, match="colours") as error:
        write(folder, name, text).entries("colours", Word)
    assert told in str(error.value)


def test_a_users_entry_replaces_the_one_of_the_same_name(folder, tmp_path_factory):
    write(folder, "warm.toml", '[[rule]]\nid = "red"\ntype = "ours"\n')
    theirs = tmp_path_factory.mktemp("theirs")
    (theirs / "colours").mkdir()
    write(theirs, "warm.toml", '[[rule]]\nid = "red"\ntype = "theirs"\n')
    assert [e.type for e in Lexicon(folder, theirs).entries("colours", Word)] == ["theirs"]


def test_sets_unfold_into_one_another():
    sets = {"warm": ["red", "@dull"], "dull": ["tan"]}
    assert list(unfold(["@warm", "blue"], sets)) == ["red", "tan", "blue"]


@pytest.mark.parametrize(
    "sets, told",
    [({"a": ["@b"], "b": ["@a"]}, "contains itself: a > b"), ({"a": ["@c"]}, "no set @c")],
)
def test_sets_that_cannot_unfold_say_why(sets, told):
    with pytest.raises(LexiconError, match="a") as error:
        list(unfold(["@a"], sets))
    assert told in str(error.value)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(LexiconError, match="no such lexicon folder"):
        Lexicon(tmp_path / "nowhere")


def test_the_version_changes_with_any_entry(folder):
    before = write(folder, "a.tsv", "id\nx\n").version
    assert write(folder, "a.tsv", "id\ny\n").version != before
