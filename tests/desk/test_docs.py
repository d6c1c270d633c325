"""docs/desk.md tells of every page, route, parameter limit and header that there is, and of none that is not."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from detente.desk import guard
from detente.desk.app import PER_SECOND
from detente.desk.nouns import ROUTERS
from detente.store.searching import MOST

DOCS = (Path(__file__).parents[2] / "docs" / "desk.md").read_text()
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
PARTS = {"/turns", "/relation"}
"""A part of the start page, and where a form leads on."""


def told(path):
    """The address as the docs write it: /event/{id} -> /event/ID."""
    return re.sub(r"\{(\w+)\}", lambda found: found[1].upper(), path)


@pytest.mark.parametrize("path", sorted({one.path for one in ROUTES if "GET" in one.methods} - PARTS))
def test_every_address_is_told(path):
    stem, _, form = told(path).partition(".")
    beside = {f"`{told(path)}`", f"`{told(path)}?", f"`.{form}`", f"`/{stem.rsplit('/', 1)[-1]}.{form}`"}
    assert any(words in DOCS for words in beside) or form == "FORM", path


def test_no_address_is_told_that_is_not_there():
    known = {told(one.path) for one in ROUTES} | {"/api", "/openapi.json"}
    forms = {path.replace("FORM", form) for path in known for form in ("csv", "parquet", "geojson", "atom", "jsonl")}
    parts = {f"/relation/ONE/OTHER{end}" for end in ("/bins.csv", "/chart.svg", "/events.json")}
    for path in re.findall(r"^\| (.+?) \|", DOCS, re.M):
        for one in re.findall(r"`(/[^`?]*)", path):
            assert one in known | forms or f"/relation/ONE/OTHER{one}" in parts, one


def test_the_limits_are_those_of_the_code():
    assert f"{guard.LONGEST_URL:,} characters" in DOCS
    assert f"{guard.LARGEST_BODY:,} bytes" in DOCS
    assert f"asks {PER_SECOND:.0f} requests a second" in DOCS
    assert f"latest {MOST:,} articles" in DOCS


def test_its_pictures_are_there():
    pictures = re.findall(r"\]\((pictures/[^)]+)\)", DOCS)
    assert pictures
    assert all((Path(__file__).parents[2] / "docs" / picture).is_file() for picture in pictures)
