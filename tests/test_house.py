"""Data flows one way, and knowledge is data: the house's own rules, read off its source."""

import ast
from pathlib import Path

import pytest

import detente

HOUSE = Path(detente.__file__).parent

# Each storey may use those below it, and no room uses its neighbour on the same storey.
STOREYS = (
    {"model"},
    {"errors"},
    {"lexicon"},
    {"numerals", "charsets", "limits"},
    {"records", "articles", "sentences", "mentions", "reports", "stories", "events", "relations", "web"},
    {"coder", "fuser"},
    {"store", "readers"},
    {"writers"},
    {"engines", "evaluate"},
    {"api", "watch"},
    {"desk"},
    {"cli"},
    {"__main__"},
)
STOREY_OF = {room: number for number, rooms in enumerate(STOREYS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def rooms_used(path: Path) -> set[str]:
    """The rooms of the house that a file imports, wherever in the file it does so."""
    used = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "detente":
            names = [node.module] if node.module != "detente" else [f"detente.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.split(".")[0] == "detente"]
        used |= {name.split(".")[1] for name in names if "." in name}
    return used - {"__version__"}


SOURCES = [path for path in sorted(HOUSE.rglob("*.py")) if path != HOUSE / "__init__.py"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_imports_run_one_way(path):
    room = room_of(path)
    assert room in STOREY_OF, f"{room} has no storey: where does it stand in the house?"
    wrong = {used for used in rooms_used(path) - {room} if STOREY_OF.get(used, 99) >= STOREY_OF[room]}
    assert not wrong, f"{path.relative_to(HOUSE)} reaches up or sideways to {sorted(wrong)}"


def test_lexicons_hold_data_alone():
    # .xz is the packed gazetteer, which a script makes; all else is edited by hand
    suffixes = {path.suffix for path in (HOUSE / "lexicons").rglob("*") if path.is_file()}
    assert suffixes <= {".toml", ".tsv", ".md", ".xz"}


def test_every_public_name_is_there():
    assert all(getattr(detente, name) is not None for name in detente.__all__)
