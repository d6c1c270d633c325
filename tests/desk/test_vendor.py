"""What the pages are made of in the browser: files of others are as they were published, and nothing asks elsewhere."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

import detente

STATIC = Path(detente.__file__).parent / "desk" / "static"
VENDOR = STATIC / "vendor"
OURS_ABOUT_IT = {"vendor.toml", "README.md"}
ENTRIES = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["file"]
CODE = [path for path in sorted(STATIC.rglob("*")) if path.suffix in {".js", ".css", ".json"}]

# htmx makes functions of text for `hx-on`, filters and `js:` alone; its setting allowEval = false, which our pages
# have, turns that off.
CAN_BE_TOLD_NOT_TO_EVALUATE = {"htmx.min.js": "allowEval:true"}

LEADING_COMMENTS = re.compile(r"\A(?:\s*(?://[^\n]*\n|/\*.*?\*/))+", re.DOTALL)
XML_NAMESPACES = re.compile(r"http://www\.w3\.org/[\w/]*")
IMPORTED = re.compile(r"""\b(?:import|from)\s*\(?\s*["']([\w@:./-]+)["']""")

each_file = pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(STATIC).as_posix())


def names(pattern):
    return {path.name for path in VENDOR.glob(pattern)}


def test_each_file_of_others_is_named_with_its_origin():
    assert names("*") - OURS_ABOUT_IT - names("LICENSE-*.txt") == {entry["name"] for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_a_file_of_others_is_as_it_was_published(entry):
    content = (VENDOR / entry["name"]).read_bytes()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["bytes"])
    assert all(entry[key] for key in ("package", "version", "path", "licence", "licences"))


def test_each_licence_stands_beside_its_files():
    assert names("LICENSE-*.txt") == {f"LICENSE-{name}.txt" for entry in ENTRIES for name in entry["licences"]}
    assert all((VENDOR / name).stat().st_size > 200 for name in names("LICENSE-*.txt"))


@each_file
def test_nothing_names_another_machine(path):
    code = LEADING_COMMENTS.sub("", path.read_text(encoding="utf-8"))
    assert not re.findall(r"https?://[^\s\"'`)]+|url\(\s*[\"']?//", XML_NAMESPACES.sub("", code))


@each_file
def test_what_is_imported_lies_beside_it(path):
    for name in IMPORTED.findall(path.read_text(encoding="utf-8")):
        assert name.startswith("./") and (path.parent / name).is_file(), name


@each_file
def test_no_source_map_is_asked_for(path):
    # a browser's tools would fetch it, and it is not here
    assert "sourceMappingURL" not in path.read_text(encoding="utf-8")


@each_file
def test_nothing_needs_what_the_content_security_policy_forbids(path):
    code = path.read_text(encoding="utf-8")
    if path.name in CAN_BE_TOLD_NOT_TO_EVALUATE:
        assert CAN_BE_TOLD_NOT_TO_EVALUATE[path.name] in code
    else:
        assert not re.search(r"\beval\(|\bFunction\(", code)
    assert not re.search(r"\bnew (?:Shared)?Worker\(|createObjectURL|setAttribute\([\"']style[\"']", code)
