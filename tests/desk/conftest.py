"""What tests with a browser share: a store that is filled once, and for each file a browser and a desk."""

import shutil

import pytest
from tests.desk.browser import chromium, fill, launched, served, visiting


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A store with the examples in it, which nobody serves: desks take copies."""
    chromium()
    return fill(tmp_path_factory.mktemp("desk") / "news")


# Of a file and not of the session: while playwright runs in a thread, asyncio.run cannot be used there.
@pytest.fixture(scope="module")
def browser():
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def desk(filled, tmp_path_factory):
    """A desk that is looked at alone."""
    with served(shutil.copytree(filled, tmp_path_factory.mktemp("served") / "news")) as running:
        yield running


@pytest.fixture
def own_desk(filled, tmp_path):
    """A desk over a store of one's own, that may be changed."""
    with served(shutil.copytree(filled, tmp_path / "news")) as running:
        yield running


@pytest.fixture
def page(browser, desk):
    with visiting(browser, desk) as opened:
        yield opened


@pytest.fixture
def own_page(browser, own_desk):
    with visiting(browser, own_desk) as opened:
        yield opened
